"""The package: quick to import, its public names and pins complete, tied to no machine."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from itertools import chain

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ssb_model

SLOW_TO_IMPORT = {"pybamm", "jax", "casadi", "scipy", "matplotlib", "pandas"}


def _run(*arguments, cwd):
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=cwd, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(repository):
    return tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize("module", ["ssb_model", "ssb_model.cli.app"])
def test_import_loads_neither_pybamm_nor_jax(module, tmp_path):
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    assert not SLOW_TO_IMPORT & set(_run("-c", code, cwd=tmp_path).split())


@pytest.mark.parametrize("name", ssb_model.__all__)
def test_every_public_name_is_found_on_first_use(name):
    assert getattr(ssb_model, name) is not None
    assert name in dir(ssb_model)


@pytest.mark.parametrize(
    "room", ["", ".compiled", ".explore", ".library", ".prediction", ".study", ".sweep"]
)
def test_what_editors_read_of_a_lazy_room_is_what_python_finds_there(repository, room):
    package = import_module(f"ssb_model{room}")
    stub = repository / package.__name__.replace(".", "/") / "__init__.pyi"
    told = [
        (node.module, alias)
        for node in ast.walk(ast.parse(stub.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    for module, alias in told:
        assert getattr(package, alias.name) is getattr(import_module(module), alias.name)
    public = {alias.name for _, alias in told if alias.asname is None}
    assert set(package.__all__) == public


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_cell"):
        _ = ssb_model.no_such_cell


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_constraints_pin_every_requirement_inside_its_range(repository, project, python):
    lines = (repository / "constraints" / f"python{python}.txt").read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    versions = {}
    for pin in pins:
        assert re.fullmatch(r"==[\w.!+]+", str(pin.specifier)) and not pin.url, f"{pin}: one pin"
        versions[canonicalize_name(pin.name)] = str(pin.specifier).removeprefix("==")
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name != "ssb-model":
            assert requirement.specifier.contains(versions[name]), f"{requirement}: unpinned"


def test_no_tracked_file_names_a_folder_of_one_machine(repository):
    if not (repository / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    folders = "|".join(["home", "Users", "root", "work", "tmp", "mnt", "private"])
    absolute = re.compile(rf"(?<![\w.}}~*)-])/(?:{folders})/[\w.]|[A-Z]:\\Users\\".encode())
    named = [
        f"{name}: {match.group().decode()}"
        for name in filter(None, listed)
        if (repository / name).is_file()
        for match in absolute.finditer((repository / name).read_bytes())
    ]
    assert not named
