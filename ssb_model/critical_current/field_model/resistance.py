"""What cells of a kind resist, by the published ones: ln R with the lab as a random effect.

ln R [ohm cm2] of both faces is the level of the class of contact and of the type of layer, an
effect of the lab and a normal scatter between cells. All but two numbers, the scatter and the
spread of labs, enter linearly, so that the rows are jointly normal with the covariance

    sum_levels v x x' + lab^2 [same lab] + scatter^2 [same row],

and the two are summed over a grid: closed form, and rows of one's own are rows like the others. Of
an unknown number of faces R and 2 R are equally probable, a spread of ln 2 / 2. Bounds are left
out. It is a prior of a cell of which nothing was measured, and printed as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.linalg import cho_factor, cho_solve
from scipy.special import ndtr, softmax

from ssb_model.constants import TO_OHM_CM2
from ssb_model.critical_current.field_model.covariates import design
from ssb_model.library import OWN_LAB, FieldCell, Reported

#: centre and standard deviation of each level of ln R, in the order of LEVELS: bare garnet 100 ohm
#: cm2 within x/÷ 50, a control ten times that within x/÷ 7, a layer or a liquid 20 within x/÷ 20,
#: types of layer alike within x/÷ 4 (95 %)
CENTRES = np.array([np.log(100.0), np.log(10.0), np.log(20.0), np.log(20.0), 0.0, 0.0, 0.0])
WIDTHS = np.array([2.0, 1.0, 1.5, 1.5, 0.7, 0.7, 0.7])
SCATTERS = np.geomspace(0.4, 2.5, 15)  # lognormal about 1, x/÷ 1.6
LABS = np.linspace(0.0, 1.5, 16)  # half normal of 0.5: preparation and pressure
SCATTER_CENTRE, SCATTER_WIDTH, LAB_WIDTH = 0.0, 0.5, 0.5
FACES = 0.5 * np.log(2)  # spread of an unknown number of faces
HALVINGS = 50


class Row(NamedTuple):
    """One resistance: ln R of both faces, variance of what is unsaid, levels and lab."""

    y: float
    unsaid: float
    levels: Float[np.ndarray, " levels"]
    lab: str


class ResistanceForecast(NamedTuple):
    """Mixture of normals of ln R [ohm cm2], and the spread of labs behind it."""

    means: Float[np.ndarray, " grid"]
    sds: Float[np.ndarray, " grid"]
    weights: Float[np.ndarray, " grid"]
    labs: Float[np.ndarray, " grid"]
    rows: int

    def quantile(self, p: float | Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        """R [ohm cm2] of both faces that a cell stays below with probability ``p``."""
        p = np.asarray(p, dtype=float)
        low, high = np.full(p.shape, -30.0), np.full(p.shape, 30.0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            under = ndtr((middle[..., None] - self.means) / self.sds) @ self.weights < p
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return np.exp((low + high) / 2)


def resistance_forecast(
    layer: str,
    contact: str,
    cells: Sequence[FieldCell],
    lab: str = OWN_LAB,
) -> ResistanceForecast:
    """The :class:`ResistanceForecast` of a further cell of a ``lab``.

    Parameters
    ----------
    layer, contact
        Its type of layer and class of contact.
    cells
        Published ones, and those of one's own.
    lab
        As rows name it.
    """
    rows = resistance_rows(cells)
    X, y = np.stack([row.levels for row in rows]), np.array([row.y for row in rows])
    own, labs = design(contact, layer), np.array([row.lab for row in rows])
    known, near = (X * WIDTHS**2) @ X.T, (X * WIDTHS**2) @ own
    unsaid, same = np.diag([row.unsaid for row in rows]), labs[:, None] == labs
    found = []
    for scatter in SCATTERS:
        for spread in LABS:
            noise = scatter**2 * np.eye(len(y)) + unsaid
            factor = cho_factor(known + spread**2 * same + noise, lower=True)
            left = y - X @ CENTRES
            solved = cho_solve(factor, left)
            evidence = -0.5 * left @ solved - np.log(np.diag(factor[0])).sum()
            to_own = near + spread**2 * (labs == lab)
            variance = own @ (WIDTHS**2 * own) + spread**2 + scatter**2
            variance -= to_own @ cho_solve(factor, to_own)
            mean = own @ CENTRES + to_own @ solved
            found.append((mean, np.sqrt(variance), evidence + _prior(scatter, spread), spread))
    means, sds, logs, spreads = np.array(found).T
    return ResistanceForecast(means, sds, softmax(logs), spreads, len(rows))


def _prior(scatter: float, lab: float) -> float:
    """ln p of the two, on the grid, which is even in ln scatter."""
    away = (np.log(scatter) - SCATTER_CENTRE) / SCATTER_WIDTH
    return -0.5 * away**2 - 0.5 * (lab / LAB_WIDTH) ** 2


def resistance_rows(cells: Sequence[FieldCell]) -> list[Row]:
    """One of each cell, and one of each garnet before it was treated."""
    found: dict[tuple[str, ...], Row] = {}
    for cell in cells:
        if cell.R and cell.contact != "three-dimensional" and not cell.R.is_bound:
            levels = design(cell.contact, cell.layer)
            found[cell.lab, cell.name, "own"] = _row(cell.R, cell, levels)
        if cell.before and not cell.before.is_bound:
            levels = design("bare control", "none")
            found[cell.lab, cell.garnet, "before"] = _row(cell.before, cell, levels)
    return list(found.values())


def _row(R: Reported, cell: FieldCell, levels: Float[np.ndarray, " levels"]) -> Row:
    unknown = cell.faces == "unknown"
    both = FACES if cell.faces == "unknown" else np.log(2 / cell.faces)
    y = float(np.log(R.value * TO_OHM_CM2) + both)
    return Row(y, FACES**2 if unknown else 0.0, levels, cell.lab)
