"""``ssb predict`` and ``ssb new coating``: JSON and nothing else, files, tables, mistakes told."""

import json
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from ssb_model import InputError
from ssb_model.cli.new import new_coating
from ssb_model.cli.predict import predict as predict_command, prediction_table
from ssb_model.library.units import written
from ssb_model.prediction import load_coating, predict

RATES = ("0.1", "0.2", "0.3", "0.5", "0.8", "1")
PROMISED = {
    "interface resistance": "ohm cm2",
    "critical current density": "mA/cm2",
    "polarisation at 0.1 mA/cm2": "mV",
    **{f"capacity at {rate}C": "mAh/g" for rate in RATES},
}


@pytest.fixture
def known(monkeypatch, founding, bare):
    """The command with the predictions of the founding cells at hand, and without its figure."""
    at_hand = {p.coating.path: p for p in (founding, bare)}
    monkeypatch.setattr(
        "ssb_model.prediction.predict", lambda coating, *args, **kwargs: at_hand[coating.path]
    )
    monkeypatch.setattr("ssb_model.cli.predict._draw", lambda *args: None)


def refuse_constant(name):
    raise AssertionError(f"{name} is not JSON")


def told(capsys):
    """What was printed, as JSON: anything before, after or within that is not JSON fails."""
    return json.loads(capsys.readouterr().out, parse_constant=refuse_constant)


def test_json_is_all_that_is_printed_and_answers_what_is_promised(known, capsys):
    predict_command(["lii-znlix"], "zhai2024", json=True)
    content = told(capsys)
    found = {q["name"]: q for q in content["quantities"]}
    for name, unit in PROMISED.items():
        ends = [found[name][key] for key in ("lower95", "median", "upper95")]
        assert found[name]["unit"] == unit
        assert np.all(np.isfinite(ends)) and ends == sorted(ends), name
    assert [c["coating"] for c in content["references"]] == ["bare garnet"]


def test_several_coatings_stand_beside_each_other(known, capsys):
    predict_command(["lii-znlix", "bare-llzto"], "zhai2024", json=True)
    content = told(capsys)
    assert [c["type"] for c in content["coatings"]] == ["mixed", "none"]


def test_what_is_printed_is_what_is_written(known, capsys, tmp_path):
    predict_command(["lii-znlix"], "zhai2024", out=tmp_path / "new" / "folder", json=True)
    written = json.loads((tmp_path / "new" / "folder" / "prediction.json").read_text())
    assert written == told(capsys)


def test_json_alone_writes_nothing(known, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    predict_command(["lii-znlix"], "zhai2024", json=True)
    assert not list(tmp_path.iterdir())


def test_without_json_a_table_and_files_named_after_the_coating(
    known, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    predict_command(["lii-znlix"], "zhai2024")
    assert (tmp_path / "results" / "lii-znlix" / "prediction.json").is_file()
    assert "interface resistance" in capsys.readouterr().out


def test_the_table_has_every_quantity_and_a_column_a_coating(founding, bare):
    table = prediction_table([founding], [bare])
    names = [str(name).partition(" [")[0].partition("\n")[0] for name in table.columns[0].cells]
    assert set(names) == {*founding.values, *bare.values}
    row = names.index("electron supply at the garnet")
    assert str(list(table.columns[2].cells)[row]) == "–"  # of a garnet without a layer


def test_the_table_fits_a_terminal_of_eighty_columns(founding, bare):
    """No interval is broken, and a row is four lines on the mean."""
    console = Console(width=80, file=StringIO())
    console.print(prediction_table([founding], [founding, bare]))
    shown = console.file.getvalue()
    for name in founding.values:
        q = founding.quantity(name)
        assert f"{written(q['lower95'])} … {written(q['upper95'])}" in shown
    assert len(shown.splitlines()) < 4 * len(founding.values)


@pytest.mark.parametrize(
    ("potential", "message"),
    [
        ("often", "--nucleation-overpotential: 'often' is not a number"),
        ("1 nm", "--nucleation-overpotential: "),
        ("0 mV", "--nucleation-overpotential must be positive"),
        ("-1 mV", "--nucleation-overpotential must be positive"),
        ("30 kV", "--nucleation-overpotential: 30 kV is outside what is physical"),
    ],
)
def test_a_nucleation_overpotential_that_is_none_is_refused(known, potential, message):
    with pytest.raises(InputError, match=message):
        predict_command(["lii-znlix"], "zhai2024", json=True, nucleation_overpotential=potential)


def test_a_folder_that_is_a_file_is_refused(known, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        predict_command(["lii-znlix"], "zhai2024", out=tmp_path / "file")


@pytest.mark.parametrize(
    ("fails", "name"),
    [
        ("ssb_model.prediction.prediction_sheet", "prediction.png"),
        ("ssb_model.citations.works_content", "the list of works to cite"),
    ],
)
def test_what_cannot_be_made_beside_the_numbers_is_a_warning_that_stays(
    founding, bare, monkeypatch, capsys, tmp_path, fails, name
):
    def broken(*_):
        raise ZeroDivisionError("nothing to divide by")

    at_hand = {one.coating.path: one for one in (founding, bare)}
    monkeypatch.setattr("ssb_model.prediction.predict", lambda one, *_, **__: at_hand[one.path])
    monkeypatch.setattr(fails, broken)
    predict_command(["lii-znlix"], "zhai2024", out=tmp_path)
    sentence = f"{name} could not be made: nothing to divide by."
    assert (tmp_path / "warnings.txt").read_text() == f"{sentence}\n"
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert json.loads((tmp_path / "prediction.json").read_text())["quantities"]


def test_an_unknown_coating_is_refused_before_anything_is_computed():
    with pytest.raises(InputError, match="Did you mean 'lii-znlix'"):
        predict_command(["lii-znlx"], "zhai2024", json=True)


def test_a_new_coating_is_a_coating_and_is_never_overwritten(tmp_path):
    path = tmp_path / "coating.toml"
    new_coating(path)
    assert load_coating(path).type == "mixed"
    path.write_text("mine")
    with pytest.raises(InputError, match=r"coating\.toml exists already"):
        new_coating(path)
    assert path.read_text() == "mine"


def test_every_line_of_a_new_coating_may_be_uncommented(tmp_path):
    """But one of contact fraction and wetting angle, which say the same; nothing of other files."""
    path = tmp_path / "coating.toml"
    new_coating(path)
    _, _, rest = path.read_text().partition('name = "my coating"')
    lines = [line.removeprefix("# ") for line in rest.splitlines()]
    kept = [line for line in lines if "=" in line.split("#")[0] or line.startswith("[values]")]
    kept = [
        line
        for line in kept
        if not line.startswith(("wetting_angle", "picture", "library", "garnet"))
    ]
    path.write_text("\n".join(['name = "my coating"', *kept]))
    known = load_coating(path)
    assert {"layer thickness", "contact fraction", "growth exponent"} <= set(known.stated)
    assert known.partial and known.critical_current is not None


@pytest.mark.verify
@pytest.mark.parametrize(
    "type",
    [
        "ionic",
        "electronic",
        "mixed",
        "none",
    ],
)
def test_the_least_file_of_each_type_is_predicted(written, type):
    """From a name and a type alone, in the founding cell: wide, finite, in order."""
    found = predict(written(f'name = "a"\ntype = "{type}"\n'), draws=64)
    for quantity in found.quantities:
        ends = [quantity[key] for key in ("lower95", "median", "upper95")]
        assert np.all(np.isfinite(ends)) and ends == sorted(ends), quantity["name"]
    resistance = found.quantity("interface resistance")
    assert resistance["upper95"] > 3 * resistance["lower95"]
