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

Content = Mapping[str, Any]
MOST = 5_000_000  # bytes that are looked at
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


def _study(content: Content) -> bool:
    parts = [key for key in ("cells", "experiments", "free") if key in content]
    return len(parts) > 1 or ("title" in content and bool(parts))


def _bench(content: Content) -> bool:
    sizes = {"thickness", "diameter", "area", "active_mass", "nominal_capacity", "electrolyte"}
    said = {*sizes, "temperature", "reference", "cells", "groups", "files"}
    return bool(content) and content.keys() <= said


TOML = {
    "study": FileKind("a study", "ssb fit and ssb compare take it", _study),
    "sweep": FileKind("a sweep", "ssb sweep takes it", _has("vary")),
    "candidates": FileKind(
        "a list of candidates", "ssb next --candidates takes it", _has("candidates")
    ),
    "experiment": FileKind("a published experiment", "ssb reproduce takes it", _has("statements")),
    "rows": FileKind(
        "the rows of a published experiment", "it lies beside its experiment.toml", _has("rows")
    ),
    "parameter set": FileKind(
        "a parameter set", "the cells of a study name it", _has("kind", "parameters")
    ),
    "published coating": FileKind(
        "a published coating", "ssb_model.library.load_published reads it", _has("types", "name")
    ),
    "coating": FileKind(
        "a coating", "ssb predict, ssb next and ssb explore take it", _has("name", "type")
    ),
    "cell": FileKind(
        "a cell", "the option --cell of ssb predict takes it", _only("garnet", "cathode", "values")
    ),
    "bench": FileKind(
        "a description of measured cells",
        "it is to be named bench.toml and lie in the folder that ssb fit is given",
        _bench,
    ),
}
JSON = {
    "prediction": FileKind(
        "a prediction, the result of ssb predict", "ssb cite takes it", _has("quantities")
    ),
    "predictions": FileKind(
        "predictions, the result of ssb predict", "ssb cite takes it", _has("coatings")
    ),
    "sweep result": FileKind(
        "the result of ssb sweep", "ssb cite takes it", _has("varied", "chunks")
    ),
    "reproduction": FileKind("the result of ssb reproduce", "ssb cite takes it", _has("rows")),
    "comparison": FileKind("the result of ssb compare", "ssb cite takes it", _has("models")),
    "optima": FileKind("the optima of a sweep", "it is to be read", _has("optima")),
    "fit": FileKind(
        "a fit, the result of ssb fit",
        "ssb show, ssb next and the option --cell of ssb predict take it",
        _has("solution", "study"),
    ),
}
ARRAYS = FileKind(
    "a file of arrays, such as a saved model",
    "ssb_model reads it in Python",
    lambda _: False,
)
DATA = FileKind(
    "a file of measured data",
    "ssb data shows it, and a study names it under [[experiments]]",
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
    if zipfile.is_zipfile(path):
        return ARRAYS
    for known, loads in ((TOML, tomllib.loads), (JSON, json.loads)):
        content = _loaded(path, loads)
        found = (kind for kind in known.values() if content and kind.looks(content))
        if (kind := next(found, None)) is not None:
            return kind
    return None


def _loaded(path: Path, loads: Callable[[str], Any]) -> Content | None:
    try:
        if path.stat().st_size > MOST:
            return None
        content = loads(path.read_text("utf-8-sig"))
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
    return InputError(f"{path} is {found.name}, and {wanted} is wanted here; {found.use}.")
