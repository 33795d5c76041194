"""Adaptive integration of a batch through the segments of a schedule.

Where there is a C core, it does all of this (``kernel/core/solve.h``); here it is in plain JAX.

Each member of the batch has its own step size, segment and outcome; the loop runs until every
member has ended, and no result depends on a member's neighbours. Within the loop a member is
either *entering* a segment (its algebraic states are solved for, a first step is chosen) or
stepping. A step that passes an event is taken again, shorter, until one *lands* on the event,
whose time one Newton iteration then makes exact and differentiable. Step sizes carry no derivative:
sensitivities, by ``jax.jvp`` through the loop, are those of the steps actually taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple

import jax
import jax.numpy as jnp

from ssb_model.compiled.integration.consistent import consistent_state
from ssb_model.compiled.integration.events import Crossing, EventsOfStep, first_crossing, land
from ssb_model.compiled.integration.sampling import Sampler, Written
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import controls, event_values, of_member
from ssb_model.compiled.stepping import constants, rodas, step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration.system import System
    from ssb_model.compiled.protocols import Schedule


class Tolerances(NamedTuple):
    """Relative and absolute tolerance of the local error, and the most steps a segment."""

    rtol: float = 1e-6
    atol: float = 1e-6
    max_steps: int = 3000


class Control(NamedTuple):
    """Step-size control of each member: the next step, and the last accepted one's size and
    error; whether the last try was rejected; which event is known to lie ahead (-1 if none does),
    and a time within the segment at which it is past."""

    h: Float[jax.Array, " batch"]
    last_h: Float[jax.Array, " batch"]
    last_error: Float[jax.Array, " batch"]
    rejected: Bool[jax.Array, " batch"]
    ahead: Int[jax.Array, " batch"]
    past: Float[jax.Array, " batch"]


class Carry(NamedTuple, Generic[Written]):
    """What the loop carries; all (batch,) but ``y`` (states, batch).

    segment, start, elapsed : which segment, when it began, and the time since then [s]
    charge : discharge capacity at the segment's start [A.h]
    ended_by : the event or limit that ended the last segment, -1 if its duration did
    tries : steps tried in this segment; accepted, tried : steps of the whole solve
    """

    segment: Int[jax.Array, " batch"]
    start: Float[jax.Array, " batch"]
    elapsed: Float[jax.Array, " batch"]
    y: Float[jax.Array, "states batch"]
    charge: Float[jax.Array, " batch"]
    entering: Bool[jax.Array, " batch"]
    outcome: Int[jax.Array, " batch"]
    ended_by: Int[jax.Array, " batch"]
    control: Control
    tries: Int[jax.Array, " batch"]
    accepted: Int[jax.Array, " batch"]
    tried: Int[jax.Array, " batch"]
    outputs: Written

    @property
    def t(self) -> Float[jax.Array, " batch"]:
        return self.start + self.elapsed


class End(NamedTuple, Generic[Written]):
    """Where and how members have ended: as in :class:`Carry`, and the outputs there."""

    segment: Int[jax.Array, " batch"]
    start: Float[jax.Array, " batch"]
    elapsed: Float[jax.Array, " batch"]
    y: Float[jax.Array, "states batch"]
    outcome: Int[jax.Array, " batch"]
    ended_by: Int[jax.Array, " batch"]
    accepted: Int[jax.Array, " batch"]
    tried: Int[jax.Array, " batch"]
    outputs: Written
    final: Float[jax.Array, "outputs batch"]

    @property
    def t(self) -> Float[jax.Array, " batch"]:
        return self.start + self.elapsed


def integrate(
    system: System,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    y0: Float[jax.Array, "states batch"] | None,
    schedule: Schedule,
    sampling: Sampler[Written],
    tolerances: Tolerances,
) -> End[Written]:
    """Integrate through all segments of the schedule or to the model's first event.

    Parameters
    ----------
    system
        The model.
    inputs
        All of them, but those of the control.
    y0
        Its algebraic states are a first guess; by default the model's own.
    schedule
        What controls the cell in each segment, and what ends it.
    sampling
        What to keep of the steps.
    tolerances
        Of the local error, and the most steps.

    """
    if kernel := system.kernel(schedule.duration.shape[1]):
        results = kernel.solve(inputs, y0, schedule, sampling, tolerances)
        start, elapsed, *counts = results.ends
        segment, outcome, ended_by, accepted, tried, _ = (row.astype(int) for row in counts)
        ends = segment, start, elapsed, results.y, outcome, ended_by, accepted, tried
        return End(*ends, sampling.kept(results), results.final)

    def advance(carry: Carry[Written]) -> Carry[Written]:
        rest = carry._replace(outputs=None)  # not to be copied through the branch
        entered = jax.lax.cond(
            jnp.any(_active(carry) & carry.entering),
            lambda c: _enter(system, inputs, schedule, tolerances, c),
            lambda c: c,
            rest,
        )
        carry = entered._replace(outputs=carry.outputs)
        return _advance(system, inputs, schedule, sampling, tolerances, carry)

    start = _start(system, schedule, inputs, y0, sampling)
    end = jax.lax.while_loop(lambda c: jnp.any(_active(c)), advance, start)
    final = jnp.zeros((0, len(end.t)))
    if "outputs" in system.observer.groups:
        u = controls(system, schedule, inputs, end.segment, end.start)
        final = system.observe("outputs", end.t, system.observed(end.y), u)
    ends = end.segment, end.start, end.elapsed, end.y, end.outcome, end.ended_by
    return End(*ends, end.accepted, end.tried, end.outputs, final)


def _active(carry: Carry[Any]) -> Bool[jax.Array, " batch"]:
    return carry.outcome == Outcome.RUNNING


def _start(
    system: System,
    schedule: Schedule,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    y0: Float[jax.Array, "states batch"] | None,
    sampling: Sampler[Written],
) -> Carry[Written]:
    batch = schedule.duration.shape[1]
    none, zero, one = jnp.zeros(batch, dtype=int), jnp.zeros(batch), jnp.ones(batch)
    no = none > 0
    if y0 is None:
        y0 = system.initial_state(controls(system, schedule, inputs, none, zero))
    return Carry(
        segment=none,
        start=schedule.start_of(none, zero),
        elapsed=zero,
        y=y0,
        charge=zero,
        entering=~no,
        outcome=none,
        ended_by=none - 1,
        control=Control(one, one, one, no, none - 1, one + jnp.inf),
        tries=none,
        accepted=none,
        tried=none,
        outputs=sampling.empty(system, batch),
    )


def _enter(
    system: System,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    schedule: Schedule,
    tolerances: Tolerances,
    carry: Carry[None],
) -> Carry[None]:
    """Consistent states and a first step for the members that enter a segment.

    A segment one of whose limits is met already is passed over.
    """
    now = _active(carry) & carry.entering
    u = controls(system, schedule, inputs, carry.segment, carry.start)
    y, velocity, consistent = consistent_state(system, carry.t, system.entering(carry.y), u, now)
    part = system.observed(y)
    charge = carry.charge
    if system.controlled:
        charge = system.observe("terminals", carry.t, part, u)[2]
    met = event_values(system, schedule, carry.segment, charge, carry.t, part, u) < 0
    events = len(system.event_names)
    past = jnp.any(met[:events], axis=0)
    outcome = jnp.where(past, Outcome.EVENT_AT_START, Outcome.RUNNING)
    outcome = jnp.where(consistent == Outcome.RUNNING, outcome, consistent)
    over = jnp.any(met[events:], axis=0) | schedule.over(carry.segment, carry.t)
    skipped = now & (outcome == Outcome.RUNNING) & over & system.controlled
    after = jnp.asarray(schedule.after)[carry.segment]
    ended = skipped & (after >= schedule.segments)
    outcome = jnp.where(ended, Outcome.FINAL_TIME, outcome)
    h = _first_step(system, y, velocity, of_member(schedule.duration, carry.segment), tolerances)
    h = jnp.where(jnp.asarray(schedule.continuous)[carry.segment], carry.control.h, h)
    control = carry.control
    return carry._replace(
        segment=jnp.where(skipped & ~ended, after, carry.segment),
        y=jnp.where(now & ~skipped & (consistent == Outcome.RUNNING), y, carry.y),
        charge=jnp.where(now, charge, carry.charge),
        entering=carry.entering & ~(now & ~skipped),
        outcome=jnp.where(now, outcome, carry.outcome),
        control=control._replace(
            h=jnp.where(now, h, control.h),
            last_h=jnp.where(now, 0.0, control.last_h),
            rejected=control.rejected & ~now,
            ahead=jnp.where(now, -1, control.ahead),
            past=jnp.where(now, jnp.inf, control.past),
        ),
        tries=jnp.where(now, 0, carry.tries),
    )


def _first_step(
    system: System,
    y: Float[jax.Array, "states batch"],
    velocity: Float[jax.Array, "states batch"],
    longest: Float[jax.Array, " batch"],
    tolerances: Tolerances,
) -> Float[jax.Array, " batch"]:
    """A hundredth of the time in which dy/dt would change y by its own weight."""
    y = jax.lax.stop_gradient(y)
    rate = jnp.sqrt(
        jnp.mean((velocity / (tolerances.atol + tolerances.rtol * jnp.abs(y))) ** 2, axis=0)
    )
    return jnp.minimum(0.1 / jnp.maximum(rate, 1e-10), jax.lax.stop_gradient(longest))


def _advance(
    system: System,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    schedule: Schedule,
    sampling: Sampler[Written],
    tolerances: Tolerances,
    carry: Carry[Written],
) -> Carry[Written]:
    """Try one step for every member that is within a segment."""
    control, segment = carry.control, carry.segment
    stepping = _active(carry) & ~carry.entering
    u = controls(system, schedule, inputs, segment, carry.start)
    whole = jax.lax.stop_gradient(of_member(schedule.duration, segment))
    left = jax.lax.stop_gradient(whole - carry.elapsed)
    most = jnp.minimum(left, jax.lax.stop_gradient(control.past - carry.elapsed))
    h = jnp.where(stepping, jnp.minimum(control.h, most), 1.0)
    tried = step.step(system, carry.t, h, carry.y, u, tolerances, stepping)
    fits = stepping & (tried.error <= 1)
    parts = system.observed(carry.y), system.observed(tried.y), tried.dense
    events = EventsOfStep(system, schedule, carry, h, parts, u)
    crossed = fits & jnp.any(events.after < 0, axis=0)
    looking = crossed | (fits & (control.ahead >= 0))
    landed, which, y_new, elapsed = land(events, looking, tried.y, tolerances)
    again = crossed & ~landed
    crossing = first_crossing(events.at, again)
    accept = fits & ~again
    lasted = ~landed & accept & (h >= left)
    finished = landed | lasted
    elapsed = jnp.where(lasted, whole, elapsed)  # not a rounding less: an output would be missed
    outputs = sampling.written(system, schedule, carry, parts, h, accept, finished, elapsed, u)
    by_event = landed & (which < len(system.event_names))
    limited = landed & ~by_event
    following = schedule.following(segment, limited)
    leaving = finished & ~by_event
    ended = leaving & (following >= schedule.segments)
    moves_on = leaving & ~ended
    new = _next_control(tried.error, h, fits, again, crossing, carry)
    tries = carry.tries + stepping
    outcome = jnp.where(by_event, Outcome.EVENT, carry.outcome)
    outcome = jnp.where(ended, Outcome.FINAL_TIME, outcome)
    tiny = stepping & ~fits & (new.h < constants.SMALLEST * jnp.maximum(1e-3, carry.elapsed))
    outcome = jnp.where(tiny, Outcome.STEP_TOO_SMALL, outcome)
    exhausted = (outcome == Outcome.RUNNING) & (tries >= tolerances.max_steps)
    elapsed = jnp.where(accept, elapsed, carry.elapsed)
    return Carry(
        segment=jnp.where(moves_on, following, segment),
        start=jnp.where(moves_on, schedule.start_of(following, carry.start + elapsed), carry.start),
        elapsed=jnp.where(moves_on, 0.0, elapsed),
        y=jnp.where(accept, y_new, carry.y),
        charge=carry.charge,
        entering=carry.entering | moves_on,
        outcome=jnp.where(exhausted, Outcome.TOO_MANY_STEPS, outcome),
        ended_by=jnp.where(finished, jnp.where(landed, which, -1), carry.ended_by),
        control=jax.tree.map(lambda n, o: jnp.where(stepping, n, o), new, control),
        tries=tries,
        accepted=carry.accepted + accept,
        tried=carry.tried + stepping,
        outputs=sampling.next_segment(outputs, moves_on),
    )


def _next_control(
    error: Float[jax.Array, " batch"],
    h: Float[jax.Array, " batch"],
    fits: Bool[jax.Array, " batch"],
    again: Bool[jax.Array, " batch"],
    crossing: Crossing,
    carry: Carry[Any],
) -> Control:
    """Step-size control with Gustafsson's prediction (Hairer & Wanner, IV.8).

    A step that is to be taken ``again`` goes up to the ``crossing`` of the one that was tried; it
    is halved where that has been of no avail.
    """
    control, root = carry.control, 1 / rodas.ORDER
    accept = fits & ~again
    error = jnp.maximum(error, 1e-8)
    factor = constants.SAFETY * error**-root
    usable = accept & (control.last_h > 0)
    last_h = jnp.where(control.last_h > 0, control.last_h, 1.0)
    predicted = constants.SAFETY * (h / last_h) * (control.last_error / error**2) ** root
    factor = jnp.where(
        usable, jnp.minimum(factor, jnp.maximum(predicted, constants.MIN_FACTOR)), factor
    )
    factor = jnp.clip(factor, constants.MIN_FACTOR, constants.MAX_FACTOR)
    factor = jnp.where(accept & control.rejected, jnp.minimum(factor, 1.0), factor)
    end = carry.elapsed + h
    stuck = (control.ahead >= 0) & (crossing.fraction > 1 - constants.PROGRESS)
    fraction = jnp.where(stuck, 0.5, crossing.fraction)
    passed = accept & (end >= control.past)
    return Control(
        h=jnp.where(again, fraction * h, h * factor),
        last_h=jnp.where(accept, h, control.last_h),
        last_error=jnp.where(accept, jnp.maximum(error, 1e-2), control.last_error),
        rejected=~fits,
        ahead=jnp.where(again, crossing.which, jnp.where(passed, -1, control.ahead)),
        past=jnp.where(again, end, jnp.where(passed, jnp.inf, control.past)),
    )
