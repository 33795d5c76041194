"""A fit that is done is kept, whatever cannot be made of it."""

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from ssb_model.cli.app import app
from ssb_model.study import load_fit, load_study, page
from tests.study import small

FEW = "has 4 points to use: at least 5 are needed to judge it"
STUDY = Path("study.toml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study of spectra of four points each, one fewer than their validation needs."""
    folder = tmp_path_factory.mktemp("few")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small, "FREQUENCIES", np.logspace(2, 6, 4))
        small.write_small_study(folder, noise="1 %")
    return folder


@pytest.fixture(scope="module")
def found(folder):
    return load_study(folder / STUDY).fit(starts=1)


def ssb_fit(folder, patch, *options):
    patch.chdir(folder)
    return CliRunner().invoke(app, ["fit", str(STUDY), "--starts", "1", *options])


def test_spectra_too_short_to_be_judged_are_fitted_all_the_same(folder, monkeypatch):
    result = ssb_fit(folder, monkeypatch)
    assert result.exit_code == 0, result.output
    kept = json.loads((folder / "results" / "study" / "fit.json").read_text())
    assert all(FEW in text for text in kept["validity_of_spectra"].values())
    assert FEW in (folder / "results" / "study" / "fit.html").read_text()
    assert load_fit(folder / "results" / "study" / "fit.json").parameters()


def broken(*_):
    raise ZeroDivisionError("nothing to divide by")


@pytest.mark.parametrize("name", ["circuits", "relaxations", "fit_figures", "misfit_lines"])
def test_a_part_of_the_page_that_fails_is_a_warning_on_it(found, monkeypatch, name):
    monkeypatch.setattr(import_module("ssb_model.study.report.page"), name, broken)
    assert "could not be made: nothing to divide by." in page(found)


@pytest.mark.parametrize("name", ["process_table", "works_content", "assumed"])
def test_a_part_of_the_file_that_fails_is_a_warning_in_it(found, monkeypatch, name):
    monkeypatch.setattr(f"ssb_model.study.fit.fit_json.{name}", broken)
    kept = json.loads(found.to_json())
    assert "could not be made: nothing to divide by." in " ".join(kept["warnings"])
    assert kept["solution"]["u"] == found.fit.u.tolist()


@pytest.mark.parametrize(
    "fails", ["ssb_model.study.page", "ssb_model.study.process_lines", "StudyFit.with_outlook"]
)
def test_whatever_fails_after_the_fit_its_numbers_are_there(folder, monkeypatch, fails):
    if fails.startswith("StudyFit"):
        monkeypatch.setattr(f"ssb_model.study.{fails}", broken)
    else:
        monkeypatch.setattr(fails, broken, raising=False)
    result = ssb_fit(folder, monkeypatch, "--out", "again", "--fresh")
    assert result.exit_code == 0, result.output
    kept = json.loads((folder / "again" / "fit.json").read_text())
    said = [text for text in kept["warnings"] if "nothing to divide by" in text]
    assert len(said) == 1 and said[0] in " ".join(result.output.split())
