"""Resistances of the symmetric cell at rest."""

import jax
import numpy as np

from ssb_model.compiled import in_chunks

INTERFACE = "Interface resistance [Ohm.m2]"
CELL = "Cell resistance [Ohm.m2]"
GARNET = "Garnet resistance [Ohm.m2]"
_jitted = {}


def resistances(explorer, state):
    """Outputs of the cell at rest by name, arrays (members,): resistances in Ohm.m2."""
    compiled = explorer.cells.cells["symmetric"].compiled
    at_rest = _jitted.setdefault(compiled, jax.jit(compiled.at_rest))
    known = explorer.of_cell("symmetric", explorer.columns(state))
    size = len(next(iter(known.values())))
    inputs = {
        name: known.get(name, np.full(size, default))
        for name, default in compiled.system.defaults.items()
    }
    return dict(zip(compiled.output_names, in_chunks(at_rest, inputs, size), strict=True))
