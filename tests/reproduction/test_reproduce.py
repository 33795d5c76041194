"""``ssb reproduce zhai2024``: every acceptance figure of the founding experiment, and bad input."""

import json
import math
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from ssb_model import InputError
from ssb_model.cli.app import app
from ssb_model.fitting import FitError
from ssb_model.library import load_experiment
from ssb_model.library.folder import writable_folder
from ssb_model.reproduction.rows import load_rows
from ssb_model.reproduction.study import founding_study

FOUNDING = founding_study(load_experiment("zhai2024"))
RATES = ["27a", "27b", "27c", "27d", "27e", "27f"]
LAWS = ("A0", "A", "B", "C", "D")
ROLES = {
    "fitted",
    "exactly determined",
    "predicted",
    "bound",
    "implied",
    "input",
    "qualitative",
}


def ssb(*words, cwd):
    """Run the command as a user would."""
    command = [sys.executable, "-c", "from ssb_model.cli.app import main; main()", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=1500)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    done = ssb("reproduce", "zhai2024", "--out", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def rows(results):
    content = json.loads((results / "reproduce.json").read_text())
    return {row["id"]: row for row in content["rows"]}


def test_every_numeric_statement_from_9_to_31_has_a_row(rows):
    assert {row["statement"] for row in rows.values()} == set(range(9, 32))
    assert {row["role"] for row in rows.values()} <= ROLES


def test_every_number_is_finite_or_null(rows):
    for row in rows.values():
        for key in ("paper", "model", "lower95", "upper95", "noise", "tolerance"):
            assert row[key] is None or math.isfinite(row[key])


@pytest.mark.parametrize(
    "ids",
    [
        ("9", "9a", "9-H"),
        ("10", "10a", "10-H"),
        ("13a", "13a-H"),
        ("13b", "13b-H"),
        ("14", "14-H"),
        ("15", "15-H"),
        ("14-contact", "14-contact-D", "14-contact-H"),
    ],
)
def test_rows_that_say_the_same_thing_do_not_contradict_each_other(rows, ids):
    """Every two 95 % intervals of one quantity have something in common."""
    assert max(rows[id]["lower95"] for id in ids) < min(rows[id]["upper95"] for id in ids)


def test_the_field_of_the_bare_contact_is_that_of_its_critical_current(rows):
    """Its hottest spot bears what the coated cell's bears, within the factor of the disc's rim."""
    focus = rows["25b"]["model"] / rows["25c"]["model"]
    stated = rows["15"]["paper"] / rows["14"]["paper"]
    assert 0.7 < focus / stated < 1.6


@pytest.mark.parametrize(
    ("id", "paper", "tolerance"),
    [
        ("9", 1173.4, 0.02 * 1173.4),
        ("10", 10.3, 0.02 * 10.3),
        ("12", 13, 0.5),
        ("13a", 30.3, 0.303),
        ("13b", 19.2, 0.192),
        ("22", 3.2, 0.32),
        ("23", 7.3, 0.73),
        ("29", 143.9, 3.0),
    ],
)
def test_fitted_rows_are_within_their_tolerance(rows, id, paper, tolerance):
    row = rows[id]
    assert row["paper"] == paper
    assert row["role"] in ("fitted", "exactly determined") and row["within"] is True
    assert abs(row["model"] - paper) <= tolerance


def test_rate_capacities_have_an_rms_of_at_most_4(rows):
    squares = [(rows[id]["model"] - rows[id]["paper"]) ** 2 for id in RATES]
    assert math.sqrt(sum(squares) / 6) <= 4
    assert all(rows[id]["role"] == "fitted" for id in RATES)


def test_the_plateau_is_a_one_sided_constraint_and_excludes_linear_growth(rows):
    assert rows["18b"]["role"] == "bound" and rows["18b"]["lower95"] <= 1.0
    assert rows["18c"]["model"] == pytest.approx(3.2, rel=0.05)
    assert rows["18c"]["lower95"] > 1.0


def test_predictions_are_published_with_intervals(rows):
    predicted = [row for row in rows.values() if row["role"] == "predicted"]
    numbers = [row for row in predicted if row["bound"] == "equal"]
    assert all(row["lower95"] < row["model"] < row["upper95"] for row in numbers)
    expected = {"28", "19b", "19c", "20b", "20c", "21b", "21c", "27n", "31b"}
    expected |= {f"17-{law}{how}" for law in LAWS for how in ("", "-ramp")}
    assert expected <= {row["id"] for row in predicted}


def test_half_a_mole_has_the_lowest_resistance_of_the_four_dips(rows):
    assert rows["11"]["model"] == pytest.approx(rows["11"]["paper"])
    for id in ("11a", "11b", "11c"):
        assert rows[id]["role"] == "bound" and rows[id]["model"] >= 1
    assert all(rows[id]["model"] > rows["10"]["model"] for id in ("11d", "11e", "11f"))
    assert all(rows[id]["model"] > rows["12"]["model"] for id in ("12b", "12c", "12d"))


def test_the_critical_currents_of_the_two_calibrated_cells_are_exact_and_said_so(rows):
    for id, stated in (("14", 0.15), ("15", 2.3)):
        assert rows[id]["role"] == "exactly determined"
        assert rows[id]["model"] == pytest.approx(stated, rel=1e-6)
        assert rows[id]["lower95"] < stated < rows[id]["upper95"]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(("statement", "stated"), [(16, 1.0), (17, 0.5)])
def test_the_other_critical_currents_are_implied_and_predicted(rows, law, statement, stated):
    """Forward by thickness and by LiI's prior; and backward, what the stated number requires."""
    forward, ramp = rows[f"{statement}-{law}"], rows[f"{statement}-{law}-ramp"]
    assert forward["role"] == ramp["role"] == "predicted"
    assert forward["paper"] == stated
    required = rows[f"{statement}-{law}-required"]
    assert required["role"] == "implied" and required["lower95"] < required["upper95"]


@pytest.mark.parametrize(
    ("id", "value"),
    [
        *(("16-A0-required", 121), ("16-A-required", 116), ("16-B-required", 44)),
        *(("16-C-required", 365), ("16-D-required", 0.43), ("17-A0-required", 362)),
        *(("17-A-required", 302), ("17-B-required", 145), ("17-C-required", 660)),
        ("17-D-required", 0.22),
    ],
)
def test_what_each_law_requires_is_what_arithmetic_gives(rows, id, value):
    assert rows[id]["model"] == pytest.approx(value, rel=0.02)


def test_the_bare_cell_fails_after_25_hours_below_its_critical_current(rows):
    assert rows["21a"]["role"] == "exactly determined"
    assert rows["21a"]["model"] == pytest.approx(25, rel=1e-3)
    assert rows["24b"]["model"] > 1.3 * rows["9"]["model"]


def test_growth_at_the_middle_current_by_both_laws(rows):
    """+5.0 by calendar growth and growth by current, +5.7 by a power of 0.36."""
    assert rows["23b"]["model"] == pytest.approx(5.0, rel=0.02)
    assert rows["23c"]["model"] == pytest.approx(5.7, rel=0.02)
    assert rows["23d"]["model"] == pytest.approx(0.36, rel=0.02)


def test_a_coated_face_focuses_no_current_and_a_point_contact_does(rows):
    assert rows["25c"]["model"] == pytest.approx(1, abs=1e-6)
    assert 10 < rows["25b"]["model"] < 40


def test_layers_of_equal_thickness_order_by_their_conductivities(results):
    """Resistance: ionic, mixed, electronic; electron supply the other way round."""
    layers = json.loads((results / "reproduce.json").read_text())["layers_of_equal_thickness"]
    ionic, *mixed, electronic = layers
    for layer in mixed:
        for key, sign in (("layer_resistance_ohm_cm2", -1), ("electron_supply_S_per_cm", 1)):
            assert sign * ionic[key] < sign * layer[key] < sign * electronic[key]
    assert ionic["plated_share"] < 1e-4 < 0.99 < electronic["plated_share"]
    for layer in layers:
        borne, below = (
            layer[f"{key}_mA_per_cm2"] for key in ("critical_current_density", "with_lithium_below")
        )
        assert set(below) == set(LAWS)
        assert all(below[law] <= borne[law] for law in LAWS)


@pytest.mark.parametrize(("id", "hours"), [("18a", 2000), ("19a", 1600), ("20a", 800)])
def test_the_coated_cell_lives_at_least_as_long_as_stated(rows, id, hours):
    assert rows[id]["bound"] == "at least" and rows[id]["within"] is True
    assert rows[id]["model"] >= hours


def test_bare_polarisation_is_given_in_both_conventions(rows):
    assert rows["21b"]["model"] == pytest.approx(129, rel=0.02)
    assert rows["21c"]["model"] == pytest.approx(246, rel=0.02)


@pytest.mark.parametrize(
    ("id", "value"),
    [("13c", 653), ("13d", 325), ("13e", 175), ("13f", 7.1), ("13g", 4.6), ("13h", 3.1)],
)
def test_resistances_at_temperature_follow_the_activation_energies(rows, id, value):
    assert rows[id]["model"] == pytest.approx(value, rel=0.02)


def test_the_command_leaves_whole_files_only(results):
    names = [path.name for path in results.iterdir()]
    assert {"reproduce.json", "table.md"} <= set(names)
    assert any(name.startswith("fig5b") for name in names)
    assert not [name for name in names if name.endswith(".part")]


def test_an_unknown_experiment_is_refused_with_the_nearest(tmp_path):
    done = ssb("reproduce", "zhai2042", cwd=tmp_path)
    assert done.returncode == 2
    assert "zhai2024" in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_an_unwritable_output_folder_is_refused_before_the_work(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        writable_folder(tmp_path / "file" / "out")


def test_a_fit_that_does_not_converge_says_so_and_exits_with_1(tmp_path, monkeypatch):
    def fails(*_):
        raise FitError("The fit did not converge in 60 iterations.")

    monkeypatch.setattr("ssb_model.reproduction.reproduce", fails)
    stopped = CliRunner().invoke(app, ["reproduce", "zhai2024", "--out", str(tmp_path / "out")])
    assert stopped.exit_code == 1
    assert stopped.stderr == "ssb: The fit did not converge in 60 iterations.\n"
    assert not list((tmp_path / "out").iterdir())


def test_help_is_quick_and_loads_neither_pybamm_nor_jax(tmp_path):
    code = (
        "import sys; from ssb_model.cli.app import app; import click\n"
        "from typer.main import get_command\n"
        "get_command(app).get_help(click.Context(get_command(app)))\n"
        "print([m for m in ('pybamm', 'jax') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def damaged(tmp_path, old, new, file="rows.toml"):
    """A copy of the experiment with one text replaced."""
    source = load_experiment("zhai2024").path.parent
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("experiment.toml", "rows.toml", "study.toml"):
        (folder / name).write_text((source / name).read_text())
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    return load_experiment(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('role = "fit"', 'role = "fitt"', "role"),
        ("statement = 9", "statement = 99", "unknown statement 99"),
        ('noise = "33 %"', 'noise = "thirty"', "thirty"),
        ('unit = "1"\nvalue = 1.0\nrole = "bound"', 'unit = "V"\nrole = "bound"', "cannot be"),
        ('spread = "resistance"', 'spread = "luck"', "unknown spread 'luck'"),
        ('spread = "resistance"', 'spread = "resistance"\nnoise = "5 %"', "keep one"),
        ('reason = "resistance"', 'reason = "whim"', "whim"),
        ('tolerance = "2 %"', 'tolerence = "2 %"', "tolerence"),
        ('id = "10"', 'id = "9"', "id of its own"),
    ],
)
def test_a_mistake_in_the_rows_is_one_sentence(tmp_path, old, new, told):
    with pytest.raises(InputError) as error:
        load_rows(damaged(tmp_path, old, new), FOUNDING)
    assert told in str(error.value) and "rows.toml" in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"1173.4 ohm cm2"', '"1174 ohm cm2"', "row 9 states 1173.4 ohm cm2, but the study fits"),
        ("[cells.dipped]", "[cells.dripped]", "no such cell"),
        (
            'resistance = ["10.3 ohm cm2"]',
            'resistance = ["10.3 ohm cm2"]\ninterfaces = 1',
            "counts",
        ),
    ],
)
def test_a_study_that_is_not_the_experiment_s_is_refused(tmp_path, old, new, told):
    experiment = damaged(tmp_path, old, new, "study.toml")
    with pytest.raises(InputError, match=told):
        load_rows(experiment, founding_study(experiment))
