"""Solves and observed values without XLA: numpy arrays in, numpy arrays out, nothing to compile.

It is for callers that have numbers; what is traced goes through XLA (:mod:`.calls`).
"""

from __future__ import annotations

import ctypes
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.kernel.arguments import MOVING, Arguments, Results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float

RESULTS = len(Results._fields)
BUFFERS = 24


class _Array(ctypes.Structure):
    _fields_ = (("at", ctypes.c_void_p), ("rows", ctypes.c_int64), ("dims", ctypes.c_int64 * 2))


class _Problem(ctypes.Structure):
    """As in ``core/problem.h``."""

    _fields_ = (
        ("arguments", _Array * len(Arguments._fields)),
        ("moved", _Array * MOVING),
        ("results", _Array * RESULTS),
        ("moved_results", _Array * RESULTS),
        ("directions", ctypes.c_int64),
        ("batch", ctypes.c_int64),
        ("slots", ctypes.c_int64),
    )


class _Call(ctypes.Structure):
    """As in ``core/memory.h``."""

    _fields_ = (
        ("given", ctypes.c_void_p * BUFFERS),
        ("results", ctypes.c_void_p * BUFFERS),
        ("rows", ctypes.c_int64 * BUFFERS),
        ("arguments", ctypes.c_int64),
        ("batch", ctypes.c_int64),
    )


def observe_directly(
    library: ctypes.CDLL,
    part: Float[np.ndarray, "observed batch"],
    inputs: Float[np.ndarray, "inputs_and_time batch"],
    moved: Sequence[Float[np.ndarray, "directions rows batch"]],
    values: int,
) -> tuple[Float[np.ndarray, "values batch"], Float[np.ndarray, "directions values batch"]]:
    """All values of a model's observer, and their derivatives.

    Parameters
    ----------
    part
        The observed states.
    inputs
        As rows, time the last.
    moved
        Derivatives of ``part`` and ``inputs``; nothing if none are wanted.
    values
        How many there are.
    """
    given = [np.ascontiguousarray(array, dtype=float) for array in (part, inputs, *moved)]
    batch, directions = given[1].shape[1], len(given[2]) if moved else 0
    results = np.empty((values, batch)), np.empty((directions, values, batch))
    call = _Call(arguments=len(given), batch=batch)
    call.given[: len(given)] = [array.ctypes.data for array in given]
    call.rows[: len(given)] = [len(array) for array in given]
    call.results[:2] = [array.ctypes.data for array in results]
    library.ssb_look(ctypes.byref(call))
    return results


def solve_directly(
    library: ctypes.CDLL,
    arguments: Arguments,
    moved: Sequence[Float[np.ndarray, "directions ..."] | None],
    shapes: Results,
) -> tuple[Results, Results | None]:
    """What a model's library makes of ``arguments``, and the derivatives of that.

    Parameters
    ----------
    moved
        Derivatives of the first arguments, a direction a row; None where one does not move.
    shapes
        Of the results.

    Returns
    -------
    Results, and their derivatives (directions, ...) if anything moves. What the core leaves out
    (steps that nobody has taken) is not set.
    """
    batch = shapes.ends[-1]
    given = [np.ascontiguousarray(array, dtype=float) for array in arguments]
    moves = [None if d is None else np.ascontiguousarray(d, dtype=float) for d in moved]
    directions = max((len(d) for d in moves if d is not None), default=0)
    results = Results(*map(np.empty, shapes))
    derivatives = Results(*(np.empty((directions, *shape)) for shape in shapes))
    problem = _Problem(directions=directions, batch=batch, slots=len(results.t))
    problem.arguments[:] = [_placed(array, 0, batch) for array in given]
    problem.results[:] = [_placed(array, 0, batch) for array in results]
    if directions:
        problem.moved[: len(moves)] = [_placed(array, 1, batch) for array in moves]
        problem.moved_results[:] = [_placed(array, 1, batch) for array in derivatives]
    library.ssb_run(ctypes.byref(problem))
    return results, derivatives if directions else None


def _placed(array: np.ndarray | None, skip: int, batch: int) -> _Array:
    """Where an array is; all of its dimensions but the batch and the first ``skip`` are rows."""
    if array is None:
        return _Array()
    address = array.__array_interface__["data"][0] if array.size else None
    return _Array(address, prod(array.shape[skip:]) // batch, (*array.shape, 0)[:2])
