"""A solve's arguments and results as the arrays that the core takes; see ``core/problem.h``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.protocols import CURRENT, SHARES, SLOPE, START, shares_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Float

    from ssb_model.compiled.integration import Keeps, System, Tolerances
    from ssb_model.compiled.protocols import Schedule

MOVING = 5  # of the arguments, the first ones, that have derivatives


class Arguments(NamedTuple):
    """In the order of ``core/problem.h``."""

    y: jax.Array
    inputs: jax.Array
    changing: jax.Array
    limits: jax.Array
    times: jax.Array
    shares: jax.Array
    duration: jax.Array
    margins: jax.Array
    rules: jax.Array
    counted: jax.Array
    places: jax.Array
    numbers: jax.Array


class Results(NamedTuple):
    """Of a solve (or their shapes).

    values : outputs (slots, outputs, batch), or whole steps (batch, slots, 4, states)
    t, segment (slots, batch) : of the values; h (slots, batch), or none: the steps' sizes
    ends (8, batch) : segment's start, time since, segment, outcome, event or limit, steps accepted,
        tried, outputs written
    y (states, batch), final (outputs, batch) : at the end
    """

    values: Any
    t: Any
    segment: Any
    h: Any
    ends: Any
    y: Any
    final: Any


def arguments_of(
    system: System,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    y0: Float[jax.Array, "states batch"] | None,
    schedule: Schedule,
    sampling: Keeps,
    tolerances: Tolerances,
) -> Arguments:
    """What the core takes for a solve."""
    segments, batch = schedule.duration.shape
    zero, own = jnp.zeros(batch), system.input_names
    rows = [jnp.broadcast_to(inputs[n], batch) if n in own else zero for n in system.inputs]
    settings = schedule.settings or {}
    names, tables = (
        (CURRENT, SLOPE, *settings),
        (schedule.value, schedule.slope, *settings.values()),
    )
    shares = (*SHARES, *shares_of(system.laws))[: schedule.shares.shape[1]]
    places = [system.inputs.index(n) for n in (*names, *shares, START) if system.controlled]
    fixed = (
        schedule.shares,
        schedule.duration,
        schedule.margins,
        _rules(system, schedule, segments),
        jnp.broadcast_to(jnp.asarray(schedule.segments), (batch,)),
        np.array(places),
        _numbers(schedule, sampling, tolerances),
    )
    none = np.zeros((0, batch))
    moving = (
        none if y0 is None else y0,
        jnp.stack(rows) if rows else none,
        jnp.stack([jnp.asarray(table) for table in tables], axis=1),
        schedule.limits,
        none if sampling.times is None else sampling.times,
    )
    whole = (*moving, *jax.lax.stop_gradient(fixed))
    return Arguments(*(jnp.asarray(array, dtype=float) for array in whole))


def _rules(system: System, schedule: Schedule, segments: int) -> Float[jax.Array, "segments rules"]:
    """What follows each segment, and when; which of the model's further limits count in it."""
    none = np.zeros(segments)
    columns = (
        schedule.after,
        schedule.continuous,
        schedule.period,
        none if schedule.stops is None else schedule.stops,
        none if schedule.begins is None else schedule.begins,
    )
    rules = jnp.stack([jnp.asarray(column, dtype=float) for column in columns], axis=1)
    if schedule.watched is None or not system.watched:
        return rules
    return jnp.concatenate([rules, jnp.asarray(schedule.watched, dtype=float)], axis=1)


def _numbers(schedule: Schedule, sampling: Keeps, tolerances: Tolerances) -> Float[jax.Array, " 5"]:
    begins, records = schedule.begins is not None, sampling.records
    return jnp.array([*tolerances, begins, records], dtype=float)


def results_of(system: System, sampling: Keeps, batch: int) -> Results:
    """The shapes of what the core returns."""
    outputs = system.observer.size("outputs") if "outputs" in system.observer.groups else 0
    slots, records = sampling.slots, sampling.records
    values = (batch, slots, 4, system.states) if records else (slots, outputs, batch)
    shapes = (
        values,
        (slots, batch),
        (slots, batch),
        (slots if records else 0, batch),
        (8, batch),
        (system.states, batch),
        (outputs, batch),
    )
    return Results(*(jax.ShapeDtypeStruct(shape, float) for shape in shapes))
