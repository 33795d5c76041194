"""The house: which room may import which, each through its face, and no circles between files."""

import ast
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "ssb_model"

#: every room and the rooms it may import, in the order of README: each only from rooms above it
ARROWS = {
    "library": [],
    "citations": ["library"],
    "plotting": [],
    "cells": ["library"],
    "compiled": [],
    "field": ["library", "citations", "compiled"],
    "measurements": ["library", "cells", "compiled"],
    "data": ["library", "plotting"],
    "fitting": ["compiled"],
    "circuits": ["library", "plotting", "fitting"],
    "populations": ["plotting"],
    "critical_current": ["library", "field", "measurements"],
    "study": [
        *("library", "citations", "plotting", "cells", "compiled", "measurements", "data"),
        *("fitting", "circuits", "critical_current"),
    ],
    "bench": [
        *("library", "plotting", "cells", "data", "fitting", "circuits", "populations", "study"),
    ],
    "prediction": [
        *("library", "citations", "plotting", "cells", "compiled", "measurements", "fitting"),
        *("critical_current", "study"),
    ],
    "sweep": ["library", "citations", "plotting", "prediction"],
    "reproduction": [
        *("library", "citations", "plotting", "cells", "compiled", "field", "measurements"),
        *("fitting", "circuits", "critical_current", "study"),
    ],
    "explore": [
        *("library", "plotting", "cells", "compiled", "field", "measurements", "data"),
        *("critical_current", "prediction"),
    ],
    "zoo": ["citations", "cells"],
    "cli": [
        *("library", "citations", "plotting", "data", "fitting", "critical_current", "study"),
        *("bench", "prediction", "sweep", "reproduction", "explore"),
    ],
}
#: files of no room, which all may import
GROUND = [
    "ssb_model",
    "ssb_model.build",
    "ssb_model.constants",
    "ssb_model.errors",
    "ssb_model.files",
    "ssb_model.lazy",
    "ssb_model.packed",
    "ssb_model.words",
    "ssb_model.writing",
]


def _files():
    """Every module's name and file; of a lazy room the stub."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if not any(part.startswith("ssb_") for part in parts[1:]):  # a zoo entry is no module
            stub = path.with_suffix(".pyi")
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, ast.parse((stub if stub.exists() else path).read_text("utf-8"))


TREES = dict(_files())
PACKAGES = {name for name in TREES for other in TREES if other.startswith(f"{name}.")}


def _imports(tree, running=True):
    """Pairs of module and name that a file imports from ssb_model, inside functions too.

    With ``running``, without what type checkers alone read.
    """
    for node in ast.iter_child_nodes(tree):
        if running and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ssb_model"):
            yield from ((node.module, alias.name) for alias in node.names)
        if isinstance(node, ast.Import):
            yield from ((a.name, "") for a in node.names if a.name.startswith("ssb_model"))
        yield from _imports(node, running)


def _bound(package, files=True):
    """Names that a package's face has; with ``files``, files of its own among them."""
    tree = TREES[package]
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (files or node.module != package)
        for alias in node.names
    }
    return imported | {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _target(module, name):
    """The file that an import reaches: a face's name is the face's."""
    inner = f"{module}.{name}"
    return inner if inner in TREES and name not in _bound(module, files=False) else module


def _room(name):
    return name.split(".")[1] if "." in name else ""


def _inside(name):
    """The packages that a module lies in, itself included if it is one."""
    return {".".join(name.split(".")[:k]) for k in range(1, name.count(".") + 2)} & PACKAGES


@pytest.mark.parametrize("room", sorted({_room(n) for n in TREES if n not in GROUND}))
def test_a_room_imports_only_from_the_rooms_that_the_list_allows(room):
    for name, tree in TREES.items():
        if _room(name) == room and name not in GROUND:
            for module, imported in _imports(tree, running=False):
                if module not in GROUND and _room(module) != room:
                    told = f"{name} imports {imported} from {module}: no arrow from {room}"
                    assert _room(module) in ARROWS[room], told


def test_the_arrows_of_the_list_run_one_way_and_are_all_used():
    order = list(ARROWS)
    for room, below in ARROWS.items():
        assert below == [other for other in order[: order.index(room)] if other in below]
        reached = {
            _room(module)
            for name, tree in TREES.items()
            if _room(name) == room
            for module, _ in _imports(tree, running=False)
            if module not in GROUND
        }
        assert set(below) == reached - {room}


@pytest.mark.parametrize("name", sorted(set(TREES) - set(GROUND)))
def test_a_room_is_entered_through_its_face(name):
    for module, imported in _imports(TREES[name], running=False):
        around = _target(module, imported).rpartition(".")[0]
        told = f"{name} imports {imported} from {module}, past the face of {around}"
        if module in PACKAGES - _inside(name) - {"ssb_model"}:
            assert imported in _bound(module), told
        elif module not in GROUND:
            assert module.rpartition(".")[0] in _inside(name) | {module}, told


def test_a_name_that_a_face_has_for_others_is_used_by_others():
    """``X as X`` in a face is for other rooms, tests or notebooks; ``__all__`` is for users."""
    others = ("tests", "benchmarks", "docs", "notebooks")
    outside = [p for folder in others for p in (PACKAGE.parent / folder).rglob("*.py")]
    trees = [*TREES.items(), *(("", ast.parse(path.read_text("utf-8"))) for path in outside)]
    used = {
        (module, imported)
        for name, tree in trees
        for module, imported in _imports(tree, running=False)
        if module != name
    }
    offered = {
        (package, alias.name)
        for package in PACKAGES
        for node in ast.walk(TREES[package])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    }
    assert offered <= used


def test_no_two_files_import_each_other_by_whatever_detour():
    graph = {
        name: {_target(*pair) for pair in _imports(tree)} - {name}
        for name, tree in TREES.items()
        if name != "ssb_model"
    }
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def test_the_readme_lists_the_rooms_in_this_order():
    readme = (PACKAGE.parent / "README.md").read_text("utf-8")
    listed = readme.partition("\nssb_model/\n")[2].partition("```")[0].splitlines()
    rooms = [line.split("/")[0].strip() for line in listed if line.startswith("  ") and "/" in line]
    assert [room for room in rooms if room in ARROWS] == list(ARROWS)


def test_the_chain_in_contributing_runs_with_the_arrows():
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    chain = [w.strip("` ") for w in text.partition("one way: ")[2].partition(".")[0].split("→")]
    rooms = [room for room in chain if room in ARROWS]
    assert len(rooms) > 5
    for upper, lower in pairwise(rooms):
        assert list(ARROWS).index(upper) < list(ARROWS).index(lower)


def test_nothing_is_known_by_its_place_in_memory():
    """``id()`` comes back for another object, and what was kept under it would be taken for its."""
    calls = [
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "id"
    ]
    assert not calls
