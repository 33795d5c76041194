"""The works that a result carries: written into it when it is made, and read from its file.

Each has its key in ``references.toml``, or in PyBaMM's file, and what it was used for; a work that
neither knows, such as the source of a user's own coating, stands there with its own words.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ssb_model.citations.reference import Reference
from ssb_model.citations.registry import reference
from ssb_model.citations.uses import Use, grouped
from ssb_model.errors import InputError
from ssb_model.files import read_json
from ssb_model.library import dotted
from ssb_model.packed import read_arrays

SUFFIXES = (".json", ".npz")


class _Work(BaseModel):
    model_config = ConfigDict(strict=True)

    key: str
    note: str | None = None
    doi: str | None = None
    used_for: dict[str, list[str]]


class _Result(BaseModel):
    works: list[_Work]


def works_content(uses: Iterable[Use]) -> list[dict[str, object]]:
    """The list "works" of a result file."""
    return [{**_stated(work), "used_for": used} for work, used in grouped(uses).items()]


def read_works(path: Path) -> Iterator[Use]:
    """The works that a result file carries.

    Raises InputError if it cannot be read, is damaged, carries none, or names one that this
    version does not know.
    """
    content = _read(path)
    if "works" not in content:
        raise InputError(
            f"{path} does not name the works behind it: it is no result of ssb, or one of an "
            "earlier version: let ssb write it again (a fit.json: `ssb show`)."
        )
    try:
        found = _Result.model_validate(content).works
    except ValidationError as error:
        key = dotted(error.errors()[0]["loc"])
        raise InputError(f"{path} is damaged at '{key}': let ssb write it again.") from None
    for work in found:
        cited = _reference(work, path)
        for of, items in work.used_for.items():
            yield from (Use(cited, of, item) for item in items or [None])


def _stated(work: Reference) -> dict[str, str]:
    """The key of a work, and its words where the key alone does not tell it."""
    try:
        known = reference(work.key) == work
    except KeyError:
        known = False
    words = {} if known else {"note": work.note, "doi": work.doi}
    return {"key": work.key} | {name: text for name, text in words.items() if text}


def _reference(work: _Work, path: Path) -> Reference:
    if work.note or work.doi:
        return Reference(work.key, note=work.note, doi=work.doi)
    try:
        return reference(work.key)
    except KeyError:
        raise InputError(
            f"{path} names the work '{work.key}', which this ssb_model does not know: install the "
            "version that wrote it."
        ) from None


def _read(path: Path) -> dict[str, object]:
    """The content of a JSON file, or the list "works" of a saved field."""
    try:
        if path.suffix != ".npz":
            content = read_json(path)
            return content if isinstance(content, dict) else {}
        stored = read_arrays(path)
        return {"works": json.loads(str(stored["works"]))} if "works" in stored else {}
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is damaged: let ssb write it again.") from None
