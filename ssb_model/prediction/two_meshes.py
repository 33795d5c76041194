"""Many draws on two meshes: all of them on a coarse one, some of them on the model's own.

What a mesh adds to a number is small and smooth where the number itself may vary much: by the draws
that were run on both meshes its share of the number is a straight line in the number, and all
draws are moved by it, so that none remains none. What these draws leave beside the line is the
error that is made. Where it is not small against the differences between draws, or where only one
of the meshes has an answer, every draw is run on the model's own mesh.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from jaxtyping import Float, Int

CHECKED = 16  # draws that are run on both meshes
WORTHWHILE = 8  # times as many draws: fewer are run on the model's own mesh at once
OF_SPREAD = 0.05  # of the standard deviation over draws: it moves an interval by a share of 0.1 %
OF_VALUE = 5e-4  # or of the median: 0.07 mAh/g
TERMS = 2  # of the line

Columns = Mapping[str, Float[np.ndarray, " n"]]
#: columns of inputs to numbers, NaN where there is no answer
Numbers = Callable[[Columns], Float[np.ndarray, "numbers n"]]


def on_two_meshes(
    fine: Numbers, coarse: Numbers, columns: Columns
) -> Float[np.ndarray, "numbers n"]:
    """Numbers of many draws as the model's own mesh gives them.

    Parameters
    ----------
    fine
        The model on its own mesh.
    coarse
        The same on a coarse one.
    columns
        Inputs by name.
    """
    if len(next(iter(columns.values()))) < WORTHWHILE * CHECKED:
        return fine(columns)
    rough = coarse(columns)
    rows = _evenly_ranked(rough.mean(axis=0))
    checked = fine({name: values[rows] for name, values in columns.items()})
    if not np.array_equal(np.isfinite(checked), np.isfinite(rough[:, rows])):
        return fine(columns)
    moved = [_moved(number, rows, right) for number, right in zip(rough, checked, strict=True)]
    known = [number for number in moved if number is not None]
    if len(known) < len(moved):
        return fine(columns)
    found = np.stack(known)
    found[:, rows] = checked
    return found


def _evenly_ranked(values: Float[np.ndarray, " n"]) -> Int[np.ndarray, " rows"]:
    """Rows of values evenly spaced in their order, the least and the largest among them."""
    return np.argsort(values)[np.linspace(0, len(values) - 1, CHECKED).astype(int)]


def _moved(
    number: Float[np.ndarray, " n"], rows: Int[np.ndarray, " m"], right: Float[np.ndarray, " m"]
) -> Float[np.ndarray, " n"] | None:
    """A number moved to what ``rows`` of it should be; None where they do not agree so well."""
    known = np.isfinite(right)
    x, right = number[rows][known], right[known]
    if len(x) <= TERMS:
        return None
    line = np.stack([x, x**2], axis=1)
    found = np.linalg.lstsq(line, right - x)[0]
    left = right - x - line @ found
    error = np.sqrt(left @ left / (len(x) - TERMS))
    allowed = max(OF_SPREAD * np.std(x), OF_VALUE * np.median(x))
    return number * (1 + found[0] + found[1] * number) if error <= allowed else None
