"""The compiled program as a PyBaMM solver: for simulations, experiments, batch studies."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, cast

import casadi
import numpy as np
import pybamm

from ssb_model.compiled.failures import explained
from ssb_model.compiled.from_pybamm import (
    ModelToSolve,
    OutputVariables,
    names_of_input,
    symbols_of,
    system_of_states,
)
from ssb_model.compiled.inputs import read_tolerances
from ssb_model.compiled.integration import Recorder
from ssb_model.compiled.kernel import expect
from ssb_model.compiled.outcome import Outcome
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from jaxtyping import Float
    from numpy.typing import ArrayLike

    from ssb_model.compiled.integration import Path

REBUILT = (  # not kept in a pickle
    "_model_set_up",
    "_recorders",
    "_recorder",
    "_outputs",
    "computed_var_fcns",
    "computed_dvar_dy_fcns",
    "computed_dvar_dp_fcns",
    "_time_integral_vars",
)


class CompiledSolver(pybamm.BaseSolver):
    """Solve any discretised PyBaMM model by ssb_model's compiled program.

    It stands in for :class:`pybamm.IDAKLUSolver`. Each time in ``t_eval`` is a hard stop, where
    the solve may bend; without ``t_interp`` the solution is kept where the solver's own steps
    end (and both sides of each stop), with slopes, so that PyBaMM interpolates it by cubics.
    With ``t_interp`` it is kept at those times, at the stops and at the end.

    The first solve of a model compiles it, which takes seconds; copies of the solver and steps of
    an experiment with equal equations share what was compiled. A solve that fails before its first
    step, and is not to raise an error, is its initial state alone.

    Parameters
    ----------
    rtol, atol
        Tolerances of the local error (of PyBaMM's scaled states).
    max_steps
        Most steps to try between two stops; as many as IDAKLU may take.
    extrap_tol, on_extrapolation, on_failure, output_variables, store_first_last
        As for every PyBaMM solver. Output variables are not interpolated by cubics: give
        ``t_interp`` with them.

    Examples
    --------
    >>> import pybamm, ssb_model
    >>> solver = ssb_model.CompiledSolver(rtol=1e-6, atol=1e-6)
    >>> simulation = pybamm.Simulation(ssb_model.SymmetricCell(), solver=solver)
    >>> solution = simulation.solve([0, 60])
    >>> solution.termination
    'final time'
    """

    def __init__(
        self,
        rtol: float = 1e-6,
        atol: float = 1e-6,
        max_steps: int = 100_000,
        extrap_tol: float | None = None,
        on_extrapolation: str | None = None,
        on_failure: str | None = None,
        output_variables: list[str] | None = None,
        store_first_last: bool = False,
    ) -> None:
        super().__init__(
            method="Rodas",
            rtol=rtol,
            atol=atol,
            extrap_tol=extrap_tol,
            on_extrapolation=on_extrapolation,
            on_failure=on_failure,
            output_variables=output_variables,
            store_first_last=store_first_last,
        )
        self.name = "ssb_model compiled solver"
        expect(1)
        self.max_steps = max_steps
        self._supports_interp = True
        self._supports_t_eval_discontinuities = True
        self._recorders: dict[Hashable, Recorder] = {}
        self._recorder: Recorder | None = None
        self._outputs: OutputVariables | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in REBUILT}

    def __setstate__(self, state: dict[str, Any]) -> None:
        rebuilt: dict[str, Any] = {"_model_set_up": {}, "_recorders": {}}
        self.__dict__.update(state, **rebuilt, _recorder=None, _outputs=None)
        self.computed_var_fcns = {}

    def copy(self) -> CompiledSolver:
        """A copy for another model; the two share what has been compiled."""
        copied = super().copy()
        copied._recorders = self._recorders
        return copied

    def set_up(
        self,
        model: pybamm.BaseModel,
        inputs: dict[str, Any] | list[dict[str, Any]] | None = None,
        t_eval: Float[np.ndarray, " times"] | None = None,
        ics_only: bool = False,
    ) -> None:
        """See :meth:`pybamm.BaseSolver.set_up`."""
        model.convert_to_format = "casadi"  # for initial conditions and events
        super().set_up(model, inputs, t_eval, ics_only)
        if not ics_only:
            self._recorder = self._recorder_of(cast(ModelToSolve, model))
            self._outputs = self._output_variables(self._recorder)

    def _recorder_of(self, model: ModelToSolve) -> Recorder:
        """The recorder of a discretised model, shared by models with equal equations."""
        events = [e.expression for e in model.events if e.event_type == TERMINATION]
        outputs = symbols_of(self, model)
        read = tuple(outputs.items())
        key = (model.concatenated_rhs, model.concatenated_algebraic, *events, read)
        if key not in self._recorders:
            self._recorders[key] = Recorder(system_of_states(model, outputs))
        return self._recorders[key]

    def _output_variables(self, recorder: Recorder) -> OutputVariables | None:
        """What is to be returned in place of the states."""
        return OutputVariables(self, recorder.system.output_rows) if self.output_variables else None

    def process_t_interp(
        self,
        t_interp: Float[np.ndarray, " times"] | None,
        t_eval: Float[np.ndarray, " times"] | None = None,
    ) -> Any:
        """Refuse times after the end, as IDAKLU does."""
        if t_interp is not None:
            t_interp = np.sort(np.asarray(t_interp, dtype=float))
        if t_interp is not None and t_eval is not None and len(t_interp):
            last, end = np.max(t_interp), np.max(t_eval)
            if last > end:
                raise pybamm.SolverError(
                    f"t_interp goes on to {last} s, after the last t_eval at {end} s."
                )
        return super().process_t_interp(t_interp, t_eval)

    def _check_event_violation_on_initialisation(self, *args: Any, **kwargs: Any) -> None:
        """Events are looked at once the algebraic states have been solved for."""

    def _integrate(
        self,
        model: pybamm.BaseModel,
        t_eval: Float[np.ndarray, " times"],
        inputs_list: list[dict[str, float]] | None = None,
        t_interp: Float[np.ndarray, " times"] | None = None,
        nproc: int | None = 1,
    ) -> list[pybamm.Solution]:
        """Solve for every set of inputs in one batch; see :meth:`pybamm.BaseSolver.solve`."""
        inputs_list, ready = inputs_list or [{}], cast(ModelToSolve, model)
        recorder = self._recorder
        assert recorder is not None  # PyBaMM sets up before it integrates
        t_eval = self._with_jumps(np.asarray(t_eval, dtype=float), ready, inputs_list[0])
        if t_eval[-1] == t_eval[0]:
            raise pybamm.SolverError(f"t_eval must have two times that differ, not {t_eval[0]} s.")
        names = tuple(ready.calculate_sensitivities)
        columns = [_columns(inputs) for inputs in inputs_list]
        for name in names:
            if name not in columns[0]:
                raise InputError(f'"{name}" has several values, and so no sensitivities here.')
        batch = {
            name: np.array([column[name] for column in columns]) for name in recorder.system.inputs
        }
        state = np.column_stack([_column(y) for y in ready.y0_list])
        seeds = np.stack([_seeds(s) for s in ready.y0S_list], axis=-1) if names else None
        timer = pybamm.Timer()
        paths = recorder.solve(
            t_eval,
            batch,
            state,
            read_tolerances(self.rtol, self.atol, self.max_steps),
            names,
            seeds,
        )
        elapsed = timer.time()
        self._report_failures(paths, t_eval, ready, inputs_list)
        return [
            self._solution(path, ready, inputs, t_eval, t_interp, elapsed, len(paths))
            for path, inputs in zip(paths, inputs_list, strict=True)
        ]

    def _with_jumps(
        self, t_eval: Float[np.ndarray, " times"], model: ModelToSolve, inputs: dict[str, float]
    ) -> Float[np.ndarray, " times"]:
        """``t_eval`` with the times at which the equations jump; PyBaMM's ``step`` omits them."""
        if model.discontinuity_events_eval:
            return t_eval
        return self._get_discontinuity_start_end_indices(model, model.y0_list[0], inputs, t_eval)[2]

    def _report_failures(
        self,
        paths: Sequence[Path],
        t_eval: Float[np.ndarray, " times"],
        model: ModelToSolve,
        inputs_list: list[dict[str, float]],
    ) -> None:
        """Raise or warn of solves that failed, whichever ``on_failure`` says."""
        failures = []
        for n, (path, inputs) in enumerate(zip(paths, inputs_list, strict=True)):
            if path.outcome == Outcome.EVENT_AT_START:
                self._check_event_violation(t_eval, model, path.final, inputs)
            if not path.outcome.succeeded:
                failures.append(f"input set {n}: {self._why(path, inputs)}")
        if failures and self.on_failure == "error":
            raise pybamm.SolverError(f"{self.name} failed for {'; '.join(failures)}")
        if failures and self.on_failure == "warn":
            warnings.warn(
                f"{self.name} failed for {'; '.join(failures)}; what was solved is returned.",
                pybamm.SolverWarning,
                stacklevel=2,
            )

    def _why(self, path: Path, inputs: dict[str, float]) -> str:
        """How a path failed, when, and which equation stands out there."""
        assert self._recorder is not None  # it has solved
        system, values = self._recorder.system, _columns(inputs)
        read = {name: np.array([values[name]]) for name in system.inputs}
        end = np.array([path.outcome]), np.array([path.t_end]), path.final[:, None]
        return explained(system, *end, read)[0]

    def _solution(
        self,
        path: Path,
        model: ModelToSolve,
        inputs: dict[str, float],
        t_eval: Float[np.ndarray, " times"],
        t_interp: Float[np.ndarray, " times"] | None,
        elapsed: pybamm.TimerTime,
        batch: int,
    ) -> pybamm.Solution:
        """A member's :class:`pybamm.Solution`; ``batch`` of them were solved."""
        stops = np.append(t_eval[t_eval < path.t_end], path.t_end)
        if t_interp is None or not len(t_interp):
            t, states, slopes, tangents = path.knots()
        else:
            inside = (t_interp > t_eval[0]) & (t_interp < path.t_end)
            t, slopes = np.union1d(stops, t_interp[inside]), None
            states, tangents = path.at(t)
        ending = path.outcome.sentence if path.outcome.succeeded else "failure"
        end = np.array([path.t_end]), path.final[:, None], ending
        names = model.calculate_sensitivities
        solution: Any = pybamm.Solution(
            t,
            states.T,
            model,
            inputs,
            *end,
            all_sensitivities=_sensitivities(names, tangents),
            all_yps=None if slopes is None else slopes.T,
            all_t_evals=stops,
        )
        if self._outputs:
            assert self._recorder is not None  # it has solved
            names, values = tuple(names), _columns(inputs)
            seen = self._recorder.look(t, states, tangents, values, names, batch)
            solution = self._outputs.of(solution, *seen, tangents)
        if path.outcome == Outcome.EVENT:
            solution.closest_event_idx = path.ended_by
        solution.integration_time = elapsed
        solution.solver_statistics = pybamm.SolverStatistics(
            number_of_steps=path.accepted,
            number_of_linear_solver_setups=path.tried,
            number_of_error_test_failures=path.tried - path.accepted,
        )
        return solution


TERMINATION = pybamm.EventType.TERMINATION


def _columns(inputs: Mapping[str, ArrayLike]) -> dict[str, float]:
    """Inputs by the names that the compiled model has for each of their values."""
    values = {name: np.ravel(np.asarray(value, dtype=float)) for name, value in inputs.items()}
    return {
        name: float(number)
        for of, value in values.items()
        for name, number in zip(names_of_input(of, value.size), value, strict=True)
    }


def _column(y: casadi.DM | np.ndarray) -> Float[np.ndarray, " states"]:
    return np.ravel(y.full() if isinstance(y, casadi.DM) else y)


def _seeds(y0_by_input: Any) -> Float[np.ndarray, "names states"]:
    """Derivatives of a member's initial state, (names, states)."""
    parts = y0_by_input if isinstance(y0_by_input, tuple | list) else [y0_by_input]
    return np.stack([_column(part) for part in parts])


def _sensitivities(
    names: Sequence[str], tangents: Float[np.ndarray, "names times states"]
) -> dict[str, np.ndarray]:
    """PyBaMM's form: every input's column, time slowest, and all of them side by side."""
    columns = {name: d.reshape(-1, 1) for name, d in zip(names, tangents, strict=True)}
    return {**columns, "all": np.hstack(list(columns.values()))} if columns else {}
