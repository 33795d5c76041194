"""The curves of a reproduction as one file of arrays: dicts, lists and solved fields, flattened by
their paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from ssb_model.errors import InputError
from ssb_model.field import ContactField
from ssb_model.library import write_whole
from ssb_model.packed import Damaged, read_arrays

BRANCH = "/"
FIELD = "~field"  # what is below are a field's own values
ESCAPED = "~1"  # as in a JSON pointer; names hold units such as mA/cm2


def save_curves(curves: Mapping[str, Any], path: Path) -> None:
    """Write nested dicts and lists of arrays and numbers, whole or not at all."""
    buffer = BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **dict(_leaves(curves, "")))
    write_whole(path, buffer.getvalue())


def load_curves(path: Path) -> dict[str, Any]:
    """What :func:`save_curves` wrote.

    Raises
    ------
    InputError
        If the file is missing or damaged.
    """
    try:
        flat = read_arrays(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except Damaged:
        raise InputError(f"{path} is damaged or of something else: reproduce again.") from None
    return _tree(flat)


def _leaves(branch: Any, path: str) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(branch, ContactField):
        branch = {FIELD: {item.name: getattr(branch, item.name) for item in fields(branch)}}
    if isinstance(branch, Mapping | list | tuple):
        named = branch.items() if isinstance(branch, Mapping) else enumerate(branch)
        for name, below in named:
            yield from _leaves(below, f"{path}{BRANCH}{str(name).replace(BRANCH, ESCAPED)}")
    elif branch is not None:
        yield path.removeprefix(BRANCH), np.asarray(branch)


def _tree(flat: Mapping[str, np.ndarray]) -> Any:
    """Dicts, or lists where every name is a number; a single number is one again."""
    if list(flat) == [""]:
        leaf = flat[""]
        return leaf if leaf.ndim else leaf.item()
    below: dict[str, dict[str, np.ndarray]] = {}
    for path, leaf in flat.items():
        name, _, rest = path.partition(BRANCH)
        below.setdefault(name.replace(ESCAPED, BRANCH), {})[rest] = leaf
    if list(below) == [FIELD]:
        own: dict[str, Any] = {name: _tree({"": value}) for name, value in below[FIELD].items()}
        return ContactField(**{"thickness": None, **own})
    if all(name.isdigit() for name in below):
        return [_tree(below[name]) for name in sorted(below, key=int)]
    return {name: _tree(part) for name, part in below.items()}
