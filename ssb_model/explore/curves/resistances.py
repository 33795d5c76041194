"""Resistances of the symmetric cell at rest."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State
from ssb_model.measurements import measure, resistances_at_rest


def resistances(explorer: Explorer, state: State) -> dict[str, Float[np.ndarray, " members"]]:
    """Resistances [Ohm.m2] of a state by quantity."""
    compiled = explorer.cells.cells["symmetric"].compiled
    known = explorer.of_cell("symmetric", explorer.columns(state))
    R = measure(resistances_at_rest, compiled, known)
    return {name: np.asarray(values) for name, values in R.items()}
