"""The most probable face that has a measured interface resistance."""

import numpy as np

from ssb_model.fitting.levenberg import minimise
from ssb_model.prediction.asked import ROOM
from ssb_model.prediction.questions import OHM_CM2, RESISTANCE

DIFFERENCE = 1e-4


def centre(coating, cells, space, columns):
    """Coordinates u (quantities,) of the face's priors: 0, or where a measured resistance is met.

    Least squares of the coordinates and of the misfit of ln R over its error, from 0.

    Parameters
    ----------
    coating : Coating
    cells : CoatedCells
    space : ParameterSpace
        The face's uncertain quantities.
    columns : callable
        u (n, quantities) to the inputs (n,) by name.
    """
    start = np.zeros((1, len(space)))
    if coating.resistance is None or not len(space):
        return start[0]
    wanted, sd = coating.resistance

    def logarithm(u):
        return np.log(cells.answer([ROOM], columns(u))[RESISTANCE] / OHM_CM2)

    def residuals(u):
        here, slopes = logarithm(u), []
        for k in range(len(space)):
            moved = u + DIFFERENCE * np.eye(len(space))[k]
            slopes.append((logarithm(moved) - here) / DIFFERENCE)
        J = np.stack(slopes, axis=-1)[:, None, :] / sd
        r = (here - wanted)[:, None] / sd
        eye = np.broadcast_to(np.eye(len(space)), (len(u), len(space), len(space)))
        return np.concatenate([r, u], axis=1), np.concatenate([J, eye], axis=1)

    return minimise(residuals, start).u[0]
