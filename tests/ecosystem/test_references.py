"""Every work is stated once, belongs to something that exists, and is one that the sources name."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pybamm
import pytest
import yaml
from pybtex.database import parse_string

import ssb_model
from ssb_model.citations.reference import Reference
from ssb_model.citations.registry import FOUNDING, SOFTWARE, named_in, reference, works
from ssb_model.library.versions import PACKAGES

PACKAGE = Path(ssb_model.__file__).parent
DOI = re.compile(r"10\.\d{4,9}/[^\s,;:)\"'`]+")
KEYS = sorted(works())
EQUATIONS = [(key, name) for key in KEYS for name in works()[key].equations]


def _dois(path):
    return {doi.rstrip(".").lower() for doi in DOI.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize(("key", "name"), EQUATIONS)
def test_an_equation_is_in_the_package_and_the_words_beside_it_name_the_work(key, name):
    module, _, attribute = name.partition(":")
    module = import_module(f"ssb_model.{module}")
    assert hasattr(module, attribute)
    told = " ".join(_docstrings(module))
    assert key in {work.key for work in named_in(told)}


def _docstrings(module):
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return [ast.get_docstring(n) or "" for n in ast.walk(tree) if isinstance(n, documented)]


def test_every_work_that_a_mechanism_names_is_credited_to_one_of_its_classes():
    credited = {(key, name.partition(":")[0]) for key, name in EQUATIONS}
    for path in sorted((PACKAGE / "cells").rglob("*.py")):
        module = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        assert {(work.key, module) for work in named_in(told)} <= credited, path.name


def test_every_doi_of_the_package_and_of_the_parameter_sets_is_stated(repository):
    stated = {(work.doi or "").lower() for work in works().values()}
    shipped = [p for p in PACKAGE.rglob("*.py") if "citations" not in p.parts]
    shipped += [
        p for p in repository.glob("parameter_sets/**/*.toml") if "published" not in p.parts
    ]
    for path in shipped:
        assert _dois(path) <= stated, path.name


@pytest.mark.parametrize("key", KEYS)
def test_a_work_is_named_by_something_and_used_by_something(key, repository):
    work = works()[key]
    used = set(work.methods) & _strings() or work.package in PACKAGES
    assert work.equations or used or _in_data(key, repository)


@cache
def _strings():
    """All texts in the package's code, the names of methods among them."""
    trees = (ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py"))
    constants = (
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)
    )
    return {node.value for node in constants if isinstance(node.value, str)}


def test_every_method_of_the_list_is_one_that_the_code_credits():
    assert {name for work in works().values() for name in work.methods} <= _strings()


def _in_data(key, repository):
    texts = (p.read_text("utf-8") for p in repository.glob("*s/**/*.toml"))
    return any(key in {work.key for work in named_in(text)} for text in texts)


@pytest.mark.parametrize("key", KEYS)
def test_a_work_reads_back_from_its_own_bibtex(key):
    work = reference(key)
    [(found, entry)] = parse_string(work.bibtex, "bibtex").entries.items()
    assert found == key
    assert entry.fields.get("doi") == work.doi
    assert entry.fields.get("year") == work.year
    assert str(work)


@pytest.mark.parametrize(
    ("key", "author"), [("Valoen2005", "Lars Ole Valøen"), ("Prada2013", "François Huet")]
)
def test_letters_of_other_alphabets_in_pybamms_works_are_printed_as_such(key, author):
    assert author in str(reference(key))


def test_pybamm_prints_every_work(capsys):
    pybamm.citations._reset()
    for key in KEYS:
        pybamm.citations.register(reference(key).bibtex)
    pybamm.print_citations()
    printed = capsys.readouterr().out
    for key in KEYS:
        assert (reference(key).doi or reference(key).authors[-1:] or [""])[0] in printed
    pybamm.citations._reset()


def test_text_and_bibtex_leave_out_what_is_not_known_and_add_nothing():
    work = Reference("c2jm31413d", doi="10.1039/c2jm31413d")
    assert str(work) == "https://doi.org/10.1039/c2jm31413d"
    [entry] = parse_string(work.bibtex, "bibtex").entries.values()
    assert dict(entry.fields) == {"doi": "10.1039/c2jm31413d"} and not entry.persons


def test_marks_that_latex_would_take_for_its_own_survive():
    work = Reference("mine", ("The R&D group",), note="50 % LiI_x {sic}")
    assert "{\\&}" in work.bibtex and "{\\%}" in work.bibtex and "{\\_}" in work.bibtex
    assert work.bibtex.count("{") == work.bibtex.count("}")


def test_the_citation_file_says_what_the_package_says(repository, project):
    cff = yaml.safe_load((repository / "CITATION.cff").read_text("utf-8"))
    [author], [article] = cff["authors"], cff["references"]
    assert (author["name"],) == SOFTWARE.authors and cff["title"] == SOFTWARE.title
    assert str(cff["version"]) == project["version"] and cff["license"] == project["license"]
    founding = reference(FOUNDING)
    assert article["title"] == founding.title and article["doi"] == founding.doi
    assert str(article["year"]) == founding.year and article["volume"] == founding.volume
    assert article["start"] == founding.pages
