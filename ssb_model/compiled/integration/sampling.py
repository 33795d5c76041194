"""Outputs at chosen times, from the interpolant of the steps that pass them.

Output times are never hard stops, and memory grows with outputs, not with steps or states.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from ssb_model.compiled.stepping import rodas

SAME = 1e-9  # of a period: an output so close to a segment's end is the one at its end


class Outputs(NamedTuple):
    """What has been written: values (slots, outputs, batch), time and segment (slots, batch);
    ``count`` (batch,) slots are full. ``passed`` outputs of this segment are behind."""

    values: jax.Array
    t: jax.Array
    segment: jax.Array
    count: jax.Array
    passed: jax.Array
    ended: jax.Array


class Sampling(NamedTuple):
    """Output times (times, batch) since the very start; or, where that is None, room for ``slots``
    outputs at the start, the end and every period of each segment."""

    times: jax.Array | None
    slots: int

    def empty(self, system, batch):
        """Room for the outputs."""
        none = jnp.zeros(batch, dtype=int)
        return Outputs(
            values=jnp.zeros((self.slots, system.observer.size("outputs"), batch)),
            t=jnp.full((self.slots, batch), jnp.nan),
            segment=jnp.full((self.slots, batch), -1),
            count=none,
            passed=none,
            ended=none > 0,
        )

    def next_segment(self, outputs, members):
        """Count a segment's outputs from its start again."""
        return outputs._replace(
            passed=jnp.where(members, 0, outputs.passed),
            ended=outputs.ended & ~members,
        )

    def written(self, system, schedule, carry, parts, h, accept, finished, elapsed, inputs):
        """Outputs at all times that the accepted steps have passed.

        ``parts`` are the observed states at the step's ends and its dense coefficients;
        ``elapsed`` is the time within the segment at the step's end.
        """
        member = jnp.arange(h.shape[0])

        def due(outputs):
            """Which members have an output to write, and its time within the segment."""
            free = accept & (outputs.count < self.slots)
            if self.times is not None:
                asked = self.times[jnp.minimum(outputs.count, self.slots - 1), member]
                at = asked - carry.start
                return free & (at <= elapsed), at, free & False
            period = jnp.asarray(schedule.period)[carry.segment]
            number = outputs.passed + jnp.asarray(schedule.continuous)[carry.segment]
            at = jnp.where(number > 0, number * period, 0.0)
            last = jnp.where(finished, elapsed - SAME * jnp.minimum(period, 1.0), elapsed)
            regular = free & ~outputs.ended & (at <= last)
            ending = free & ~regular & finished & ~outputs.ended
            return regular | ending, jnp.where(regular, at, elapsed), ending

        def write(outputs):
            now, at, ending = due(outputs)
            slot = jnp.where(now, outputs.count, self.slots)  # out of range is not written
            s = (at - carry.elapsed) / h
            t = carry.start + at
            values = system.observe("outputs", t, rodas.interpolate(s, *parts), inputs)
            return Outputs(
                values=outputs.values.at[slot, :, member].set(values.T, mode="drop"),
                t=outputs.t.at[slot, member].set(t, mode="drop"),
                segment=outputs.segment.at[slot, member].set(carry.segment, mode="drop"),
                count=outputs.count + now,
                passed=outputs.passed + now,
                ended=outputs.ended | ending,
            )

        return jax.lax.while_loop(lambda o: jnp.any(due(o)[0]), write, carry.outputs)
