"""Mistakes in a study file: one sentence each, with the file, the key and the cure."""

import json
import tomllib

import pytest

from ssb_model import InputError
from ssb_model.cli.new import new_schema, new_study
from ssb_model.library import template
from ssb_model.study import load_study

TEMPLATE = template("study")
SPECTRUM = "frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + "\n".join(
    f"{10**k},{100 - k},{-5 - k}" for k in range(7)
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "coated_25C.csv").write_text(SPECTRUM)
    return tmp_path


def load(folder, old="", new=""):
    assert old in TEMPLATE
    path = folder / "study.toml"
    path.write_text(TEMPLATE.replace(old, new, 1))
    return load_study(path)


def test_the_example_is_a_study(folder):
    study = load(folder)
    assert study.title == "My pellets"
    assert [p.label for p in study.free.parameters] == [
        "Garnet conductivity",
        "coated: Negative face interface resistance",
        "coated: Negative face double-layer capacity",
        "coated: Negative face constant-phase exponent",
        "Lead inductance",
        "Lead resistance",
    ]
    assert study.cells["coated"].area == pytest.approx(0.785e-4)


def test_a_new_study_file_is_written_once(tmp_path):
    new_study(tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text() == TEMPLATE
    with pytest.raises(InputError, match="exists already"):
        new_study(tmp_path / "mine.toml")


def test_the_schema_knows_every_key_of_the_example(tmp_path):
    new_schema(tmp_path / "study.schema.json")
    schema = json.loads((tmp_path / "study.schema.json").read_text())
    example = tomllib.loads(TEMPLATE)
    assert set(example) <= set(schema["properties"])
    assert set(example["free"][0]) <= set(schema["$defs"]["FreeTable"]["properties"])
    assert set(example["cells"]["coated"]) <= set(schema["$defs"]["CellTable"]["properties"])


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('title = "My pellets"', 'tittle = "My pellets"', "unknown key 'tittle'"),
        ('kind = "impedance"', 'kind = "impedence"', "experiments"),
        ('cell = "coated"', 'cell = "coted"', "Did you mean 'coated'"),
        ('file = "coated_25C.csv"', 'file = "nowhere.csv"', "nowhere.csv"),
        ('temperature = "25 degC"', 'temperature = "25"', "temperature"),
        ('["1 Hz", "3 MHz"]', '["1 Hz"]', "frequencies"),
        ('["1 Hz", "3 MHz"]', '["1 GHz", "3 GHz"]', "no frequency lies between"),
        ('noise = "0.5 %"', 'noise = "-0.5 %"', "positive"),
        ('noise = "0.5 %"', 'noise = "much"', "noise"),
        ('voltage = ["13.0 mV", "26.1 mV"]', 'voltage = ["13.0 mV"]', "one voltage for each"),
        ('duration = "1 h"', 'duration = "0 h"', "duration must be positive"),
        ('name = "Garnet conductivity"', 'name = "Garnet conductivty"', "Did you mean"),
        ('["0.05 mS/cm", "5 mS/cm"]', '["5 mS/cm", "0.05 mS/cm"]', "must rise"),
        ('["0.05 mS/cm", "5 mS/cm"]', '["0.05", "5"]', "unit is missing"),
        ('cells = ["coated"]', 'cells = ["bare"]', "no such cell"),
        ('"Garnet thickness" = "0.9 mm"', '"Garnet thickness" = "0.9 kg"', "Garnet thickness"),
        ('"Garnet thickness" = "0.9 mm"', '"Garnet thicknes" = "0.9 mm"', "Did you mean"),
        ('coating = "interface"', 'coating = "interfaces"', "interface"),
        ('type = "symmetric"', 'type = "pouch"', "type"),
        (
            'name = "Negative face double-layer capacity"',
            'name = "Negative face interface resistance"',
            "free already",
        ),
    ],
)
def test_a_mistake_is_one_sentence(folder, old, new, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        load(folder, old, new)
    assert "\n" not in str(refusal.value)
