"""Which of several coatings to make first: how probably each has the highest critical current.

All are of one batch and share its effect, and draw by draw the parameters of the field's model;
each has an interface and a resistance of its own. What is compared is what a coating does in the
mean of many cells, so that the noise between cells is no advantage; the expected improvement is
that of one cell's number over the best that was measured, or over the best median where nothing
was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.constants import FROM_MA_CM2, TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import HIGHEST, LOWEST, field_beside, joint_draws
from ssb_model.errors import InputError
from ssb_model.library import OWN_LAB
from ssb_model.prediction.design.candidates_file import HALF_CYCLE, STEP

if TYPE_CHECKING:
    from ssb_model.prediction.files import Coating


@dataclass(frozen=True)
class Chance:
    """One coating among several.

    Attributes
    ----------
    name
        Of the coating.
    best
        Probability that its critical current is the highest.
    improvement
        Expected improvement of one cell [mA/cm2].
    hours
        Of a ramp of one cell, steps of 0.1 mA/cm2 of 1 h each way.
    """

    name: str
    best: float
    improvement: float
    hours: float


def chances(
    coatings: Sequence[Coating], resistances: Sequence[Float[np.ndarray, " draws"]]
) -> tuple[Chance, ...]:
    """The :class:`Chance` of each coating, in their order.

    Parameters
    ----------
    coatings
        Of one batch; what some of their files measured of it counts for all.
    resistances
        Draws of each one's interface resistance [Ohm.m2].

    Raises
    ------
    InputError
        For fewer than two.
    """
    if len(coatings) < 2:
        raise InputError("one coating is the best of one: give two or more to choose from.")
    kinds = [(c.type, c.contact) for c in coatings]
    R = [np.clip(r, LOWEST, HIGHEST) * TO_OHM_CM2 for r in resistances]
    known = coatings[0].known
    bare = dict.fromkeys(row for c in coatings for row in c.measured if row.layer == "none")
    own = tuple(dict.fromkeys((*bare, *known.library)))
    posterior, _ = field_beside(known.folder)
    typical, cells = joint_draws(kinds, R, own, posterior, (OWN_LAB, known.garnet))
    for k, coating in enumerate(coatings):
        if coating.critical_current is not None:
            typical[k] = np.log(coating.critical_current.value / FROM_MA_CM2)
            cells[k] = typical[k]
    measured = [c.critical_current.value for c in coatings if c.critical_current is not None]
    best = np.argmax(typical, axis=0)
    J = np.exp(cells)
    reference = max(measured) * TO_MA_CM2 if measured else float(np.median(J, axis=1).max())
    return tuple(
        Chance(
            name=coating.name,
            best=float(np.mean(best == k)),
            improvement=float(np.maximum(J[k] - reference, 0.0).mean()),
            hours=2 * HALF_CYCLE * float(np.median(J[k])) * FROM_MA_CM2 / STEP,
        )
        for k, coating in enumerate(coatings)
    )
