"""Resistances of the symmetric cell at rest."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State
from ssb_model.measurements import TEMPERATURE, measure, resistances_at_rest


def resistances(
    explorer: Explorer, state: State, temperature: float | None = None
) -> dict[str, Float[np.ndarray, " members"]]:
    """Resistances [Ohm.m2] of a state by quantity; at a ``temperature`` [K] of its own if given."""
    compiled = explorer.cells.cells["symmetric"].compiled
    columns = explorer.columns(state)
    if temperature is not None:
        columns[TEMPERATURE] = np.full_like(columns[TEMPERATURE], temperature)
    known = explorer.of_cell("symmetric", columns)
    R = measure(resistances_at_rest, compiled, known)
    return {name: np.asarray(values) for name, values in R.items()}
