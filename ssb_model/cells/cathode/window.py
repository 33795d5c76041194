"""Whether a cathode's potential spans the window of voltages that its file states.

A cell whose potential is unknown within its window would be simulated with an invented one. On
discharge the potential at the particles' surfaces lies above the cell's voltage, on charge below,
so that a potential known from the upper cut-off to the lower one, or to where the particles are
empty and full, is never left.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pybamm

from ssb_model.cells.cathode.potential import lower_branch, upper_branch
from ssb_model.cells.cathode.reactions import potential_at
from ssb_model.constants import FARADAY, HOUR
from ssb_model.errors import InputError
from ssb_model.library import ROUGH, ParameterSet, Potential, Reactions, Tabulated

LOWER, UPPER = "Lower voltage cut-off [V]", "Upper voltage cut-off [V]"
CHARGED = "Positive electrode charged stoichiometry"
OWN = {
    LOWER: "lower cut-off voltage",
    UPPER: "upper cut-off voltage",
    CHARGED: "charged stoichiometry",
}
HOURS = 1.4  # that a discharge at 1C may take at most
END = 0.01  # of the stoichiometry: by so much a table's ends may be continued
SLACK = 5e-3  # V above the upper cut-off at which a cell may start
POINTS = 400
FULL = 0.995  # above it PyBaMM's own limit of a full particle takes over


def refuse_window(numbers: Mapping[str, float], cathode: ParameterSet) -> None:
    """Raise InputError unless the potential is known and falls throughout the window.

    Parameters
    ----------
    numbers
        Of the cell by PyBaMM name.
    cathode
        Whose potential it is.
    """
    potential, where = cathode.open_circuit_potential, str(cathode.path)
    assert potential is not None
    lower, upper, charged = (numbers[name] for name in (LOWER, UPPER, CHARGED))
    if not lower < upper:
        raise InputError(
            f"{where}: the lower cut-off voltage, {lower:g} V, must lie below the upper one, "
            f"{upper:g} V."
        )
    own = {name: cathode[key].value for name, key in OWN.items()}
    refuse_start(own if charged == own[CHARGED] else numbers, cathode)
    if isinstance(potential, Tabulated):
        _refuse_short(potential, lower, upper)
    elif not isinstance(potential, Reactions):
        _refuse_rising(potential, charged, lower, where)
    if isinstance(curve := cathode.relative_diffusivity, Tabulated):
        first, last = curve.stoichiometry[0], curve.stoichiometry[-1]
        if first > charged + END or last < 1 - 5 * END:
            raise InputError(
                f"{curve.path} spans stoichiometries of {first:g} to {last:g}, and is needed from "
                f"the charged stoichiometry, {charged:g}, to {1 - 5 * END:g}: add rows."
            )


def refuse_nominal(numbers: Mapping[str, float], where: str) -> None:
    """Raise InputError where 1C would discharge the cathode in far more than an hour.

    Rate tests are followed for one and a half.
    """
    density = numbers["Positive electrode density [kg.m-3]"]
    sites = numbers["Maximum concentration in positive electrode [mol.m-3]"] / density
    sites *= numbers["Positive electrode utilisation"] * (1 - numbers[CHARGED])
    held, one_c = sites * FARADAY / HOUR, numbers["Positive electrode 1C specific current [A.kg-1]"]
    if held > HOURS * one_c:
        raise InputError(
            f"{where}: between the charged and the full particle lie {held:.4g} mAh/g, which the "
            f"1C specific current of {one_c:.4g} mA/g passes in {held / one_c:.3g} h: check it, "
            "the maximum concentration, the density and the utilisation."
        )


def refuse_start(
    numbers: Mapping[str, float] | pybamm.ParameterValues, cathode: ParameterSet
) -> None:
    """Raise InputError unless a charged cell at rest lies within the cut-offs."""
    lower, upper, charged = (float(numbers[name]) for name in (LOWER, UPPER, CHARGED))
    potential = cathode.open_circuit_potential
    assert potential is not None
    if isinstance(potential, Reactions):
        U = potential_at(charged, potential)
    else:
        U = float(upper_branch(potential)(np.array([charged]))[0])
    if not lower < U <= upper + SLACK:
        raise InputError(
            f"{cathode.path}: at the charged stoichiometry {charged:g} the open-circuit potential "
            f"is {U:.3f} V, outside the window of {lower:g} to {upper:g} V: change the charged "
            "stoichiometry or the cut-off voltages."
        )


def _refuse_short(table: Tabulated, lower: float, upper: float) -> None:
    """The ends of a table must reach the cut-offs, or particles that are empty or full."""
    x = table.stoichiometry
    near = np.array([max(x[0] - END, 0.0), min(x[-1] + END, 1.0)])
    highest = float(upper_branch(table)(near)[0])
    lowest = float(lower_branch(table)(near)[1])
    if near[0] > 0 and highest < upper:
        raise InputError(
            f"{table.path} begins at the stoichiometry {x[0]:g} with {highest:.3f} V, below the "
            f"upper cut-off voltage of {upper:g} V: add rows of less lithium, or lower the cut-off."
        )
    if near[1] < 1 and lower < lowest:
        raise InputError(
            f"{table.path} ends at the stoichiometry {x[-1]:g} with {lowest:.3f} V, above the "
            f"lower cut-off voltage of {lower:g} V: add rows of more lithium, or raise the cut-off."
        )


def _refuse_rising(potential: Potential, charged: float, lower: float, where: str) -> None:
    """A function must fall from the charged cell down to the lower cut-off."""
    x = np.linspace(charged, FULL, POINTS)
    U = lower_branch(potential)(x)
    ended = np.flatnonzero(lower > U)
    x, U = (x[: ended[0]], U[: ended[0]]) if ended.size else (x, U)
    rise = U - np.minimum.accumulate(U)
    if not np.isfinite(U).all() or rise.max(initial=0.0) > ROUGH:
        at = x[np.argmax(~np.isfinite(U) | (rise > ROUGH))]
        raise InputError(
            f"{where}: the open-circuit potential rises or ends at the stoichiometry {at:.3g}, "
            "within the window: it does not hold there; choose another, or give a table."
        )
