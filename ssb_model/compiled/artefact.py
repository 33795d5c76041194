"""A compiled model as a file of data: a JSON header and arrays, no code.

The file holds the lowered program, not what a compiler made of it, so that it does not depend
on the machine or on JAX's version; it is traced anew when loaded, by numpy and JAX alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.compiled.archive import checksum, read_archive, write_archive
from ssb_model.compiled.integration import System
from ssb_model.compiled.integrity import check_system
from ssb_model.compiled.program import (
    Axis,
    Matrix,
    Node,
    Observer,
    Piecewise,
    Program,
    Unsound,
    is_name,
)
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

FORMAT = 3
LONGEST = 40  # letters of a word of the file that a message repeats
PLAIN = ("rhs", "initial", "jacobian", "defaults", "nominal_capacity")
NAMES = ("inputs", "output_names", "output_sizes", "event_names", "state_names")
ARRAYS = ("mass", "rows", "columns", "last")
# What is raised where a file's header has lists for tables, texts for numbers, and the like.
UNSOUND = (
    *(ValueError, TypeError, LookupError, AttributeError),
    *(ArithmeticError, RecursionError, MemoryError),
)


def write_system(system: System, path: str | os.PathLike[str]) -> None:
    """Write a :class:`System` to ``path``, whole or not at all."""
    write_archive(path, *_content(system))


def fingerprint(system: System) -> str:
    """A checksum of all that a compiled model computes with."""
    header, arrays = _content(system)
    return checksum(json.dumps(header), arrays)


def _content(system: System) -> tuple[dict[str, Any], list[np.ndarray]]:
    """The JSON header and the arrays that it refers to."""
    arrays: list[np.ndarray] = []
    header = {
        "format": FORMAT,
        "program": _program(system.program, arrays),
        "observer": {
            "program": _program(system.observer.program, arrays),
            "groups": system.observer.groups,
            "rows": _kept(system.observer.rows, arrays),
        },
        **{name: getattr(system, name) for name in (*PLAIN, *NAMES)},
        **{name: _kept(np.asarray(getattr(system, name)), arrays) for name in ARRAYS},
    }
    return header, arrays


def read_system(path: str | os.PathLike[str]) -> System:
    """The :class:`System` that :func:`write_system` wrote to ``path``.

    Raises
    ------
    InputError
        If the file is missing, damaged, or of another version.
    """
    header, arrays = read_archive(path, "a compiled model", "compiled.save(path)")
    if "kind" in header:
        kind = header["kind"]
        other = f"a {kind}" if is_name(kind) and len(kind) < LONGEST else "another file"
        raise InputError(f'"{path}" is not a compiled model but {other}.')
    if (found := header.get("format")) != FORMAT:
        other = f"format {found}" if isinstance(found, int) else "no format"
        raise InputError(
            f'"{path}" has {other}, and this version of ssb_model reads {FORMAT}; compile the '
            "model again."
        )
    try:
        system = _system(header, arrays)
        check_system(system)
    except UNSOUND as error:
        raise InputError(
            f'"{path}" is damaged, or ssb_model has not written it ({_clause(error)}); compile the '
            "model again."
        ) from None
    return system


def _clause(error: Exception) -> str:
    """What is wrong with a file, in one clause."""
    return str(error) if isinstance(error, Unsound) else "something of it has another form"


def _system(header: dict[str, Any], arrays: list[np.ndarray]) -> System:
    observer = header["observer"]
    return System(
        program=_loaded(header["program"], arrays),
        observer=Observer(
            _loaded(observer["program"], arrays), arrays[observer["rows"]], observer["groups"]
        ),
        **{name: header[name] for name in PLAIN},
        **{name: tuple(header[name]) for name in NAMES},
        **{name: arrays[header[name]] for name in ARRAYS},
    )


def _program(program: Program, arrays: list[np.ndarray]) -> list[list[Any]]:
    """The nodes as lists: operation, operands, size, and how its data are kept."""
    return [
        [node.op, list(node.args), node.size, _data(node.data, arrays)] for node in program.nodes
    ]


def _data(data: Any, arrays: list[np.ndarray]) -> Any:
    """A node's constant data as plain data; its arrays are appended to ``arrays``."""
    if isinstance(data, np.ndarray):
        return {"array": _kept(data, arrays)}
    if isinstance(data, Matrix):
        parts = (data.indptr, data.indices, data.data)
        return {"matrix": [list(map(int, data.shape)), *(_kept(a, arrays) for a in parts)]}
    if isinstance(data, Piecewise):
        parts = [_kept(a, arrays) for a in (data.knots, data.coefficients)]
        axes = [[_kept(a, arrays) for a in (x.knots, x.functions)] for x in data.axes]
        return {"piecewise": [*parts, bool(data.extrapolate), axes]}
    return data


def _loaded(nodes: Sequence[Sequence[Any]], arrays: Sequence[np.ndarray]) -> Program:
    return Program(
        Node(op, tuple(args), _restored(data, arrays), size) for op, args, size, data in nodes
    )


def _restored(data: Any, arrays: Sequence[np.ndarray]) -> Any:
    if not isinstance(data, dict):
        return data
    if "array" in data:
        return arrays[data["array"]]
    if "matrix" in data:
        shape, *parts = data["matrix"]
        return Matrix(tuple(shape), *(arrays[n] for n in parts))
    knots, coefficients, extrapolate, axes = data["piecewise"]
    before = tuple(Axis(arrays[k], arrays[f]) for k, f in axes)
    return Piecewise(arrays[knots], arrays[coefficients], extrapolate, before)


def _kept(array: np.ndarray, arrays: list[np.ndarray]) -> int:
    arrays.append(array)
    return len(arrays) - 1
