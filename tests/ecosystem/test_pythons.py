"""The Pythons that are supported are the same wherever they are named."""

import re
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet

WORDS = ("README.md", "CONTRIBUTING.md", "docs/quickstart.md", "docs/ecosystem.md", "Makefile")


@pytest.fixture(scope="module")
def pythons(project):
    """Those that the package says it runs on, rising."""
    found = [f"3.{minor}" for minor in range(30)]
    return [v for v in found if SpecifierSet(project["requires-python"]).contains(v)]


@pytest.fixture(scope="module")
def workflow(repository):
    """What the public service for continuous integration is asked to do."""
    text = (repository / ".github" / "workflows" / "tests.yml").read_text("utf-8")
    return yaml.safe_load(text)["jobs"]["tests"]


def test_the_classifiers_name_them(project, pythons):
    marked = [c.rpartition(" ")[2] for c in project["classifiers"] if "Python :: 3." in c]
    assert marked == pythons


def test_each_has_its_pins(repository, pythons):
    files = (repository / "constraints").glob("*.txt")
    assert {path.name for path in files} == {f"python{v}.txt" for v in pythons}


def test_make_takes_any_of_them(repository, pythons):
    [supported] = re.findall(
        r"^SUPPORTED = (.*)$", (repository / "Makefile").read_text("utf-8"), re.M
    )
    assert sorted(supported.split()) == pythons


def test_the_documentation_says_which_jax_is_pinned_for_each(repository, pythons):
    page = (repository / "docs" / "ecosystem.md").read_text("utf-8")
    said = dict(re.findall(r"^\| (3\.\d+) \| .+ \| (0\.\d+) \|$", page, re.M))
    for v in pythons:
        pins = (repository / "constraints" / f"python{v}.txt").read_text("utf-8")
        assert re.search(rf"^jax=={said[v]}\.", pins, re.M), v


@pytest.mark.parametrize("name", WORDS)
def test_where_the_words_say_which_they_say_these(repository, pythons, name):
    said = re.findall(
        r"Python (3\.\d+) (?:to|or|and) (3\.\d+)", (repository / name).read_text("utf-8")
    )
    assert set(said) == {(pythons[0], pythons[-1])}


def test_style_is_checked_for_the_oldest(repository, pythons):
    ruff = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert ruff["target-version"] == f"py{pythons[0].replace('.', '')}"


def test_the_workflow_tests_each_on_three_systems(workflow, pythons):
    matrix = workflow["strategy"]["matrix"]
    assert matrix["python"] == pythons
    systems = [system.partition("-")[0] for system in matrix["system"]]
    assert systems == ["ubuntu", "macos", "windows"]
    assert set(matrix) == {"python", "system"}, "nothing is left out or added"


def test_the_workflow_installs_the_pins_and_runs_what_make_runs(workflow, repository):
    steps = "\n".join(step.get("run", "") for step in workflow["steps"])
    assert "--constraint constraints/python${{ matrix.python }}.txt" in steps
    recipes = (repository / "Makefile").read_text("utf-8")
    for command in re.findall(r"\.venv/bin/(ruff .*)", recipes):
        assert command in steps
    assert re.search(r"\bpytest -q -n \w+ --dist loadfile", steps)
    assert "make " not in steps, "Windows has no make"
