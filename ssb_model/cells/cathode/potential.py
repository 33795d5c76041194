r"""The open-circuit potential of the cathode against lithium [V], as PyBaMM takes it.

A named function is that of LiFePO4, :math:`x` the stoichiometry of lithium in it (Afshar et al.
2017, as PyBaMM has it):

.. math::

    U = 3.4077 - 0.020269 x + 0.5 \, \mathrm{e}^{-150 x} - 0.9 \, \mathrm{e}^{-30 (1 - x)}.

That of a PyBaMM parameter set is its positive electrode's function. A table is interpolated by
cubics that rise and fall with it and nowhere else (pchip); beyond its ends it goes on straight.
With hysteresis there are two branches, and a state :math:`h` of PyBaMM's between them,

.. math::

    U = \frac{1 + h}{2} U_\mathrm{delithiation} + \frac{1 - h}{2} U_\mathrm{lithiation}.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pybamm
from jaxtyping import Float
from scipy.interpolate import PchipInterpolator

from ssb_model.cells.cathode.of_pybamm import function_of_set
from ssb_model.cells.symbols import Value
from ssb_model.library import (
    BRANCHES,
    VOLTAGE,
    Named,
    OfParameterSet,
    Potential,
    Tabulated,
)

Function = Callable[[Value], Value]
OCP = "Positive electrode OCP [V]"
STATE = "Initial hysteresis state in positive electrode"
START = 1.0  # h of a cell that was charged
HYSTERESIS = ("one-state hysteresis", "one-state differential capacity hysteresis")


def afshar2017(stoichiometry: Value) -> Value:
    """Open-circuit potential [V] of LFP against Li/Li+ at ``stoichiometry`` in (0, 1)."""
    return (
        3.4077
        - 0.020269 * stoichiometry
        + 0.5 * pybamm.exp(-150 * stoichiometry)
        - 0.9 * pybamm.exp(-30 * (1 - stoichiometry))
    )


#: Open-circuit potentials that an electrode file may name.
NAMED = {"afshar2017": afshar2017}


def interpolated(table: Tabulated, column: str) -> Function:
    """A column of a table as a function of the stoichiometry."""
    x, y = to_the_ends(table, column)

    def tabulated(stoichiometry: Value) -> Value:
        return pybamm.Interpolant(x, y, stoichiometry, name=column, interpolator="pchip")

    return tabulated


def to_the_ends(
    table: Tabulated, column: str, slope: float = 1.0
) -> tuple[Float[np.ndarray, " knots"], Float[np.ndarray, " knots"]]:
    """A table continued to 0 and 1, by ``slope`` times that of its first and last rows."""
    x, y = np.array(table.stoichiometry), np.array(table.columns[column])
    first, last = slope * (np.diff(y) / np.diff(x))[[0, -1]]
    if x[0] > 0:
        x, y = np.append(0.0, x), np.append(y[0] - first * x[0], y)
    if x[-1] < 1:
        x, y = np.append(x, 1.0), np.append(y, y[-1] + last * (1 - x[-1]))
    return x, y


def potential_values(potential: Potential) -> dict[str, Value]:
    """PyBaMM's functions by name; reactions have none."""
    if isinstance(potential, Named):
        return {OCP: NAMED[potential.name]}
    if isinstance(potential, OfParameterSet):
        return {OCP: function_of_set(potential.parameter_set, OCP)}
    if not isinstance(potential, Tabulated):
        return {}
    if VOLTAGE in potential.columns:
        return {OCP: interpolated(potential, VOLTAGE)}
    below, above = (interpolated(potential, branch) for branch in BRANCHES)
    named = {
        f"Positive electrode {b} OCP [V]": f for b, f in zip(BRANCHES, (below, above), strict=True)
    }
    return named | {OCP: lambda x: (below(x) + above(x)) / 2}


def upper_branch(potential: Potential) -> Callable[[Float[np.ndarray, " n"]], np.ndarray]:
    """The potential [V] of a cell that was charged, of numbers; that of reactions is elsewhere."""
    return _of_numbers(potential, BRANCHES[1])


def lower_branch(potential: Potential) -> Callable[[Float[np.ndarray, " n"]], np.ndarray]:
    """The same of one that was discharged."""
    return _of_numbers(potential, BRANCHES[0])


def _of_numbers(
    potential: Potential, branch: str
) -> Callable[[Float[np.ndarray, " n"]], np.ndarray]:
    if isinstance(potential, Tabulated):
        column = VOLTAGE if VOLTAGE in potential.columns else branch
        return PchipInterpolator(*to_the_ends(potential, column))
    function = cast(Function, potential_values(potential)[OCP])

    def of_numbers(x: Float[np.ndarray, " n"]) -> np.ndarray:
        found = function(pybamm.Vector(x)).evaluate()
        return np.broadcast_to(np.ravel(found), x.shape)  # a constant has one number

    return of_numbers


def start_on_branch(param: pybamm.LithiumIonParameters) -> None:
    """Let PyBaMM's cell with hysteresis begin at rest, where its state h says that it is."""
    cathode: Any = param.p.prim
    h = pybamm.Parameter(STATE)
    at = (cathode.sto_init_av, param.T_init)
    below, above = (cathode.U(*at, branch) for branch in BRANCHES)
    cathode.U_init = (1 + h) / 2 * above + (1 - h) / 2 * below
