"""A coating file: its least form, what each key means, and one sentence for each mistake."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.library.locate import find_parameter_set
from ssb_model.measurements import COMPLETENESS
from ssb_model.prediction import load_cell, load_coating

NORMAL_95 = 1.959964
OHM_CM2, NANOMETRE = 1e-4, 1e-9


def coating(type="mixed", more=""):
    return f'name = "a"\ntype = "{type}"\n{more}\n'


@pytest.mark.parametrize("type", ["ionic", "electronic", "mixed", "none"])
def test_name_and_type_are_enough(written, type):
    loaded = load_coating(written(coating(type)))
    assert loaded.type == type and loaded.layered == (type != "none")
    assert loaded.resistance is loaded.critical_current is None and not loaded.stated
    assert any(q.prior is not None for q in loaded.quantities.values())


@pytest.mark.parametrize("name", ["lii-znlix", "bare-llzto", "i2", "zni2-1.5"])
def test_shipped_coatings_load_by_name(name):
    assert load_coating(name).quantities


def test_the_founding_coating_is_as_it_was_measured():
    founding = load_coating("lii-znlix")
    assert founding.resistance.value == pytest.approx(10.3 * OHM_CM2)
    assert founding.critical_current.value == pytest.approx(23, rel=1e-3)


def test_one_value_is_known_and_a_range_is_the_central_95_percent(written):
    known = load_coating(written(coating(more='thickness = "200 nm"')))
    ranged = load_coating(written(coating(more='thickness = ["100 nm", "400 nm"]')))
    thickness = known.quantities["layer thickness"]
    assert thickness.prior is None and thickness.value == pytest.approx(200 * NANOMETRE)
    prior = ranged.quantities["layer thickness"].prior
    assert (prior.lower, prior.upper) == pytest.approx((100 * NANOMETRE, 400 * NANOMETRE))
    assert ranged.quantities["layer thickness"].value == pytest.approx(200 * NANOMETRE)


def test_a_measured_range_is_its_central_95_percent(written):
    text = 'interface_resistance = ["10 ohm cm2", "40 ohm cm2"]'
    measured = load_coating(written(coating(more=text))).resistance
    assert measured.value == pytest.approx(20 * OHM_CM2)
    assert measured.log_sd == pytest.approx(np.log(2) / NORMAL_95)


def test_one_face_has_half_of_what_two_have(written):
    text = 'interface_resistance = "8 ohm cm2"\n'
    two = load_coating(written(coating(more=text)))
    one = load_coating(written(coating(more=f"{text}faces = 1"), "one.toml"))
    assert one.resistance.value == pytest.approx(2 * two.resistance.value)
    assert one.resistance.log_sd == two.resistance.log_sd


@pytest.mark.parametrize(("angle", "share"), [("0 deg", 1.0), ("60 deg", 0.75), ("90 deg", 0.5)])
def test_contact_is_in_proportion_to_the_work_of_adhesion(written, angle, share):
    wetted = load_coating(written(coating(more=f'wetting_angle = "{angle}"')))
    contact = wetted.quantities["contact fraction"]
    assert contact.value == pytest.approx(share) and contact.prior is None


def test_the_larger_angle_is_the_smaller_contact(written):
    wetted = load_coating(written(coating(more='wetting_angle = ["0 deg", "90 deg"]')))
    prior = wetted.quantities["contact fraction"].prior
    assert (prior.lower, prior.upper) == pytest.approx((0.5, 1.0))


def test_the_activation_energy_is_that_of_the_conductance(written):
    """R = R_gas T/(F j0): the factor T adds about R_gas T to the energy of j0."""
    stated = load_coating(written(coating(more='activation_energy = "25 kJ/mol"'))).quantities
    assert stated["layer activation energy"].value == pytest.approx(25e3)
    T = np.array([298.15, 353.15])
    Ea = stated["exchange-current density activation energy"].value
    logarithm = np.log(T) + Ea / 8.314462618 / T  # of the resistance
    slope = np.diff(logarithm) / np.diff(1 / T)
    assert 8.314462618 * slope[0] == pytest.approx(25e3, rel=1e-3)


def test_any_other_quantity_is_stated_by_its_name(written):
    text = '[values]\n"double-layer capacity" = "2 uF/cm2"'
    stated = load_coating(written(coating(more=text)))
    assert stated.quantities["double-layer capacity"].value == pytest.approx(0.02)
    assert stated.stated == ("double-layer capacity",)


MISTAKES = {
    "no type": ('name = "a"', "type is missing"),
    "no name": ('type = "mixed"', "name is missing"),
    "unknown type": (coating("metallic"), "type: 'metallic' is not allowed"),
    "unknown key": (coating(more='thicknes = "1 nm"'), "thicknes.*thickness"),
    "wrong unit": (coating(more='thickness = "200 mV"'), "thickness: .*mV"),
    "no unit": (coating(more='thickness = "200"'), "thickness: .*unit is missing"),
    "no number": (coating(more='thickness = "thin"'), "thickness: 'thin' is not a number"),
    "reversed range": (coating(more='thickness = ["2 nm", "1 nm"]'), "thickness: .*must rise"),
    "empty range": (coating(more='thickness = ["2 nm", "2 nm"]'), "thickness: .*must rise"),
    "negative resistance": (
        coating(more='interface_resistance = "-3 ohm cm2"'),
        "interface_resistance must be positive",
    ),
    "no resistance": (
        coating(more='interface_resistance = "0 ohm cm2"'),
        "interface_resistance must be positive",
    ),
    "negative critical current": (
        coating(more='critical_current = "-1 mA/cm2"'),
        "critical_current must be positive",
    ),
    "three faces": (coating(more="faces = 3"), "faces: 3 is not allowed"),
    "angle and contact": (
        coating(more='wetting_angle = "60 deg"\ncontact_fraction = "50 %"'),
        "wetting_angle: contact_fraction says the same",
    ),
    "no wetting at all": (coating(more='wetting_angle = "180 deg"'), "wetting_angle: "),
    "an angle beyond a half turn": (coating(more='wetting_angle = "270 deg"'), "wetting_angle: "),
    "negative angle": (coating(more='wetting_angle = "-60 deg"'), "wetting_angle: "),
    "reversed angles": (
        coating(more='wetting_angle = ["90 deg", "20 deg"]'),
        "wetting_angle: the range must rise",
    ),
    "contact above all": (coating(more='contact_fraction = "150 %"'), "contact_fraction: 150 %"),
    "layer without a layer": (
        coating("none", 'thickness = "200 nm"'),
        'thickness: type = "none" has no layer',
    ),
    "mixed without electrons": (
        coating(more='electronic_conductivity = "0 S/cm"'),
        "electronic_conductivity: 0 S/cm is outside",
    ),
    "mixed with hardly any electrons": (
        coating(more='electronic_conductivity = "1e-12 S/cm"'),
        'type = "mixed" without electronic conductivity',
    ),
    "electronic with hardly any electrons": (
        coating("electronic", 'electronic_conductivity = "1e-12 S/cm"'),
        'type = "electronic" without electronic conductivity',
    ),
    "ionic with more electrons than ions": (
        coating("ionic", 'electronic_conductivity = "1 S/cm"'),
        "ionic layer does not conduct electrons better",
    ),
    "unknown name": (
        coating(more='[values]\n"layer thicknes" = "1 nm"'),
        'values."layer thicknes": .*layer thickness',
    ),
    "stated twice": (
        coating(more='thickness = "200 nm"\n[values]\n"layer thickness" = "100 nm"'),
        "'layer thickness' is stated already",
    ),
    "not TOML": ('name = "a', "not valid TOML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_one_sentence_with_file_and_key(written, mistake):
    text, told = MISTAKES[mistake]
    path = written(text)
    with pytest.raises(InputError, match=told) as error:
        load_coating(path)
    assert str(path) in str(error.value) and "\n" not in str(error.value)


def test_a_set_that_is_no_coating_is_refused():
    path = find_parameter_set("llzto")
    with pytest.raises(InputError, match="is a garnet, not a coating"):
        load_coating(path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.toml", "there is no file"),
        ("", "it is a folder"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, name, told):
    with pytest.raises(InputError, match=told):
        load_coating(tmp_path / name)


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(InputError, match="lii-znlix"):
        load_coating("lii-znli")


def test_a_charge_that_nobody_states_is_one_more_unknown_of_a_cell_and_none_of_a_coating(written):
    said = load_cell(written('charge = "unknown"\n', "cell.toml"))
    silent = load_cell(written('garnet = "llzto"\n', "cell.toml"))
    full = load_cell(written('charge = "full"\n', "cell.toml"))
    assert COMPLETENESS in said.inputs and COMPLETENESS in silent.inputs
    assert COMPLETENESS not in full.inputs
    with pytest.raises(InputError, match="is said of a cell: write it in the cell's file"):
        load_coating(written(coating(more='charge = "unknown"')))
