"""Parameter sets load with units, tags and sources; a damaged one is refused by one sentence."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from ssb_model.errors import InputError, nearest
from ssb_model.library import (
    known_parameter_sets,
    load_parameter_set,
    locate,
    parse,
    quantities_of,
    required,
    to_si,
)

KINDS = ("garnet", "electrode", "metal", "coating", "blocking electrode", "interface", "leads")
TAGS = {"stated", "found", "derived", "assumed"}
FARADAY, GAS, AVOGADRO, ELEMENTARY = 96485.33212, 8.314462618, 6.02214076e23, 1.602176634e-19


@pytest.mark.parametrize(
    ("value", "unit", "si_unit", "expected"),
    [
        (11, "ohm cm2", "Ohm.m2", 11e-4),
        (0.71, "mS/cm", "S.m-1", 0.071),
        (6e-6, "S/cm", "S.m-1", 6e-4),
        (0.1, "mA/cm2", "A.m-2", 1),
        (30.3, "kJ/mol", "J.mol-1", 30300),
        (0.35, "eV", "J.mol-1", 0.35 * AVOGADRO * ELEMENTARY),
        (200, "nm", "m", 2e-7),
        (50, "um", "m", 5e-5),
        (0.85, "mm", "m", 8.5e-4),
        (3, "mg/cm2", "kg.m-2", 0.03),
        (3860, "mAh/g", "A.h.kg-1", 3860),
        (1e-9, "F/cm", "F.m-1", 1e-7),
        (1e-6, "F/cm2", "F.m-2", 1e-2),
        (1, "mol/L", "mol.m-3", 1e3),
        (0.012, "mol/cm3", "mol.m-3", 12000),
        (1, "cm2/s", "m2.s-1", 1e-4),
        (15, "%", "-", 0.15),
        (2, "1", "-", 2),
        (2.28, "ohm cm4/mA", "Ohm.m4.A-1", 2.28e-5),
        (1, "Ω·cm²", "Ohm.m2", 1e-4),
        (1, "cm^2 s^-1", "m2.s-1", 1e-4),
        (25, "degC", "K", 298.15),
        (6e-7, "A.m-2.(m3.mol-1)1.5", "A.m-2.(m3.mol-1)1.5", 6e-7),
    ],
)
def test_units_of_the_laboratory_become_si(value, unit, si_unit, expected):
    assert to_si(value, unit, si_unit) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "si_unit", "expected"),
    [
        ("11 ohm cm2", "Ohm.m2", 11e-4),
        ("-2mV", "V", -2e-3),
        ("1e-3 S/cm", "S.m-1", 0.1),
        ("0.5", "-", 0.5),
        ("1 eV", "J.mol-1", 96485.332),
    ],
)
def test_a_number_and_its_unit_are_read_together(text, si_unit, expected):
    assert parse(text, si_unit) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    "si_unit", sorted({known.unit for kind in KINDS for known in quantities_of(kind).values()})
)
def test_every_si_unit_of_the_schema_is_its_own_unit(si_unit):
    assert to_si(3.5, si_unit, si_unit) == 3.5
    assert parse(f"3.5 {si_unit}", si_unit) == 3.5


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1, "", "missing"),
        (1, None, "missing"),
        (1, "furlongs cm2", "cannot be converted"),
        (1, "ohmm cm2", "not known"),
        (1, "ohm cm", "cannot be converted"),
        (1, "10 ohm cm2", "not known"),
        (1, "%/cycle", "not known"),
        (1, "m**9**9**9", "not known"),
        (1, "((ohm", "not known"),
        (float("nan"), "ohm cm2", "not a finite number"),
        (float("inf"), "ohm cm2", "not a finite number"),
        (True, "ohm cm2", "not a finite number"),
        ("3", "ohm cm2", "not a finite number"),
        (10**400, "ohm cm2", "not a finite number"),
    ],
)
def test_a_wrong_unit_or_number_is_refused(value, unit, told):
    with pytest.raises(InputError, match=told) as caught:
        to_si(value, unit, "Ohm.m2")
    assert "'ohm cm2'" in str(caught.value) or "finite" in told


@pytest.mark.parametrize("text", ["ohm cm2", "", "11", "1,5 ohm cm2", "1.2.3 ohm cm2", None, 11])
def test_text_that_is_no_number_with_a_unit_is_refused(text):
    with pytest.raises(InputError, match="ohm cm2"):
        parse(text, "Ohm.m2")


def test_an_energy_that_is_not_per_particle_is_no_molar_energy():
    with pytest.raises(InputError, match="kJ/mol"):
        to_si(1, "J", "J.mol-1")


@pytest.mark.parametrize("name", known_parameter_sets())
def test_every_shipped_set_is_complete_and_cited(name):
    loaded = load_parameter_set(name)
    assert loaded.name == Path(name).name == loaded.path.stem
    assert loaded.citation and set(required(loaded.kind, loaded.type)) <= set(loaded.parameters)
    for quantity in loaded.parameters.values():
        known = quantities_of(loaded.kind)[quantity.name]
        assert quantity.tag in TAGS and len(quantity.source) > 8
        assert quantity.unit == known.unit and known.lower <= quantity.value <= known.upper
        assert (
            quantity.prior is None or quantity.prior.lower <= quantity.value <= quantity.prior.upper
        )


@pytest.mark.parametrize("name", known_parameter_sets())
def test_a_shipped_folder_holds_one_kind(name):
    folder = {
        "garnet": "garnets",
        "electrode": "electrodes",
        "metal": "electrodes",
        "blocking electrode": "electrodes",
        "interface": "electrodes",
        "leads": "electrodes",
        "coating": "coatings",
    }
    assert Path(name).parent.name == folder[load_parameter_set(name).kind]


def test_the_library_names_the_sets_of_the_founding_experiment():
    coatings = {
        f"coatings/{name}"
        for name in ("bare", "zni2-0.1", "zni2-0.5", "zni2-1.0", "zni2-1.5", "i2")
    }
    assert coatings | {"garnets/llzto", "electrodes/lfp", "electrodes/lithium"} <= set(
        known_parameter_sets()
    )


def test_a_set_is_found_by_name_by_folder_and_by_path(coating):
    by_name = load_parameter_set("zni2-0.5")
    assert by_name == load_parameter_set("coatings/zni2-0.5") == load_parameter_set(by_name.path)
    assert load_parameter_set(str(coating)).path == coating


def test_the_wheel_s_own_data_folder_is_used_first(tmp_path, monkeypatch):
    inside = tmp_path / "ssb_model" / "_data" / "parameter_sets" / "coatings"
    inside.mkdir(parents=True)
    (tmp_path / "parameter_sets").mkdir()
    (inside / "only-here.toml").write_text("")
    monkeypatch.setattr(locate, "_PACKAGE", tmp_path / "ssb_model")
    assert known_parameter_sets() == ("coatings/only-here",)


def test_the_starting_values_give_the_stated_13_millivolt():
    """13 mV at 0.1 mA/cm2 are 130 +- 5 ohm cm2: pellet and both faces of the starting values."""
    garnet, coating = load_parameter_set("llzto"), load_parameter_set("zni2-0.5")
    layer = coating["layer thickness"].value / coating["layer ionic conductivity"].value
    transfer = GAS * 298.15 / FARADAY / coating["exchange-current density"].value
    pellet = garnet["thickness"].value / garnet["conductivity"].value
    assert 2 * (layer + transfer) == pytest.approx(10.3e-4, rel=0.05)
    assert pellet + 2 * (layer + transfer) == pytest.approx(130e-4, abs=5e-4)


def test_growth_of_both_faces_gives_back_the_stated_rises():
    coating = load_parameter_set("zni2-0.5")
    rest, current = (
        coating["reference calendar growth"].value,
        coating["reference current growth"].value,
    )
    assert 2 * (rest + current * 1) == pytest.approx(3.2e-4, rel=0.01)
    assert 2 * (rest + current * 10) == pytest.approx(7.3e-4, rel=0.01)


@pytest.mark.parametrize(
    ("name", "bare", "coated"), [("exchange-current density activation energy", 30300, 19200)]
)
def test_the_two_stated_activation_energies(name, bare, coated):
    assert load_parameter_set("bare")[name].value == bare
    assert load_parameter_set("zni2-0.5")[name].value == coated


def test_coverage_and_thickness_grow_with_the_concentration_of_the_dip():
    dips = [
        load_parameter_set(name)
        for name in ("bare", "zni2-0.1", "zni2-0.5", "zni2-1.0", "zni2-1.5")
    ]
    shares = [dip["coated share"].value for dip in dips]
    thicknesses = [dip["layer thickness"].value for dip in dips[1:]]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert thicknesses == sorted(thicknesses)


@pytest.fixture
def coating(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(load_parameter_set("zni2-0.5").path.read_bytes())
    return path


THICKNESS = '[parameters."layer thickness"]\nvalue = 200\nunit = "nm"\n'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            THICKNESS,
            THICKNESS.replace('unit = "nm"\n', ""),
            r'parameters\."layer thickness"\.unit is missing',
        ),
        (
            THICKNESS,
            THICKNESS.replace("value = 200\n", ""),
            r'parameters\."layer thickness"\.value is missing',
        ),
        ('tag = "derived"\n', "", r"\.tag is missing"),
        (THICKNESS, THICKNESS + "sourc = 1\n", r"unknown key 'sourc'.*Did you mean 'source'"),
        ('kind = "coating"\n', 'kind = "coating"\nkid = 1\n', r"unknown key 'kid'.*'kind'"),
        (
            '"layer thickness"',
            '"layer thicknes"',
            r"no quantity 'layer thicknes'\. Did you mean 'layer thickness'",
        ),
        ('value = 200\nunit = "nm"', 'value = nan\nunit = "nm"', r"layer thickness.*finite"),
        ('value = 200\nunit = "nm"', 'value = -inf\nunit = "nm"', r"layer thickness.*finite"),
        ('value = 200\nunit = "nm"', 'value = "200"\nunit = "nm"', r"layer thickness.*number"),
        ('value = 200\nunit = "nm"', 'value = true\nunit = "nm"', r"layer thickness.*number"),
        ('value = 200\nunit = "nm"', 'value = -200\nunit = "nm"', r"layer thickness.*physical"),
        ('unit = "nm"', 'unit = "m"', r"layer thickness.*physical"),
        (
            'unit = "nm"',
            'unit = "mS/cm"',
            r"layer thickness.*cannot be converted to m: write for example 'um'",
        ),
        ('unit = "nm"', 'unit = "nanometre cloths"', r"layer thickness.*not known"),
        ('unit = "nm"', 'unit = " "', r"layer thickness.*unit"),
        ("range = [50, 900]", "range = [300, 900]", r"layer thickness.*does not contain"),
        ("range = [50, 900]", "range = [900, 50]", r"layer thickness.*rise"),
        ("range = [50, 900]", "range = [50]", r"layer thickness.*range"),
        ("range = [50, 900]", "range = [50, nan]", r"layer thickness.*finite"),
        ("range = [93, 99.99]", "range = [93, 100]", r"coated share.*strictly between 0 and 1"),
        (
            'tag = "derived"',
            'tag = "unconfirmed"',
            r"tag.*'stated', 'found', 'derived' or 'assumed'",
        ),
        ('type = "mixed"\n', "", r"key type is missing"),
        ('type = "mixed"', 'type = "none"', r"coated share.*must be 0"),
        ('type = "mixed"', 'type = "mixd"', r"type.*'mixed'"),
        ('kind = "coating"', 'kind = "garnet"', r"type belongs to the kind coating"),
        (
            'type = "mixed"',
            'type = "mixed"\nopen_circuit_potential = "afshar2017"',
            r"belongs to the kind electrode",
        ),
        ('citation = "', "citation = ", r"not valid TOML.*line"),
        ("Zhai", "Zh\udcffi", r"not UTF-8"),
    ],
)
def test_a_damaged_file_is_refused_by_one_sentence_naming_it(coating, old, new, told):
    text = coating.read_text(encoding="utf-8")
    assert old in text
    coating.write_text(text.replace(old, new, 1), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(InputError, match=told) as caught:
        load_parameter_set(coating)
    assert str(coating) in str(caught.value) and "\n" not in str(caught.value)


def sections(path):
    head, *tables = path.read_text(encoding="utf-8").split("[parameters.")
    return head, {table.split('"')[1]: "[parameters." + table for table in tables}


@pytest.mark.parametrize("name", required("coating", "mixed"))
def test_no_quantity_of_a_coating_has_a_silent_default(coating, name):
    head, tables = sections(coating)
    coating.write_text(
        head + "".join(table for key, table in tables.items() if key != name), encoding="utf-8"
    )
    with pytest.raises(InputError, match=f'parameters."{name}"|parameters.{name}') as caught:
        load_parameter_set(coating)
    assert "missing" in str(caught.value)


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_loads(coating):
    coating.write_bytes(b"\xef\xbb\xbf" + coating.read_bytes().replace(b"\n", b"\r\n"))
    assert load_parameter_set(coating).parameters == load_parameter_set("zni2-0.5").parameters


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("zni2-05", "Did you mean 'zni2-0.5'"),
        ("LLZTO", "Did you mean 'llzto'"),
        ("xyz", "Known: .*llzto"),
        ("no-such-file.toml", "no file no-such-file.toml"),
        ("", "not a name"),
        (None, "not a name"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name, told):
    with pytest.raises(InputError, match=told):
        load_parameter_set(name)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="it is a folder"):
        load_parameter_set(tmp_path)


def test_an_unknown_quantity_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="Did you mean 'layer thickness'"):
        load_parameter_set("zni2-0.5")["Layer thicknes"]


def test_nearest_gives_at_most_three_names():
    assert len(nearest("abc", ["abc1", "abc2", "abc3", "abc4"])) == 3
    assert nearest("abc", ["xyz"]) == ()


def test_a_loaded_set_cannot_be_changed():
    loaded = load_parameter_set("bare")
    with pytest.raises(AttributeError):
        loaded.name = "other"
    with pytest.raises(TypeError):
        loaded.parameters["contact fraction"] = None


def test_importing_the_library_stays_light():
    heavy = "{'pybamm', 'jax', 'pint', 'numpy'} & set(sys.modules)"
    command = f"import sys, ssb_model.library; sys.exit(str({heavy}) if {heavy} else 0)"
    run = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        text=True,
        cwd=Path(locate.__file__).parents[2],
    )
    assert run.returncode == 0, run.stderr


def test_a_loaded_set_travels_to_another_process():
    loaded = load_parameter_set("zni2-0.5")
    assert pickle.loads(pickle.dumps(loaded)) == loaded
