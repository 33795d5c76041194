"""A compiled model as pure functions of JAX: what is jitted, differentiated and put in parallel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import jax
import jax.numpy as jnp

from ssb_model.compiled.inputs import completed
from ssb_model.compiled.integration import Sampling, Tolerances, consistent_state, integrate
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import CURRENT, controls, one_segment, with_stops
from ssb_model.compiled.smallsignal import impedance
from ssb_model.compiled.trajectory import Trajectory

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from jaxtyping import Complex, Float

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.protocols import Plan, Schedule

Numbers = TypeVar("Numbers", "np.ndarray", "jax.Array")


class PureModel:
    """Trajectories, states at rest and spectra of a system; arrays have the batch last.

    Attributes
    ----------
    input_names
        What may differ from solve to solve.
    output_names
        What a solve returns.
    output_rows
        Which rows of a :class:`Trajectory`'s outputs each of them is.
    event_names
        What may end it.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.input_names = system.input_names
        self.output_names = system.output_names
        self.output_rows = system.output_rows
        self.event_names = system.event_names

    def trajectory(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        times: Float[jax.Array, "times batch"],
        tolerances: Tolerances | None = None,
        initial_state: Float[jax.Array, "states batch"] | None = None,
    ) -> Trajectory:
        """Solve as a pure JAX function (jit, vmap, jvp, jacfwd).

        Steps end where the equations bend or jump by the clock, as in a drive cycle.

        Parameters
        ----------
        inputs
            By name; those left out have their defaults.
        times
            Output times [s], rising from 0; the last is the final time.
        tolerances
            Of the local error; by default 1e-6.
        initial_state
            State at the start; by default the model's own.
        """
        duration = times[-1]
        inputs = completed(inputs, self.system, len(duration))
        value = inputs.get(CURRENT, jnp.zeros_like(duration))
        stops = self.system.stops
        schedule = with_stops(value, jnp.asarray(duration), stops, len(self.event_names))
        sampling = Sampling(times, len(times))
        return self.run(inputs, schedule, sampling, tolerances, initial_state)

    def run(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        schedule: Schedule,
        sampling: Sampling,
        tolerances: Tolerances | None = None,
        initial_state: Float[jax.Array, "states batch"] | None = None,
    ) -> Trajectory:
        """Follow a schedule as a pure JAX function; see :meth:`trajectory`.

        Parameters
        ----------
        schedule
            What controls the cell, segment by segment.
        sampling
            When to write outputs.
        """
        system = self.system
        zero = jnp.zeros(schedule.duration.shape[1])
        inputs = completed(inputs, system, len(zero), self.set_by_control)
        limits = tolerances or Tolerances()
        state = integrate(system, inputs, initial_state, schedule, sampling, limits)
        return Trajectory(
            outputs=jnp.swapaxes(state.outputs.values, 0, 1),
            t=state.outputs.t,
            segment=state.outputs.segment,
            filled=state.outputs.filled,
            final=state.final,
            final_state=state.y,
            t_end=state.t,
            outcome=state.outcome,
            ended_by=jnp.where(state.outcome == Outcome.EVENT, state.ended_by, -1),
            accepted=state.accepted,
            tried=state.tried,
            limited=state.ended_by >= 0,
        )

    def rest(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        state: Float[jax.Array, "states batch"] | None = None,
    ) -> tuple[Float[jax.Array, "states batch"], Mapping[str, Float[jax.Array, " batch"]]]:
        """Consistent state at t = 0 under current control, and all inputs there; pure JAX.

        The current is 0 where it is left out, the others have their defaults.
        """
        system = self.system
        zero = jnp.zeros(next((value.shape[0] for value in inputs.values()), 1))
        inputs = completed(inputs, system, len(zero), self.set_by_control)
        value = inputs.get(CURRENT, zero)
        schedule = one_segment(value, zero + 1, len(self.event_names))
        u = controls(system, schedule, inputs, zero.astype(int), zero)
        y = system.initial_state(u) if state is None else state
        return consistent_state(system, zero, y, u, zero == 0)[0], u

    def at_rest(
        self, inputs: Mapping[str, Float[jax.Array, " batch"]]
    ) -> Float[jax.Array, "outputs batch"]:
        """Outputs at the model's consistent initial state; pure JAX."""
        y, u = self.rest(inputs)
        return self.system.observe("outputs", jnp.zeros(y.shape[1]), self.system.observed(y), u)

    def discharged(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        state: Float[jax.Array, "states batch"],
    ) -> Float[jax.Array, " batch"]:
        """Discharge capacity [A.h] that a state counts, since the model's own one; pure JAX."""
        zero = jnp.zeros(state.shape[1])
        inputs = completed(inputs, self.system, len(zero), self.set_by_control)
        schedule = one_segment(zero, zero, len(self.event_names))
        u = controls(self.system, schedule, inputs, zero.astype(int), zero)
        return self.system.observe("terminals", zero, self.system.observed(state), u)[2]

    def by_name(self, rows: Float[Numbers, "outputs ..."]) -> dict[str, Numbers]:
        """Rows of outputs as each output's own: one number each, or (points, ...) in space."""
        parts: dict[str, Any] = {name: rows[where] for name, where in self.output_rows.items()}
        return {name: part[0] if len(part) == 1 else part for name, part in parts.items()}

    def spectrum(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        frequencies: Float[jax.Array, " frequencies"],
        state: Float[jax.Array, "states batch"] | None = None,
    ) -> Complex[jax.Array, "frequencies batch"]:
        """Impedance [Ohm] at ``frequencies`` [Hz] as a pure JAX function.

        ``inputs`` as in :meth:`trajectory`; ``state`` defaults to the model's consistent initial
        state.
        """
        y, u = self.rest(inputs, state)
        return impedance(self.system, u, y, frequencies)

    @property
    def set_by_control(self) -> tuple[str, ...]:
        """Inputs that need no value of their own where the current is controlled."""
        return (CURRENT,) if self.system.controlled else ()

    def batched_trajectory(
        self,
        names: tuple[str, ...],
        slots: int,
        tolerances: Tolerances,
        plan: Plan | None,
        columns: Mapping[str, Float[jax.Array, "... batch"]],
    ) -> tuple[Trajectory, tuple[jax.Array, jax.Array, jax.Array] | None]:
        """The jitted function of a solve: its trajectory, and tangents by the inputs ``names``."""
        columns = dict(columns)
        batch = next(iter(columns.values())).shape[-1]
        times, state = columns.pop("times", None), columns.pop("state", None)
        counted = columns.pop("counted", None)

        def run(shift: Float[jax.Array, "names batch"]) -> Trajectory:
            moved = {k: v + shift[names.index(k)] if k in names else v for k, v in columns.items()}
            if times is not None:
                return self.trajectory(moved, times, tolerances, state)
            assert plan is not None  # of an experiment
            schedule = plan.of(moved, counted)
            return self.run(moved, schedule, Sampling(None, slots), tolerances, state)

        origin = jnp.zeros((len(names), batch))
        if not names:
            return run(origin), None
        self.system.kernel(batch, moves=True)  # one library instead of two
        units = jnp.eye(len(names))[:, :, None] * jnp.ones(batch)
        result, tangents = jax.vmap(
            lambda unit: jax.jvp(run, (origin,), (unit,)), out_axes=(None, 0)
        )(units)
        return result, (tangents.outputs, tangents.final, tangents.t_end)

    def batched_spectrum(
        self,
        frequencies: Float[jax.Array, " frequencies"],
        columns: Mapping[str, Float[jax.Array, "... batch"]],
    ) -> Complex[jax.Array, "frequencies batch"]:
        """The jitted function of :meth:`spectrum`, the state among the ``columns``."""
        columns = dict(columns)
        state = columns.pop("state", None)
        return self.spectrum(columns, frequencies, state)
