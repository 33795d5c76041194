"""The most probable point of a coating in its cell, at which a measured resistance is met."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.constants import TO_OHM_CM2
from ssb_model.fitting import minimise
from ssb_model.prediction.draws.sample import face_priors, face_quantities
from ssb_model.prediction.questions import RESISTANCE, RESISTANCE_QUESTION

if TYPE_CHECKING:
    from ssb_model.prediction.coated_cells import CoatedCells
    from ssb_model.prediction.files import Coating, Measured, PredictionCell
    from ssb_model.study import StudyCell

DIFFERENCE = 1e-4


def most_probable(
    coating: Coating, cells: CoatedCells[StudyCell], cell: PredictionCell
) -> tuple[Float[np.ndarray, " quantities"], dict[str, float]]:
    """Coordinates u of the face's priors, and every input's value by PyBaMM name.

    u is 0, or where a measured resistance is met: least squares of the coordinates and of the
    misfit of ln R over its error, from 0.
    """
    space, fixed = face_priors(face_quantities(coating, cells))
    middle = cell.columns(np.zeros((1, len(cell.space))))

    def columns(u: Float[np.ndarray, "n quantities"]) -> dict[str, Float[np.ndarray, " n"]]:
        drawn = {name: np.asarray(x) for name, x in space.values(u.T).items()}
        known = {name: np.full(len(u), x) for name, x in fixed.items()}
        return drawn | known | {name: np.full(len(u), x[0]) for name, x in middle.items()}

    u = np.zeros((1, len(space)))
    if coating.resistance is not None and len(space):
        u = minimise(_misfit(coating.resistance, cells, columns), u, limits=space.limits).u
    return u[0], {name: float(x[0]) for name, x in columns(u).items()}


def _misfit(
    measured: Measured,
    cells: CoatedCells[StudyCell],
    columns: Callable[[Float[np.ndarray, "n quantities"]], dict[str, Float[np.ndarray, " n"]]],
) -> Callable[
    [Float[np.ndarray, "n quantities"]],
    tuple[Float[np.ndarray, "n residuals"], Float[np.ndarray, "n residuals quantities"]],
]:
    """Residuals of the measured resistance and the priors, and their Jacobian by u."""
    wanted, sd = measured

    def logarithm(u: Float[np.ndarray, "n quantities"]) -> Float[np.ndarray, " n"]:
        return np.log(cells.answer([RESISTANCE_QUESTION], columns(u))[RESISTANCE] / TO_OHM_CM2)

    def residuals(
        u: Float[np.ndarray, "n quantities"],
    ) -> tuple[Float[np.ndarray, "n residuals"], Float[np.ndarray, "n residuals quantities"]]:
        here, size = logarithm(u), u.shape[1]
        moved = [logarithm(u + DIFFERENCE * axis) for axis in np.eye(size)]
        J = (np.stack(moved, axis=-1) - here[:, None]) / DIFFERENCE / sd
        r = (here - wanted) / sd
        prior = np.broadcast_to(np.eye(size), (len(u), size, size))
        return np.column_stack([r, u]), np.concatenate([J[:, None, :], prior], axis=1)

    return residuals
