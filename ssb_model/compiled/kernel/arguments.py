"""A solve's arguments and results as the arrays that the core takes; see ``core/problem.h``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

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


#: Of JAX where a solve is traced, of numpy where it is not.
Numbers: TypeAlias = jax.Array | np.ndarray


class Arguments(NamedTuple):
    """In the order of ``core/problem.h``."""

    y: Numbers
    inputs: Numbers
    changing: Numbers
    limits: Numbers
    times: Numbers
    shares: Numbers
    duration: Numbers
    margins: Numbers
    rules: Numbers
    counted: Numbers
    places: Numbers
    numbers: Numbers


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
    inputs: Mapping[str, Float[Numbers, " batch"]],
    y0: Float[Numbers, "states batch"] | None,
    schedule: Schedule,
    sampling: Keeps,
    tolerances: Tolerances,
    xp: Any = jnp,
) -> Arguments:
    """What the core takes for a solve, as arrays of ``xp``: of JAX, or, where all are numbers, of
    numpy."""
    segments, batch = schedule.duration.shape
    zero, own = xp.zeros(batch), system.input_names
    rows = [xp.broadcast_to(inputs[n], batch) if n in own else zero for n in system.inputs]
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
        _rules(system, schedule, segments, xp),
        xp.broadcast_to(xp.asarray(schedule.segments), (batch,)),
        np.array(places),
        xp.array([*tolerances, schedule.begins is not None, sampling.records], dtype=float),
    )
    none = np.zeros((0, batch))
    moving = (
        none if y0 is None else y0,
        xp.stack(rows) if rows else none,
        xp.stack([xp.asarray(table) for table in tables], axis=1),
        schedule.limits,
        none if sampling.times is None else sampling.times,
    )
    return Arguments(*(xp.asarray(array, dtype=float) for array in (*moving, *fixed)))


def _rules(
    system: System, schedule: Schedule, segments: int, xp: Any
) -> Float[jax.Array, "segments rules"]:
    """What follows each segment, and when; which of the model's further limits count in it."""
    none = np.zeros(segments)
    columns = (
        schedule.after,
        schedule.continuous,
        schedule.period,
        none if schedule.stops is None else schedule.stops,
        none if schedule.begins is None else schedule.begins,
    )
    rules = xp.stack([xp.asarray(column, dtype=float) for column in columns], axis=1)
    if schedule.watched is None or not system.watched:
        return rules
    return xp.concatenate([rules, xp.asarray(schedule.watched, dtype=float)], axis=1)


def shapes_of(system: System, sampling: Keeps, batch: int) -> Results:
    """The shapes of what the core returns."""
    outputs = system.observer.size("outputs") if "outputs" in system.observer.groups else 0
    slots, records = sampling.slots, sampling.records
    values = (batch, slots, 4, system.states) if records else (slots, outputs, batch)
    return Results(
        values,
        (slots, batch),
        (slots, batch),
        (slots if records else 0, batch),
        (8, batch),
        (system.states, batch),
        (outputs, batch),
    )
