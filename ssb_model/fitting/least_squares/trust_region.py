"""Steps within a radius in which the residuals are trusted to be straight, for many starts at once.

Lengths are in units of the priors' widths. The damping of Levenberg and Marquardt is what keeps a
step within the radius; the radius grows where the linear model predicted the cost and shrinks where
it did not.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

GOOD, BAD = 0.75, 0.25  # of the predicted gain: the radius doubles, or is a quarter of the step
NEWTON = 10  # iterations for the damping, which converge from one side
LEAST = 1e-30  # stands for zero in a denominator


class Steps(NamedTuple):
    """Steps of many starts.

    Attributes
    ----------
    step
        By which the coordinates would change.
    predicted, full
        What the step, and one without a limit of its length, would save of half the sum of squares
        if the residuals were straight.
    change
        By how much the step would then change the residuals, as their norm.
    """

    step: Float[np.ndarray, "starts parameters"]
    predicted: Float[np.ndarray, " starts"]
    full: Float[np.ndarray, " starts"]
    change: Float[np.ndarray, " starts"]


def next_radius(
    radius: Float[np.ndarray, " starts"],
    step: Float[np.ndarray, "starts parameters"],
    before: Float[np.ndarray, " starts"],
    cost: Float[np.ndarray, " starts"],
    predicted: Float[np.ndarray, " starts"],
) -> Float[np.ndarray, " starts"]:
    """The radius (starts,) after a step, by how much of the predicted gain it has brought.

    Parameters
    ----------
    radius, before, cost, predicted
        The radius of the step, the cost before and after it, and the gain it predicted.
    step
        That was tried.

    A start whose model fails already has only its priors to go by: it steps to their centre.
    """
    length = np.linalg.norm(step, axis=1)
    lost = ~np.isfinite(before)
    with np.errstate(invalid="ignore"):
        share = np.where(lost, np.inf, (before - cost) / np.maximum(predicted, LEAST))
    larger = np.where((share > GOOD) & (length > 0.9 * radius), 2 * radius, radius)
    return np.where(share > BAD, larger, np.maximum(length / 4, LEAST))


def steps_within(
    r: Float[np.ndarray, "starts residuals"],
    J: Float[np.ndarray, "starts residuals parameters"],
    radius: Float[np.ndarray, " starts"],
    least: Float[np.ndarray, "starts parameters"],
    most: Float[np.ndarray, "starts parameters"],
) -> Steps:
    """As :func:`steps`, each coordinate's step between ``least`` and ``most``.

    A coordinate that would pass one of them goes as far as that, and the others step again with it
    there; so on until none passes.
    """
    r, J = _known(r, J)
    held = np.zeros(least.shape, dtype=bool)
    moved = np.zeros(least.shape)
    while True:
        shifted = r + np.einsum("srp,sp->sr", J, moved)
        found = steps(shifted, np.where(held[:, None, :], 0.0, J), radius)
        step = np.where(held, moved, found.step)
        beyond = ~held & ((step < least) | (step > most))
        if not beyond.any():
            break
        moved = np.where(beyond, np.clip(step, least, most), moved)
        held |= beyond
    already = 0.5 * (np.sum(r**2, axis=1) - np.sum(shifted**2, axis=1))
    return Steps(step, found.predicted + already, found.full + already, found.change)


def steps(
    r: Float[np.ndarray, "starts residuals"],
    J: Float[np.ndarray, "starts residuals parameters"],
    radius: Float[np.ndarray, " starts"],
) -> Steps:
    """Gauss-Newton steps no longer than the radius.

    In the Hessian's axes a step is -gradient/(curvature + damping), and Newton's method on the
    inverse of its length rises to the damping from below.

    Parameters
    ----------
    r, J
        Residuals and Jacobian; a residual that is not finite counts for nothing.
    radius
        Greatest length of the step of each start.
    """
    r, J = _known(r, J)
    across = J.swapaxes(1, 2)
    gradient = np.squeeze(across @ r[:, :, None], 2)
    curvature, axes = np.linalg.eigh(across @ J)
    curvature = np.maximum(curvature, 1e-12 * curvature[:, -1:]) + LEAST
    g = np.einsum("spa,sp->sa", axes, gradient)
    damping = np.zeros((len(g), 1))
    for _ in range(NEWTON):
        step = -g / (curvature + damping)
        length = np.linalg.norm(step, axis=1, keepdims=True)
        slope = np.sum(step**2 / (curvature + damping), axis=1, keepdims=True)
        excess = np.maximum(length / radius[:, None] - 1, 0)
        damping += excess * length**2 / np.maximum(slope, LEAST)
    step = -g / (curvature + damping)
    predicted = -np.sum(g * step + 0.5 * curvature * step**2, axis=1)
    full = 0.5 * np.sum(g**2 / curvature, axis=1)
    change = np.sqrt(np.sum(curvature * step**2, axis=1))
    return Steps(np.einsum("spa,sa->sp", axes, step), predicted, full, change)


def _known(
    r: Float[np.ndarray, "starts residuals"], J: Float[np.ndarray, "starts residuals parameters"]
) -> tuple[Float[np.ndarray, "starts residuals"], Float[np.ndarray, "starts residuals parameters"]]:
    """Residuals and Jacobian without what is not finite."""
    return np.nan_to_num(r), np.where(np.isfinite(r)[:, :, None], np.nan_to_num(J), 0.0)
