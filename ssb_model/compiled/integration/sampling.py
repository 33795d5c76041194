"""Outputs at chosen times, from the interpolant of the steps that pass them.

Output times are never hard stops, and memory grows with outputs, not with steps or states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import jax
import jax.numpy as jnp

from ssb_model.compiled.stepping import constants, rodas

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration.integrate import Carry
    from ssb_model.compiled.integration.system import System
    from ssb_model.compiled.kernel import Results
    from ssb_model.compiled.protocols import Schedule

Written = TypeVar("Written")  # what has been kept so far
#: Observed states at a step's start and end, and its dense coefficients.
Parts = tuple[jax.Array, jax.Array, jax.Array]


class Keeps(Protocol):
    """What the core needs to know of a :class:`Sampler`."""

    @property
    def times(self) -> Float[np.ndarray | jax.Array, "times batch"] | None:
        """When outputs are written, if not by periods."""
        ...

    @property
    def slots(self) -> int:
        """How many there is room for."""
        ...

    @property
    def records(self) -> bool:
        """Whether whole steps are kept."""
        ...


class Sampler(Keeps, Protocol[Written]):
    """What the integrator keeps of the steps that it accepts: outputs, or whole steps."""

    def kept(self, results: Results) -> Written:
        """What the core has written."""
        ...

    def empty(self, system: System, batch: int) -> Written:
        """Room for ``batch`` members."""
        ...

    def next_segment(self, outputs: Written, members: Bool[jax.Array, " batch"]) -> Written:
        """What was kept, after ``members`` have gone on to another segment."""
        ...

    def written(
        self,
        system: System,
        schedule: Schedule,
        carry: Carry[Written],
        parts: Parts,
        h: Float[jax.Array, " batch"],
        accept: Bool[jax.Array, " batch"],
        finished: Bool[jax.Array, " batch"],
        elapsed: Float[jax.Array, " batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Written:
        """What was kept, with the steps of the members that ``accept`` theirs.

        ``elapsed`` is the time within the segment at the step's end.
        """
        ...


class Outputs(NamedTuple):
    """What has been written: values (slots, outputs, batch), time and segment (slots, batch);
    ``filled`` (batch,) slots are full. ``passed`` outputs of this segment are behind."""

    values: Float[jax.Array, "slots outputs batch"]
    t: Float[jax.Array, "slots batch"]
    segment: Int[jax.Array, "slots batch"]
    filled: Int[jax.Array, " batch"]
    passed: Int[jax.Array, " batch"]
    ended: Bool[jax.Array, " batch"]


class Sampling(NamedTuple):
    """Output times (times, batch) since the very start; or, where that is None, room for ``slots``
    outputs at the start, the end and every period of each segment."""

    times: Float[np.ndarray | jax.Array, "times batch"] | None
    slots: int

    @property
    def records(self) -> bool:
        """Whether whole steps are kept."""
        return False

    def kept(self, results: Results) -> Outputs:
        """What the core has written."""
        filled = results.ends[7].astype(int)
        none = jnp.zeros_like(filled)
        segment = results.segment.astype(int)
        return Outputs(results.values, results.t, segment, filled, none, none > 0)

    def empty(self, system: System, batch: int) -> Outputs:
        """Room for the outputs."""
        none = jnp.zeros(batch, dtype=int)
        return Outputs(
            values=jnp.zeros((self.slots, system.observer.size("outputs"), batch)),
            t=jnp.full((self.slots, batch), jnp.nan),
            segment=jnp.full((self.slots, batch), -1),
            filled=none,
            passed=none,
            ended=none > 0,
        )

    def next_segment(self, outputs: Outputs, members: Bool[jax.Array, " batch"]) -> Outputs:
        """Count a segment's outputs from its start again."""
        return outputs._replace(
            passed=jnp.where(members, 0, outputs.passed),
            ended=outputs.ended & ~members,
        )

    def written(
        self,
        system: System,
        schedule: Schedule,
        carry: Carry[Outputs],
        parts: Parts,
        h: Float[jax.Array, " batch"],
        accept: Bool[jax.Array, " batch"],
        finished: Bool[jax.Array, " batch"],
        elapsed: Float[jax.Array, " batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Outputs:
        """Outputs at all times that the accepted steps have passed.

        ``parts`` are the observed states at the step's ends and its dense coefficients;
        ``elapsed`` is the time within the segment at the step's end.
        """
        member = jnp.arange(h.shape[0])

        def due(
            outputs: Outputs,
        ) -> tuple[
            Bool[jax.Array, " batch"], Float[jax.Array, " batch"], Bool[jax.Array, " batch"]
        ]:
            """Which members have an output to write, and its time within the segment."""
            free = accept & (outputs.filled < self.slots)
            if self.times is not None:
                next_time = self.times[jnp.minimum(outputs.filled, self.slots - 1), member]
                at = next_time - carry.start
                return free & (at <= elapsed), at, free & False
            period = jnp.asarray(schedule.period)[carry.segment]
            number = outputs.passed + jnp.asarray(schedule.continuous)[carry.segment]
            at = jnp.where(number > 0, number * period, 0.0)
            last = jnp.where(finished, elapsed - constants.SAME * jnp.minimum(period, 1.0), elapsed)
            regular = free & ~outputs.ended & (at <= last)
            ending = free & ~regular & finished & ~outputs.ended
            return regular | ending, jnp.where(regular, at, elapsed), ending

        def write(outputs: Outputs) -> Outputs:
            now, at, ending = due(outputs)
            slot = jnp.where(now, outputs.filled, self.slots)  # out of range is not written
            s = (at - carry.elapsed) / h
            t = carry.start + at
            values = system.observe("outputs", t, rodas.interpolate(s, *parts), inputs)
            return Outputs(
                values=outputs.values.at[slot, :, member].set(values.T, mode="drop"),
                t=outputs.t.at[slot, member].set(t, mode="drop"),
                segment=outputs.segment.at[slot, member].set(carry.segment, mode="drop"),
                filled=outputs.filled + now,
                passed=outputs.passed + now,
                ended=outputs.ended | ending,
            )

        return jax.lax.while_loop(lambda o: jnp.any(due(o)[0]), write, carry.outputs)
