"""What must hold within a spectrum: it is smooth over the logarithm of the frequency.

Each point is held against the cubic through its four neighbours. One damaged point leaves a known
pattern in these differences, its own and its neighbours'; where that pattern is nearly all that
there is, and larger than elsewhere, the point is told. So are a frequency that leaves a regular
grid and a part of the impedance that is zero throughout.
"""

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.consistency.columns import Columns, Points, and_more, rare
from ssb_model.data.consistency.exchanged import exchanged_parts
from ssb_model.data.consistency.passive import odd_steps

SHARE = 0.8  # of the differences that one point explains
LARGE = 12.0  # times the usual difference
LEAST = 0.05  # of |Z|: smaller damage is not told
AT_THE_ENDS = 0.5  # of |Z|: there the curve has neighbours on one side alone
POINTS = 8  # fewer leave no pattern
MOST = 500  # more are no sweep
REGULAR = 0.8  # of all steps of the frequency
ALIKE = 0.02  # of a step, which is rounded
OFF = 0.1  # of a step


def doubts_of_spectrum(
    columns: Columns, rows: np.ndarray, z: Complex[np.ndarray, " n"]
) -> list[str]:
    """Sentences about a sweep of `rows`, frequency falling, with the impedances `z`."""
    f = columns.values["frequency"][rows]
    found = [*_empty_part(columns, z), *odd_steps(columns, rows, f, z)]
    if POINTS <= len(f) <= MOST:
        found += [*_off_the_grid(columns, rows, f), *_rough(columns, rows, f, z)]
        found += exchanged_parts(f, z)
    return found


def _empty_part(columns: Columns, z: Complex[np.ndarray, " n"]) -> list[str]:
    parts = {"real": np.real(z), "imaginary": np.imag(z)}
    empty = [name for name, values in parts.items() if not values.any()]
    return [f"the {name} part is zero in every row" for name in empty]


def _off_the_grid(columns: Columns, rows: np.ndarray, f: Points) -> list[str]:
    steps = np.diff(np.log(f))
    regular = float(np.median(steps))
    if np.mean(np.abs(steps / regular - 1) <= ALIKE) < REGULAR:
        return []
    off = np.abs(steps[:-1] / regular - 1) > OFF
    off &= np.abs((steps[:-1] + steps[1:]) / regular - 2) <= 2 * ALIKE
    ends = np.zeros(len(f), dtype=bool)
    ends[0] = abs(steps[0] / regular - 1) > OFF and not off[:1].any()
    ends[-1] = abs(steps[-1] / regular - 1) > OFF and not off[-1:].any()
    found = rare(np.concatenate([[False], off, [False]]) | ends)
    if not found.size:
        return []
    says = columns.holds(int(rows[found[0]]), "frequency")
    return [f"{says}, off the grid of the others{and_more(found)}: is it damaged?"]


def _rough(
    columns: Columns, rows: np.ndarray, f: Points, z: Complex[np.ndarray, " n"]
) -> list[str]:
    matrix = _differences(np.log(f))
    size = LEAST * np.abs(z)
    size[[0, 1, -2, -1]] *= AT_THE_ENDS / LEAST
    flags = np.zeros(len(f), dtype=bool)
    for part in (np.real(z), np.imag(z)):
        estimate, share = _explained(matrix, part)
        usual = np.median(np.abs(estimate / np.abs(z)))
        large = np.abs(estimate) > np.maximum(size, LARGE * usual * np.abs(z))
        flags |= large & (share > SHARE)
    found = rare(flags)
    if not found.size:
        return []
    line = columns.line(int(rows[found[0]]))
    at = f"{f[found[0]]:.6g} Hz"
    return [
        f"line {line}: the impedance at {at} leaves the curve of its neighbours{and_more(found)}"
        ": is it damaged?"
    ]


def _differences(x: Points) -> Float[np.ndarray, "n n"]:
    """Matrix of each point less the cubic through the four points nearest to it."""
    n = len(x)
    matrix = np.eye(n)
    for i in range(n):
        first = min(max(i - 2, 0), n - 5)
        near = [j for j in range(first, first + 5) if j != i]
        for j in near:
            others = [k for k in near if k != j]
            matrix[i, j] = -np.prod([(x[i] - x[k]) / (x[j] - x[k]) for k in others])
    return matrix


def _explained(matrix: Float[np.ndarray, "n n"], values: Points) -> tuple[Points, Points]:
    """By how much each point would have to move, and what share of the differences that explains.

    Within reach of a point: where its pattern is not zero.
    """
    differences = matrix @ values
    product = matrix.T @ differences
    length = np.sum(matrix**2, axis=0)
    reach = (matrix != 0).astype(float)
    around = reach.T @ differences**2
    share = np.divide(product**2, length * around, out=np.zeros_like(product), where=around > 0)
    return product / length, share
