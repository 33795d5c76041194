"""Levenberg-Marquardt for many starts at once, each with its own damping.

All starts (or all subsets of the data) advance together, so that one batched evaluation of
the model serves them. A trial point whose model fails costs infinity: it is refused and the
damping grows; nothing is turned into a penalty.
"""

from dataclasses import dataclass, replace

import numpy as np

SHORTEST = 1e-3  # of a prior's standard deviation
FIRST_DAMPING = 1e-3


@dataclass(frozen=True)
class Minimum:
    """Where each start began and ended: start and u (starts, parameters), cost (half the sum of
    squares), converged (starts,), and the number of iterations."""

    start: np.ndarray
    u: np.ndarray
    cost: np.ndarray
    converged: np.ndarray
    iterations: int


@dataclass(frozen=True, eq=False)
class State:
    """All starts between two iterations: what it takes to go on from there.

    u (starts, parameters), cost, damping, converged (starts,), the iterations done, and the
    patience left (None without limit). Residuals and Jacobian are those at u.
    """

    u: np.ndarray
    cost: np.ndarray
    damping: np.ndarray
    converged: np.ndarray
    iteration: int
    patience: int | None

    @property
    def ended(self):
        """Whether all have converged, or patience with the others has run out."""
        return bool(self.converged.all() or (self.patience is not None and self.patience < 0))


def minimise(
    residuals,
    u,
    tolerance=1e-5,
    max_iterations=60,
    patience=None,
    progress=None,
    checkpoint=None,
):
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
    checkpoint : Checkpoint, optional
        Keeps the state after every iteration. If it has one already the minimisation goes on
        from there, and ends where it would have ended undisturbed, to the last bit.

    Returns
    -------
    Minimum
    """
    start = np.array(u, dtype=float)
    now, r, J = _begin(residuals, start, patience, checkpoint)
    for iteration in range(now.iteration + 1, max_iterations + 1):
        step, gain = _steps(r, J, now.damping)
        now = _judged(replace(now, iteration=iteration), step, gain, tolerance)
        if progress:
            progress(iteration, float(now.cost.min()), int(now.converged.sum()))
        if now.ended:
            break
        now, r, J = _advanced(residuals, now, step, r, J)
        if checkpoint:
            checkpoint.keep(now)
    return Minimum(start, now.u, now.cost, now.converged, now.iteration)


def _begin(residuals, start, patience, checkpoint):
    """The kept state if its costs come out again to the last bit, else that at the start."""
    kept = checkpoint.state if checkpoint else None
    if kept is not None:
        r, J = residuals(kept.u)
        if np.array_equal(_cost(r), kept.cost):
            return kept, r, J
        checkpoint.refuse()
    r, J = residuals(start)
    damping, converged = np.full(len(start), FIRST_DAMPING), np.zeros(len(start), dtype=bool)
    return State(start, _cost(r), damping, converged, 0, patience), r, J


def _judged(now, step, gain, tolerance):
    """The state with the starts marked whose next step is not worth taking."""
    short = np.linalg.norm(step, axis=1) < SHORTEST
    converged = now.converged | (np.isfinite(now.cost) & ((gain < tolerance) | short))
    patience = now.patience
    if patience is not None and converged[np.argmin(now.cost)]:
        patience -= 1
    return replace(now, converged=converged, patience=patience)


def _advanced(residuals, now, step, r, J):
    """State, residuals and Jacobian after a step of each start that has not converged."""
    trial = np.where(now.converged[:, None], now.u, now.u + step)
    r_new, J_new = residuals(trial)
    cost = _cost(r_new)
    better = ~now.converged & (cost < now.cost)
    damping = np.clip(np.where(better, now.damping / 5, now.damping * 6), 1e-12, 1e12)
    moved = replace(
        now,
        u=np.where(better[:, None], trial, now.u),
        cost=np.where(better, cost, now.cost),
        damping=damping,
    )
    r = np.where(better[:, None], r_new, r)
    return moved, r, np.where(better[:, None, None], J_new, J)


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
