"""A full cell discharged at constant current to its lower cut-off, or charged to its upper one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from ssb_model.compiled import CURRENT, VOLTAGE, CompiledModel, Outcome, Tolerances
from ssb_model.constants import HOUR
from ssb_model.measurements.outcome import Measured, until_a_cut_off

if TYPE_CHECKING:
    from pybamm import ParameterValues

LONGEST = 1.5  # in units of 1/C-rate: longer than any discharge


def one_c_current(values: ParameterValues | Mapping[str, float]) -> tuple[float, float]:
    """Current of 1C [A] and mass of the active material [kg] of a full cell.

    Parameters
    ----------
    values
        All of the cell, or the three of them by PyBaMM name.
    """
    mass = float(values["Positive electrode areal loading [kg.m-2]"] * values["Cell area [m2]"])
    return float(values["Positive electrode 1C specific current [A.kg-1]"]) * mass, mass


def discharge_capacity(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    tolerances: Tolerances | None = None,
) -> Measured:
    """Charge [A.h] (batch,) from the charged state at rest to the cut-off; pure JAX.

    A cell whose voltage lies below its cut-off from the start gives 0; one that does not reach it
    has no number.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name; the current [A] is one of them.
    c_rate
        Tells how long a discharge may take: :data:`LONGEST` over it, in hours.
    tolerances
        Of the local error.
    """
    times = (LONGEST * HOUR / c_rate)[None]
    result = compiled.trajectory(inputs, times, tolerances)
    t_end, outcome = until_a_cut_off(result.t_end, result.outcome)
    t_end = jnp.where(result.outcome == Outcome.EVENT_AT_START, 0.0, t_end)
    return Measured(t_end * inputs[CURRENT] / HOUR, outcome)


class VoltageCurve(NamedTuple):
    """Voltage at constant current.

    Attributes
    ----------
    voltage
        V at the times asked for, NaN past the member's end.
    t_end
        s, NaN for a member that reached no cut-off.
    voltage_end
        V there.
    state
        There, to go on from.
    outcome
        Of each member.
    """

    voltage: Float[Array, "times batch"]
    t_end: Float[Array, " batch"]
    voltage_end: Float[Array, " batch"]
    state: Float[Array, "states batch"]
    outcome: Int[Array, " batch"]


def voltage_curve(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    times: Float[Array, "times batch"],
    state: Float[Array, "states batch"] | None = None,
    tolerances: Tolerances | None = None,
) -> VoltageCurve:
    """The voltage of a full cell to its cut-off, on the way down or up; pure JAX.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name; the current [A] is positive on discharge.
    times
        s, the last one longer than any discharge.
    state
        Where it starts; by default charged and at rest.
    tolerances
        Of the local error.
    """
    result = compiled.trajectory(inputs, times, tolerances, state)
    reached = jnp.arange(len(times))[:, None] < result.filled
    final = compiled.by_name(result.final)[VOLTAGE]
    ended = until_a_cut_off(jnp.stack([result.t_end, final]), result.outcome)
    return VoltageCurve(
        voltage=jnp.where(reached, compiled.by_name(result.outputs)[VOLTAGE], jnp.nan),
        t_end=ended.value[0],
        voltage_end=ended.value[1],
        state=result.final_state,
        outcome=ended.outcome,
    )
