"""The one rule for a member without an answer.

A number stands for a member only if its solve ended as the measurement asks. Every other member has
NaN, and the solve's outcome says why: a cell held at a current that ends by an event has passed a
cut-off, a discharge that ends at its final time has reached none, and all else is a failed solve.
"""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from ssb_model.compiled import Outcome


class Measured(NamedTuple):
    """What a measurement yields.

    Attributes
    ----------
    value
        Numbers in SI, NaN for members that have none.
    outcome
        How each member's solve ended, an :class:`~ssb_model.compiled.Outcome`.
    """

    value: Float[Array, "*numbers batch"]
    outcome: Int[Array, " batch"]


def until_the_end(value: Float[Array, "*numbers batch"], outcome: Int[Array, " batch"]) -> Measured:
    """What was read in a solve that must reach its final time."""
    return Measured(jnp.where(outcome == Outcome.FINAL_TIME, value, jnp.nan), outcome)


def until_a_cut_off(
    value: Float[Array, "*numbers batch"], outcome: Int[Array, " batch"]
) -> Measured:
    """What was read in a solve that must end at a cut-off, be it at its start."""
    ended = (outcome == Outcome.EVENT) | (outcome == Outcome.EVENT_AT_START)
    return Measured(jnp.where(ended, value, jnp.nan), outcome)
