"""The most probable point of a coating in its cell, at which a measured resistance is met."""

import numpy as np

from ssb_model.constants import TO_OHM_CM2
from ssb_model.fitting import minimise
from ssb_model.prediction.asked import ROOM
from ssb_model.prediction.draws import face_priors, face_quantities
from ssb_model.prediction.questions import RESISTANCE

DIFFERENCE = 1e-4


def most_probable(coating, cells, cell):
    """Coordinates u (quantities,) of the face's priors, and every input's value by PyBaMM name.

    u is 0, or where a measured resistance is met: least squares of the coordinates and of the
    misfit of ln R over its error, from 0.

    Parameters
    ----------
    coating : Coating
    cells : CoatedCells
    cell : PredictionCell
    """
    space, fixed = face_priors(face_quantities(coating, cells))
    middle = cell.columns(np.zeros((1, len(cell.space))))

    def columns(u):
        drawn = {name: np.asarray(x) for name, x in space.values(u.T).items()}
        known = {name: np.full(len(u), x) for name, x in fixed.items()}
        return drawn | known | {name: np.full(len(u), x[0]) for name, x in middle.items()}

    u = np.zeros((1, len(space)))
    if coating.resistance is not None and len(space):
        u = minimise(_misfit(coating, cells, columns), u).u
    return u[0], {name: float(x[0]) for name, x in columns(u).items()}


def _misfit(coating, cells, columns):
    """Residuals of the measured resistance and the priors, and their Jacobian by u."""
    wanted, sd = coating.resistance

    def logarithm(u):
        return np.log(cells.answer([ROOM], columns(u))[RESISTANCE] / TO_OHM_CM2)

    def residuals(u):
        here, size = logarithm(u), u.shape[1]
        moved = [logarithm(u + DIFFERENCE * axis) for axis in np.eye(size)]
        J = (np.stack(moved, axis=-1) - here[:, None]) / DIFFERENCE / sd
        r = (here - wanted) / sd
        prior = np.broadcast_to(np.eye(size), (len(u), size, size))
        return np.column_stack([r, u]), np.concatenate([J[:, None, :], prior], axis=1)

    return residuals
