"""How a measurement of one member ended, and the one rule for a member without an answer.

A number stands for a member only if its solve ended as the measurement asks; every other member
has NaN, and an outcome that says why.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from ssb_model.compiled import EVENT, EVENT_AT_START, FINAL_TIME


class Outcome(IntEnum):
    """What became of one member of a measurement."""

    MEASURED = 0
    CUT_OFF = 1
    NO_CUT_OFF = 2
    FAILED = 3

    @property
    def sentence(self) -> str:
        """What it means.

        >>> Outcome.NO_CUT_OFF.sentence
        'no cut-off was reached in the longest time'
        """
        return _SENTENCES[self]


_SENTENCES = {
    Outcome.MEASURED: "measured",
    Outcome.CUT_OFF: "a cut-off was passed before the end",
    Outcome.NO_CUT_OFF: "no cut-off was reached in the longest time",
    Outcome.FAILED: "the solve failed",
}


class Measured(NamedTuple):
    """Numbers (..., batch) in SI, NaN for members that have none, and each member's outcome."""

    value: Float[Array, "*numbers batch"]
    outcome: Int[Array, " batch"]


def until_the_end(value: Float[Array, "*numbers batch"], status: Int[Array, " batch"]) -> Measured:
    """What was read in a solve that must reach its final time."""
    return _measured(value, status, (FINAL_TIME,), Outcome.CUT_OFF)


def until_a_cut_off(
    value: Float[Array, "*numbers batch"], status: Int[Array, " batch"]
) -> Measured:
    """What was read in a solve that must end at a cut-off, be it at its start."""
    return _measured(value, status, (EVENT, EVENT_AT_START), Outcome.NO_CUT_OFF)


def _measured(
    value: jax.Array, status: jax.Array, wanted: Sequence[int], otherwise: Outcome
) -> Measured:
    asked_for = jnp.isin(status, jnp.array([FINAL_TIME, EVENT, EVENT_AT_START]))
    measured = jnp.isin(status, jnp.array(wanted))
    outcome = jnp.where(asked_for, otherwise, Outcome.FAILED)
    return Measured(
        jnp.where(measured, value, jnp.nan), jnp.where(measured, Outcome.MEASURED, outcome)
    )
