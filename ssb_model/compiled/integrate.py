"""Adaptive integration of a batch, each member with its own step size.

The loop runs until every member has ended; a member that has ended keeps its state, so that
no result depends on its neighbours. Step sizes and error estimates carry no derivative:
sensitivities (by ``jax.jvp`` through the loop) are those of the steps actually taken.
Outputs are evaluated on the step's interpolant at every output time that a step passes: output
times are never hard stops, and memory grows with outputs, not with steps or states.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from ssb_model.compiled import rodas
from ssb_model.compiled.rodas import interpolate

STATUS = {
    0: "running",
    1: "final time",
    2: "event",
    3: "step size too small",
    4: "too many steps",
    5: "event condition already met at the start",
    6: "initial state not finite",
}
RUNNING, FINAL_TIME, EVENT, STEP_TOO_SMALL, TOO_MANY_STEPS, EVENT_AT_START, NOT_FINITE = STATUS
MIN_FACTOR, MAX_FACTOR, SAFETY = 1 / 5, 6.0, 0.9


class Tolerances(NamedTuple):
    """Relative and absolute tolerance of the local error, and the most steps to take."""

    rtol: float = 1e-6
    atol: float = 1e-6
    max_steps: int = 3000


class Step(NamedTuple):
    """The last accepted step of each member: start, size, both ends, dense coefficients."""

    t: jax.Array
    h: jax.Array
    y_old: jax.Array
    y_new: jax.Array
    dense: jax.Array


class Outputs(NamedTuple):
    """Outputs (times, outputs, batch), filled up to each member's ``next`` time (batch,)."""

    values: jax.Array
    next: jax.Array


class State(NamedTuple):
    """What the loop carries."""

    t: jax.Array
    y: jax.Array
    h: jax.Array
    status: jax.Array
    steps: jax.Array
    accepted: jax.Array
    error_accepted: jax.Array
    rejected: jax.Array
    last: Step
    outputs: Outputs


def integrate(system, inputs, y0, times, tolerances):
    """Integrate from t = 0 to the last of ``times`` or the first event.

    Parameters
    ----------
    system : System
    inputs : dict of str to array (batch,)
    y0 : array (states, batch)
    times : array (times, batch)
        Output times, rising.
    tolerances : Tolerances

    Returns
    -------
    State
        The loop's final state; see :mod:`ssb_model.compiled.events` for the event's time.
    """
    state = _start(system, inputs, y0, times, tolerances)

    def unfinished(state):
        return jnp.any(state.status == RUNNING) & (state.steps < tolerances.max_steps)

    state = jax.lax.while_loop(
        unfinished, lambda s: _advance(system, inputs, times, tolerances, s), state
    )
    ended = jnp.where(state.status == RUNNING, TOO_MANY_STEPS, state.status)
    return state._replace(status=ended)


def _start(system, inputs, y0, times, tolerances):
    batch = y0.shape[1]
    t = jnp.zeros(batch)
    f0 = system.f(t, y0, inputs)
    status = jnp.full(batch, RUNNING)
    past = jnp.any(system.event_values(t, y0, inputs) < 0, axis=0)
    status = jnp.where(past, EVENT_AT_START, status)
    finite = jnp.all(jnp.isfinite(f0), axis=0) & jnp.all(jnp.isfinite(y0), axis=0)
    status = jnp.where(finite, status, NOT_FINITE)
    none, ones = jnp.zeros(batch, dtype=int), jnp.ones(batch)
    shape = (times.shape[0], system.program.size(system.outputs), batch)
    return State(
        t=t,
        y=y0,
        h=_first_step(system, y0, f0, times[-1], tolerances),
        status=status,
        steps=jnp.array(0),
        accepted=none,
        error_accepted=ones,
        rejected=none > 0,
        last=Step(t, ones, y0, y0, jnp.zeros((2, *y0.shape))),
        outputs=Outputs(jnp.zeros(shape), none),
    )


def _first_step(system, y0, f0, t_final, tolerances):
    """A hundredth of the time in which f0 would change y0 by its own weight."""
    y0, f0 = jax.lax.stop_gradient((y0, f0))
    weight = tolerances.atol + tolerances.rtol * jnp.abs(y0)
    speed = jnp.where(system.algebraic[:, None], 0.0, f0 / weight)
    rate = jnp.sqrt(jnp.mean(speed**2, axis=0))
    return jnp.minimum(0.1 / jnp.maximum(rate, 1e-10), t_final)


def _advance(system, inputs, times, tolerances, state):
    """Try one step for every member that is still running."""
    t, y, t_final = state.t, state.y, times[-1]
    h = jnp.minimum(state.h, t_final - t)
    running = state.status == RUNNING
    h = jnp.where(running, h, 1.0)
    solver = system.shifted_solver(system.jacobian_values(t, y, inputs), 1 / (rodas.GAMMA * h))
    y_new, error, dense = rodas.step(
        lambda s, u: system.f(s, u, inputs),
        system.f_by_time(t, y, inputs),
        solver,
        system.times_mass,
        t,
        y,
        h,
    )
    norm = _error_norm(error, y, y_new, tolerances)
    accept = running & (norm <= 1)
    step = Step(t, h, y, y_new, dense)
    last = jax.tree.map(lambda new, old: jnp.where(accept, new, old), step, state.last)
    reached = jnp.where(h >= t_final - t, t_final, t + h)
    t_new = jnp.where(accept, reached, t)
    y_new = jnp.where(accept, y_new, y)
    crossed = accept & jnp.any(system.event_values(t_new, y_new, inputs) < 0, axis=0)
    h_new = _next_step(norm, h, accept, state)
    status = jnp.where(running & (t_new >= t_final), FINAL_TIME, state.status)
    status = jnp.where(crossed, EVENT, status)
    tiny = running & ~accept & (h_new < 1e-14 * jnp.maximum(1e-3, t))
    return State(
        t=t_new,
        y=y_new,
        h=h_new,
        status=jnp.where(tiny, STEP_TOO_SMALL, status),
        steps=state.steps + 1,
        accepted=state.accepted + accept,
        error_accepted=jnp.where(accept, jnp.maximum(norm, 1e-2), state.error_accepted),
        rejected=running & ~accept,
        last=last,
        outputs=_written(system, inputs, times, state.outputs, step, accept, t_new),
    )


def _error_norm(error, y, y_new, tolerances):
    """Root mean square of error over tolerance; infinite where it is not finite."""
    error, y, y_new = jax.lax.stop_gradient((error, y, y_new))
    scale = tolerances.atol + tolerances.rtol * jnp.maximum(jnp.abs(y), jnp.abs(y_new))
    norm = jnp.sqrt(jnp.mean((error / scale) ** 2, axis=0))
    return jnp.where(jnp.isfinite(norm), norm, jnp.inf)


def _next_step(norm, h, accept, state):
    """Step-size control with Gustafsson's prediction (Hairer & Wanner, IV.8)."""
    root = 1 / rodas.ORDER
    factor = SAFETY * jnp.maximum(norm, 1e-8) ** -root
    predicted = SAFETY * (h / state.last.h) * (state.error_accepted / norm**2) ** root
    usable = accept & (state.accepted > 0)
    factor = jnp.where(usable, jnp.minimum(factor, jnp.maximum(predicted, MIN_FACTOR)), factor)
    factor = jnp.clip(factor, MIN_FACTOR, MAX_FACTOR)
    factor = jnp.where(accept & state.rejected, jnp.minimum(factor, 1.0), factor)
    return jax.lax.stop_gradient(h * factor)


def _written(system, inputs, times, outputs, step, accept, t_new):
    """Outputs at all times that the accepted steps have passed."""
    count, member = times.shape[0], jnp.arange(times.shape[1])

    def due(outputs):
        at = jnp.minimum(outputs.next, count - 1)
        return accept & (outputs.next < count) & (times[at, member] <= t_new)

    def write(outputs):
        now = due(outputs)
        at = jnp.where(now, outputs.next, count)  # a row out of range is not written
        t = times[jnp.minimum(at, count - 1), member]
        y = interpolate((t - step.t) / step.h, step.y_old, step.y_new, step.dense)
        values = system.output_values(t, y, inputs)
        written = outputs.values.at[at, :, member].set(values.T, mode="drop")
        return Outputs(written, outputs.next + now)

    return jax.lax.while_loop(lambda o: jnp.any(due(o)), write, outputs)
