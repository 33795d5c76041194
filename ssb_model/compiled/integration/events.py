"""Which event a step meets first, where, and its exact and differentiable time.

A search on the step's interpolant finds where the first event becomes negative; the step is then
taken again up to there, until one really ends at it and past no other. One Newton iteration in
time from that end, with derivatives attached, makes the time a differentiable function of the
inputs by the implicit function theorem: dt/dp = -(dg/dp)/(dg/dt).

Events have units of their own, so they are compared by the time since they were met.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp

from ssb_model.compiled.protocols import event_values
from ssb_model.compiled.stepping import constants, rodas, step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration.integrate import Carry, Tolerances
    from ssb_model.compiled.integration.sampling import Parts
    from ssb_model.compiled.integration.system import System
    from ssb_model.compiled.protocols import Schedule


class Crossing(NamedTuple):
    """Where in a step the first event becomes negative, as a fraction of the step (one where none
    does), and which event it is."""

    fraction: Float[jax.Array, " batch"]
    which: Int[jax.Array, " batch"]


class _Bracket(NamedTuple):
    """Fractions of a step: no event is negative at the lower, one is at the higher; all events'
    values there."""

    low: Float[jax.Array, " batch"]
    high: Float[jax.Array, " batch"]
    at_low: Float[jax.Array, "events batch"]
    at_high: Float[jax.Array, "events batch"]


def first_crossing(
    events_at: Callable[[Float[jax.Array, " batch"]], Float[jax.Array, "events batch"]],
    crossed: Bool[jax.Array, " batch"],
) -> Crossing:
    """Where the first event of a step becomes negative; carries no derivative.

    Parameters
    ----------
    events_at
        Events by a fraction of the step.
    crossed
        Which members look for one.
    """

    def search(_: None) -> Crossing:
        zero, one = jnp.zeros(crossed.shape), jnp.ones(crossed.shape)
        bracket = _Bracket(zero, one, events_at(zero), events_at(one))
        bracket = jax.lax.fori_loop(0, constants.ITERATIONS, partial(_narrowed, events_at), bracket)
        found = _secant(bracket)
        return Crossing(
            jnp.where(crossed, jnp.maximum(found.fraction, constants.LEAST), 1.0), found.which
        )

    def none(_: None) -> Crossing:
        return Crossing(jnp.ones(crossed.shape), jnp.zeros(crossed.shape, dtype=int))

    return jax.lax.stop_gradient(jax.lax.cond(jnp.any(crossed), search, none, None))


def _secant(bracket: _Bracket) -> Crossing:
    """The first zero of the straight lines through the ends of the events that cross.

    An end at which an event is zero to rounding is itself the answer.
    """
    low, high, at_low, at_high = bracket
    share = jnp.where(at_high < 0, at_low / (at_low - at_high), jnp.inf)
    which = jnp.argmin(share, axis=0)
    first = jnp.min(share, axis=0)
    s = low + (high - low) * jnp.clip(first, 0, 1)
    return Crossing(jnp.where(jnp.isfinite(first), s, (low + high) / 2), which)


def _narrowed(
    events_at: Callable[[Float[jax.Array, " batch"]], Float[jax.Array, "events batch"]],
    iteration: int,
    bracket: _Bracket,
) -> _Bracket:
    """A smaller bracket: by the secant and by halving in turn, and so sure as well as fast."""
    middle = (bracket.low + bracket.high) / 2
    s = jnp.where(iteration % 2 == 0, _secant(bracket).fraction, middle)
    values = events_at(s)
    over = jnp.any(values < 0, axis=0)
    return _Bracket(
        low=jnp.where(over, bracket.low, s),
        high=jnp.where(over, s, bracket.high),
        at_low=jnp.where(over, bracket.at_low, values),
        at_high=jnp.where(over, values, bracket.at_high),
    )


class EventsOfStep:
    """The events of a segment at the end of a step that was tried, and within it.

    Parameters
    ----------
    carry
        As the step began.
    h
        The step's size [s].
    parts
        Observed states at its ends and its dense coefficients.
    inputs
        Of the segment.
    """

    def __init__(
        self,
        system: System,
        schedule: Schedule,
        carry: Carry[Any],
        h: Float[jax.Array, " batch"],
        parts: Parts,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> None:
        self.carry, self.h, self.inputs = carry, h, inputs
        self.system, self._parts = system, parts
        self._given = schedule, carry.charge, inputs
        self.after = self.of(carry.t + h, parts[1])

    def of(
        self, t: Float[jax.Array, " batch"], part: Float[jax.Array, "observed batch"]
    ) -> Float[jax.Array, "events batch"]:
        """By time and observed states."""
        schedule, charge, inputs = self._given
        return event_values(self.system, schedule, self.carry.segment, charge, t, part, inputs)

    def at(self, s: Float[jax.Array, " batch"]) -> Float[jax.Array, "events batch"]:
        """At a fraction of the step, without derivatives."""
        t = self.carry.t + s * self.h
        return jax.lax.stop_gradient(self.of(t, rodas.interpolate(s, *self._parts)))

    def rates(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        velocity: Float[jax.Array, "states batch"],
    ) -> Float[jax.Array, "events batch"]:
        """d/dt where the states have a ``velocity``, without further derivatives."""
        schedule, charge, inputs, t, y = jax.lax.stop_gradient((*self._given, t, y))

        def of(
            t: Float[jax.Array, " batch"], y: Float[jax.Array, "states batch"]
        ) -> Float[jax.Array, "events batch"]:
            part = self.system.observed(y)
            return event_values(self.system, schedule, self.carry.segment, charge, t, part, inputs)

        return jax.jvp(of, (t, y), (jnp.ones_like(t), velocity))[1]


class Landing(NamedTuple):
    """Who has landed on an event, and which; state and time within the segment there, else those
    of the step's end."""

    landed: Bool[jax.Array, " batch"]
    which: Int[jax.Array, " batch"]
    y: Float[jax.Array, "states batch"]
    elapsed: Float[jax.Array, " batch"]


def land(
    events: EventsOfStep,
    looking: Bool[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    tolerances: Tolerances,
) -> Landing:
    """The event that a step has ended on, if it has.

    Parameters
    ----------
    looking
        Members whose step has passed an event, or has one ahead by an earlier search.
    y
        The step's end.
    """
    end = events.carry.elapsed + events.h

    def look(_: None) -> Landing:
        return _landing(events, looking, y, tolerances)

    def stay(_: None) -> Landing:
        return Landing(looking & False, jnp.zeros(looking.shape, dtype=int), y, end)

    return jax.lax.cond(jnp.any(looking), look, stay, None)


def _landing(
    events: EventsOfStep,
    looking: Bool[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    tolerances: Tolerances,
) -> Landing:
    """Newton's iteration in time, where an event is near, and whether it meets the event."""
    system, end, t = events.system, events.carry.elapsed + events.h, events.carry.t + events.h
    which, distance, usual = _nearest(events)
    near, member = looking & (distance <= constants.NEAR * usual), jnp.arange(which.shape[0])
    start = y + step.newton(system, t, y, events.inputs, near).correction
    met = events.of(t, system.observed(start))[which, member]
    h = jnp.where(near, constants.PROBE * usual, 1.0)
    velocity = _velocity(system, near, t, h, start, events.inputs, tolerances)
    slope = events.rates(t, start, velocity)[which, member]
    sound = near & jnp.isfinite(slope) & (slope != 0)
    delta = jnp.where(sound, -met / jnp.where(sound, slope, 1.0), 0.0)
    moved = start + velocity * delta
    moved = moved + step.newton(system, t + delta, moved, events.inputs, sound).correction
    size = jnp.abs(jax.lax.stop_gradient(delta))
    left = jax.lax.stop_gradient(events.of(t + delta, system.observed(moved)))[which, member]
    hit = jnp.abs(left / slope) <= constants.LEFT * size + constants.LEAST * usual
    landed = sound & (size <= constants.LANDED * usual) & hit
    crossed = jnp.any(events.after < 0, axis=0)
    room = jnp.where(crossed, events.h, events.carry.control.past - end)
    jump = looking & (room <= constants.NARROW * t) & ~landed
    return Landing(
        landed=landed | jump,
        which=which,
        y=_unknown_rates(jnp.where(landed, moved, y), jump),
        elapsed=_unknown_rates(jnp.where(landed, end + delta, end), jump),
    )


@jax.custom_jvp
def _unknown_rates(
    x: Float[jax.Array, "... batch"], where: Bool[jax.Array, " batch"]
) -> Float[jax.Array, "... batch"]:
    """``x``; an event that jumps has a time, but nobody knows what moves it."""
    return x


@_unknown_rates.defjvp
def _unknown_rates_jvp(
    primals: tuple[jax.Array, jax.Array], tangents: tuple[jax.Array, jax.Array]
) -> tuple[Float[jax.Array, "... batch"], Float[jax.Array, "... batch"]]:
    x, where = primals
    return x, jnp.where(where, jnp.nan, tangents[0])


def _nearest(
    events: EventsOfStep,
) -> tuple[Int[jax.Array, " batch"], Float[jax.Array, " batch"], Float[jax.Array, " batch"]]:
    """The event that was met first within the step, else the one that is known to lie ahead; the
    time between it and the step's end by a straight line, and the usual size of steps here [s]."""
    h, last_h = events.h, events.carry.control.last_h
    usual = jnp.maximum(h, last_h)  # a step may be short by chance
    after = jax.lax.stop_gradient(events.after)
    change = jnp.abs(events.at(jnp.zeros_like(h)) - after)
    since = jnp.where(change > 0, -after * h / jnp.where(change > 0, change, 1.0), 0.0)
    first = jnp.argmax(jnp.where(after < 0, since, -jnp.inf), axis=0)
    known = jnp.maximum(events.carry.control.ahead, 0)
    which = jnp.where(jnp.any(after < 0, axis=0), first, known)
    return which, jnp.abs(since[which, jnp.arange(which.shape[0])]), usual


def _velocity(
    system: System,
    landed: Bool[jax.Array, " batch"],
    t: Float[jax.Array, " batch"],
    h: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    tolerances: Tolerances,
) -> Float[jax.Array, "states batch"]:
    """dy/dt past what decays faster than ``h``, to the second order in it; has no derivative.

    The equations' own dy/dt will not do: a mode of time constant tau that the step left d away
    from where it belongs adds d / tau. A nanovolt on a double layer of 0.1 ms is 10 uV/s, as much
    as a flat discharge has. It is gone after the shortest of three steps, between which the
    differences are taken.
    """
    t, h, y, inputs = jax.lax.stop_gradient((t, h, y, inputs))
    times = jnp.array([1.0, 2.0, 3.0])
    y1, y2, y3 = jax.lax.map(
        lambda n: step.step(system, t, n * h, y, inputs, tolerances, landed).y, times
    )
    return jnp.where(landed, (8 * y2 - 5 * y1 - 3 * y3) / (2 * h), 0.0)
