"""Steps within a radius in which the residuals are trusted to be straight, for many starts at once.

Lengths are in units of the priors' widths. The damping of Levenberg and Marquardt is what keeps a
step within the radius; the radius grows where the linear model predicted the cost and shrinks where
it did not.
"""

import numpy as np
from jaxtyping import Float

GOOD, BAD = 0.75, 0.25  # of the predicted gain: the radius doubles, or is a quarter of the step
NEWTON = 10  # iterations for the damping, which converge from one side
LEAST = 1e-30  # stands for zero in a denominator


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


def steps(
    r: Float[np.ndarray, "starts residuals"],
    J: Float[np.ndarray, "starts residuals parameters"],
    radius: Float[np.ndarray, " starts"],
) -> tuple[
    Float[np.ndarray, "starts parameters"],
    Float[np.ndarray, " starts"],
    Float[np.ndarray, " starts"],
    Float[np.ndarray, " starts"],
]:
    """Gauss-Newton steps no longer than the radius.

    In the Hessian's axes a step is -gradient/(curvature + damping), and Newton's method on the
    inverse of its length rises to the damping from below.

    Parameters
    ----------
    r, J
        Residuals and Jacobian; a residual that is not finite counts for nothing.
    radius
        Greatest length of the step of each start.

    Returns
    -------
    step : array (starts, parameters)
    predicted, full : array (starts,)
        What the step, and one without a limit, would save of half the sum of squares if the
        residuals were straight.
    change : array (starts,)
        By how much the step would then change the residuals, as their norm.
    """
    J = np.where(np.isfinite(r)[:, :, None], np.nan_to_num(J), 0.0)
    r = np.nan_to_num(r)
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
    return np.einsum("spa,sa->sp", axes, step), predicted, full, change
