"""PyBaMM's ``output_variables``: a solution that keeps chosen variables and drops the states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pybamm
from pybamm.solvers.observation import OutputAssembly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jaxtyping import Float

    from ssb_model.compiled.from_pybamm.discretised import DiscretisedModel


def symbols_of(solver: pybamm.BaseSolver, model: DiscretisedModel) -> dict[str, pybamm.Symbol]:
    """The expressions that a solver, set up for a model, is to return: of a variable that PyBaMM
    integrates over time afterwards what is integrated."""
    symbols = {
        name: model.get_processed_variable_or_event(name) for name in solver.output_variables
    }
    return symbols | {name: over.sum_node for name, over in solver._time_integral_vars.items()}


class OutputVariables:
    """The variables that a solver was asked for.

    Parameters
    ----------
    solver
        Set up for a model: it has the variables as casadi functions of (t, y, inputs), of which
        PyBaMM wants the entries that are not zero by structure.
    rows
        Of all that is returned, by name.
    """

    def __init__(self, solver: pybamm.BaseSolver, rows: Mapping[str, slice]) -> None:
        functions = solver.computed_var_fcns
        names, integrals = solver.output_variables, solver._time_integral_vars
        self._assembly = OutputAssembly(names, functions, time_integrals=integrals)
        filled = [rows[n].start + np.array(functions[n].sparsity_out(0).find()) for n in names]
        self._filled = np.concatenate(filled).astype(int)

    def of(
        self,
        full: pybamm.Solution,
        values: Float[np.ndarray, "outputs times"],
        moved: Float[np.ndarray, "names outputs times"],
        tangents: Float[np.ndarray, "names times states"],
    ) -> pybamm.Solution:
        """``full``, a :class:`pybamm.Solution`, without its states.

        Parameters
        ----------
        full
            With its states.
        values, moved
            What is returned, and its derivatives by the inputs that it has sensitivities for.
        tangents
            Derivatives of the states.
        """
        names = full.sensitivity_names
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
        by_input = moved[:, self._filled].transpose(2, 1, 0) if names else None
        rows = values[self._filled].T
        self._assembly.attach(kept, rows, sensitivities=by_input, sensitivity_names=names)
        kept._y0 = full.y[:, 0]
        if names:
            kept._y0_sensitivities = _of_state(tangents[:, 0], names)
            kept._y_event_sensitivities = _of_state(tangents[:, -1], names)
        return kept


def _of_state(
    derivatives: Float[np.ndarray, "names states"], names: Sequence[str]
) -> dict[str, np.ndarray]:
    """Derivatives (names, states) of one state as PyBaMM's columns."""
    columns = {name: d[:, None] for name, d in zip(names, derivatives, strict=True)}
    return columns | {"all": derivatives.T}
