"""Resistances of the symmetric cell at rest."""

from ssb_model.measurements import measure, resistances_at_rest


def resistances(explorer, state):
    """Resistances [Ohm.m2] (members,) of a state by quantity."""
    compiled = explorer.cells.cells["symmetric"].compiled
    known = explorer.of_cell("symmetric", explorer.columns(state))
    return measure(resistances_at_rest, compiled, known)
