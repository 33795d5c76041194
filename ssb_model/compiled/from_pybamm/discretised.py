"""What the compiler reads of a PyBaMM model that has been discretised.

PyBaMM's own class says of these that they may be None, as they are before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import casadi
import numpy as np
import pybamm


class DiscretisedModel(Protocol):
    """A model on its mesh: equations, events and variables, and where each lies in the state."""

    name: str
    variables: Mapping[str, pybamm.Symbol]
    events: Sequence[pybamm.Event]
    concatenated_rhs: pybamm.Symbol
    concatenated_algebraic: pybamm.Symbol
    concatenated_initial_conditions: pybamm.Symbol
    len_rhs_and_alg: int
    mass_matrix: pybamm.Matrix
    y_slices: Mapping[pybamm.Variable, Sequence[slice]]
    switching_control_variables: Collection[str] | None

    def get_processed_variable(self, name: str) -> pybamm.Symbol:
        """A variable as an expression of the state."""
        ...

    def get_processed_variable_or_event(self, name: str) -> pybamm.Symbol:
        """A variable, or an event, as an expression of the state."""
        ...


class ModelToSolve(DiscretisedModel, Protocol):
    """A discretised model with what PyBaMM's solvers add before they integrate it.

    Of each set of inputs the initial state, and its derivatives by inputs.
    """

    convert_to_format: str
    y0_list: Sequence[casadi.DM | np.ndarray]
    y0S_list: Sequence[Any]
    calculate_sensitivities: Sequence[str]
    discontinuity_events_eval: Sequence[Any]
