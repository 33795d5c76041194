"""Which of the full cells short while they are charged, by their own critical currents.

Each draw is charged at the rate of its discharge, with the capacity that it then gives, and each
charge uses up a share of what its garnet bears (:mod:`ssb_model.critical_current.on_charge`): it
lives for the reciprocal of that share. How many draws live how long is a survival curve.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.constants import FROM_MA_CM2, HOUR
from ssb_model.critical_current import filament_share, surviving
from ssb_model.prediction.draws import drawn_alone
from ssb_model.prediction.questions import CRITICAL_CURRENT, rate_and_cycles

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.study import StudyCell

LOADING = "Positive electrode areal loading [kg.m-2]"
SPECIFIC = "Positive electrode 1C specific current [A.kg-1]"
CHARGE = "Filament charge [C.m-2]"
SHARE = "full cells that short "
MOST = 50.0  # %: from which on a warning is due

Answers = Mapping[str, tuple[Float[np.ndarray, " n"], str]]


class Shorts(NamedTuple):
    """Shares of cells that short [%] by the name of the capacity; the share of its filament charge
    that each draw uses up in a charge, by C-rate; and what must be said."""

    shares: dict[str, float]
    used: dict[str, Float[np.ndarray, " n"]]
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


def shorts(
    answers: Answers, cell: StudyCell, seed: int, stated: Mapping[str, Quantity] | None = None
) -> Shorts:
    """The :class:`Shorts` of a full cell at every rate that ``answers`` has a capacity of.

    Parameters
    ----------
    answers
        Draws of critical current density [mA/cm2] and of capacities [mAh/g], and their units.
    cell
        The full cell: its loading is known.
    seed
        Of the draws of the filament charge.
    stated
        What is known of this cell's wear, by PyBaMM name.
    """
    J_c = answers[CRITICAL_CURRENT][0] * FROM_MA_CM2
    charge = (stated or {}).get(CHARGE, cell.quantities[CHARGE])
    q_f = drawn_alone(CHARGE, charge, len(J_c), seed)
    loading = float(cell.values[LOADING])
    shares: dict[str, float] = {}
    used: dict[str, Float[np.ndarray, " n"]] = {}
    for name, (capacity, _) in answers.items():
        asked = rate_and_cycles(name)
        if asked is None:
            continue
        rate, cycles = asked
        J = rate * float(cell.values[SPECIFIC]) * loading
        Q = capacity * loading * HOUR
        of_a_charge = filament_share(Q, J, J_c, q_f)
        shares[name] = 100 - float(surviving(of_a_charge, cycles))
        used.setdefault(f"{rate:g}C", of_a_charge)  # that of the first cycles
    return Shorts(shares, used, _warnings(shares))


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
