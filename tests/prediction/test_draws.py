"""Draws of priors, on a measured resistance; what causes a width; critical currents; the cell."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.constants import TO_OHM_CM2
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.measurements import scaled
from ssb_model.prediction import load_cell, load_coating
from ssb_model.prediction.coated_cells import FACE, coated_cells, face_name
from ssb_model.prediction.critical import PLATING, critical_currents
from ssb_model.prediction.draws.measured_resistance import OVERSAMPLED, on_measured
from ssb_model.prediction.draws.sample import OWN, Draws, draw
from ssb_model.prediction.files import Measured
from ssb_model.prediction.predict import REFERENCES, drawn_of
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    RESISTANCE,
    RESISTANCE_QUESTION,
)
from ssb_model.prediction.result.explained import explained_variance

R_GAS, FARADAY, ROOM_TEMPERATURE = 8.314462618, 96485.33212, 298.15
NORMAL_95 = 1.959964
GARNET = 0.012  # Ohm.m2
NUCLEATION = 3e-3  # V
CONDUCTIVITY = f"{FACE}layer ionic conductivity [S.m-1]"
EXCHANGE = f"{FACE}exchange-current density [A.m-2]"
CONTACT = f"{FACE}contact fraction"
MADE_UP = 0.5, 0.8  # standard deviations of ln x and ln y


def resistance_of(cells, columns):
    """Interface resistance (n,) [Ohm.m2]."""
    return cells.answer([RESISTANCE_QUESTION], columns)[RESISTANCE] / TO_OHM_CM2


# The priors


def test_a_range_is_the_central_95_percent_of_the_draws(written, layered_cells, plain_cell):
    text = 'name = "a"\ntype = "mixed"\nthickness = ["100 nm", "250 nm"]\n'
    drawn = draw(load_coating(written(text)), layered_cells, plain_cell, 1024)
    thickness = drawn.columns()[face_name("layer thickness", "m")]
    assert np.percentile(thickness, [2.5, 97.5]) == pytest.approx([100e-9, 250e-9], rel=0.02)


def test_what_is_known_does_not_vary(written, layered_cells, plain_cell):
    text = 'name = "a"\ntype = "mixed"\nthickness = "150 nm"\n'
    drawn = draw(load_coating(written(text)), layered_cells, plain_cell, 16)
    name = face_name("layer thickness", "m")
    assert name not in drawn.space.labels
    np.testing.assert_allclose(drawn.columns()[name], 150e-9)


def test_the_same_seed_draws_the_same(layered_cells, plain_cell):
    coating = load_coating("i2")
    one, same, other = (draw(coating, layered_cells, plain_cell, 16, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one.u, same.u)
    assert not np.allclose(one.u, other.u)


def test_no_draw_touches_more_than_all(bare_cells, plain_cell):
    """The prior of the contact ends at 1, and its tail beyond is full contact."""
    contact = draw(load_coating("bare"), bare_cells, plain_cell, 512).columns()[CONTACT]
    assert contact.max() == 1 and contact.min() > 0


def test_a_known_layer_resists_as_its_thickness_and_its_exchange_current_say(
    written, layered_cells, plain_cell
):
    """R = 2 (h/s + RT/(F j0)), times the scatter between nominally equal cells."""
    text = (
        'name = "a"\ntype = "mixed"\nthickness = "200 nm"\nionic_conductivity = "1e-5 S/cm"\n'
        'exchange_current_density = "10 mA/cm2"\nwetting_angle = "0 deg"\n'
        '[values]\n"contact spacing" = "20 um"\n'
    )
    coating = load_coating(written(text))
    drawn, warnings = drawn_of(coating, layered_cells, plain_cell, 32, 0)
    one_face = 200e-9 / 1e-3 + R_GAS * ROOM_TEMPERATURE / (FARADAY * 100)
    found = resistance_of(layered_cells, drawn.columns())
    np.testing.assert_allclose(found, 2 * one_face * drawn.scale, rtol=1e-3)
    assert not warnings and np.ptp(np.log(drawn.scale)) > 0.5


@pytest.mark.parametrize("type", ["mixed", "none"])
def test_a_factor_multiplies_the_resistance_whatever_makes_it(written, plain_cell, type):
    text = f'name = "a"\ntype = "{type}"\ncontact_fraction = ["10 %", "40 %"]\n'
    coating = load_coating(written(text))
    cells = coated_cells(coating, plain_cell)
    columns = draw(coating, cells, plain_cell, 16).columns()
    factor = np.geomspace(0.2, 5, 16)
    changed = resistance_of(cells, scaled(columns, factor))
    np.testing.assert_allclose(changed, factor * resistance_of(cells, columns), rtol=1e-6)


# A measured resistance


def made_up(first, second, number):
    """Draws of ln x and ln y, independent normals about 0, under the names of two quantities."""
    ends = [np.exp(NORMAL_95 * sd) for sd in MADE_UP]
    space = ParameterSpace(
        FreeParameter(name, "-", 1.0, 1 / end, end, "log")
        for name, end in zip((first, second), ends, strict=True)
    )
    normals = np.random.default_rng(0).standard_normal((number, 2 + len(OWN)))
    own = dict(zip(OWN, normals[:, 2:].T, strict=True))
    return Draws(space, normals[:, :2], {}, np.empty((number, 0)), own, {})


def in_series(draws, u):
    """R = 1/x + 1/y."""
    x, y = draws.space.values(u.T).values()
    return 1 / np.asarray(x) + 1 / np.asarray(y)


def accepted(measured):
    """ln x and ln y (2, n) by rejection."""
    rng = np.random.default_rng(1)
    logs = rng.standard_normal((2, 2_000_000)) * np.array(MADE_UP)[:, None]
    misfit = (np.log(np.exp(-logs).sum(axis=0)) - measured.log_centre) / measured.log_sd
    return logs[:, rng.random(misfit.size) < np.exp(-(misfit**2) / 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [(CONDUCTIVITY, "other"), ("other", EXCHANGE), (CONDUCTIVITY, EXCHANGE), ("one", "other")],
    ids=["by the first", "by the second", "by the better", "by weights alone"],
)
@pytest.mark.parametrize("value", [1.2, 3.0])
def test_the_posterior_is_that_of_rejection_whichever_quantity_meets_it(first, second, value):
    measured = Measured(np.log(value), 0.1)
    number = 4096
    proposed = made_up(first, second, OVERSAMPLED * number)
    kept, _ = on_measured(proposed, in_series, measured, number, "file")
    logs = np.log([np.asarray(x) for x in kept.space.values(kept.u.T).values()])
    right = accepted(measured)
    sd = right.std(axis=1)
    assert np.all(np.abs(np.median(logs, axis=1) - np.median(right, axis=1)) < 0.1 * sd)
    np.testing.assert_allclose(logs.std(axis=1), sd, rtol=0.08)
    np.testing.assert_allclose(np.corrcoef(logs)[0, 1], np.corrcoef(right)[0, 1], atol=0.05)


def test_a_measurement_far_from_the_prior_is_met_with_a_warning():
    measured = Measured(np.log(30), 0.05)
    kept, warnings = on_measured(
        made_up(CONDUCTIVITY, EXCHANGE, 4096), in_series, measured, 512, "file"
    )
    assert np.median(in_series(kept, kept.u)) == pytest.approx(30, rel=0.02)
    assert "far from what is expected" in warnings[0]


def test_a_measurement_that_the_prior_expects_gives_no_warning():
    measured = Measured(np.log(2), 0.05)
    _, warnings = on_measured(
        made_up(CONDUCTIVITY, EXCHANGE, 4096), in_series, measured, 1024, "file"
    )
    assert warnings == ()


@pytest.mark.parametrize("names", [(CONDUCTIVITY, EXCHANGE), ("one", "other")])
def test_what_no_draw_can_have_is_refused(names):
    with pytest.raises(InputError, match=r"^my\.toml: interface_resistance .*contradicts"):
        on_measured(
            made_up(*names, 256),
            lambda draws, u: 5 + in_series(draws, u),
            Measured(0.0, 0.05),
            64,
            "my.toml",
        )


def test_a_resistance_that_contradicts_the_layer_is_refused(written, layered_cells, plain_cell):
    text = (
        'name = "a"\ntype = "mixed"\ninterface_resistance = "1 ohm cm2"\nthickness = "200 nm"\n'
        'ionic_conductivity = "1e-6 S/cm"\nexchange_current_density = "12.8 mA/cm2"\n'
    )
    path = written(text)
    with pytest.raises(InputError, match=r"leaves 44 to 4\d\d ohm") as error:
        drawn_of(load_coating(path), layered_cells, plain_cell, 32, 0)
    assert str(path) in str(error.value)


def test_a_measured_resistance_is_met_within_its_noise(written, layered_cells, plain_cell):
    text = 'name = "a"\ntype = "mixed"\ninterface_resistance = ["10 ohm cm2", "14 ohm cm2"]\n'
    drawn, _ = drawn_of(load_coating(written(text)), layered_cells, plain_cell, 256, 0)
    found = resistance_of(layered_cells, drawn.columns()) * TO_OHM_CM2
    lower, middle, upper = np.percentile(found, [2.5, 50, 97.5])
    assert middle == pytest.approx(np.sqrt(140), rel=0.02)
    assert (lower, upper) == pytest.approx((10, 14), rel=0.04)


# Causes


@pytest.fixture(scope="module")
def unknowns():
    """Independent standard normals (n, 1) by name."""
    from ssb_model.prediction.draws.sample import _normals

    return dict(zip("abc", _normals(4096, 3, 0).T[:, :, None], strict=True))


def test_shares_of_a_linear_model_are_those_of_its_variances(unknowns):
    a, b = (unknowns[name][:, 0] for name in "ab")
    for values in (2 * a + b, np.exp(2 * a + b)):
        named = dict(explained_variance(values, unknowns))
        assert named == pytest.approx({"a": 0.8, "b": 0.2}, abs=0.01)


def test_a_cubic_is_explained_in_full(unknowns):
    assert explained_variance(unknowns["a"][:, 0] ** 3, unknowns) == [
        ("a", pytest.approx(1, abs=1e-4))
    ]


def test_a_constant_has_no_cause(unknowns):
    assert explained_variance(np.full(4096, 13.0), unknowns) == []


def test_an_unknown_of_two_parts_explains_the_sum_of_both(unknowns):
    a, b, c = (unknowns[name][:, 0] for name in "abc")
    grouped = {"garnet": np.stack([a, b], axis=1), "layer": unknowns["c"]}
    named = dict(explained_variance(a + b + c, grouped))
    assert named == pytest.approx({"garnet": 2 / 3, "layer": 1 / 3}, abs=0.01)


def test_an_unknown_that_does_not_vary_is_not_named(unknowns):
    named = explained_variance(
        unknowns["a"][:, 0], {"a": unknowns["a"], "known": np.zeros((4096, 1))}
    )
    assert [name for name, _ in named] == ["a"]


# The critical current


@pytest.fixture(scope="module")
def currents(tmp_path_factory, layered_cells, plain_cell):
    """Critical currents of layers of equal measured resistance, by type."""
    folder = tmp_path_factory.mktemp("types")
    founding = [load_coating(name) for name in REFERENCES]
    found = {}
    for type in ("ionic", "electronic", "mixed"):
        path = folder / f"{type}.toml"
        path.write_text(f'name = "a"\ntype = "{type}"\ninterface_resistance = "12 ohm cm2"\n')
        drawn, _ = drawn_of(load_coating(path), layered_cells, plain_cell, 256, 0)
        R = resistance_of(layered_cells, drawn.columns())
        found[type] = critical_currents(load_coating(path), drawn, R, founding, GARNET, NUCLEATION)
    return found


def test_layers_of_equal_resistance_bear_nearly_the_same_current(currents):
    """Without lithium below, the type of a layer moves its forecast by less than papers differ,
    x/÷ 1.35: what is learnt of the types, beside the resistance."""
    intervals = np.array(
        [np.percentile(found[CRITICAL_CURRENT][0], [2.5, 50, 97.5]) for found in currents.values()]
    )
    assert np.all(np.abs(np.log(intervals / intervals[[0, 0, 0]])) < np.log(1.35))


def test_electrons_at_the_garnet_lower_the_current_when_lithium_may_form_there(currents):
    """12 ohm cm2 of both faces: from 3 mV over 6 ohm cm2 on, 0.5 mA/cm2."""
    share = {
        type: np.median(found[PLATING][0]) / np.median(found[CRITICAL_CURRENT][0])
        for type, found in currents.items()
    }
    borne = {type: np.median(found[PLATING][0]) for type, found in currents.items()}
    assert borne["electronic"] == pytest.approx(borne["mixed"], rel=0.05)
    assert share["electronic"] < 0.5
    assert share["ionic"] == pytest.approx(1, rel=1e-6)
    assert np.median(currents["mixed"][PLATING][0]) == pytest.approx(0.5, rel=0.1)


def test_lithium_below_no_layer_is_refused(bare_cells, plain_cell):
    coating = load_coating("bare-llzto")
    drawn = draw(coating, bare_cells, plain_cell, 16)
    founding = [load_coating(name) for name in REFERENCES]
    with pytest.raises(InputError, match=r"bare-llzto\.toml: lithium can plate below a layer"):
        critical_currents(coating, drawn, np.full(16, 0.1), founding, GARNET, 1.0)


# The cell


def test_a_cell_knows_what_its_file_fixes_and_draws_what_it_ranges(written):
    text = (
        '[values]\n"Garnet thickness" = "0.5 mm"\n'
        '"Garnet conductivity" = ["0.5 mS/cm", "2 mS/cm"]\n'
    )
    cell = load_cell(written(text))
    assert cell.values == {"Garnet thickness [m]": "0.5 mm"}
    assert "Garnet thickness [m]" not in cell.inputs
    ends = NORMAL_95 * np.array([[-1], [0], [1]]) * np.ones(len(cell.space))
    conductivity = cell.columns(ends)["Garnet conductivity [S.m-1]"]
    np.testing.assert_allclose(conductivity, [0.05, 0.1, 0.2], rtol=1e-6)


CELL_MISTAKES = {
    "unknown name": ('[values]\n"Garnet thicknes" = "1 mm"', "Garnet thickness"),
    "wrong unit": ('[values]\n"Garnet thickness" = "1 mS/cm"', "Garnet thickness.*mS/cm"),
    "reversed": ('[values]\n"Garnet thickness" = ["2 mm", "1 mm"]', "must rise"),
    "a face's quantity": ('[values]\n"layer thickness" = "1 nm"', "no parameter 'layer thickness'"),
    "a ranged loading": (
        '[values]\n"Positive electrode areal loading" = ["1 mg/cm2", "2 mg/cm2"]',
        "give one value",
    ),
    "unknown key": ('garnett = "llzto"', "garnett"),
    "unknown garnet": ('garnet = "llztoo"', "llzto"),
    "not a garnet": ('garnet = "lfp"', "is not a garnet"),
    "not a cathode": ('cathode = "lithium"', "is not a cathode"),
}


@pytest.mark.parametrize("mistake", CELL_MISTAKES)
def test_a_mistake_in_a_cell_gets_one_sentence(written, mistake):
    text, told = CELL_MISTAKES[mistake]
    with pytest.raises(InputError, match=told) as error:
        load_cell(written(text, "cell.toml"))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["zhai2042", "missing.toml", "missing.json"])
def test_a_cell_that_is_none_is_refused(name):
    with pytest.raises(InputError, match=name):
        load_cell(name)
