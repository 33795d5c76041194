"""The works that ssb_model cites: ``references.toml`` read, with what PyBaMM knows of its own."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ssb_model.citations.bibtex import entries
from ssb_model.citations.reference import Reference
from ssb_model.library import Table, read_toml, validated

_HERE = Path(__file__).parent
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;:\"'<>`]+")
_PACKAGE = "ssb_model."


class ReferenceTable(Table):
    """One work of ``references.toml``."""

    authors: list[str] = []
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    pages: str | None = None
    year: int | None = None
    doi: str | None = None
    note: str | None = None
    in_pybamm: bool = False
    named: list[str] = []
    equations: list[str] = []
    results: list[str] = []
    package: str | None = None


@cache
def tables() -> dict[str, ReferenceTable]:
    """The tables of ``references.toml`` by key."""
    path = _HERE / "references.toml"
    return {key: validated(ReferenceTable, row, path) for key, row in read_toml(path).items()}


@cache
def reference(key: str) -> Reference:
    """The work of a key of ``references.toml`` or of PyBaMM's own file. KeyError without one."""
    table = tables().get(key)
    if table is None or table.in_pybamm:
        return _pybamm_references()[key]
    known = table.model_dump(include=set(Reference.__dataclass_fields__), exclude={"year"})
    year = None if table.year is None else str(table.year)
    return Reference(key, **known | {"authors": tuple(table.authors), "year": year})


@cache
def _pybamm_references():
    """PyBaMM's works, read without importing it, which takes seconds."""
    folder = find_spec("pybamm").submodule_search_locations[0]
    text = (Path(folder) / "CITATIONS.bib").read_text(encoding="utf-8")
    return {key: Reference.of_entry(key, entry) for key, entry in entries(text).items()}


def known_to_pybamm(key: str) -> bool:
    """Whether PyBaMM's file has a work of this key."""
    return key in _pybamm_references()


def named_in(text: str) -> Iterator[Reference]:
    """Works that a text names, by DOI or as ``named`` in ``references.toml``.

    A DOI that is not in the file is a work of which no more is known.

    >>> [work.key for work in named_in("Zhai 2024, Fig. 3a; 0.35 eV doi:10.1039/c2jm31413d")]
    ['Zhai2024', 'c2jm31413d']
    """
    plain = " ".join(text.split())
    dois = _dois(plain)
    for key, table in tables().items():
        by_doi = dois.pop((table.doi or "").lower(), None)
        if by_doi or any(name in plain for name in table.named):
            yield reference(key)
    yield from (Reference(_key(doi), doi=doi) for doi in dois.values())


def source_of(text: str, key: str) -> Reference:
    """The work that a text stands for, rather than names: one that is known, else its own words.

    >>> source_of("Fu, EES 2019 (reference 47 of Zhai et al. 2024)", "mos2").note
    'Fu, EES 2019 (reference 47 of Zhai et al. 2024)'
    """
    plain = " ".join(text.split())
    dois = _dois(plain)
    for known, table in tables().items():
        if (table.doi or "").lower() in dois or plain.startswith(tuple(table.named)):
            return reference(known)
    doi = next(iter(dois.values()), None)
    key = _key(doi) if doi else re.sub(r"[^\w.-]+", "", key)
    return Reference(key, note=plain.partition(", doi:")[0], doi=doi)


def _dois(text):
    found = (doi.rstrip(".)") for doi in _DOI.findall(text))
    return {doi.lower(): doi for doi in found}


def _key(doi):
    return re.sub(r"\W+", "", doi.partition("/")[2])


def of_equation(function_or_class: object) -> Iterator[Reference]:
    """Works whose equation a class or function of ssb_model is."""
    where = f"{function_or_class.__module__}:{function_or_class.__qualname__}"
    name = where.removeprefix(_PACKAGE)
    yield from (reference(key) for key, table in tables().items() if name in table.equations)


def of_result(part: str) -> Iterator[Reference]:
    """Works that a kind of result file, or a part of one, rests on."""
    yield from (reference(key) for key, table in tables().items() if part in table.results)


def of_package(name: str) -> Iterator[Reference]:
    """Works that describe an installed package."""
    yield from (reference(key) for key, table in tables().items() if name == table.package)
