"""Lithium stripped one way, without plating it back, until the cell opens or meets its limit."""

from collections.abc import Mapping

import jax.numpy as jnp
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT, CompiledModel, Outcome, Tolerances
from ssb_model.constants import HOUR
from ssb_model.measurements.outcome import Measured, until_a_cut_off
from ssb_model.measurements.shorting_cell import SHORT_CIRCUIT


def stripping_capacity(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    longest: Float[Array, " batch"],
    tolerances: Tolerances | None = None,
) -> Measured:
    """Charge [A.h] (batch,) stripped from a new cell until a voltage limit or contact lost; pure
    JAX.

    A cell that does neither in time has no number, nor has one that shorts: the outcome says which.

    Parameters
    ----------
    compiled
        A symmetric cell.
    inputs
        Every input by name; the current [A] is one of them, positive where the negative electrode
        is stripped.
    longest
        Time after which a member is given up [s].
    tolerances
        Of the local error.
    """
    result = compiled.trajectory(inputs, longest[None], tolerances)
    charge = jnp.abs(result.t_end * inputs[CURRENT]) / HOUR
    charge = jnp.where(result.outcome == Outcome.EVENT_AT_START, 0.0, charge)
    ended = until_a_cut_off(charge, result.outcome)
    if SHORT_CIRCUIT not in compiled.event_names:
        return ended
    shorted = result.ended_by == compiled.event_names.index(SHORT_CIRCUIT)
    return Measured(jnp.where(shorted, jnp.nan, ended.value), ended.outcome)
