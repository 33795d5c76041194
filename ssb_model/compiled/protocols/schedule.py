"""A protocol as arrays: what controls the cell in each segment and what ends the segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.protocols.control import CURRENT, MODES, SHARES, SLOPE, START, shares_of

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
    "time",
)
NO_LIMITS = (-np.inf, np.inf, -np.inf, np.inf, -np.inf, np.inf, np.inf)
ROUNDINGS = 8  # a segment stops so many roundings before the next one begins
SAME = 1e-12  # of the time; a stop so close to the end is the end
OVER = 1e-9  # of the time; a segment that has so little left is over before it begins


class Schedule(NamedTuple):
    """Segments in order; a step of a drive cycle is a segment for each straight piece.

    value, slope (segments, batch) : the controlled quantity, and its change a second
    shares (segments, 3 + laws) : one where voltage, power, resistance or a law is controlled
    duration (segments, batch) : seconds
    limits (segments, limits, batch) : see :data:`LIMITS`
    after (segments,) : the segment to go on with where a limit ends this one
    continuous (segments,) : whether the controlled quantity goes on from the segment before
    period (segments,) : seconds between outputs
    margins (events,) : added to the model's own events
    begins (segments,) : when each segment begins [s]; by default where the one before has ended
    counted : how many of the segments count, if not all; may differ by member
    stops (segments,) : whether nothing follows where this one's duration ends it
    watched (segments, watched) : which of the limits that the model was given count
    settings : by name (segments, batch), inputs that change from segment to segment
    """

    value: Float[np.ndarray | jax.Array, "segments batch"]
    slope: Float[np.ndarray | jax.Array, "segments batch"]
    shares: Float[np.ndarray | jax.Array, "segments shares"]
    duration: Float[np.ndarray | jax.Array, "segments batch"]
    limits: Float[np.ndarray | jax.Array, "segments limits batch"]
    after: Int[np.ndarray | jax.Array, " segments"]
    continuous: Bool[np.ndarray | jax.Array, " segments"]
    period: Float[np.ndarray | jax.Array, " segments"]
    margins: Float[np.ndarray | jax.Array, " events"]
    begins: Float[np.ndarray | jax.Array, " segments"] | None = None
    counted: int | Int[np.ndarray | jax.Array, ...] | None = None
    stops: Bool[np.ndarray | jax.Array, " segments"] | None = None
    watched: Bool[np.ndarray | jax.Array, "segments watched"] | None = None
    settings: dict[str, Float[np.ndarray | jax.Array, "segments batch"]] | None = None

    @property
    def segments(self) -> int | Int[np.ndarray | jax.Array, ...]:
        return self.slope.shape[0] if self.counted is None else self.counted

    def start_of(
        self, segment: Int[jax.Array, " batch"], ended: Float[jax.Array, " batch"]
    ) -> Float[jax.Array, " batch"]:
        """When ``segment`` (batch,) begins if the one before has ended at ``ended`` (batch,)."""
        return ended if self.begins is None else jnp.asarray(self.begins)[segment]

    def following(
        self, segment: Int[jax.Array, " batch"], limited: Bool[jax.Array, " batch"]
    ) -> Int[jax.Array, " batch"]:
        """What follows ``segment`` (batch,), which a limit or else its duration has ended."""
        then = segment + 1
        if self.stops is not None:
            then = jnp.where(jnp.asarray(self.stops)[segment], self.segments, then)
        return jnp.where(limited, jnp.asarray(self.after)[segment], then)

    def over(
        self, segment: Int[jax.Array, " batch"], t: Float[jax.Array, " batch"]
    ) -> Bool[jax.Array, " batch"]:
        """Whether the time at which ``segment`` (batch,) ends at the latest has come."""
        until = limits_of(self, segment)[LIMITS.index("time")]
        return until - t <= OVER * jnp.maximum(jnp.abs(t), 1.0)


def one_segment(
    value: Float[np.ndarray | jax.Array, " batch"],
    duration: Float[np.ndarray | jax.Array, " batch"],
    events: int,
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
    size, batch = value.shape
    none = np.zeros(size)
    return Schedule(
        value=value,
        slope=np.zeros((size, batch)),
        shares=np.zeros((size, len(SHARES))),
        duration=duration,
        limits=_no_limits(size, batch),
        after=np.arange(1, size + 1),
        continuous=none > 0,
        period=none + np.inf,
        margins=margins,
    )


def to_a_voltage(
    current: Float[np.ndarray | jax.Array, " batch"],
    voltage: Float[np.ndarray | jax.Array, " batch"],
    cut_off: Float[np.ndarray | jax.Array, " batch"],
    longest: Float[np.ndarray | jax.Array, "2 batch"],
    margins: Float[np.ndarray, " events"],
) -> Schedule:
    """The schedule of a constant current up to a voltage that is then held.

    current [A], voltage [V] : until the voltage is no longer below, and what is held then
    cut_off [A] : size of the current that ends the hold; there is no hold above the current itself
    longest (2, batch) : seconds of current and of hold; where one is reached, nothing follows
    margins (events,) : added to the model's own events
    """
    none = jnp.broadcast_to(jnp.array(NO_LIMITS)[:, None], (len(LIMITS), current.shape[0]))
    rising = none.at[LIMITS.index("voltage above")].set(voltage)
    falling = none.at[LIMITS.index("current magnitude below")].set(cut_off)
    whole = constant_segments(jnp.stack([current, voltage]), longest, margins)
    return whole._replace(
        shares=np.array([np.zeros(len(SHARES)), np.eye(len(SHARES))[MODES.index("voltage") - 1]]),
        limits=jnp.stack([rising, falling]),
        stops=np.array([True, True]),
    )


def with_stops(
    value: Float[np.ndarray | jax.Array, " batch"],
    duration: Float[np.ndarray | jax.Array, " batch"],
    stops: Float[np.ndarray, " stops"],
    events: int,
    xp: Any = jnp,
) -> Schedule:
    """The schedule of one constant ``value`` for ``duration``, cut at ``stops`` [s] before its end,
    as arrays of ``xp``: of JAX, or, where all are numbers, of numpy.

    A piece ends some roundings before a stop and the next begins a rounding behind it, so that no
    stage of a step looks at the other side.
    """
    if not len(stops):
        return one_segment(value, duration, events)
    ends = np.append(stops - ROUNDINGS * np.spacing(stops), np.inf)[:, None]
    begins = np.append(0.0, np.nextafter(stops, np.inf))
    counted = 1 + xp.sum(stops[:, None] < duration * (1 - SAME), axis=0)
    is_last = np.arange(len(begins))[:, None] == counted - 1
    pieces = xp.where(is_last, duration, ends) - begins[:, None]
    values = xp.broadcast_to(value, pieces.shape)
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
    none = np.zeros((size, batch))
    return Schedule(
        value=none,
        slope=none,
        shares=np.zeros((size, len(SHARES))),
        duration=durations[:, None] + none,
        limits=_no_limits(size, batch),
        after=np.arange(1, size + 1),
        continuous=np.arange(size) > 0,
        period=np.full(size, np.inf),
        margins=np.zeros(events),
        begins=begins,
        counted=count,
    )


def _no_limits(segments: int, batch: int) -> Float[np.ndarray, "segments limits batch"]:
    return np.broadcast_to(np.array(NO_LIMITS)[:, None], (segments, len(LIMITS), batch))


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
    names = (*SHARES, *shares_of(system.laws))
    shares = dict.fromkeys(names, jnp.zeros_like(start))  # no law counts where none is named
    return {
        **inputs,
        **{name: of_member(table, index) for name, table in (schedule.settings or {}).items()},
        CURRENT: of_member(schedule.value, index),
        SLOPE: of_member(schedule.slope, index),
        START: start,
        **shares,
        **dict(zip(names, jnp.asarray(schedule.shares)[index].T, strict=False)),
    }


def of_member(
    table: Float[np.ndarray | jax.Array, "segments batch"], index: Int[jax.Array, " batch"]
) -> Float[jax.Array, " batch"]:
    """Entry ``index`` (batch,) of each member's column of ``table`` (segments, batch)."""
    return jnp.asarray(table)[index, jnp.arange(index.shape[0])]


def limits_of(
    schedule: Schedule, index: Int[jax.Array, " batch"]
) -> Float[jax.Array, "limits batch"]:
    """The limits of each member's segment ``index`` (batch,)."""
    return jnp.asarray(schedule.limits)[index, :, jnp.arange(index.shape[0])].T


def event_values(
    system: System,
    schedule: Schedule,
    index: Int[jax.Array, " batch"],
    charge: Float[jax.Array, " batch"],
    t: Float[jax.Array, " batch"],
    part: Float[jax.Array, "observed batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
) -> Float[jax.Array, "events batch"]:
    """The model's events and the segment's limits; negative once met.

    First the model's own events, then :data:`LIMITS`, then the limits that the model was given.
    ``charge`` (batch,) is the discharge capacity at the segment's start.
    """
    events = jnp.zeros((0, t.shape[0]))
    if "events" in system.observer.groups:
        events = system.observe("events", t, part, inputs)
        events = events + jnp.asarray(schedule.margins)[:, None]
    if not system.controlled:
        return events if events.shape[0] else jnp.ones((1, t.shape[0]))
    voltage, current, capacity = system.observe("terminals", t, part, inputs)
    v_low, v_high, i_low, i_high, i_small, most, until = limits_of(schedule, index)
    limits = [
        voltage - v_low,
        v_high - voltage,
        current - i_low,
        i_high - current,
        jnp.abs(current) - i_small,
        most - jnp.abs(capacity - charge),
        until - t,
    ]
    values = jnp.concatenate([events, jnp.stack(limits)])
    if schedule.watched is None or not system.watched:
        return values
    counts = jnp.asarray(schedule.watched)[index].T
    watched = jnp.where(counts, system.observe("watched", t, part, inputs), jnp.inf)
    return jnp.concatenate([values, watched])
