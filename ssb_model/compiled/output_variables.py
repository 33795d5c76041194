"""PyBaMM's ``output_variables``: a solution that keeps chosen variables and drops the states."""

import casadi
import numpy as np
from pybamm.solvers.base_solver import stack_inputs
from pybamm.solvers.observation import OutputAssembly


class OutputVariables:
    """The variables that a solver was asked for.

    Parameters
    ----------
    solver : pybamm.BaseSolver
        Set up for a model: it has the variables as casadi functions of (t, y, inputs).
    """

    def __init__(self, solver):
        self.names = solver.output_variables
        self._values = solver.computed_var_fcns
        self._by_state = solver.computed_dvar_dy_fcns
        self._by_input = solver.computed_dvar_dp_fcns
        self._assembly = OutputAssembly(
            self.names, self._values, time_integrals=solver._time_integral_vars
        )

    def attach(self, solution, states, inputs, names):
        """Give ``solution`` its variables.

        Parameters
        ----------
        solution : pybamm.Solution
            Without states.
        states : array (1 + names, T, states)
            The states it would have, and their derivatives by the inputs ``names``.
        inputs : dict of str to float
        names : list of str
        """
        p = stack_inputs(inputs)
        points = list(zip(solution.t, states[0], strict=True))
        rows = [np.concatenate([self._nonzeros(n, t, y, p) for n in self.names]) for t, y in points]
        derivatives = None
        if names:
            moved = zip(points, np.moveaxis(states[1:], 1, 0), strict=True)
            derivatives = np.array([self._derivatives(*at, dy, p) for at, dy in moved])
        self._assembly.attach(
            solution, np.array(rows), sensitivities=derivatives, sensitivity_names=names
        )
        solution._y0, solution._y0_sensitivities = states[0, 0], _of_state(states[1:, 0], names)
        solution._y_event_sensitivities = _of_state(states[1:, -1], names)

    def _nonzeros(self, name, t, y, p):
        return np.array(self._values[name](t, y, p).nonzeros())

    def _derivatives(self, t, y, dy, p):
        """Derivatives (rows, names) of all variables from those of the state (names, states)."""
        parts = [
            self._by_state[name](t, y, p) @ casadi.DM(dy.T) + self._by_input[name](t, y, p)
            for name in self.names
        ]
        return np.concatenate([part.full() for part in parts])


def _of_state(derivatives, names):
    """Derivatives (names, states) of one state as PyBaMM's columns, None if there are none."""
    if not names:
        return None
    columns = {name: d[:, None] for name, d in zip(names, derivatives, strict=True)}
    return columns | {"all": derivatives.T}
