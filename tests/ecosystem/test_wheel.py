"""The package as a user gets it: complete in the wheel, found by name once installed."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from ssb_model.library import known_parameter_sets, known_published
from tests.ecosystem.conftest import run
from tests.ecosystem.environments import (
    fresh_environment,
    interpreter,
    see_packages_of_this_environment,
)

DATA_FOLDERS = ("parameter_sets", "experiments")
SLOW_TO_IMPORT = {"pybamm", "jax", "casadi", "scipy", "matplotlib", "pandas"}
#: a symmetric cell compiled and held at 0.1 mA/cm2 for an hour
SOLVE = """
import ssb_model
values = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")
values["Current function [A]"] = 1.0 * values["Cell area [m2]"]
compiled = ssb_model.compile(ssb_model.SymmetricCell(), values, outputs=["Polarisation [V]"])
print(1e3 * compiled.solve({}, [0.0, 3600.0])["Polarisation [V]"][-1])
"""
FOUND = """
import json, pybamm, ssb_model, pybamm_model_zoo
from importlib.metadata import entry_points
ours = {g: sorted(e.name for e in entry_points(group=g) if e.value.startswith("ssb_model"))
        for g in ("pybamm_models", "pybamm_parameter_sets", "pybamm_zoo_models")}
made = [type(pybamm.Model(name)).__name__ for name in ours["pybamm_models"]]
areas = [pybamm.ParameterValues(n)["Cell area [m2]"] for n in ours["pybamm_parameter_sets"]]
print(json.dumps({"file": ssb_model.__file__, "zoo": pybamm_model_zoo.list_models(), **ours,
                  "made": made, "areas": areas}))
"""


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Programs of a fresh environment with the wheel alone, beside the packages of this one."""
    programs = fresh_environment(tmp_path_factory.mktemp("installed") / "env", sys.executable)
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    run(*pip, wheel, cwd=programs)
    see_packages_of_this_environment(programs)
    return programs


def test_the_wheel_carries_every_data_file_of_the_repository(repository, in_the_wheel):
    at_the_top = {
        path.relative_to(repository).as_posix()
        for folder in DATA_FOLDERS
        for path in (repository / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    prefix = "ssb_model/_data/"
    carried = {n.removeprefix(prefix) for n in in_the_wheel if n.startswith(prefix)}
    assert at_the_top == carried
    assert {name.partition("/")[0] for name in at_the_top} == set(DATA_FOLDERS)


def test_the_wheel_carries_every_file_of_the_package(repository, in_the_wheel):
    wanted = {
        path.relative_to(repository).as_posix()
        for path in (repository / "ssb_model").rglob("*")
        if path.suffix in (".py", ".toml", ".bib", ".md", ".c", ".h")
    }
    assert wanted <= in_the_wheel


def test_the_source_distribution_can_be_cited_tested_and_built(sdist):
    for name in ("CITATION.cff", "LICENSE", "Makefile", "constraints", "tests", "docs"):
        assert (sdist / name).exists(), name


def test_an_installed_wheel_knows_its_version_and_its_library(installed, project, tmp_path):
    assert run(installed / "ssb", "--version", cwd=tmp_path).split()[-1] == project["version"]
    listed = run(installed / "ssb", "list", cwd=tmp_path)
    assert all(name in listed for name in ("zhai2024", *known_parameter_sets(), *known_published()))
    assert "Shao 2018" in run(installed / "ssb", "cite", "graphite", cwd=tmp_path)


def test_importing_an_installed_wheel_loads_nothing_slow(installed, tmp_path):
    code = "import sys, ssb_model.cli.app; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = set(run(installed / "python", "-c", code, cwd=tmp_path).split())
    assert "ssb_model" in loaded and not SLOW_TO_IMPORT & loaded


def test_pybamm_and_its_zoo_find_the_cells_of_an_installed_wheel(installed, project, tmp_path):
    found = json.loads(run(installed / "python", "-c", FOUND, cwd=tmp_path).splitlines()[-1])
    assert Path(found["file"]).is_relative_to(installed.parent)
    for group, names in project["entry-points"].items():
        assert found[group] == sorted(names)
    assert set(found["made"]) <= set(found["zoo"])
    assert min(found["areas"]) > 0


@pytest.mark.verify
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_with_its_requirements_from_the_registry_the_wheel_solves_a_cell(
    wheel, repository, version, tmp_path
):
    python = interpreter(version)
    if python is None:
        pytest.skip(f"no Python {version} with its venv module on this machine")
    programs = fresh_environment(tmp_path / "env", python)
    pins = repository / "constraints" / f"python{version}.txt"
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--constraint", pins)
    run(*pip, wheel, cwd=tmp_path)
    cache = {"SSB_MODEL_CACHE": str(tmp_path / "cache")}
    millivolt = float(run(programs / "python", "-c", SOLVE, cwd=tmp_path, **cache))
    assert millivolt == pytest.approx(13.1, abs=0.1)
    assert "Chem. Sci." in run(programs / "ssb", "cite", cwd=tmp_path)
    shutil.rmtree(tmp_path / "env")
