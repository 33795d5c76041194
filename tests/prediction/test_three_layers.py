"""Ionic, electronic and mixed layers of one thickness, as the command prints them side by side."""

import json
import subprocess
import sys

import numpy as np
import pytest

from tests.prediction.conftest import NARROW

NM = 200
TYPES = ("ionic", "electronic", "mixed")
RESISTANCE, CURRENT = "interface resistance", "critical current density"
SUPPLY, PLATING = "electron supply at the garnet", f"{CURRENT} with lithium below the layer"


def ssb(folder, *words):
    """The command in a folder, as a user types it."""
    command = [sys.executable, "-c", "from ssb_model.cli.app import main; main()", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What was printed of three coatings, and the folder it ran in."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "cell.toml").write_text(NARROW)
    for type in TYPES:
        text = f'name = "{type} layer"\ntype = "{type}"\nthickness = "{NM} nm"\n'
        (folder / f"{type}.toml").write_text(text)
    files = [f"{type}.toml" for type in TYPES]
    options = ["--cell", "cell.toml", "--draws", "64", "--nucleation-overpotential", "2 mV"]
    done = ssb(folder, "predict", *files, *options, "--out", "out")
    assert done.returncode == 0, done.stderr
    return done, folder


@pytest.fixture(scope="module")
def found(printed):
    """Quantities by type and name, of the file that was written."""
    content = json.loads((printed[1] / "out" / "prediction.json").read_text())
    return {one["type"]: {q["name"]: q for q in one["quantities"]} for one in content["coatings"]}


def medians(found, name):
    return [found[type][name]["median"] for type in TYPES]


def test_the_table_has_a_column_a_coating_and_the_rows_that_tell_them_apart(printed):
    table = " ".join(printed[0].stdout.split())
    for told in ("ionic layer", "electronic", "mixed layer", "electron", "with", "lithium below"):
        assert told in table


def test_table_json_and_figure_are_written_and_said(printed):
    done, folder = printed
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "prediction.json",
        "prediction.png",
    ]
    assert "prediction.json and prediction.png in out" in done.stderr
    assert not (folder / "results").exists()


def test_at_one_thickness_ions_cross_the_alloy_best_and_the_salt_worst(found):
    ionic, electronic, mixed = medians(found, RESISTANCE)
    assert electronic < mixed < ionic


def test_the_alloy_supplies_the_most_electrons_and_the_salt_the_fewest(found):
    ionic, electronic, mixed = medians(found, SUPPLY)
    assert ionic < 1e-6 * mixed < mixed < 0.1 * electronic


def test_without_lithium_below_the_critical_current_follows_the_resistance_alone(found):
    ionic, electronic, mixed = medians(found, CURRENT)
    assert ionic < mixed < electronic


def test_lithium_below_limits_the_layers_that_conduct_electrons_alone(found):
    """The salt keeps its current, however much it resists; of the others, who resists more loses
    more: these equations do not make the alloy the worst, as the founding paper argues it is."""
    plating, without = (np.array(medians(found, name)) for name in (PLATING, CURRENT))
    ionic, electronic, mixed = plating / without
    assert ionic == pytest.approx(1, rel=1e-6)
    assert mixed < electronic < 1
    assert plating[1] == pytest.approx(2 * 2 / medians(found, RESISTANCE)[1], rel=0.3)


def test_every_number_is_finite_however_much_a_layer_resists(found):
    for name, quantity in ((n, q) for of in found.values() for n, q in of.items()):
        ends = [quantity[key] for key in ("lower95", "median", "upper95")]
        assert np.all(np.isfinite(ends)) and ends == sorted(ends), name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "a"\ntype = "metallic"\n', "mine.toml: type: 'metallic' is not allowed"),
        ('name = "a"\ntype = "mixed"\nthicknes = "1 nm"\n', "'thickness'"),
        ('name = "a"\ntype = "mixed"\nthickness = "1 S/cm"\n', "mine.toml: thickness"),
    ],
)
def test_a_mistake_is_one_sentence_on_standard_error_and_nothing_else(
    tmp_path, monkeypatch, capsys, text, told
):
    from ssb_model.cli.app import main

    (tmp_path / "mine.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["ssb", "predict", "mine.toml", "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 2 and not said.out
    assert said.err.startswith("ssb: ") and told in said.err and said.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.verify
def test_what_new_coating_writes_is_predicted_beside_the_founding_cells(tmp_path):
    """Nothing but JSON on standard output, from an empty folder, in the founding cell."""
    assert ssb(tmp_path, "new", "coating").returncode == 0
    done = ssb(tmp_path, "predict", "coating.toml", "--json", "--draws", "64")
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    assert content["coating"] == "my coating"
    assert [one["type"] for one in content["references"]] == ["mixed", "none"]
    resistance = {q["name"]: q for q in content["quantities"]}[RESISTANCE]
    assert resistance["median"] == pytest.approx(11, rel=0.03)
    assert [path.name for path in tmp_path.iterdir()] == ["coating.toml"]
