"""The works that ssb_model cites: ``references.toml`` read, with what PyBaMM knows of its own."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pybtex.database import BibliographyData, Entry, Person, parse_file
from pybtex.database.output.bibtex import Writer
from pybtex.richtext import Text

from ssb_model.build import __version__
from ssb_model.citations.reference import Reference
from ssb_model.library import read_toml

FOUNDING = "Zhai2024"  # the experiment that CITATION.cff asks to cite beside ssb_model
#: ssb_model itself, as ``CITATION.cff`` at the top of the repository says it
SOFTWARE = Reference(
    "ssb_model",
    ("The ssb_model authors",),
    "ssb_model: solid-state cells with buffer layers between lithium and garnet",
    note=f"Software, version {__version__}",
)

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s,;:\"'<>`]+")
_OF_ENTRIES = ("title", "journal", "volume", "pages", "year", "doi", "url")


@cache
def works() -> dict[str, Reference]:
    """The works of ``references.toml`` by key."""
    rows = read_toml(Path(__file__).with_name("references.toml"))
    return {key: _of_row(key, row) for key, row in rows.items()}


@cache
def of_pybamm() -> dict[str, Reference]:
    """PyBaMM's own works by key, read without importing it, which takes seconds."""
    pybamm = find_spec("pybamm")
    path = Path(str(pybamm and pybamm.origin)).with_name("CITATIONS.bib")
    return {key: _of_entry(key, entry) for key, entry in parse_file(str(path)).entries.items()}


def reference(key: str) -> Reference:
    """The work of a key of ``references.toml`` or of PyBaMM's own file. KeyError without one."""
    return works()[key] if key in works() else of_pybamm()[key]


def named_in(text: str) -> Iterator[Reference]:
    """Works that a text names, by DOI or as ``named`` in ``references.toml``.

    A DOI that is not in the file is a work of which no more is known.

    >>> [work.key for work in named_in("Zhai 2024, Fig. 3a; 0.35 eV doi:10.1039/c2jm31413d")]
    ['Zhai2024', 'c2jm31413d']
    """
    plain, dois = _with_dois(text)
    for work in works().values():
        by_doi = dois.pop((work.doi or "").lower(), None)
        if by_doi or any(name in plain for name in work.named):
            yield work
    yield from (Reference(_key(doi), doi=doi) for doi in dois.values())


def source_of(text: str, key: str) -> Reference:
    """The work that a text stands for, rather than names: one that is known, else its own words.

    >>> source_of("Fu, EES 2019 (reference 47 of Zhai et al. 2024)", "mos2").note
    'Fu, EES 2019 (reference 47 of Zhai et al. 2024)'
    """
    plain, dois = _with_dois(text)
    for work in works().values():
        if (work.doi or "").lower() in dois or plain.startswith(work.named):
            return work
    doi = next(iter(dois.values()), None)
    key = _key(doi) if doi else re.sub(r"[^\w.-]+", "", key)
    return Reference(key, note=plain.partition(", doi:")[0], doi=doi)


def of_equation(equation: Callable[..., object]) -> list[Reference]:
    """Works whose equation a class or function of ssb_model is."""
    name = f"{equation.__module__}:{equation.__qualname__}".removeprefix("ssb_model.")
    return [work for work in works().values() if name in work.equations]


def _of_row(key: str, row: dict[str, Any]) -> Reference:
    stated = {name: tuple(x) if isinstance(x, list) else x for name, x in row.items()}
    return replace(of_pybamm()[key] if stated.pop("in_pybamm", False) else Reference(key), **stated)


def _of_entry(key: str, entry: Entry) -> Reference:
    texts, people = entry.fields or {}, entry.persons or {}
    known: dict[str, Any] = {name: _plain(texts[name]) for name in _OF_ENTRIES if name in texts}
    authors = tuple(_plain(_name(person)) for person in people.get("author", []))
    text = str(Writer().to_string(BibliographyData({key: entry})))  # not by looking it up anew
    return Reference(key, authors, entry=text.strip(), **known)


def _name(person: Person) -> str:
    parts = (person.first_names, person.middle_names, person.prelast_names, person.last_names)
    return " ".join(name for part in parts for name in part or ())


def _plain(latex: str) -> str:
    return str(Text.from_latex(latex))


def _with_dois(text: str) -> tuple[str, dict[str, str]]:
    """A text on one line, and the DOIs in it, each by its lower-case form, to be compared by."""
    plain = " ".join(text.split())
    found = (doi.rstrip(".)") for doi in _DOI.findall(plain))
    return plain, {doi.lower(): doi for doi in found}


def _key(doi: str) -> str:
    return re.sub(r"\W+", "", doi.partition("/")[2])
