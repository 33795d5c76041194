"""What the code takes of PyBaMM beyond its documented interface: listed, and still there.

The list is the table in ``docs/ecosystem.md``. A PyBaMM that moves one of these parts fails here,
with the files of ours that need it.
"""

import ast
import inspect
import re
from importlib import import_module
from importlib.metadata import version
from pkgutil import resolve_name

import pytest

from tests.ecosystem.conftest import REPOSITORY

ROW = re.compile(r"^\| `(pybamm\.[\w.]+)` \| (.+) \|$", re.M)
LISTED = dict(ROW.findall((REPOSITORY / "docs" / "ecosystem.md").read_text("utf-8")))
HOOK = re.compile(r"set_\w+_submodels?")
PATHS = [
    path
    for path in sorted((REPOSITORY / "ssb_model").rglob("*.py"))
    if "pybamm" in path.read_text("utf-8")
    and not path.relative_to(REPOSITORY / "ssb_model").match("zoo/ssb_*/**/*.py")
]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in PATHS}


def last(part):
    """The name that the code writes."""
    return part.rpartition(".")[2]


def needed_by(name):
    """Our files in which a name stands."""
    word = re.compile(rf"\b{name}\b")
    return [
        path.relative_to(REPOSITORY).as_posix()
        for path in PATHS
        if word.search(path.read_text("utf-8"))
    ]


def is_set(name, module):
    """Whether a module of PyBaMM gives some object an attribute of this name."""
    return re.search(rf"\.{name}\b[^=\n]*=(?!=)", inspect.getsource(module))


def has(owner, name):
    """Whether a class or module of PyBaMM has a name, or gives it to instances or to models."""
    if hasattr(owner, name):
        return True
    bases = [base for base in getattr(owner, "__mro__", ()) if _is_pybamm(base.__module__)]
    homes = {base.__module__ for base in bases} | {"pybamm.solvers.base_solver"}
    return any(is_set(name, import_module(home)) for home in homes)


def _is_pybamm(module):
    return module.partition(".")[0] == "pybamm"


def is_there(part):
    """Whether the installed PyBaMM has a part, by its full name."""
    place, _, name = part.rpartition(".")
    try:
        return has(resolve_name(place), name)
    except (ImportError, AttributeError):
        return False


@pytest.mark.parametrize("part", LISTED)
def test_the_installed_pybamm_has_what_the_code_takes_of_it(part):
    files = ", ".join(needed_by(last(part)))
    assert is_there(part), (
        f"PyBaMM {version('pybamm')} has no {part} any more; {files} needs it ({LISTED[part]})"
    )


def test_what_is_not_there_is_noticed():
    assert not is_there("pybamm.BaseSolver._no_such_method")
    assert not is_there("pybamm.NoSuchClass._integrate")
    assert not is_there("pybamm.no_such_module.function")


@pytest.mark.parametrize("part", LISTED)
def test_the_list_names_nothing_that_the_code_no_longer_takes(part):
    assert needed_by(last(part))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_what_a_file_imports_from_inside_pybamm_is_listed(path):
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pybamm."):
            assert {f"{node.module}.{alias.name}" for alias in node.names} <= set(LISTED)
        if isinstance(node, ast.Import):
            assert all(not alias.name.startswith("pybamm.") for alias in node.names)


OURS = {
    name
    for tree in TREES.values()
    for node in ast.walk(tree)
    for name in (
        getattr(node, "name", None),  # functions and classes
        getattr(node, "attr", None) if isinstance(getattr(node, "ctx", None), ast.Store) else None,
        getattr(node, "id", None) if isinstance(getattr(node, "ctx", None), ast.Store) else None,
    )
}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_private_attribute_that_is_not_ours_is_listed(path):
    taken = {node.attr for node in ast.walk(TREES[path]) if isinstance(node, ast.Attribute)}
    private = {name for name in taken if name.startswith("_") and not name.endswith("_")}
    assert private - OURS - {"_replace"} <= set(map(last, LISTED))  # of named tuples


def overridden(ours):
    """Private names and hooks of PyBaMM's that a class of ours gives a meaning of its own."""
    written = set(re.findall(r"\bself\.(_\w+)\s*=[^=]", inspect.getsource(ours)))
    bases = [base for base in ours.__mro__[1:] if _is_pybamm(base.__module__)]
    for name in sorted(written | set(vars(ours))):
        private = name.startswith("_") and not name.endswith("_")
        if (private or HOOK.fullmatch(name)) and any(has(base, name) for base in bases):
            yield name


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_private_part_that_a_class_of_ours_overrides_is_listed(path):
    module = import_module(".".join(path.relative_to(REPOSITORY).with_suffix("").parts))
    for _, ours in inspect.getmembers(module, inspect.isclass):
        if ours.__module__ == module.__name__:
            assert set(overridden(ours)) <= set(map(last, LISTED)), ours
