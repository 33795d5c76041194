"""Levenberg-Marquardt for many starts at once, each with its own damping.

All starts (or all subsets of the data) advance together, so that one batched evaluation of
the model serves them. A trial point whose model fails costs infinity: it is refused and the
damping grows; nothing is turned into a penalty.
"""

from dataclasses import dataclass

import numpy as np

SHORTEST = 1e-3  # of a prior's standard deviation


@dataclass(frozen=True)
class Minimum:
    """Where each start ended: u (starts, parameters), cost (half the sum of squares),
    converged (starts,), and the number of iterations."""

    u: np.ndarray
    cost: np.ndarray
    converged: np.ndarray
    iterations: int


def minimise(residuals, u, tolerance=1e-5, max_iterations=60, patience=None, progress=None):
    """Minimise half the sum of squared residuals.

    Parameters
    ----------
    residuals : callable
        u (starts, parameters) -> residuals (starts, n), Jacobian (starts, n, parameters).
    u : array (starts, parameters)
    tolerance : float
        A start has converged when a full step would lower its cost by less than this
        (absolute, in units of half chi-squared) as the linear model predicts, or when its
        damped step has become shorter than :data:`SHORTEST`, as beside the kink of a bound.
    patience : int, optional
        For starts that race for one minimum: iterations that the stragglers get once the
        lowest has converged; they are returned as not converged. By default all run on.
    progress : callable, optional
        Called with (iteration, lowest cost, number converged).

    Returns
    -------
    Minimum
    """
    u = np.array(u, dtype=float)
    r, J = residuals(u)
    cost, damping = _cost(r), np.full(len(u), 1e-3)
    converged = np.zeros(len(u), dtype=bool)
    for iteration in range(1, max_iterations + 1):
        step, gain = _steps(r, J, damping)
        short = np.linalg.norm(step, axis=1) < SHORTEST
        converged |= np.isfinite(cost) & ((gain < tolerance) | short)
        if progress:
            progress(iteration, float(cost.min()), int(converged.sum()))
        if patience is not None and converged[np.argmin(cost)]:
            patience -= 1
        if converged.all() or (patience is not None and patience < 0):
            break
        trial = np.where(converged[:, None], u, u + step)
        r_new, J_new = residuals(trial)
        cost_new = _cost(r_new)
        better = ~converged & (cost_new < cost)
        keep = better[:, None]
        u, r = np.where(keep, trial, u), np.where(keep, r_new, r)
        J = np.where(keep[:, :, None], J_new, J)
        cost = np.where(better, cost_new, cost)
        damping = np.clip(np.where(better, damping / 5, damping * 6), 1e-12, 1e12)
    return Minimum(u, cost, converged, iteration)


def _cost(r):
    cost = 0.5 * np.sum(r**2, axis=1)
    return np.where(np.isfinite(cost), cost, np.inf)


def _steps(r, J, damping):
    """Damped Gauss-Newton steps, and the cost that the undamped ones promise to save."""
    r, J = np.nan_to_num(r), np.nan_to_num(J)
    gradient = np.einsum("snp,sn->sp", J, r)
    hessian = np.einsum("snp,snq->spq", J, J)
    scale = np.einsum("spp->sp", hessian)
    eye = np.eye(J.shape[2])
    damped = hessian + damping[:, None, None] * scale[:, :, None] * eye
    step = -np.linalg.solve(damped, gradient[:, :, None])[:, :, 0]
    full = -np.linalg.solve(hessian + 1e-12 * scale[:, :, None] * eye, gradient[:, :, None])
    return step, -0.5 * np.einsum("sp,sp->s", gradient, full[:, :, 0])
