"""Maps: medians of an output in the cells of two varied quantities, over all others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from ssb_model.sweep.plan import Plan
from ssb_model.sweep.store import columns_by_chunk
from ssb_model.sweep.variables import Variable

IN_A_CELL = 30  # candidates, so that a median is one of many
FEWEST, MOST = 4, 60  # cells along an axis
AT_ONCE = 1_000_000  # candidates in memory


@dataclass(frozen=True, eq=False)
class Map:
    """Medians of a column between edges in SI; nan where a cell is empty."""

    x: Float[np.ndarray, " nx+1"]
    y: Float[np.ndarray, " ny+1"]
    medians: Float[np.ndarray, "ny nx"]


def map_of(folder: str | Path, sweep: Plan, x: str, y: str, column: str) -> Map:
    """Return the medians of a sweep's column over its varied quantities `x` and `y`.

    Memory holds a strip of the map at a time, about a million candidates.
    """
    across, up = (sweep.variable(name) for name in (x, y))
    x_edges, y_edges = _edges(across, sweep), _edges(up, sweep)
    strips = -(-sweep.candidates // AT_ONCE)
    medians = [
        _strip(folder, (across.name, up.name, column), *strip, y_edges)
        for strip in _strips(x_edges, strips)
    ]
    return Map(x_edges, y_edges, np.concatenate(medians, axis=1))


def _edges(variable: Variable, sweep: Plan) -> Float[np.ndarray, " cells+1"]:
    """Edges of the cells, even on the variable's scale: about the points of a grid, else enough."""
    if variable.points:  # of a grid
        half = 0.5 / (variable.points - 1)
        shares = np.linspace(-half, 1 + half, variable.points + 1)
    else:
        cells = int(np.clip(np.sqrt(sweep.candidates / IN_A_CELL), FEWEST, MOST))
        shares = np.linspace(0.0, 1.0, cells + 1)
    return variable.stretched(shares)


def _strips(
    edges: Float[np.ndarray, " nx+1"], strips: int
) -> Iterator[tuple[Float[np.ndarray, " strip+1"], bool]]:
    """Runs of edges; the last edge takes in what lies on it."""
    for cells in np.array_split(np.arange(len(edges) - 1), strips):
        if cells.size:
            yield edges[cells[0] : cells[-1] + 2], bool(cells[-1] == len(edges) - 2)


def _strip(
    folder: str | Path,
    names: Sequence[str],
    across: Float[np.ndarray, " strip+1"],
    last: bool,
    up: Float[np.ndarray, " ny+1"],
) -> Float[np.ndarray, "ny strip"]:
    """Medians between the edges ``across``, of which the upper one belongs to the last strip."""
    parts = []
    for columns in columns_by_chunk(folder, list(names)):
        x = columns[names[0]]
        inside = (x >= across[0]) & ((x <= across[-1]) if last else (x < across[-1]))
        parts.append(np.stack([columns[name][inside] for name in names]))
    x, y, values = np.concatenate(parts, axis=1)
    cell = _index(y, up) * (len(across) - 1) + _index(x, across)
    return _medians(cell, values, (len(up) - 1) * (len(across) - 1)).reshape(len(up) - 1, -1)


def _index(
    values: Float[np.ndarray, " n"], edges: Float[np.ndarray, " cells+1"]
) -> Int[np.ndarray, " n"]:
    return np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)


def _medians(
    cell: Int[np.ndarray, " n"], values: Float[np.ndarray, " n"], cells: int
) -> Float[np.ndarray, " cells"]:
    """Median of the finite values of each cell."""
    good = np.isfinite(values)
    cell, values = cell[good], values[good]
    order = np.lexsort((values, cell))
    cell, values = cell[order], values[order]
    start, stop = (np.searchsorted(cell, np.arange(cells), side) for side in ("left", "right"))
    filled = np.flatnonzero(stop > start)
    middle = [(start + stop - 1)[filled] // 2, (start + stop)[filled] // 2]
    medians = np.full(cells, np.nan)
    medians[filled] = values[middle].mean(axis=0)
    return medians
