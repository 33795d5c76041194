"""Every work is stated once, belongs to something that exists, and is one that the sources name."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pybamm
import pytest
import yaml

import ssb_model
from ssb_model.citations.bibtex import entries, fields
from ssb_model.citations.known import named_in, reference, tables
from ssb_model.citations.reference import Reference
from ssb_model.citations.software import FOUNDING, software
from ssb_model.library.versions import PACKAGES

PACKAGE = Path(ssb_model.__file__).parent
DOI = re.compile(r"10\.\d{4,9}/[^\s,;:)\"'`]+")
KEYS = sorted(tables())
EQUATIONS = [(key, name) for key in KEYS for name in tables()[key].equations]


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
    stated = {(table.doi or "").lower() for table in tables().values()}
    shipped = [p for p in PACKAGE.rglob("*.py") if "citations" not in p.parts]
    shipped += [
        p for p in repository.glob("parameter_sets/**/*.toml") if "published" not in p.parts
    ]
    for path in shipped:
        assert _dois(path) <= stated, path.name


@pytest.mark.parametrize("key", KEYS)
def test_a_work_is_named_by_something_and_used_by_something(key, repository):
    table = tables()[key]
    assert (
        table.equations or table.results or table.package in PACKAGES or _in_data(key, repository)
    )


def _in_data(key, repository):
    texts = (p.read_text("utf-8") for p in repository.glob("*s/**/*.toml"))
    return any(key in {work.key for work in named_in(text)} for text in texts)


@pytest.mark.parametrize("key", KEYS)
def test_a_work_reads_back_from_its_own_bibtex(key):
    work = reference(key)
    [(found, entry)] = entries(work.bibtex).items()
    assert found == key
    assert fields(entry).get("doi") == work.doi
    assert fields(entry).get("year") == work.year
    assert str(work)


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
    assert fields(work.bibtex) == {"doi": "10.1039/c2jm31413d"}


def test_marks_that_latex_would_take_for_its_own_survive():
    work = Reference("mine", ("The R&D group",), note="50 % LiI_x {sic}")
    assert "{\\&}" in work.bibtex and "{\\%}" in work.bibtex and "{\\_}" in work.bibtex
    assert work.bibtex.count("{") == work.bibtex.count("}")


def test_the_citation_file_says_what_the_package_says(repository, project):
    cff = yaml.safe_load((repository / "CITATION.cff").read_text("utf-8"))
    [author], [article] = cff["authors"], cff["references"]
    assert (author["name"],) == software().authors and cff["title"] == software().title
    assert str(cff["version"]) == project["version"] and cff["license"] == project["license"]
    founding = reference(FOUNDING)
    assert article["title"] == founding.title and article["doi"] == founding.doi
    assert str(article["year"]) == founding.year and article["volume"] == founding.volume
    assert article["start"] == founding.pages
