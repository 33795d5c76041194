"""A mechanism and a parameter set of a user's own package: what its how-to page shows, run."""

import json

import pytest

from tests.docs.packages import install, run
from tests.docs.pages import DOCS, REPOSITORY, blocks

PAGE = DOCS / "how-to" / "add-a-mechanism.md"
PYPROJECT, SET, STUDY, COATING = blocks(PAGE, "toml")
MODULE, CELL, SYNTHETIC = blocks(PAGE, "python")
#: what the page's spectra are made with
TRUTH = {
    "Negative face carbonate resistance": 40e-4,
    "Negative face carbonate activation energy": 50e3,
}
SSB = ["-c", "from ssb_model.cli import main; main()"]
ANSWER = """
from ssb_model.prediction import make_evaluator
for coating in ("coating.toml", "my lab/carbonated"):
    made = make_evaluator(coating, ["interface resistance"], "cell.toml", ["carbonate resistance"])
    for R in (0, 1e-3):
        print(made({"carbonate resistance [Ohm.m2]": [R]})["interface resistance"][0])
"""


def parameter_set():
    """As the page says: a copy of bare.toml under the page's name, with the page's tables."""
    bare = (REPOSITORY / "parameter_sets/coatings/bare.toml").read_text("utf-8")
    name, _, tables = SET.partition("\n[options]")
    return bare.replace('name = "bare"\n', name) + "\n[options]" + tables


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    files = {"my_lab/__init__.py": MODULE, "my_lab/carbonated.toml": parameter_set()}
    return install(tmp_path_factory.mktemp("site"), PYPROJECT, files)


@pytest.fixture(scope="module")
def measured(package, tmp_path_factory):
    """A folder with the page's files and synthetic spectra."""
    folder = tmp_path_factory.mktemp("study")
    for name, text in (("study.toml", STUDY), ("coating.toml", COATING)):
        (folder / name).write_text(text, "utf-8")
    (folder / "cell.toml").write_text('garnet = "llzto"\n', "utf-8")
    ran = run(["-c", CELL + SYNTHETIC], [package], folder)
    assert ran.returncode == 0, ran.stderr
    return folder


def test_its_parameters_are_fitted_by_name(package, measured):
    ran = run([*SSB, "fit", "study.toml", "--starts", "1"], [package], measured)
    assert ran.returncode == 0, ran.stderr
    found = json.loads((measured / "results/study/fit.json").read_text("utf-8"))
    assert "Synthetic, not measured" in " ".join(found["warnings"])
    fitted = {one["parameter"]: one for one in found["parameters"]}
    for name, value in TRUTH.items():
        assert fitted[name]["lower95"] < value < fitted[name]["upper95"]
        assert fitted[name]["value"] == pytest.approx(value, rel=0.05)
    assert "the mechanism surface film = carbonate" in found["files"]


def test_a_coating_file_and_a_parameter_set_are_predicted_with_it(package, measured):
    """Both faces have it, in series with the rest."""
    ran = run(["-c", ANSWER], [package], measured)
    assert ran.returncode == 0, ran.stderr
    without, with_it, without_too, with_it_too = map(float, ran.stdout.split())
    assert with_it - without == pytest.approx(20, rel=1e-6)
    assert with_it_too - without_too == pytest.approx(20, rel=1e-6)


@pytest.mark.verify
def test_the_page_s_commands_predict(package, measured):
    for coating in ("coating.toml", "my lab/carbonated"):
        command = [*SSB, "predict", coating, "--draws", "64", "--cell", "cell.toml"]
        ran = run(command, [package], measured)
        assert ran.returncode == 0, ran.stderr
        assert "carbonate" in ran.stdout


def test_the_list_names_what_the_package_brings(package, tmp_path):
    ran = run([*SSB, "list"], [package], tmp_path)
    assert "my lab/carbonated" in ran.stdout
    assert "carbonate (surface film)" in ran.stdout
