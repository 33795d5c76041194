"""A protocol as arrays: what controls the cell in each segment and what ends the segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.protocols.control import CURRENT, SHARES, SLOPE, START

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration import System

LIMITS = (
    "voltage below",
    "voltage above",
    "current below",
    "current above",
    "current magnitude below",
    "capacity",
)
NO_LIMITS = (-np.inf, np.inf, -np.inf, np.inf, -np.inf, np.inf)
ROUNDINGS = 8  # a segment stops so many roundings before the next one begins
SAME = 1e-12  # of the time; a stop so close to the end is the end


class Schedule(NamedTuple):
    """Segments in order; a step of a drive cycle is a segment for each straight piece.

    value (segments, batch), slope (segments,) : the controlled quantity, and its change a second
    shares (segments, 3) : one where voltage, power or resistance is controlled
    duration (segments, batch) : seconds
    limits (segments, 6) : see :data:`LIMITS`
    after (segments,) : the segment to go on with where a limit ends this one
    continuous (segments,) : whether the controlled quantity goes on from the segment before
    period (segments,) : seconds between outputs
    margins (events,) : added to the model's own events
    begins (segments,) : when each segment begins [s]; by default where the one before has ended
    counted : how many of the segments count, if not all; may differ by member
    """

    value: Float[np.ndarray | jax.Array, "segments batch"]
    slope: Float[np.ndarray | jax.Array, " segments"]
    shares: Float[np.ndarray | jax.Array, "segments 3"]
    duration: Float[np.ndarray | jax.Array, "segments batch"]
    limits: Float[np.ndarray | jax.Array, "segments 6"]
    after: Int[np.ndarray | jax.Array, " segments"]
    continuous: Bool[np.ndarray | jax.Array, " segments"]
    period: Float[np.ndarray | jax.Array, " segments"]
    margins: Float[np.ndarray | jax.Array, " events"]
    begins: Float[np.ndarray | jax.Array, " segments"] | None = None
    counted: int | jax.Array | None = None

    @property
    def segments(self) -> int | jax.Array:
        return self.slope.shape[0] if self.counted is None else self.counted

    def start_of(
        self, segment: Int[jax.Array, " batch"], ended: Float[jax.Array, " batch"]
    ) -> Float[jax.Array, " batch"]:
        """When ``segment`` (batch,) begins if the one before has ended at ``ended`` (batch,)."""
        return ended if self.begins is None else jnp.asarray(self.begins)[segment]


def one_segment(
    value: Float[jax.Array, " batch"], duration: Float[jax.Array, " batch"], events: int
) -> Schedule:
    """The schedule of one constant ``value`` (batch,) for ``duration`` (batch,)."""
    return constant_segments(value[None], duration[None], np.zeros(events))


def constant_segments(
    value: Float[np.ndarray | jax.Array, "segments batch"],
    duration: Float[np.ndarray | jax.Array, "segments batch"],
    margins: Float[np.ndarray, " events"],
) -> Schedule:
    """The schedule of constant currents one after the other.

    value [A], duration [s] : (segments, batch)
    margins (events,) : added to the model's own events
    """
    size = len(value)
    none = np.zeros(size)
    return Schedule(
        value=value,
        slope=none,
        shares=np.zeros((size, len(SHARES))),
        duration=duration,
        limits=np.tile(NO_LIMITS, (size, 1)),
        after=np.arange(1, size + 1),
        continuous=none > 0,
        period=none + np.inf,
        margins=margins,
    )


def with_stops(
    value: Float[jax.Array, " batch"],
    duration: Float[jax.Array, " batch"],
    stops: Float[np.ndarray, " stops"],
    events: int,
) -> Schedule:
    """The schedule of one constant ``value`` for ``duration``, cut at ``stops`` [s] before its end.

    A piece ends some roundings before a stop and the next begins a rounding behind it, so that no
    stage of a step looks at the other side.
    """
    if not len(stops):
        return one_segment(value, duration, events)
    ends = np.append(stops - ROUNDINGS * np.spacing(stops), np.inf)[:, None]
    begins = np.append(0.0, np.nextafter(stops, np.inf))
    counted = 1 + jnp.sum(stops[:, None] < duration * (1 - SAME), axis=0)
    is_last = np.arange(len(begins))[:, None] == counted - 1
    pieces = jnp.where(is_last, duration, ends) - begins[:, None]
    values = jnp.broadcast_to(value, pieces.shape)
    whole = constant_segments(values, pieces, np.zeros(events))
    return whole._replace(begins=begins, counted=counted)


def timed(
    begins: Float[np.ndarray | jax.Array, " segments"],
    durations: Float[np.ndarray | jax.Array, " segments"],
    count: int | jax.Array,
    batch: int,
    events: int,
) -> Schedule:
    """The schedule of a model that nothing controls: segments at known times.

    begins, durations (segments,) : the first ``count`` segments count
    """
    size = len(begins)
    none = np.zeros(size)
    return Schedule(
        value=np.zeros((size, 1)),
        slope=none,
        shares=np.zeros((size, len(SHARES))),
        duration=jnp.broadcast_to(durations[:, None], (size, batch)),
        limits=np.tile(NO_LIMITS, (size, 1)),
        after=np.arange(1, size + 1),
        continuous=np.arange(size) > 0,
        period=none + np.inf,
        margins=np.zeros(events),
        begins=begins,
        counted=count,
    )


def controls(
    system: System,
    schedule: Schedule,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    index: Int[jax.Array, " batch"],
    start: Float[jax.Array, " batch"],
) -> Mapping[str, Float[jax.Array, " batch"]]:
    """All inputs of the model in segment ``index`` (batch,) that began at ``start`` (batch,)."""
    if not system.controlled:
        return inputs
    shares = jnp.asarray(schedule.shares)[index].T
    return {
        **inputs,
        CURRENT: of_member(schedule.value, index),
        SLOPE: jnp.asarray(schedule.slope)[index],
        START: start,
        **dict(zip(SHARES, shares, strict=True)),
    }


def of_member(
    table: Float[np.ndarray | jax.Array, "segments batch"], index: Int[jax.Array, " batch"]
) -> Float[jax.Array, " batch"]:
    """Entry ``index`` (batch,) of each member's column of ``table`` (segments, batch)."""
    return jnp.asarray(table)[index, jnp.arange(index.shape[0])]


def event_values(
    system: System,
    schedule: Schedule,
    index: Int[jax.Array, " batch"],
    charge: Float[jax.Array, " batch"],
    t: Float[jax.Array, " batch"],
    part: Float[jax.Array, "observed batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
) -> Float[jax.Array, "events batch"]:
    """The model's events and the segment's limits, (events + 6, batch); negative once met.

    ``charge`` (batch,) is the discharge capacity at the segment's start.
    """
    events = jnp.zeros((0, t.shape[0]))
    if "events" in system.observer.groups:
        events = system.observe("events", t, part, inputs)
        events = events + jnp.asarray(schedule.margins)[:, None]
    if not system.controlled:
        return events if events.shape[0] else jnp.ones((1, t.shape[0]))
    voltage, current, capacity = system.observe("terminals", t, part, inputs)
    v_low, v_high, i_low, i_high, i_small, most = jnp.asarray(schedule.limits)[index].T
    limits = [
        voltage - v_low,
        v_high - voltage,
        current - i_low,
        i_high - current,
        jnp.abs(current) - i_small,
        most - jnp.abs(capacity - charge),
    ]
    return jnp.concatenate([events, jnp.stack(limits)])
