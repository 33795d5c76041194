"""A solved field as one file: numpy's npz, with every input and result by its name."""

import json
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ssb_model.citations import of_packages, works_content
from ssb_model.errors import InputError
from ssb_model.field.result import ContactField, read_only
from ssb_model.packed import Damaged, read_arrays
from ssb_model.writing import unwritable, whole

USED = ("jax", "numpy")  # packages that a field is computed with
MAPS = ("contact", "period", "current_density")


def save_field(field: ContactField, path: str | Path) -> None:
    """Write ``field`` to ``path``, which should end in ``.npz``, with the works behind it."""
    values = {item.name: getattr(field, item.name) for item in fields(field)}
    values["works"] = json.dumps(works_content(of_packages({name: version(name) for name in USED})))
    known = {name: value for name, value in values.items() if value is not None}
    try:
        with whole(Path(path)) as file:
            np.savez_compressed(file, **known)
    except OSError as error:
        raise unwritable(path, error) from None


def load_field(path: str | Path) -> ContactField:
    """The :class:`ContactField` that :func:`save_field` wrote to ``path``."""
    try:
        values: dict[str, Any] = dict(read_arrays(path))
        values.pop("works", None)
        values.setdefault("thickness", None)
        return ContactField(**{name: _read(name, value) for name, value in values.items()})
    except FileNotFoundError:
        raise InputError(f"No field at {path}; check the path.") from None
    except InputError:
        raise
    except (OSError, Damaged, ValueError, TypeError):
        raise InputError(f"{path} is not a field that save_field wrote; solve it again.") from None


def _read(name: str, value: np.ndarray | None) -> Any:
    """Maps stay arrays; what is one number becomes a float again."""
    if value is None or name in MAPS or value.ndim:
        return value if value is None else read_only(value)
    return float(value)
