"""A solution's fields in a file of data; knows no class of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.compiled.archive import read_archive, write_archive
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

KIND = "solution"
FORMAT = 1


def write_fields(path: str | os.PathLike[str], fields: Mapping[str, Any]) -> None:
    """Write arrays, numbers and words, in dictionaries or not, by their names."""
    arrays: list[np.ndarray] = []
    header = {"kind": KIND, "format": FORMAT, "fields": _plain(fields, arrays)}
    write_archive(path, header, arrays)


def read_fields(path: str | os.PathLike[str], names: Sequence[str]) -> dict[str, Any]:
    """What :func:`write_fields` wrote to ``path``; refuses what is no solution of this format."""
    header, arrays = read_archive(path, f"a {KIND}", "solution.save(path)")
    if header.get("kind") != KIND:
        raise InputError(f'"{path}" is not a {KIND} but another file of ssb_model.')
    if (found := header.get("format")) != FORMAT:
        other = f"format {found}" if isinstance(found, int) else "no format"
        raise InputError(
            f'"{path}" has {other}, and this version of ssb_model reads {FORMAT}; solve again.'
        )
    try:
        fields = _restored(header["fields"], arrays)
        return {name: fields[name] for name in names}
    except (ValueError, TypeError, LookupError, RecursionError):
        raise InputError(
            f'"{path}" is damaged, or ssb_model has not written it; solve again.'
        ) from None


def _plain(value: Any, arrays: list[np.ndarray]) -> dict[str, Any]:
    """``value`` as what JSON knows; its arrays and numbers are appended to ``arrays``."""
    if isinstance(value, dict):
        return {"by name": {name: _plain(one, arrays) for name, one in value.items()}}
    if isinstance(value, str | list):
        return {"words": value}
    arrays.append(np.asarray(value))
    return {"array": len(arrays) - 1}


def _restored(value: dict[str, Any], arrays: Sequence[np.ndarray]) -> Any:
    if "by name" in value:
        return {name: _restored(one, arrays) for name, one in value["by name"].items()}
    return value["words"] if "words" in value else arrays[value["array"]]
