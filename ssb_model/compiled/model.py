"""The compiled model: solve, impedance and sensitivities of a batch of parameter sets.

This is the runtime half: it needs numpy and JAX only.
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled import runtime
from ssb_model.compiled.artefact import fingerprint, read_system, write_system
from ssb_model.compiled.chunks import in_chunks
from ssb_model.compiled.inputs import (
    numbers,
    read_batch,
    read_period,
    read_state,
    read_times,
    read_tolerances,
    room_for,
)
from ssb_model.compiled.integration import Sampling, Tolerances, consistent_state, integrate
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import CURRENT, Protocol, controls, one_segment
from ssb_model.compiled.smallsignal import impedance
from ssb_model.compiled.solution import assemble
from ssb_model.errors import InputError, did_you_mean


class Trajectory(NamedTuple):
    """Result of the pure function :meth:`CompiledModel.trajectory`; batch last.

    outputs (outputs, slots, batch), their times and segments (slots, batch), and how many of the
    slots are filled (batch,); outputs at the end (outputs, batch) and the state there
    (states, batch); t_end, :class:`Outcome`, event index, accepted and tried steps (batch,).
    """

    outputs: jax.Array
    t: jax.Array
    segment: jax.Array
    count: jax.Array
    final: jax.Array
    final_state: jax.Array
    t_end: jax.Array
    outcome: jax.Array
    which: jax.Array
    accepted: jax.Array
    tried: jax.Array


class CompiledModel:
    """A PyBaMM model as one JAX program; made by :func:`ssb_model.compile`.

    Attributes
    ----------
    input_names, output_names, event_names : tuples of str
    """

    def __init__(self, system):
        runtime.prepare()
        self.system = system
        self.input_names = system.input_names
        self.output_names = system.output_names
        self.event_names = system.event_names
        self.solved = set()
        self._jitted = {}

    def trajectory(self, inputs, times, tolerances=None, initial_state=None):
        """Solve as a pure JAX function (jit, vmap, jvp, jacfwd).

        Parameters
        ----------
        inputs : dict of str to array (batch,)
            Every input by name.
        times : array (times, batch)
            Output times [s], rising from 0; the last is the final time.
        tolerances : Tolerances, optional
        initial_state : array (states, batch), optional

        Returns
        -------
        Trajectory
        """
        duration = times[-1]
        value = inputs.get(CURRENT, jnp.zeros_like(duration))
        schedule = one_segment(value, duration, len(self.event_names))
        sampling = Sampling(times, len(times))
        return self.run(inputs, schedule, sampling, tolerances, initial_state)

    def run(self, inputs, schedule, sampling, tolerances=None, initial_state=None):
        """Follow a schedule as a pure JAX function; see :meth:`trajectory`.

        Parameters
        ----------
        schedule : ssb_model.compiled.protocols.schedule.Schedule
        sampling : ssb_model.compiled.integration.sampling.Sampling
        """
        system = self.system
        zero = jnp.zeros(schedule.duration.shape[1])
        first = controls(system, schedule, inputs, zero.astype(int), zero)
        y0 = system.initial_state(first) if initial_state is None else initial_state
        state = integrate(system, inputs, y0, schedule, sampling, tolerances or Tolerances())
        u = controls(system, schedule, inputs, state.segment, state.start)
        return Trajectory(
            outputs=jnp.swapaxes(state.outputs.values, 0, 1),
            t=state.outputs.t,
            segment=state.outputs.segment,
            count=state.outputs.count,
            final=system.observe("outputs", state.t, system.observed(state.y), u),
            final_state=state.y,
            t_end=state.t,
            outcome=state.outcome,
            which=jnp.where(state.outcome == Outcome.EVENT, state.which, -1),
            accepted=state.accepted,
            tried=state.tried,
        )

    def rest(self, inputs, state=None):
        """Consistent state (states, batch) at t = 0 under current control; pure JAX."""
        system = self.system
        batch = next(iter(inputs.values())).shape[0]
        zero = jnp.zeros(batch)
        value = inputs.get(CURRENT, zero)
        schedule = one_segment(value, zero + 1, len(self.event_names))
        u = controls(system, schedule, inputs, zero.astype(int), zero)
        y = system.initial_state(u) if state is None else state
        return consistent_state(system, zero, y, u, zero == 0)[0], u

    def at_rest(self, inputs):
        """Outputs (outputs, batch) at the model's consistent initial state; pure JAX."""
        y, u = self.rest(inputs)
        return self.system.observe("outputs", jnp.zeros(y.shape[1]), self.system.observed(y), u)

    def spectrum(self, inputs, frequencies, state=None):
        """Impedance [Ohm] as a pure JAX function, complex (frequencies, batch).

        ``inputs`` as in :meth:`trajectory`; ``state`` (states, batch) defaults to the
        model's consistent initial state.
        """
        y, u = self.rest(inputs, state)
        return impedance(self.system, u, y, frequencies)

    def solve(
        self,
        inputs=None,
        t_eval=None,
        *,
        experiment=None,
        period=None,
        initial_state=None,
        sensitivities=(),
        rtol=1e-6,
        atol=1e-6,
        max_steps=3000,
    ):
        """Solve for one set of inputs or a batch.

        Parameters
        ----------
        inputs : dict of str to float or array (B,), optional
            Inputs that are left out keep the model's parameter values. The current is
            "Current function [A]", positive on discharge; an experiment sets it itself.
        t_eval : array (T,) or (B, T)
            Output times [s], rising from 0; the last one ends the solve.
        experiment : pybamm.Experiment or Protocol
            Instead of ``t_eval``: the steps to follow.
        period : float, optional
            Time between an experiment's outputs [s] where its steps name none; by default the
            ends of each step are kept.
        initial_state : array (states,) or (B, states), optional
        sensitivities : sequence of str, optional
            Inputs to differentiate the outputs and the end time by.
        rtol, atol : float
            Tolerances of the local error (of PyBaMM's scaled states).
        max_steps : int
            Most steps to try (in each step of an experiment).

        Returns
        -------
        Solution

        Raises
        ------
        InputError
            For unknown or non-finite inputs, lengths that differ, unsorted times, or an
            experiment's step that is not supported.
        """
        runtime.require_double_precision()
        values, batch = read_batch(inputs or {}, self.system)
        names = _known(sensitivities, self.input_names)
        tolerances = read_tolerances(rtol, atol, max_steps)
        if (t_eval is None) == (experiment is None):
            raise InputError("Give either t_eval, the output times in seconds, or an experiment.")
        if experiment is None:
            times = read_times(t_eval, batch)
            schedule, slopes, slots = None, None, len(times)
            columns = {**values, "times": times}
        else:
            protocol = self.protocol(experiment)
            schedule = protocol.schedule(values, self.event_names, read_period(period))
            slopes = protocol.slopes(names)
            slots = room_for(schedule, len(self.output_names))
            columns = {**values, "value": schedule.value, "duration": schedule.duration}
            schedule = schedule._replace(value=None, duration=None)
        if initial_state is not None:
            columns["state"] = read_state(initial_state, self.system, batch)
        function = self._function("trajectory", self._batched_trajectory, (0, 1))
        solved = partial(function, names, slots, tolerances, schedule, slopes)
        with runtime.compiling(self, names):
            result, tangents = in_chunks(solved, columns)
        return assemble(self, result, tangents, names, batch, columns.get("times"))

    def protocol(self, experiment):
        """An experiment as a ``Protocol`` for this model."""
        if not self.system.controlled:
            raise InputError("This model has no current to control, and so follows no experiment.")
        if isinstance(experiment, Protocol):
            return experiment
        if not type(experiment).__module__.startswith("pybamm"):
            raise InputError(f"An experiment must be a pybamm.Experiment, not {experiment!r}.")
        from ssb_model.compiled.from_pybamm import capacity_of, protocol_of

        return protocol_of(experiment, capacity_of(self.system))

    def impedance(self, frequencies, inputs=None, state=None, current=0.0):
        """Impedance [Ohm] at a state and bias current.

        Parameters
        ----------
        frequencies : array (F,)
            Hz, positive.
        inputs : dict of str to float or array (B,), optional
        state : array (states,) or (B, states), optional
            Default: the model's consistent initial state.
        current : float
            Bias current [A].

        Returns
        -------
        complex array (F,) or (B, F)
        """
        runtime.require_double_precision()
        frequencies = numbers(frequencies, "Frequencies in Hz")
        if frequencies.ndim != 1 or not (np.isfinite(frequencies) & (frequencies > 0)).all():
            raise InputError("Frequencies must be a list of positive numbers in Hz.")
        if not self.system.controlled:
            raise InputError("This model has no current to perturb, and so no impedance.")
        values, batch = read_batch({**(inputs or {}), CURRENT: current}, self.system)
        if state is not None:
            values["state"] = read_state(state, self.system, batch)
        function = self._function("spectrum", self._batched_spectrum)
        result = in_chunks(partial(function, jnp.asarray(frequencies)), values)
        z = np.moveaxis(np.asarray(result), -1, 0)
        return z[0] if batch is None else z

    def save(self, path):
        """Write the model to a file that :func:`ssb_model.load_compiled` reads without PyBaMM."""
        write_system(self.system, path)

    @property
    def fingerprint(self):
        """A checksum of all that the model computes with."""
        return fingerprint(self.system)

    def _batched_trajectory(self, names, slots, tolerances, schedule, slopes, columns):
        columns = dict(columns)
        times, state = columns.pop("times", None), columns.pop("state", None)
        value, duration = columns.pop("value", None), columns.pop("duration", None)
        batch = next(iter(columns.values())).shape[0]

        def run(shift):
            moved = {k: v + shift[names.index(k)] if k in names else v for k, v in columns.items()}
            if schedule is None:
                return self.trajectory(moved, times, tolerances, state)
            full = schedule._replace(value=value + slopes @ shift, duration=duration)
            return self.run(moved, full, Sampling(None, slots), tolerances, state)

        origin = jnp.zeros((len(names), batch))
        if not names:
            return run(origin), None
        units = jnp.eye(len(names))[:, :, None] * jnp.ones(batch)
        result, tangents = jax.vmap(
            lambda unit: jax.jvp(run, (origin,), (unit,)), out_axes=(None, 0)
        )(units)
        return result, (tangents.outputs, tangents.final, tangents.t_end)

    def _batched_spectrum(self, frequencies, columns):
        columns = dict(columns)
        state = columns.pop("state", None)
        return self.spectrum(columns, frequencies, state)

    def _function(self, name, function, static=()):
        if name not in self._jitted:
            self._jitted[name] = jax.jit(function, static_argnums=static)
        return self._jitted[name]


def _known(names, known):
    for name in names:
        if name not in known:
            raise InputError(f'"{name}" is not an input of this model.{did_you_mean(name, known)}')
    return tuple(names)


def load_compiled(path):
    """The :class:`CompiledModel` that :meth:`CompiledModel.save` wrote to ``path``.

    Raises
    ------
    InputError
        If the file is missing, damaged, or of another version.
    """
    return CompiledModel(read_system(path))
