"""Voltage against time under a current that changes from piece to piece."""

from collections.abc import Mapping

import jax.numpy as jnp
from jaxtyping import Array, Float

from ssb_model.compiled import (
    VOLTAGE,
    CompiledModel,
    Sampling,
    constant_segments,
    safety_margins,
)
from ssb_model.measurements.outcome import Measured, until_the_end


def voltage_record(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    current: Float[Array, "pieces batch"],
    duration: Float[Array, "pieces batch"],
    times: Float[Array, "times batch"],
) -> Measured:
    """Voltage [V] (times, batch) under constant currents one after the other; pure JAX.

    Times that a member does not reach, past a cut-off or past its last piece (give infinity), are
    NaN; those before stand, and the outcome says that the record was cut short.

    Parameters
    ----------
    compiled
        Any cell.
    inputs
        Every input by name.
    current
        A, positive on discharge.
    duration
        s.
    times
        s, rising from 0.
    """
    margins = safety_margins(compiled.event_names)
    schedule = constant_segments(current, duration, margins)
    result = compiled.run(inputs, schedule, Sampling(times, len(times)))
    reached = jnp.arange(len(times))[:, None] < result.filled
    values = jnp.where(reached, compiled.by_name(result.outputs)[VOLTAGE], jnp.nan)
    return Measured(values, until_the_end(result.t_end, result.outcome).outcome)
