"""Files, modules and commands that the pages name are there."""

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import pytest

from tests.docs.pages import PAGES, REPOSITORY, name_of

ROOMS = ("ssb_model", "tests", "benchmarks", "docs", "parameter_sets", "experiments", "notebooks")


def quoted(path):
    """What stands between backticks on a page's lines, outside of blocks of code."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    return re.findall(r"`([^`\n]+)`", text)


@cache
def files():
    """Every Python file's path in the repository."""
    paths = (p for room in ROOMS for p in (REPOSITORY / room).rglob("*.py"))
    return [p.relative_to(REPOSITORY).as_posix() for p in paths]


def leads_somewhere(name):
    """Whether a dotted name is a module or an attribute of one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            value = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        return _has(value, parts[cut:])
    return False


def _has(value, attributes):
    for attribute in attributes:
        if not hasattr(value, attribute):
            return False
        value = getattr(value, attribute)
    return True


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_file_that_a_page_names_is_there(path):
    for named in quoted(path):
        for name in re.findall(r"[\w./-]+\.py\b", named):
            assert any(f"/{one}".endswith(f"/{name}") for one in files()), name
        for name in re.findall(rf"(?<![\w./-])(?:{'|'.join(ROOMS)})/[\w./-]*", named):
            assert (REPOSITORY / name).exists(), name


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_module_that_a_page_names_is_there(path):
    for named in quoted(path):
        for name in re.findall(r"\b(?:ssb_model|benchmarks)(?:\.\w+)+", named):
            assert leads_somewhere(name), name


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_module_that_a_page_runs_is_there(path):
    for name in re.findall(r"python -m ([\w.]+)", path.read_text("utf-8")):
        assert find_spec(name.rstrip(".")), name
