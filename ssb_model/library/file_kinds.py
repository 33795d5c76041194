"""What a file is, whatever it was given for: each kind by its keys, and what takes such a file."""

from __future__ import annotations

import json
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ssb_model.errors import InputError
from ssb_model.files import Bound, read_bytes
from ssb_model.library.other_programs import NUMPY, other_program

Content = Mapping[str, Any]
MOST = Bound(5_000_000, "")  # of a file that is looked at
#: endings of files that instruments write
MEASURED = {
    *("csv", "txt", "tsv", "dat", "mpt", "mpr", "dta", "z", "zt", "res", "nda", "ndax"),
    *("xls", "xlsx", "i2b", "idf", "ids", "dfr", "pssession", "023", "par"),
}


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name with an article, what it is for, and how its content looks."""

    name: str
    use: str
    looks: Callable[[Content], bool]


def _has(*keys: str) -> Callable[[Content], bool]:
    return lambda content: all(key in content for key in keys)


def _only(*keys: str) -> Callable[[Content], bool]:
    return lambda content: bool(content) and content.keys() <= {*keys}


def _rows(content: Content) -> bool:
    return isinstance(content.get("cells"), list)


def _study(content: Content) -> bool:
    parts = [key for key in ("cells", "experiments", "free") if key in content]
    return len(parts) > 1 or ("title" in content and bool(parts))


def _protocol(content: Content) -> bool:
    known = {"cell", "cycles", "temperature"}
    return isinstance(content.get("cycles"), list) and content.keys() <= known


def _bench(content: Content) -> bool:
    sizes = {"thickness", "diameter", "area", "active_mass", "nominal_capacity", "electrolyte"}
    said = {*sizes, "temperature", "reference", "cells", "groups", "files"}
    return bool(content) and content.keys() <= said


TOML = {
    "study": FileKind("a study", "give it to ssb fit or ssb compare", _study),
    "sweep": FileKind("a sweep", "give it to ssb sweep", _has("vary")),
    "candidates": FileKind(
        "a list of experiments to choose from",
        "give it to ssb next as --candidates",
        _has("candidates"),
    ),
    "experiment": FileKind(
        "a published experiment", "give it to ssb reproduce", _has("statements")
    ),
    "rows": FileKind(
        "the rows of a published experiment", "leave it beside its experiment.toml", _has("rows")
    ),
    "parameter set": FileKind(
        "a parameter set", "name it under the cells of a study", _has("kind", "parameters")
    ),
    "published coating": FileKind(
        "a published coating",
        "read it with ssb_model.library.load_published",
        _has("types", "name"),
    ),
    "coating": FileKind(
        "a coating", "give it to ssb predict, ssb next or ssb explore", _has("name", "type")
    ),
    "cell": FileKind(
        "a cell", "give it to ssb predict as --cell", _only("garnet", "cathode", "values")
    ),
    "protocol": FileKind("a protocol", "give it to ssb simulate after a coating", _protocol),
    "field cells": FileKind("a file of cells", "give its folder to ssb library check", _rows),
    "bench": FileKind(
        "a description of measured cells",
        "call it bench.toml, put it into the folder of raw files and give that to ssb fit",
        _bench,
    ),
}
CITE = "give it to ssb cite"
JSON = {
    "prediction": FileKind("the result of ssb predict", CITE, _has("quantities")),
    "predictions": FileKind("the result of ssb predict", CITE, _has("coatings")),
    "simulation": FileKind("the result of ssb simulate", CITE, _has("short_hours")),
    "sweep result": FileKind("the result of ssb sweep", CITE, _has("varied", "chunks")),
    "reproduction": FileKind("the result of ssb reproduce", CITE, _has("rows")),
    "comparison": FileKind("the result of ssb compare", CITE, _has("models")),
    "optima": FileKind("a result of ssb sweep", "read it", _has("optima")),
    "fit": FileKind(
        "the result of ssb fit",
        "give it to ssb show, to ssb next, or to ssb predict as --cell",
        _has("solution", "study"),
    ),
}
ARRAYS = FileKind("a file of arrays, such as a saved model", "read it in Python", lambda _: False)
DATA = FileKind(
    "a file of measured data",
    "look at it with ssb data, and name it under [[experiments]] in a study",
    lambda _: False,
)
ALL = {**TOML, **JSON, "arrays": ARRAYS, "data": DATA}


def kind_of_table(content: Content) -> str | None:
    """Which of the keys of :data:`TOML` a file's content is; None if it is none of them."""
    return next((name for name, kind in TOML.items() if kind.looks(content)), None)


def what_it_is(path: Path) -> FileKind | None:
    """What a file is; None if that is not known, or it is no file."""
    if not path.is_file():
        return None
    if path.suffix.lower().removeprefix(".") in MEASURED:
        return DATA
    if (other := _other_program(path)) is not None:
        return other
    for known, loads in ((TOML, tomllib.loads), (JSON, json.loads)):
        content = _loaded(path, loads)
        found = (kind for kind in known.values() if content and kind.looks(content))
        if (kind := next(found, None)) is not None:
            return kind
    return None


def _other_program(path: Path) -> FileKind | None:
    try:
        content = read_bytes(path, MOST)
    except (OSError, InputError):
        return ARRAYS if zipfile.is_zipfile(path) else None
    found = other_program(content)
    if found is None or found is NUMPY:
        return found and ARRAYS
    return FileKind(found.name, "name another file", lambda _: False)


def _loaded(path: Path, loads: Callable[[str], Any]) -> Content | None:
    try:
        content = loads(read_bytes(path, MOST).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def refuse_other_kind(path: Path, wanted: str) -> None:
    """InputError if a file is known to be of another kind of :data:`ALL` than is wanted."""
    found = what_it_is(path)
    if found is not None and found != ALL[wanted]:
        raise misplaced(path, found, ALL[wanted].name)


def misplaced(path: Path, found: FileKind, wanted: str) -> InputError:
    """The sentence on a file that is one thing where another is wanted."""
    return InputError(f"{path} is {found.name}, and {wanted} is wanted here: {found.use}.")
