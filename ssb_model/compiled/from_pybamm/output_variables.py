"""PyBaMM's ``output_variables``: a solution that keeps chosen variables and drops the states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import casadi
import numpy as np
import pybamm
from pybamm.solvers.base_solver import stack_inputs
from pybamm.solvers.observation import OutputAssembly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jaxtyping import Float


class OutputVariables:
    """The variables that a solver was asked for.

    Parameters
    ----------
    solver
        Set up for a model: it has the variables as casadi functions of (t, y, inputs).
    """

    def __init__(self, solver: pybamm.BaseSolver) -> None:
        self.names: list[str] = solver.output_variables
        self._values = solver.computed_var_fcns
        self._by_state = solver.computed_dvar_dy_fcns
        self._by_input = solver.computed_dvar_dp_fcns
        self._integrals = solver._time_integral_vars
        self._assembly = OutputAssembly(self.names, self._values, time_integrals=self._integrals)

    def of(
        self,
        full: pybamm.Solution,
        tangents: Float[np.ndarray, "names times states"],
        inputs: dict[str, float],
    ) -> pybamm.Solution:
        """``full``, a :class:`pybamm.Solution`, without its states.

        Parameters
        ----------
        full
            With its states.
        tangents
            Derivatives of its states by the inputs that it has sensitivities for.
        inputs
            Those of the solve.
        """
        names, p = full.sensitivity_names, stack_inputs(inputs)
        kept: Any = pybamm.Solution(
            full.t,
            full.y[:0],
            full.all_models,  # pyright: ignore[reportArgumentType] (a model or a list of them)
            full.all_inputs,
            full.t_event,
            full.y_event,
            full.termination,
            all_sensitivities={
                name: value[0][:0] for name, value in full._all_sensitivities.items()
            },
            all_t_evals=full.all_t_evals,
            variables_returned=True,
        )
        rows = np.concatenate([self._rows(full, name, p) for name in self.names], axis=1)
        moved = self._derivatives(full, tangents, p) if names else None
        self._assembly.attach(kept, rows, sensitivities=moved, sensitivity_names=names)
        kept._y0 = full.y[:, 0]
        if names:
            kept._y0_sensitivities = _of_state(tangents[:, 0], names)
            kept._y_event_sensitivities = _of_state(tangents[:, -1], names)
        return kept

    def _rows(
        self, full: pybamm.Solution, name: str, p: casadi.DM
    ) -> Float[np.ndarray, "times rows"]:
        """A variable's non-zeros, (T, rows)."""
        function = self._values[name]
        at_all = function(full.t[None], full.y, p)  # casadi takes columns as so many calls
        rows = at_all.full().reshape(-1, len(full.t), order="F")
        return rows[function.sparsity_out(0).find()].T

    def _derivatives(
        self,
        full: pybamm.Solution,
        tangents: Float[np.ndarray, "names times states"],
        p: casadi.DM,
    ) -> Float[np.ndarray, "times rows names"]:
        """Of all variables by the inputs, (T, rows, names)."""
        return np.array(
            [
                np.concatenate(
                    [
                        (self._by_state[n](*at, p) @ dy + self._by_input[n](*at, p)).full()
                        for n in self.names
                    ]
                )
                for at, dy in zip(
                    _points(full), map(casadi.DM, tangents.T.swapaxes(0, 1)), strict=True
                )
            ]
        )


def _points(full: pybamm.Solution) -> Iterator[tuple[Any, Any]]:
    return zip(full.t, full.y.T, strict=True)


def _of_state(
    derivatives: Float[np.ndarray, "names states"], names: Sequence[str]
) -> dict[str, np.ndarray]:
    """Derivatives (names, states) of one state as PyBaMM's columns."""
    columns = {name: d[:, None] for name, d in zip(names, derivatives, strict=True)}
    return columns | {"all": derivatives.T}
