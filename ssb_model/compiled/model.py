"""The compiled model: solve, impedance and sensitivities of a batch of parameter sets.

This is the runtime half: it needs numpy and JAX only.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled import runtime
from ssb_model.compiled.artefact import fingerprint, read_system, write_system
from ssb_model.compiled.at_once import trajectory_at_once
from ssb_model.compiled.chunks import in_chunks
from ssb_model.compiled.cycling import in_cycles
from ssb_model.compiled.inputs import (
    as_floats,
    output_slots,
    read_batch,
    read_period,
    read_state,
    read_times,
    read_tolerances,
)
from ssb_model.compiled.protocols import CURRENT, Cycles, Protocol, plan_of
from ssb_model.compiled.pure import PureModel
from ssb_model.compiled.smallsignal import refuse_or_warn
from ssb_model.compiled.solution import assemble
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

    import pybamm
    from jaxtyping import Complex
    from numpy.typing import ArrayLike

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.pybamm_model import Source
    from ssb_model.compiled.solution import Solution


UNCONTROLLED = (
    "its current is not a number that may be set. Compile a battery model in the operating mode "
    f'"current", not discretised, with a number for "{CURRENT}".'
)
EXTENDED = 16  # models kept for experiments that ask for more than the model itself has


class CompiledModel(PureModel):
    """A PyBaMM model as one JAX program; made by :func:`ssb_model.compile`."""

    def __init__(self, system: System, source: Source | None = None) -> None:
        runtime.prepare()
        super().__init__(system)
        self.solved: set[Hashable] = set()
        self._jitted: dict[str, Callable[..., Any]] = {}
        self._direct = partial(trajectory_at_once, system)
        self._source = source
        self._extended = source and lru_cache(EXTENDED)(source.extended)

    def solve(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        t_eval: ArrayLike | None = None,
        *,
        experiment: pybamm.Experiment | Protocol | None = None,
        period: float | None = None,
        initial_state: ArrayLike | None = None,
        sensitivities: Sequence[str] = (),
        rtol: float = 1e-6,
        atol: float = 1e-6,
        max_steps: int = 3000,
    ) -> Solution:
        """Solve for one set of inputs or a batch.

        Parameters
        ----------
        inputs
            A number each, or for a batch a list (members,). Inputs that are left out keep the
            model's parameter values; one that has no number there has to be given. The current is
            "Current function [A]", positive on discharge; an experiment sets it itself.
        t_eval
            Output times [s], (times,) or (members, times), rising from 0; the last one ends the
            solve.
        experiment
            Instead of ``t_eval``: the steps to follow. Custom steps and terminations, values that
            are functions of time or of inputs, and temperatures of single steps are compiled
            into the model once for each such experiment.
        period
            Time between an experiment's outputs [s] where its steps name none; by default the
            ends of each step are kept.
        initial_state
            State at the start, (states,) or (members, states); by default the model's own.
        sensitivities
            Inputs to differentiate the outputs and the end time by.
        rtol, atol
            Tolerances of the local error (of PyBaMM's scaled states).
        max_steps
            Most steps to try (in each step of an experiment).

        Raises
        ------
        InputError
            For unknown or non-finite inputs, lengths that differ, unsorted times, or an
            experiment's step that is not supported.
        """
        runtime.require_double_precision()
        if (t_eval is None) == (experiment is None):
            raise InputError("Give either t_eval, the output times in seconds, or an experiment.")
        model, protocol = (self, None) if experiment is None else self.follower(experiment)
        set_by_steps = model.set_by_control if protocol is not None else ()
        values, batch = read_batch(inputs, model.system, set_by_steps)
        names = _checked(sensitivities, model.input_names)
        tolerances = read_tolerances(rtol, atol, max_steps)
        columns = dict(values)
        if initial_state is not None:
            columns["state"] = read_state(initial_state, model.system, batch)
        function = model._function("trajectory", model.batched_trajectory, (0, 1))
        with runtime.compiling(model, names):
            if protocol is None:
                times = columns["times"] = read_times(t_eval, batch)
                solved = partial(function, names, len(times), tolerances, None)
                if (kernel := self.system.kernel(batch or 1, bool(names))) and kernel.is_direct:
                    solved = partial(self._direct, names, tolerances)
                each = self._bytes(len(times), names)
                result, tangents = in_chunks(solved, columns, bytes_each=each)
                return assemble(self, self.system, result, tangents, names, values, batch, times)
            plan = plan_of(protocol, model.system, read_period(period))
            slots = output_slots(plan, sum(model.system.output_sizes))
            solved = partial(function, names, slots, tolerances, plan)
            each, cycles = model._bytes(slots, names), Cycles(protocol)
            result, tangents, reasons = in_cycles(model, solved, columns, cycles, each)
        return assemble(self, model.system, result, tangents, names, values, batch, reasons=reasons)

    def _bytes(self, slots: int, names: Sequence[str]) -> int:
        """What the outputs of one member take, with their derivatives by ``names``."""
        return 8 * slots * (2 + sum(self.system.output_sizes)) * (1 + len(names))

    def follower(self, experiment: pybamm.Experiment | Protocol) -> tuple[CompiledModel, Protocol]:
        """The model that follows an experiment, and the experiment as a ``Protocol`` for it.

        It is this model, or one extended by what the experiment asks for: laws of control,
        limits, inputs, outputs.
        """
        if not self.system.controlled:
            raise InputError(f"This model follows no experiment: {UNCONTROLLED}")
        if isinstance(experiment, Protocol):
            return self, experiment
        if not type(experiment).__module__.startswith("pybamm"):
            raise InputError(f"An experiment must be a pybamm.Experiment, not {experiment!r}.")
        from ssb_model.compiled.from_pybamm import read_experiment

        capacity = self._source and self._source.capacity
        protocol, additions = read_experiment(experiment, self.system, capacity)
        if additions.nothing:
            return self, protocol
        if self._extended is None:
            raise InputError(
                f"This experiment has {additions}, which a model from a file cannot take in: "
                "compile the model with ssb_model.compile and solve with that."
            )
        return self._extended(additions), protocol

    def impedance(
        self,
        frequencies: ArrayLike,
        inputs: Mapping[str, ArrayLike] | None = None,
        state: ArrayLike | None = None,
        current: ArrayLike = 0.0,
    ) -> Complex[np.ndarray, "... frequencies"]:
        """Impedance [Ohm] at a state and bias current.

        Parameters
        ----------
        frequencies
            Hz, positive.
        inputs
            A number each, or for a batch a list (members,).
        state
            (states,) or (members, states); by default the model's consistent initial state.
        current
            Bias current [A], or for a batch a list (members,).

        Raises
        ------
        InputError
            For frequencies that are not positive, unknown inputs, or a model without a current.
        Unfinished
            If there is none: a member without one among others is NaN, with a RuntimeWarning, as
            there is for a negative real part.
        """
        runtime.require_double_precision()
        hertz = as_floats(frequencies, "Frequencies in Hz")
        if hertz.ndim != 1 or not (np.isfinite(hertz) & (hertz > 0)).all():
            raise InputError("Frequencies must be a list of positive numbers in Hz.")
        if not self.system.controlled:
            raise InputError(f"This model has no impedance: {UNCONTROLLED}")
        if CURRENT in (inputs or {}):
            raise InputError(f'Give the bias as current=..., not "{CURRENT}" among the inputs.')
        values, batch = read_batch({**(inputs or {}), CURRENT: current}, self.system)
        if state is not None:
            values["state"] = read_state(state, self.system, batch)
        function = self._function("spectrum", self.batched_spectrum)
        result = in_chunks(partial(function, jnp.asarray(hertz)), values)
        z = np.moveaxis(np.asarray(result), -1, 0)
        refuse_or_warn(z, hertz)
        return z[0] if batch is None else z

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model to a file that :func:`ssb_model.load_compiled` reads without PyBaMM."""
        write_system(self.system, path)

    @property
    def fingerprint(self) -> str:
        """A checksum of all that the model computes with."""
        return fingerprint(self.system)

    def _function(
        self, name: str, function: Callable[..., Any], static: tuple[int, ...] = ()
    ) -> Callable[..., Any]:
        if name not in self._jitted:
            self._jitted[name] = jax.jit(function, static_argnums=static)
        return self._jitted[name]


def _checked(names: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """``names`` of inputs; refuses one that is not ``known``."""
    if isinstance(names, str):
        raise InputError(f"Give sensitivities as a list of names, not {names!r}.")
    for name in names:
        if name not in known:
            raise InputError(f'"{name}" is not an input of this model.{did_you_mean(name, known)}')
    return tuple(names)


def load_compiled(path: str | os.PathLike[str]) -> CompiledModel:
    """The :class:`CompiledModel` that :meth:`CompiledModel.save` wrote to ``path``.

    Raises
    ------
    InputError
        If the file is missing, damaged, or of another version.
    """
    return CompiledModel(read_system(path))
