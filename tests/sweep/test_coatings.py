"""Sweeps of coatings: the same numbers as the cell's own, an optimum, mistakes in one sentence."""

import json
import shutil

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cli.sweep import sweep as sweep_command
from ssb_model.prediction import Choice, Evaluator, make_evaluator, optimum, predict
from ssb_model.sweep import load_sweep

COATING = (
    'name = "thin"\ntype = "ionic"\nthickness = "200 nm"\nionic_conductivity = "1e-6 S/cm"\n'
    'exchange_current_density = "10 mA/cm2"\ncontact_fraction = "100 %"\n'
)
SWEEP = """title = "thickness"
coating = "coating.toml"
cell = "cell.toml"
outputs = ["interface resistance", "critical current density", "polarisation at 0.1 mA/cm2"]
chunk = 64
[design]
kind = "grid"
[[vary]]
name = "layer thickness"
range = ["50 nm", "500 nm"]
points = 10
[[vary]]
name = "layer ionic conductivity"
range = ["1e-7 S/cm", "1e-5 S/cm"]
points = 10
"""
ROW = """source = "notebook 12"
[[cells]]
name = "Sn, March"
treatment = "Sn"
layer = "electronic"
contact = "coated"
temperature = "25 degC"
resistance = "20 ohm cm2"
faces = 2
critical_current = "0.05 mA/cm2"
"""
OPTIMUM = '[[optimum]]\noutput = "interface resistance"\nbest = "low"\ndraws = 8\n'
R_GAS, FARADAY, ROOM = 8.314462618, 96485.33212, 298.15


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coatings")
    (folder / "coating.toml").write_text(COATING)
    (folder / "cell.toml").write_text('[values]\n"Garnet thickness" = "0.8 mm"\n')
    (folder / "sweep.toml").write_text(SWEEP + OPTIMUM)
    sweep_command(folder / "sweep.toml", folder / "out")
    return folder


def test_the_resistance_is_that_of_layer_and_charge_transfer(folder):
    """R = 2 (h/s + RT/(F j0)), both faces in full contact (psi(1) is 5e-4, not 0)."""
    table = load_sweep(folder / "out")
    h, s, R = (
        table[name]
        for name in (
            "layer thickness [m]",
            "layer ionic conductivity [S.m-1]",
            "interface resistance [ohm cm2]",
        )
    )
    np.testing.assert_allclose(R, 2e4 * (h / s + R_GAS * ROOM / (FARADAY * 100)), atol=0.02)


def test_processes_give_the_rows_of_one(folder):
    """Of a coating whose lab has measured before: its rows go with the model to each process."""
    cells = folder / "cells"
    cells.mkdir()
    (cells / "lab.toml").write_text(ROW)
    try:
        sweep_command(folder / "sweep.toml", folder / "alone")
        sweep_command(folder / "sweep.toml", folder / "shared", workers=2)
    finally:
        shutil.rmtree(cells)
    alone, shared, without = (load_sweep(folder / name) for name in ("alone", "shared", "out"))
    for name in alone.table.column_names:
        np.testing.assert_array_equal(alone[name], shared[name])
    current = "critical current density [mA/cm2]"
    assert (alone[current] < without[current]).all()  # a poor cell of the lab


def test_the_polarisation_is_that_of_the_whole_cell(folder):
    """At 0.1 mA/cm2 the cell is ohmic within half a percent: garnet 0.8 mm, and both faces."""
    table = load_sweep(folder / "out")
    R, V = (
        table[name]
        for name in ("interface resistance [ohm cm2]", "polarisation at 0.1 mA/cm2 [mV]")
    )
    np.testing.assert_allclose(V, 0.1 * (R + V[0] / 0.1 - R[0]), rtol=5e-3)


def test_more_resistance_is_less_critical_current(folder):
    table = load_sweep(folder / "out")
    R, J = (
        table[name]
        for name in ("interface resistance [ohm cm2]", "critical current density [mA/cm2]")
    )
    assert np.all(np.diff(J[np.argsort(R)]) <= 1e-12)


def test_the_optimum_is_the_thinnest_and_best_conducting_layer(folder):
    [best] = json.loads((folder / "out" / "optimum.json").read_text())["optima"]
    assert best["chosen"]["layer thickness"] == pytest.approx(50e-9)
    assert best["chosen"]["layer ionic conductivity"] == pytest.approx(1e-3)
    assert set(best["at_end"]) == set(best["chosen"])


def test_a_measured_coating_varies_about_what_was_measured():
    made = make_evaluator("lii-znlix", ["interface resistance"])
    found = made({"Garnet thickness [m]": np.array([5e-4, 8e-4])})
    np.testing.assert_allclose(found["interface resistance"], 10.3, rtol=0.01)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("layer thickness", "layer thicknes"), "'layer thicknes' is not known"),
        (("interface resistance", "resistance of all"), 'there is no output "resistance of all"'),
        (('"coating.toml"', '"nothing.toml"'), "there is no file nothing.toml"),
        (('"50 nm", "500 nm"', '"500 nm", "50 nm"'), "must rise"),
    ],
)
def test_a_mistake_names_the_file_and_the_cure(folder, change, told):
    (folder / "wrong.toml").write_text(SWEEP.replace(*change))
    with pytest.raises(InputError, match=told) as error:
        sweep_command(folder / "wrong.toml", folder / "never")
    assert "wrong.toml" in str(error.value)


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("evaluator.json", lambda text: text[:-20]),
        ("evaluator.json", lambda text: text.replace('"symmetric"', '"../elsewhere"')),
        ("evaluator.json", lambda text: text.replace('"base"', '"bare"')),
        ("symmetric.json", lambda text: "[" * 100_000),
        ("symmetric.json", lambda text: text.replace('"inputs"', '"outputs"')),
        ("symmetric.json", lambda text: text.replace("layer thickness", "layer weight")),
        ("symmetric.ssb", lambda text: text[:-20]),
    ],
)
def test_a_saved_evaluator_that_is_changed_is_refused_in_a_sentence(saved, tmp_path, file, change):
    """As it is read by the processes and the clusters of a sweep."""
    shutil.copytree(saved, tmp_path / "evaluator")
    path = tmp_path / "evaluator" / file
    path.write_text(change(path.read_text("latin-1")), "latin-1")
    with pytest.raises(InputError, match=path.stem) as refused:
        Evaluator.load(tmp_path / "evaluator")
    assert "\n" not in str(refused.value)


@pytest.fixture(scope="module")
def made(folder):
    """An evaluator."""
    outputs = ["interface resistance", "critical current density"]
    return make_evaluator(folder / "coating.toml", outputs, folder / "cell.toml")


@pytest.fixture(scope="module")
def saved(made, tmp_path_factory):
    """It in a folder."""
    place = tmp_path_factory.mktemp("saved")
    made.save(place)
    return place


def test_a_saved_evaluator_answers_as_the_one_that_was_saved(made, saved):
    """As where another process or another machine computes."""
    thickness = {"layer thickness [m]": np.array([5e-8, 5e-7])}
    here, there = made(thickness), Evaluator.load(saved)(thickness)
    for name in made.outputs:
        assert here[name].tolist() == there[name].tolist()


KNOWN = 'name = "known"\ntype = "ionic"\ninterface_resistance = "32 ohm cm2"\n'
OUTPUTS = ("interface resistance", "polarisation at 0.1 mA/cm2", "critical current density")


@pytest.fixture(scope="module")
def with_ends(tmp_path_factory, folder):
    """Ends of a candidate's intervals, and those of its prediction, of a further and the mean cell.

    Nothing of it is varied.
    """
    place = tmp_path_factory.mktemp("ends")
    (place / "coating.toml").write_text(KNOWN)
    asked = [name + end for name in OUTPUTS for end in ("", " lower95", " upper95")]
    files = place / "coating.toml", folder / "cell.toml"
    made = {m: make_evaluator(files[0], asked, files[1], of_the_mean=m) for m in (False, True)}
    told = {m: predict(*files, draws=256, of_the_mean=m) for m in (False, True)}
    return made, told


def nominal(evaluator):
    name = "layer thickness [m]"
    return {name: np.full(3, evaluator.quantities[name].value)}


@pytest.mark.parametrize("of_the_mean", [False, True])
def test_a_candidate_has_the_interval_of_its_prediction(with_ends, of_the_mean):
    made, told = (of[of_the_mean] for of in with_ends)
    found = made(nominal(made))
    for name in OUTPUTS:
        row = told.quantity(name)
        width = np.log(row["upper95"] / row["lower95"])
        for end in ("lower95", "upper95"):  # straight lines against 256 draws
            assert abs(np.log(found[f"{name} {end}"][0] / row[end])) < 0.1 * width


def test_ends_travel_with_the_model(with_ends, tmp_path):
    made = with_ends[0][False]
    made.save(tmp_path)
    here, there = (one(nominal(made)) for one in (made, Evaluator.load(tmp_path)))
    assert all(here[name].tolist() == there[name].tolist() for name in made.outputs)


def test_what_is_varied_is_known(folder):
    """Of a layer whose every number is given nothing is left but the next cell and its reading."""
    asked = ["interface resistance", "interface resistance upper95"]
    files = folder / "coating.toml", folder / "cell.toml"
    varied = ("layer ionic conductivity", "contact spacing", "contact fraction")
    made = make_evaluator(files[0], asked, files[1], varied)
    found = made(nominal(made))
    reach = np.log(found[asked[1]][0] / found[asked[0]][0])
    assert reach == pytest.approx(1.96 * np.hypot(0.3, 0.05), rel=0.01)


def test_an_optimum_is_of_a_further_cell(folder, tmp_path, capsys):
    (tmp_path / "coating.toml").write_text(KNOWN)
    choice = [Choice("layer thickness", 5e-8, 5e-7)]
    asked = tmp_path / "coating.toml", "interface resistance", choice, folder / "cell.toml", "low"
    further, mean = (optimum(*asked, draws=128, of_the_mean=m) for m in (False, True))
    wide = [np.log(one.upper95 / one.lower95) for one in (further, mean)]
    assert wide[0] > wide[1]
