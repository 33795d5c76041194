"""Whole trajectories: every accepted step of every state, as the cubic that the method gives.

This is for what needs all states at times chosen afterwards (PyBaMM's solutions); memory grows
with states and steps. A recorded step is (4, states): the state at its start and end and the
two coefficients of :func:`ssb_model.compiled.stepping.rodas.interpolate`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled import runtime
from ssb_model.compiled.chunks import CHUNK, in_chunks
from ssb_model.compiled.integration.integrate import integrate
from ssb_model.compiled.integration.path import Path
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import ROUNDINGS, SAME, timed

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration.integrate import Carry, End, Tolerances
    from ssb_model.compiled.integration.sampling import Parts
    from ssb_model.compiled.integration.system import System
    from ssb_model.compiled.kernel import Results
    from ssb_model.compiled.protocols import Schedule

SLOTS = 128  # steps at first; a longer solve is done again with room for all of its steps
MOST_SLOTS = 4096  # at first, where room costs nothing until it is used
MOST_BYTES = 1 << 26  # of one chunk's record

#: When segments begin, how long they last, and how many count.
Clock = tuple[np.ndarray, np.ndarray, int]


class Steps(NamedTuple):
    """Recorded steps (batch, slots, 4, states); when each began, its size, its segment."""

    states: Float[jax.Array, "batch slots 4 states"]
    t: Float[jax.Array, "batch slots"]
    h: Float[jax.Array, "batch slots"]
    segment: Float[jax.Array, "batch slots"] | Int[jax.Array, "batch slots"]


class Record(NamedTuple):
    """Everything that a :class:`Path` needs, batch first: :class:`Steps`, their tangents (batch,
    names, slots, 4, states), the states at the end (batch, states), when and how it came."""

    states: Any
    t: Any
    h: Any
    segment: Any
    tangents: Any
    final: Any
    t_end: Any
    outcome: Any
    ended_by: Any
    accepted: Any
    tried: Any


class EveryStep(NamedTuple):
    """Record the first ``slots`` accepted steps; stands in for a
    :class:`~ssb_model.compiled.integration.sampling.Sampling`."""

    slots: int

    @property
    def times(self) -> None:
        """Steps are kept as they come."""
        return None

    @property
    def records(self) -> bool:
        """Whether whole steps are kept."""
        return True

    def kept(self, results: Results) -> Steps:
        """What the core has written; steps that nobody has taken are not set."""
        return Steps(results.values, results.t.T, results.h.T, results.segment.T)

    def empty(self, system: System, batch: int) -> Steps:
        shape = (batch, self.slots)
        states = jnp.zeros((*shape, 4, system.states))
        return Steps(states, jnp.zeros(shape), jnp.zeros(shape), jnp.zeros(shape, dtype=int))

    def next_segment(self, outputs: Steps, members: Bool[jax.Array, " batch"]) -> Steps:
        return outputs

    def written(
        self,
        system: System,
        schedule: Schedule,
        carry: Carry[Steps],
        parts: Parts,
        h: Float[jax.Array, " batch"],
        accept: Bool[jax.Array, " batch"],
        finished: Bool[jax.Array, " batch"],
        elapsed: Float[jax.Array, " batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Steps:
        member = jnp.arange(h.shape[0])
        at = member, jnp.where(accept, carry.accepted, self.slots)  # out of range is not written
        start, end, dense = parts
        states = jnp.moveaxis(jnp.stack([start, end, *dense]), -1, 0)
        return Steps(
            states=carry.outputs.states.at[at].set(states, mode="drop"),
            t=carry.outputs.t.at[at].set(carry.t, mode="drop"),
            h=carry.outputs.h.at[at].set(h, mode="drop"),
            segment=carry.outputs.segment.at[at].set(carry.segment, mode="drop"),
        )


class Recorder:
    """Solves a system of states (see ``system_of_states``)."""

    def __init__(self, system: System) -> None:
        runtime.prepare()
        self.system = system
        self.solved: set[Hashable] = set()
        self._slots = SLOTS
        self._jitted = jax.jit(self._solve, static_argnums=(0, 1))
        self._direct = self._solve_directly  # one object: chunks are known by their function
        self._looked = jax.jit(self._look, static_argnums=0)

    def solve(
        self,
        times: Float[np.ndarray, " times"],
        inputs: Mapping[str, Float[np.ndarray, " batch"]],
        state: Float[np.ndarray, "states batch"],
        tolerances: Tolerances,
        names: tuple[str, ...] = (),
        seeds: Float[np.ndarray, "names states batch"] | None = None,
    ) -> list[Path]:
        """Solve a batch.

        Parameters
        ----------
        times
            From the start to the end [s]; steps end at each of them and where the equations bend
            by the clock, and algebraic states are solved for anew.
        inputs
            Those that the equations and events read.
        state
            At the start.
        tolerances
            Of the local error, and the most steps.
        names
            Inputs to differentiate by.
        seeds
            Derivatives of ``state`` by them.

        Returns
        -------
        One path for each member.
        """
        runtime.require_double_precision()
        columns = {**inputs, "state": state}
        if names and seeds is not None:
            columns["seeds"] = seeds
        clock = _clock(_with_stops(times, self.system.stops))
        while True:
            result, slots = self._recorded(names, tolerances, clock, columns)
            most = int(result.accepted.max())
            if most <= slots:
                return [_path(result, n, times[-1]) for n in range(state.shape[1])]
            self._slots = _power_of_four(most)

    def look(
        self,
        t: Float[np.ndarray, " times"],
        states: Float[np.ndarray, "times states"],
        tangents: Float[np.ndarray, "names times states"],
        inputs: Mapping[str, float],
        names: tuple[str, ...] = (),
        batch: int = 1,
    ) -> tuple[Float[np.ndarray, "outputs times"], Float[np.ndarray, "names outputs times"]]:
        """The system's outputs where a path was read.

        Parameters
        ----------
        t, states, tangents
            As of the path: ``tangents`` are derivatives by the inputs ``names``.
        inputs
            Of this member.
        batch
            How many members were solved: their kernel is used.

        Returns
        -------
        Values, and their derivatives by the inputs.
        """
        kernel = self.system.kernel(batch, moves=bool(names))
        place = self.system.observer.place("outputs")
        part, moved = states.T, np.swapaxes(tangents, 1, 2)
        if kernel is not None and kernel.is_direct:
            seen = kernel.observe_directly(t, part, inputs, names, moved)
            return seen[0][place], seen[1][:, place]
        more = _power_of_four(len(t)) - len(t)  # few sizes, each of which is compiled
        padded = [
            np.pad(a, [(0, 0)] * (a.ndim - 1) + [(0, more)], "edge") for a in (t, part, moved)
        ]
        rows = {name: np.full(len(padded[0]), inputs[name]) for name in self.system.inputs}
        values, by_input = self._looked(names, *padded, rows)
        return np.asarray(values)[:, : len(t)], np.asarray(by_input)[:, :, : len(t)]

    def _look(
        self,
        names: tuple[str, ...],
        t: Float[jax.Array, " times"],
        part: Float[jax.Array, "states times"],
        moved: Float[jax.Array, "names states times"],
        inputs: Mapping[str, Float[jax.Array, " times"]],
    ) -> tuple[Float[jax.Array, "outputs times"], Float[jax.Array, "names outputs times"]]:
        """The jitted function."""

        def outputs(
            part: Float[jax.Array, "states times"], shift: Float[jax.Array, " names"]
        ) -> Float[jax.Array, "outputs times"]:
            own = {k: v + shift[names.index(k)] if k in names else v for k, v in inputs.items()}
            return self.system.observe("outputs", t, part, own)

        origin, units = jnp.zeros(len(names)), jnp.eye(len(names))
        values = outputs(part, origin)
        if not names:
            return values, jnp.zeros((0, *values.shape))
        directions = zip(moved, units, strict=True)
        found = [jax.jvp(outputs, (part, origin), direction)[1] for direction in directions]
        return values, jnp.stack(found)

    def _recorded(
        self,
        names: tuple[str, ...],
        tolerances: Tolerances,
        clock: Clock,
        columns: Mapping[str, Float[np.ndarray, "... batch"]],
    ) -> tuple[Record, int]:
        """The record, and for how many steps there was room."""
        batch, bytes_each = columns["state"].shape[-1], 32 * self.system.states * (1 + len(names))
        slots = max(self._slots, 2 * len(clock[0]))
        kernel = self.system.kernel(batch, moves=bool(names))
        if kernel is not None and kernel.is_direct:
            slots = max(slots, min(MOST_SLOTS, MOST_BYTES // (batch * bytes_each)))
            function, size = self._direct, batch
        else:
            clock = _padded(clock)
            function, size = self._jitted, min(CHUNK, 1 << (batch - 1).bit_length())
        most = max(1, MOST_BYTES // (slots * bytes_each))
        size = min(size, 1 << (most.bit_length() - 1))
        with runtime.compiling(self, (names, slots, len(clock[0]))):
            solved = partial(function, names, slots, tolerances, clock)
            return in_chunks(solved, columns, size, axis=0), slots

    def _solve_directly(
        self,
        names: tuple[str, ...],
        slots: int,
        tolerances: Tolerances,
        clock: Clock,
        columns: Mapping[str, Float[np.ndarray, "... batch"]],
    ) -> Record:
        """As :meth:`_solve`, by the core without XLA."""
        columns = dict(columns)
        state, seeds = columns.pop("state"), columns.pop("seeds", None)
        batch = state.shape[1]
        kernel = self.system.kernel(batch, moves=bool(names))
        assert kernel is not None  # it is direct
        schedule = timed(*clock, batch, len(self.system.event_names))
        results, moved = kernel.solve_directly(
            columns, state, schedule, EveryStep(slots), tolerances, names, seeds
        )
        steps = EveryStep(slots).kept(results)
        start, elapsed, _, outcome, event, accepted, tried, _ = results.ends
        tangents = np.zeros((batch, 0, *steps.states.shape[1:]))
        if moved is not None:
            tangents = np.moveaxis(moved.values, 0, 1)
        ending = start + elapsed, outcome, event, accepted, tried
        return Record(*steps, tangents, results.y.T, *ending)

    def _solve(
        self,
        names: tuple[str, ...],
        slots: int,
        tolerances: Tolerances,
        clock: Clock,
        columns: Mapping[str, Float[jax.Array, "... batch"]],
    ) -> Record:
        """The jitted function."""
        columns = dict(columns)
        state, seeds = columns.pop("state"), columns.pop("seeds", None)
        batch = state.shape[1]
        schedule = timed(*clock, batch, len(self.system.event_names))

        def run(shift: Float[jax.Array, "names batch"]) -> tuple[jax.Array, End[Steps]]:
            moved = {k: v + shift[names.index(k)] if k in names else v for k, v in columns.items()}
            y0 = state if seeds is None else state + jnp.einsum("nb,nsb->sb", shift, seeds)
            end = integrate(self.system, moved, y0, schedule, EveryStep(slots), tolerances)
            return end.outputs.states, end

        origin = jnp.zeros((len(names), batch))
        if names:
            units = jnp.eye(len(names))[:, :, None] * jnp.ones(batch)
            states, tangents, end = jax.vmap(
                lambda unit: jax.jvp(run, (origin,), (unit,), has_aux=True),
                out_axes=(None, 1, None),
            )(units)
        else:
            states, end = run(origin)
            tangents = jnp.zeros((batch, 0, *states.shape[1:]))
        _, t, h, segment = end.outputs
        ending = end.t, end.outcome, end.ended_by, end.accepted, end.tried
        return Record(states, t, h, segment, tangents, end.y.T, *ending)


def _with_stops(
    times: Float[np.ndarray, " times"], stops: Float[np.ndarray, " stops"]
) -> Float[np.ndarray, " times"]:
    """``times`` and both sides of the stops between them that are not among them already."""
    inside = stops[(stops > times[0]) & (stops < times[-1])]
    after = np.searchsorted(times, inside)
    away = np.minimum(inside - times[after - 1], times[after] - inside)
    new = inside[away > SAME * np.abs(inside)]
    return np.unique([*times, *new, *np.nextafter(new, np.inf)])


def _clock(times: Float[np.ndarray, " times"]) -> Clock:
    """When segments begin, how long they last and how many count.

    A segment ends a few roundings before the next begins, so that no stage is evaluated beyond
    it: PyBaMM's discontinuities in time are two neighbouring numbers.
    """
    times = np.asarray(times, dtype=float)
    begins, ends = times[:-1], times[1:]
    margin = ROUNDINGS * np.spacing(np.maximum(np.abs(begins), np.abs(ends)))
    long = ends - begins > 4 * margin
    begins, durations = begins[long], (ends - begins - margin)[long]
    if not len(begins):  # shorter than the margins of both ends: no state moves meanwhile
        begins, durations = times[:1], np.spacing(times[-1:])
    return begins, durations, len(begins)


def _padded(clock: Clock) -> Clock:
    """A clock of few sizes, each of which is compiled."""
    *arrays, count = clock
    padding = (0, _power_of_four(count) - count)
    begins, durations = (np.pad(array, padding, mode="edge") for array in arrays)
    return begins, durations, count


def _power_of_four(number: int) -> int:
    """The next power of four, so that few sizes are compiled."""
    return 4 ** int(np.ceil(np.log2(max(number, 1)) / 2))


def _path(record: Record, member: int, end: float) -> Path:
    """One member's :class:`Path`."""
    one = Record(*(value[member] for value in record))
    steps, outcome = int(one.accepted), Outcome(int(one.outcome))
    return Path(
        states=one.states[:steps],
        tangents=one.tangents[:, :steps],
        t=one.t[:steps],
        h=one.h[:steps],
        segment=one.segment[:steps].astype(int),
        final=one.final,
        t_end=float(end if outcome == Outcome.FINAL_TIME else one.t_end),
        outcome=outcome,
        ended_by=int(one.ended_by) if outcome == Outcome.EVENT else -1,
        accepted=steps,
        tried=int(one.tried),
    )
