"""Cycles of a full cell: a charge, and the discharge after it.

A cycle is a charge at constant current to the upper cut-off, a hold of that voltage until the
current has fallen to a cut-off of its own (none where that is not below the current: CC-CC), and
a discharge at constant current to the lower cut-off. It maps the state at the end of one discharge
to that at the end of the next.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

from ssb_model.compiled import (
    CURRENT,
    CompiledModel,
    Outcome,
    Sampling,
    Tolerances,
    safety_margins,
    to_a_voltage,
)
from ssb_model.constants import HOUR
from ssb_model.measurements.discharge import LONGEST, voltage_curve
from ssb_model.measurements.outcome import Measured

LONGEST_HOLD = 1000.0  # h: a current that has not fallen by then never does


class Charging(NamedTuple):
    """How each member is charged.

    Attributes
    ----------
    current
        A, above zero.
    cut_off
        A, which ends the hold; infinite for none.
    voltage
        V, the upper cut-off.
    """

    current: Float[Array, "*cycles batch"]
    cut_off: Float[Array, "*cycles batch"]
    voltage: Float[Array, "*cycles batch"]


class Cycled(NamedTuple):
    """A discharge among cycles.

    Attributes
    ----------
    capacity
        A.h, NaN for members that have none.
    start
        State in which the discharge begins.
    end
        And in which it ends.
    outcome
        Of each member.
    """

    capacity: Float[Array, " batch"]
    start: Float[Array, "states batch"]
    end: Float[Array, "states batch"]
    outcome: Int[Array, " batch"]


def discharges_in_order(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    current: Float[Array, "cycles batch"],
    c_rate: Float[Array, "cycles batch"],
    charging: Charging,
    tolerances: Tolerances | None = None,
) -> Measured:
    """Capacities [A.h] (cycles, batch) of cycles one after the other; pure JAX.

    Before the first charge the cell is discharged at the first rate, from its charged state at
    rest.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name.
    current
        Of each discharge [A].
    c_rate
        Of each discharge.
    charging
        Before each discharge.
    tolerances
        Of the local error.
    """

    def one(
        state: Float[Array, "states batch"], row: tuple[Array, Array, Charging]
    ) -> tuple[Float[Array, "states batch"], tuple[Array, Array]]:
        own_current, rate, charge = row
        found = cycle(compiled, {**inputs, CURRENT: own_current}, rate, charge, state, tolerances)
        return found.end, (found.capacity, found.outcome)

    first = discharge_from(compiled, {**inputs, CURRENT: current[0]}, c_rate[0], None, tolerances)
    _, (capacity, outcome) = jax.lax.scan(one, first.end, (current, c_rate, charging))
    return Measured(capacity, outcome[-1])


def cycle(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    charging: Charging,
    state: Float[Array, "states batch"],
    tolerances: Tolerances | None = None,
    of_discharge: Tolerances | None = None,
    moves: Bool[Array, " batch"] | bool = True,
) -> Cycled:
    """A charge from ``state``, and the discharge after it; pure JAX.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name; the current [A] of the discharge is one of them.
    c_rate
        Of the discharge: tells how long it and the charge may take.
    charging
        Before the discharge.
    state
        Where the charge begins.
    tolerances
        Of the local error.
    of_discharge
        Those of the discharge, where they are others.
    moves
        Members that do not are given no time, and what is found of them means nothing.
    """
    hours = LONGEST * inputs[CURRENT] / c_rate / charging.current
    longest = HOUR * moves * jnp.stack([hours, jnp.full_like(hours, LONGEST_HOLD)])
    schedule = to_a_voltage(
        -charging.current,
        charging.voltage,
        charging.cut_off,
        longest,
        safety_margins(compiled.event_names),
    )
    charged = compiled.run(inputs, schedule, Sampling(None, 0), tolerances, state)
    ended = charged.limited | (charged.t_end == 0)  # a full cell takes no charge
    reached = (charged.outcome == Outcome.FINAL_TIME) & ended
    found = discharge_from(
        compiled, inputs, c_rate, charged.final_state, of_discharge or tolerances, moves
    )
    return found._replace(
        capacity=jnp.where(reached, found.capacity, jnp.nan),
        outcome=jnp.where(reached, found.outcome, charged.outcome),
    )


def discharge_from(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    state: Float[Array, "states batch"] | None,
    tolerances: Tolerances | None,
    moves: Bool[Array, " batch"] | bool = True,
) -> Cycled:
    """A discharge from a state, or from the charged one at rest; pure JAX.

    A cell whose voltage lies below its cut-off from the start gives 0. Members that do not move are
    given no time.
    """
    start = compiled.rest(inputs)[0] if state is None else state
    times = (moves * LONGEST * HOUR / c_rate)[None]
    down = voltage_curve(compiled, inputs, times, state, tolerances)
    t_end = jnp.where(down.outcome == Outcome.EVENT_AT_START, 0.0, down.t_end)
    return Cycled(t_end * inputs[CURRENT] / HOUR, start, down.state, down.outcome)
