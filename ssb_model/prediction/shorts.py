r"""Which of the full cells short while they are charged, by their own critical currents.

Lithium is plated on charge. At a C-rate whose current density :math:`J` is above a cell's critical
current density :math:`J_c`, filaments have crossed the garnet when the charge passed above it is
the filament charge :math:`q_f` (:mod:`ssb_model.cells.short_circuit`),

.. math::

    Q \, (1 - J_c/J) \ge q_f,

with :math:`Q` [C.m-2] the charge of the half cycle: the capacity that the cell then gives on
discharge, charged at the same rate. So each draw shorts in its first charge at a rate or it does
not, and a cycled one sums up its half cycles. Contact that is lost while cycling would lower
:math:`J_c` further: shares are the least that short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.constants import FROM_MA_CM2, HOUR
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.prediction.draws import even_normals
from ssb_model.prediction.questions import CRITICAL_CURRENT, rate_and_cycles

if TYPE_CHECKING:
    from ssb_model.study import StudyCell

LOADING = "Positive electrode areal loading [kg.m-2]"
SPECIFIC = "Positive electrode 1C specific current [A.kg-1]"
CHARGE = "Filament charge [C.m-2]"
SHARE = "full cells that short "
MOST = 50.0  # %: from which on a warning is due

Answers = Mapping[str, tuple[Float[np.ndarray, " n"], str]]


class Shorts(NamedTuple):
    """Shares of cells that short [%] by the name of the capacity, and what must be said."""

    shares: dict[str, float]
    warnings: tuple[str, ...]

    def beside(self, answers: Answers) -> dict[str, tuple[Float[np.ndarray, " n"], str]]:
        """The answers, the share of each capacity after it."""
        found = {}
        for name, answer in answers.items():
            found[name] = answer
            if name in self.shares:
                share = np.full(len(answer[0]), self.shares[name])
                found[SHARE + name.removeprefix("capacity ")] = share, "%"
        return found


def shorts(answers: Answers, cell: StudyCell, seed: int) -> Shorts:
    """The :class:`Shorts` of a full cell at every rate that ``answers`` has a capacity of.

    Parameters
    ----------
    answers
        Draws of critical current density [mA/cm2] and of capacities [mAh/g], and their units.
    cell
        The full cell: its loading is known.
    seed
        Of the draws of the filament charge.
    """
    J_c = answers[CRITICAL_CURRENT][0] * FROM_MA_CM2
    q_f = _filament_charge(cell, len(J_c), seed)
    loading = float(cell.values[LOADING])
    shares: dict[str, float] = {}
    for name, (capacity, _) in answers.items():
        asked = rate_and_cycles(name)
        if asked is None:
            continue
        rate, cycles = asked
        J = rate * float(cell.values[SPECIFIC]) * loading
        Q = capacity * loading * HOUR
        shorted: Bool[np.ndarray, " n"] = cycles * Q * np.maximum(1 - J_c / J, 0) >= q_f
        shares[name] = 100 * float(np.mean(shorted))
    return Shorts(shares, _warnings(shares))


def _filament_charge(cell: StudyCell, number: int, seed: int) -> Float[np.ndarray, " n"]:
    quantity = cell.quantities[CHARGE]
    if quantity.prior is None:
        return np.full(number, quantity.value)
    space = ParameterSpace([FreeParameter.from_quantity(CHARGE, quantity)])
    return np.asarray(space.values(even_normals(number, seed)[None])[CHARGE])


def _warnings(shares: Mapping[str, float]) -> tuple[str, ...]:
    """One sentence of the capacities that most cells do not live to give."""
    most = [name for name, share in shares.items() if share >= MOST]
    if not most:
        return ()
    told = ", ".join(f"{name.removeprefix('capacity ')}: {shares[name]:.0f} %" for name in most)
    return (
        "Most full cells short while they are charged, by their critical current and the assumed "
        f"filament charge ({told}): those capacities are of the cells that do not.",
    )
