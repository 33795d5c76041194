"""A saved fit is reloaded as it was, and refused where its files are no longer those."""

import json
import shutil

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cli.fit import fit
from ssb_model.cli.show import show
from ssb_model.study import load_fit, load_study
from tests.study.small import text, write_small_study


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """The result, and the folder with study and fit.json."""
    folder = tmp_path_factory.mktemp("saved")
    path = write_small_study(folder)
    first = load_study(path).fit(starts=3).with_profiles()
    (folder / "fit.json").write_text(first.to_json(folder))
    return first, folder


@pytest.fixture
def copy(fitted, tmp_path):
    """A copy of that folder, to be spoiled."""
    return shutil.copytree(fitted[1], tmp_path / "copy")


def test_a_reloaded_fit_is_the_same_to_the_last_bit(fitted):
    first, folder = fitted
    again = load_fit(folder / "fit.json")
    for name in ("u", "values", "jacobian", "data_jacobian", "covariance", "starts"):
        np.testing.assert_array_equal(getattr(again.fit, name), getattr(first.fit, name))
    np.testing.assert_array_equal(again.fit.starting_points, first.fit.starting_points)
    assert again.fit.cost == first.fit.cost and again.noise == first.noise
    assert [p.lower95 for p in again.profiles] == [p.lower95 for p in first.profiles]
    assert again.to_json(folder) == first.to_json(folder)


def test_a_reloaded_fit_goes_on_to_pybamm_and_profiles(fitted):
    first, folder = fitted
    again = load_fit(folder / "fit.json")
    name = "Garnet conductivity [S.m-1]"
    assert again.parameter_values("coated")[name] == first.parameter_values("coated")[name]
    for ours, theirs in zip(again.with_profiles().profiles, first.profiles, strict=True):
        np.testing.assert_array_equal(ours.excess, theirs.excess)


def test_starts_are_kept_with_where_they_began(fitted):
    content = json.loads((fitted[1] / "fit.json").read_text())
    assert content["starts"][0]["u"] == [0, 0, 0]
    assert min(start["cost"] for start in content["starts"]) == content["cost"]


def test_a_list_of_numbers_is_one_line(fitted):
    lines = (fitted[1] / "fit.json").read_text().splitlines()
    assert len(lines) < 1000 and any(line.count(",") > 100 for line in lines)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda d: (d / "study.toml").write_text(text() + "#\n"), "study.toml.*has changed"),
        (lambda d: (d / "study.toml").unlink(), "study.toml.*missing"),
        (lambda d: shutil.copy(d / "25.csv", d / "60.csv"), "60.csv has changed"),
        (lambda d: (d / "60.csv").unlink(), "60.csv"),
        (lambda d: (d / "fit.json").unlink(), "cannot be read"),
        (lambda d: (d / "fit.json").write_text("{"), "not the whole result"),
        (lambda d: (d / "fit.json").write_text("[]"), "not the result of ssb fit"),
        (lambda d: edit(d, lambda c: c.pop("solution")), "solution"),
        (lambda d: edit(d, lambda c: c.update(format=2)), "format"),
        (lambda d: edit(d, lambda c: c["solution"]["u"].pop()), "other parameters"),
        (lambda d: edit(d, lambda c: c["solution"]["noise"].pop()), "other data"),
        (lambda d: edit(d, lambda c: c["solution"]["jacobian"].pop()), "other data"),
        (lambda d: edit(d, lambda c: c["solution"]["observables"].__setitem__(0, 1)), "cost"),
        (lambda d: edit(d, lambda c: c["starts"].clear()), "starts"),
    ],
)
def test_a_fit_of_other_files_or_a_damaged_one_is_refused_in_one_sentence(copy, spoil, sentence):
    spoil(copy)
    with pytest.raises(InputError, match=sentence) as refusal:
        load_fit(copy / "fit.json")
    assert "\n" not in str(refusal.value)


def edit(folder, change):
    path = folder / "fit.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def test_another_version_is_said_and_not_refused(copy):
    edit(copy, lambda content: content["versions"].update(jax="0.9.0"))
    warnings = load_fit(copy / "fit.json").warnings()
    assert sum("Computed with jax 0.9.0" in sentence for sentence in warnings) == 1


def test_a_study_that_was_moved_is_found_where_it_is_said_to_be(copy):
    (copy / "elsewhere").mkdir()
    for name in ("study.toml", "25.csv", "60.csv"):
        (copy / name).rename(copy / "elsewhere" / name)
    again = load_fit(copy / "fit.json", study=copy / "elsewhere" / "study.toml")
    assert again.study.title == "small"


def test_a_fit_is_shown_again_without_fitting(fitted, tmp_path, capsys, monkeypatch):
    folder, out = fitted[1], tmp_path / "results"
    fit(folder / "study.toml", out, 3)
    first = capsys.readouterr().out
    page = (out / "fit.html").read_text()
    (out / "fit.html").unlink()
    monkeypatch.setattr("ssb_model.study.study.fit", None)
    show(out / "fit.json")
    assert capsys.readouterr().out == first
    assert (out / "fit.html").read_text() == page
