r"""Discharges of a full cell that is cycled: where each begins follows from the charge before it.

A cycle is a charge at constant current to the upper cut-off, a hold of that voltage until the
current has fallen to a cut-off of its own (none where that is not below the current: CC-CC), and
a discharge at constant current to the lower cut-off. It maps the state at the end of one discharge
to that at the end of the next,

.. math::

    y_{n+1} = F(y_n), \qquad y = F(y),

and a cell that is cycled for long has come to the periodic state :math:`y`. The particles forget
quickly (in a rate test each cycle leaves some hundredths of the distance), so that it is found as a
cell finds it, by cycling until the capacity changes no more: first from the charged state at rest.
Derivatives are those of the last cycles alone, as many as the particles remember.
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
PERIODIC = 3e-4  # of the charge of an hour at 1C: a capacity may be so far from the periodic
FORGETS = 0.05  # least share of the distance that a cycle leaves: one pair of changes may mislead
MOST_CYCLES = 60  # until the state is periodic
MOST_REMEMBERED = 3  # cycles whose derivatives count


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


def periodic_discharge(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    charging: Charging,
    tolerances: Tolerances | None = None,
) -> Cycled:
    """The discharge of a cell that was cycled at these currents for long; pure JAX.

    A member that comes to no periodic state, as one that ages from cycle to cycle, has no number.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name; the current [A] of the discharge is one of them.
    c_rate
        Of the discharge: tells how long it and the charge may take.
    charging
        Before each discharge.
    tolerances
        Of the local error.
    """
    still, rate, charge = jax.tree.map(jax.lax.stop_gradient, (dict(inputs), c_rate, charging))
    found = _found(compiled, still, rate, charge, tolerances)

    def further(carry: _Remaining) -> _Remaining:
        new = cycle(compiled, inputs, c_rate, charging, carry.found.end, tolerances)
        return _Remaining(_where(carry.cycles > 0, new, carry.found), carry.cycles - 1)

    carry = _Remaining(found.found, found.memory)
    end = jax.lax.while_loop(lambda c: jnp.any(c.cycles > 0), further, carry).found
    periodic = ~(found.error > found.allowed)  # NaN where there is no capacity
    return end._replace(
        capacity=jnp.where(periodic, end.capacity, jnp.nan),
        outcome=jnp.where(periodic, end.outcome, Outcome.TOO_MANY_STEPS),
    )


class _Remaining(NamedTuple):
    """The newest discharge, and how many cycles are to follow, whose derivatives count."""

    found: Cycled
    cycles: Int[Array, " batch"]


class _Search(NamedTuple):
    """The newest discharge, the change of capacity that its cycle made, and by how much it is off.

    If each cycle leaves the share rho of the distance to the periodic state, a change d leaves
    d rho / (1 - rho); rho is what the changes of two cycles say.
    """

    found: Cycled
    change: Float[Array, " batch"]
    share: Float[Array, " batch"]
    cycles: Int[Array, ""]
    allowed: Float[Array, " batch"]

    @property
    def error(self) -> Float[Array, " batch"]:
        """Of the capacity [A.h]: infinite while it is not known, NaN where there is no capacity."""
        error = self.change * self.share / (1 - self.share)
        return jnp.where(self.share < 1, error, jnp.where(self.share > 0, jnp.inf, jnp.nan))

    @property
    def memory(self) -> Int[Array, " batch"]:
        """Cycles after which a derivative has nearly forgotten what it began with.

        Three are the most: particles that remember longer give up a few mAh/g, and a search that
        passes there needs no more than the direction.
        """
        needed = jnp.log(FORGETS) / jnp.log(jnp.clip(self.share, FORGETS, 0.9))
        cycles = jnp.minimum(jnp.ceil(needed - 1e-9).astype(int), MOST_REMEMBERED)
        return jnp.where(self.found.capacity == 0, 0, cycles)


def _found(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    charging: Charging,
    tolerances: Tolerances | None,
) -> _Search:
    """Cycles from the charged state on until the capacity is periodic."""
    allowed = PERIODIC * inputs[CURRENT] / c_rate

    def further(carry: _Search) -> _Search:
        new = cycle(compiled, inputs, c_rate, charging, carry.found.end, tolerances)
        change = jnp.abs(new.capacity - carry.found.capacity)
        share = jnp.maximum(FORGETS, change / carry.change)
        moves = carry.error > allowed  # no result depends on how long a neighbour needs
        return _Search(
            _where(moves, new, carry.found),
            jnp.where(moves, change, carry.change),
            jnp.where(moves, share, carry.share),
            carry.cycles + 1,
            allowed,
        )

    first = discharge_from(compiled, inputs, c_rate, None, tolerances)
    nothing = first.capacity == 0  # neither does the charge after it
    change, share = (jnp.where(nothing, known, jnp.inf) for known in (0.0, FORGETS))
    carry = _Search(first, change, share, jnp.zeros((), dtype=int), allowed)
    return jax.lax.while_loop(
        lambda c: jnp.any(c.error > allowed) & (c.cycles < MOST_CYCLES), further, carry
    )


def _where(moves: Bool[Array, " batch"], new: Cycled, old: Cycled) -> Cycled:
    return Cycled(*(jnp.where(moves, b, a) for a, b in zip(old, new, strict=True)))


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
) -> Cycled:
    """A charge from ``state``, and the discharge after it; pure JAX."""
    hours = LONGEST * inputs[CURRENT] / c_rate / charging.current
    longest = HOUR * jnp.stack([hours, jnp.full_like(hours, LONGEST_HOLD)])
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
    found = discharge_from(compiled, inputs, c_rate, charged.final_state, tolerances)
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
) -> Cycled:
    """A discharge from a state, or from the charged one at rest; pure JAX.

    A cell whose voltage lies below its cut-off from the start gives 0.
    """
    start = compiled.rest(inputs)[0] if state is None else state
    down = voltage_curve(compiled, inputs, (LONGEST * HOUR / c_rate)[None], state, tolerances)
    t_end = jnp.where(down.outcome == Outcome.EVENT_AT_START, 0.0, down.t_end)
    return Cycled(t_end * inputs[CURRENT] / HOUR, start, down.state, down.outcome)
