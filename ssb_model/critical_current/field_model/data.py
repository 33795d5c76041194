"""The rows that are learnt from as arrays: a tree of labs, garnets, interfaces and cells.

An effect that only one cell has (its lab's, if it is the lab's only one) is not drawn: its variance
is added to that of the cell (:mod:`.noise`). Only what cells share is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.constants import TO_MA_CM2
from ssb_model.critical_current.field_model.covariates import covariates, spreads
from ssb_model.critical_current.field_model.priors import SPREADS
from ssb_model.library import FieldCell

BOUNDED = 25.0  # in ln J, where an open end is put


class Data(NamedTuple):
    """Arrays of a library, all of one shape for one library.

    Attributes
    ----------
    low, high
        ln J [mA/cm2] lies between; equal where it was read.
    used
        1 for a row that counts, 0 for one that is left out.
    design, resistance, resistance_weights, temperature, density, pressure
        As in :class:`.covariates.Covariates`.
    labs
        1 where a lab has a row.
    temperature_weights
        Of the alternatives, of all rows of a lab together.
    bounded
        Places of the rows that may be no numbers but intervals.
    own
        Whether lab, garnet and interface are this row's alone.
    shared
        Which drawn effect each has, of those of all levels; the last, which is 0, where it is its
        own.
    level
        Of each drawn effect.
    """

    low: Float[np.ndarray, " rows"]
    high: Float[np.ndarray, " rows"]
    used: Float[np.ndarray, " rows"]
    design: Float[np.ndarray, "rows levels"]
    resistance: Float[np.ndarray, "rows points"]
    resistance_weights: Float[np.ndarray, "rows points"]
    temperature: Float[np.ndarray, "rows 2"]
    temperature_weights: Float[np.ndarray, "labs 2"]
    density: Float[np.ndarray, " rows"]
    pressure: Float[np.ndarray, " rows"]
    labs: Float[np.ndarray, "labs rows"]
    bounded: Int[np.ndarray, " bounded"]
    own: Bool[np.ndarray, "rows 3"]
    shared: Int[np.ndarray, "rows 3"]
    level: Int[np.ndarray, " effects"]


def learnt_from(cells: Sequence[FieldCell]) -> tuple[FieldCell, ...]:
    """The rows with a critical current that are not set aside, in order of lab and name."""
    usable = (cell for cell in cells if cell.learnt_from)
    return tuple(sorted(usable, key=lambda cell: (cell.lab, cell.name)))


def data_of(cells: Sequence[FieldCell]) -> Data:
    """The :class:`Data` of a library."""
    rows = learnt_from(cells)
    spread = spreads(cells)
    each = [covariates(row, spread) for row in rows]
    low, high = np.array([interval(row) for row in rows]).T
    own, shared, level = _tree([_nodes(row) for row in rows])
    names = list(dict.fromkeys(row.lab for row in rows))
    labs = np.array([[float(row.lab == name) for row in rows] for name in names])
    cold = np.array([c.temperature_weights for c in each])[:, 0]
    warm_share = (labs * (1 - cold)).max(axis=1)
    return Data(
        low=low,
        high=high,
        used=np.ones(len(rows)),
        design=np.stack([c.design for c in each]),
        resistance=np.stack([c.resistance for c in each]),
        resistance_weights=np.stack([c.resistance_weights for c in each]),
        temperature=np.stack([c.temperature for c in each]),
        temperature_weights=np.stack([1 - warm_share, warm_share], axis=-1),
        density=np.array([c.density for c in each]),
        pressure=np.array([c.pressure for c in each]),
        labs=labs,
        bounded=np.flatnonzero(low != high),
        own=own,
        shared=shared,
        level=level,
    )


def interval(row: FieldCell) -> tuple[float, float]:
    """Ends of ln J [mA/cm2]: of a bound, of a range, of the last step of a ramp, or one number."""
    J = row.J
    assert J is not None
    y = np.log(J.value * TO_MA_CM2)
    if J.sign in (">", ">="):
        return y, BOUNDED
    if J.sign in ("<", "<="):
        return -BOUNDED, y
    if J.upper is not None:
        return y, np.log(J.upper * TO_MA_CM2)
    if row.step_current and row.reported == "first failed":
        before = J.value - row.step_current
        return (np.log(before * TO_MA_CM2) if before > 1e-9 * J.value else -BOUNDED), y
    return y, y


def _nodes(row: FieldCell) -> tuple[Hashable, ...]:
    garnet = row.lab, row.garnet
    return row.lab, garnet, (*garnet, row.treatment)


def _tree(
    nodes: Sequence[tuple[Hashable, ...]],
) -> tuple[Bool[np.ndarray, "rows 3"], Int[np.ndarray, "rows 3"], Int[np.ndarray, " effects"]]:
    counts = Counter((k, node) for row in nodes for k, node in enumerate(row))
    drawn = {key: n for n, key in enumerate(key for key, count in counts.items() if count > 1)}
    keys = [[(k, node) for k, node in enumerate(row)] for row in nodes]
    own = np.array([[key not in drawn for key in row] for row in keys])
    shared = np.array([[drawn.get(key, len(drawn)) for key in row] for row in keys])
    level = np.array([k for k, _ in drawn], dtype=int)
    assert own.shape[1] == len(SPREADS)
    return own, shared, level
