"""Published coatings say what their sources say and no more; a damaged file is one sentence."""

from pathlib import Path

import pytest

from ssb_model.errors import InputError
from ssb_model.library import known_published, load_published, paired, published_coatings
from ssb_model.library.published.reported import Reported
from ssb_model.library.published.table import library_table, pairs_table

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "coatings.md"

#: Interface resistance [ohm cm2] and critical current [mA/cm2], each (before, after), as printed.
REPORTED = {
    "lii-znlix": (("1173.4", "10.3"), ("0.15", "2.3")),
    "lii": (None, (None, "0.5")),
    "al": (("950", "75"), None),
    "al2o3-ald": (("1710", "1"), None),
    "ge": (("~ 900", "~ 115"), None),
    "zno-ald": ((None, "~ 20"), None),
    "zno-wet-chemical": (("70", "10"), None),
    "ag": (("1534", "66"), None),
    "ag-wse2": (("1900", "12.5"), None),
    "au": (("1868", "30"), None),
    "ito": (("1192", "32"), (None, "1.05")),
    "mos2": ((None, "14"), ("0.7", "2.2")),
    "si3n4": (("1197", "84.5"), None),
    "mcl": (None, (None, "1.2")),
    "snf2-molten-salt": (None, (None, "1")),
    "electron-blocking-shield": (None, (None, "1.2")),
    "li-sr-n": ((None, "4.5"), (None, "1.3")),
    "liquid-metal-paint": ((None, "5"), None),
    "hard-carbon": ((None, "4.7"), None),
    "bi": (None, ("0.2 to 0.5", "≥ 0.5")),
    "al2o3-sintering-aid": (("1270", "59"), None),
    "li3ocl": (("1850", "90"), None),
    "heat-treated-llzo": ((None, "2"), None),
    "bonded-llzto": ((None, "3.6"), None),
    "clean-lithium": ((None, "6.95"), (None, "≥ 13.3")),
    "dense-llzto": ((None, "8.49"), (None, "2.15")),
    "single-crystal-llzo": ((None, None), (None, "≤ 0.28")),
    "hot-pressed-llzo": (None, (None, "0.9 ± 0.7")),
}

#: What is remembered of coatings and seen in no source: none of it may be shipped.
UNVERIFIED_COATINGS = (
    "Si",
    "Sn",
    "Sb",
    "Mg-Li",
    "Li-C3N4",
    "Li-BN",
    "Li-graphite",
    "Cu6Sn5",
    "acid",
    "NH4F",
    "Li3N",
    "Zn",
    "LiPON",
    "AlF3",
    "CuF2",
    "InCl3",
    "SnN",
    "Sn-Li",
)
UNVERIFIED_RESISTANCES = (925, 127, 1350, 105, 11, 9, 230, 175, 514, 7)  # ohm cm2
UNVERIFIED_CURRENTS = (0.6, 1.5, 1.8, 0.05, 20)  # mA/cm2


@pytest.mark.parametrize("name", known_published())
def test_every_shipped_file_is_named_as_it_is_called_and_cites_its_source(name):
    coating = load_published(name)
    assert coating.name == name
    assert len(coating.source) > 8
    assert coating.tag == ("stated" if coating.source.startswith("Zhai") else "found")


@pytest.mark.parametrize("name", REPORTED)
def test_a_number_is_its_source_s_with_sign_range_and_error(name):
    coating = load_published(name)
    resistance, current = REPORTED[name]
    currents = coating.critical_current
    assert printed(coating.resistance) == resistance
    assert printed(currents[0] if currents else None) == current


def printed(item):
    """(before, after) as printed; None where the source gives neither."""
    return item and tuple(None if end is None else str(end) for end in (item.before, item.after))


def test_the_critical_current_of_hot_pressed_garnet_rises_with_temperature_as_reported():
    measured = load_published("hot-pressed-llzo").critical_current
    assert [(one.temperature, str(one.after)) for one in measured] == [
        ("room temperature", "0.9 ± 0.7"),
        ("40 degC", "3.8 ± 0.9"),
        ("60 degC", "6 ± 0.7"),
    ]


def test_the_founding_coating_s_lives_are_lower_bounds():
    lives = load_published("lii-znlix").life
    assert [(str(life.duration), life.current_density.value) for life in lives] == [
        ("≥ 2000", 0.1),
        ("≥ 1600", 0.5),
        ("≥ 800", 1.0),
    ]


def test_nothing_that_is_only_remembered_is_shipped():
    coatings = published_coatings()
    assert not {one.title.split()[0] for one in coatings} & set(UNVERIFIED_COATINGS)
    assert not numbers(coatings, "resistance", 1e-4) & set(UNVERIFIED_RESISTANCES)
    assert not numbers(coatings, "critical_current", 10) & set(UNVERIFIED_CURRENTS)


def numbers(coatings, key, scale):
    """Every reported number of this kind in SI over ``scale``."""
    unit = {"resistance": "Ohm.m2", "critical_current": "A.m-2"}[key]
    found = set()
    for coating in coatings:
        items = getattr(coating, key) or ()
        for item in items if isinstance(items, tuple) else (items,):
            given = filter(None, (item.before, item.after))
            found |= {round(number.to_si(unit) / scale, 9) for number in given}
    return found


@pytest.mark.parametrize("coating", published_coatings(), ids=lambda coating: coating.name)
def test_how_many_faces_a_resistance_counts_is_told(coating):
    assert coating.resistance is None or coating.resistance.faces in (1, 2, "unknown")


def test_no_source_says_how_many_faces_its_resistance_counts():
    faces = {one.resistance.faces for one in published_coatings() if one.resistance}
    assert faces == {"unknown"}


def test_a_pair_has_two_numbers_and_no_bound():
    pairs = {one.name for one in paired(published_coatings())}
    assert pairs == {"lii-znlix", "ito", "mos2", "li-sr-n", "dense-llzto"}
    assert "clean-lithium" not in pairs  # its current did not short it: only a bound


@pytest.mark.parametrize("table", [library_table, pairs_table])
def test_the_page_shows_the_tables_as_they_are_printed(table):
    assert table(published_coatings()) in PAGE.read_text(encoding="utf-8")


def test_the_page_s_example_of_a_file_loads(tmp_path):
    text = (PAGE.parents[1] / "how-to" / "add-a-coating.md").read_text(encoding="utf-8")
    block = next(part for part in text.split("```toml\n") if "[resistance]" in part).split("```")[0]
    path = tmp_path / "my-coating.toml"
    path.write_text("\n".join(line.removeprefix("   ") for line in block.splitlines()))
    assert load_published(path).resistance.temperature == "25 degC"


def test_a_range_and_an_error_have_their_ends_in_si():
    assert Reported(value=0.2, upper=0.5, unit="mA/cm2").interval("A.m-2") == (2.0, 5.0)
    low, high = Reported(value=0.9, error=0.7, unit="mA/cm2").interval("A.m-2")
    assert (low, high) == pytest.approx((2.0, 16.0))


@pytest.fixture
def own(tmp_path):
    """A copy of a shipped file."""
    path = tmp_path / "mine.toml"
    shipped = PAGE.parents[2] / "parameter_sets" / "coatings" / "published" / "ito.toml"
    path.write_bytes(shipped.read_bytes())
    return path


AFTER = 'after = { value = 32, unit = "ohm cm2" }'
HEAD = 'name = "mine"\ntitle = "t"\ntypes = ["mixed"]\ngarnet = "g"\nsource = "s"\ntag = "found"\n'


def after(inside):
    return f"after = {{ {inside} }}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('faces = "unknown"\n', "", r"key resistance\.faces is missing: add it"),
        ('faces = "unknown"', "faces = 3", r"resistance\.faces: 3 is not allowed"),
        (AFTER, after('value = 32, unit = "ohm cm"'), r"resistance\.after: .*converted to Ohm\.m2"),
        (AFTER, after('value = 32, unit = "furlong"'), r"resistance\.after: .*write for example"),
        (AFTER, after("value = 32"), r"resistance\.after\.unit is missing"),
        (AFTER, after('value = -32, unit = "ohm cm2"'), r"resistance\.after\.value: -32"),
        (AFTER, after('value = nan, unit = "ohm cm2"'), r"resistance\.after\.value: nan"),
        (
            AFTER,
            after('value = 32, upper = 30, unit = "ohm cm2"'),
            r"resistance\.after: upper = 30 must lie above value = 32",
        ),
        (
            AFTER,
            after('value = 32, error = 3, sign = "~", unit = "ohm cm2"'),
            r"resistance\.after: error and sign do not go together",
        ),
        ("[resistance]", "[resistence]", r"unknown key 'resistence'.*Did you mean 'resistance'"),
        ('types = ["mixed"]', 'types = ["mixed", "mixed"]', r"types .* each type once"),
        ('types = ["mixed"]', 'types = ["mixed", "none"]', r"types .* 'none' only alone"),
        ('types = ["mixed"]', "types = []", r"types"),
        ('temperature = "not stated"', 'temperature = "warm"', r"resistance\.temperature: .*degC"),
        ('tag = "found"', 'tag = "unconfirmed"', r"tag: 'unconfirmed' is not allowed"),
        ("name = ", "name : ", r"not valid TOML.*line 1"),
    ],
)
def test_a_damaged_file_is_refused_by_one_sentence(own, old, new, told):
    text = own.read_text(encoding="utf-8")
    assert old in text
    own.write_text(text.replace(old, new, 1), encoding="utf-8")
    refused(own, told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD, r"none of resistance, critical_current, life, full_cell is there"),
        (HEAD + '[resistance]\nfaces = 1\ntemperature = "25 degC"\n', r"resistance: none of"),
        (HEAD + '[[full_cell]]\ncathode = "LFP"\ntemperature = "25 degC"\n', r"full_cell\[0\]: no"),
    ],
)
def test_a_file_that_reports_nothing_is_refused(own, text, told):
    own.write_text(text, encoding="utf-8")
    refused(own, told)


def refused(path, told):
    with pytest.raises(InputError, match=told) as caught:
        load_published(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_parameter_set_is_not_taken_for_a_published_coating():
    shipped = PAGE.parents[2] / "parameter_sets" / "coatings" / "zni2-0.5.toml"
    refused(shipped, r"is a parameter set.*use load_parameter_set")


def test_a_folder_a_missing_file_and_an_unknown_name_are_told(tmp_path):
    refused(tmp_path, "it is a folder")
    refused(tmp_path / "none.toml", "there is no file")
    with pytest.raises(InputError, match=r"published coating 'itto'\. Did you mean 'ito'"):
        load_published("itto")


def test_ssb_list_names_every_published_coating(capsys):
    from ssb_model.cli.list import list_library

    list_library()
    line = next(line for line in capsys.readouterr().out.splitlines() if "published" in line)
    assert line.split(":")[1].replace(" ", "").split(",") == list(known_published())
