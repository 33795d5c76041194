"""Levenberg-Marquardt for many starts at once, each with its own trust region.

All starts (or all subsets of the data) advance together, so that one batched evaluation of the
model serves them; those that have converged are not evaluated again. A trial point whose model
fails costs infinity: it is refused and the radius shrinks; nothing is turned into a penalty.

A coordinate may have a limit, as beyond full contact there is no more. A step that would pass it
ends there in this coordinate, and while the minimum lies beyond, the others step as if this one
were known.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from ssb_model.fitting.least_squares.trust_region import next_radius, steps_within

if TYPE_CHECKING:
    from ssb_model.fitting.least_squares.checkpoint import Checkpoint

#: residuals (starts, residuals) and their Jacobian (starts, residuals, parameters)
Linear: TypeAlias = tuple[
    Float[np.ndarray, "starts residuals"], Float[np.ndarray, "starts residuals parameters"]
]
#: of some of the starts (members, parameters), and of what each has for itself if it has
Residuals: TypeAlias = Callable[..., Linear]
Evaluate: TypeAlias = Callable[[np.ndarray, np.ndarray], Linear]

SHORTEST = 1e-3  # a step that is shorter, in standard deviations of the priors,
LEAST_CHANGE = 1e-2  # and changes the data by less, in standard deviations of the noise, is none
FIRST_RADIUS = 1.0  # the same unit, and times the root of the number of parameters


@dataclass(frozen=True)
class Minimum:
    """Where each start began and ended: start and u (starts, parameters), cost (half the sum of
    squares), converged (starts,), and the number of iterations."""

    start: Float[np.ndarray, "starts parameters"]
    u: Float[np.ndarray, "starts parameters"]
    cost: Float[np.ndarray, " starts"]
    converged: Bool[np.ndarray, " starts"]
    iterations: int


@dataclass(frozen=True, eq=False)
class State:
    """All starts between two iterations: what it takes to go on from there.

    u (starts, parameters), cost, radius, converged (starts,), the iterations done, and the
    patience left (None without limit). Residuals and Jacobian are those at u.
    """

    u: Float[np.ndarray, "starts parameters"]
    cost: Float[np.ndarray, " starts"]
    radius: Float[np.ndarray, " starts"]
    converged: Bool[np.ndarray, " starts"]
    iteration: int
    patience: int | None

    @property
    def ended(self) -> bool:
        """Whether all have converged, or patience with the others has run out."""
        return bool(self.converged.all() or (self.patience is not None and self.patience < 0))


def minimise(
    residuals: Residuals,
    u: Float[np.ndarray, "starts parameters"],
    tolerance: float = 1e-5,
    max_iterations: int = 60,
    patience: int | None = None,
    progress: Callable[[int, float, int], None] | None = None,
    checkpoint: "Checkpoint | None" = None,
    own: Shaped[np.ndarray, "starts ..."] | None = None,
    limits: Float[np.ndarray, "*starts parameters 2"] | None = None,
) -> Minimum:
    """Minimise half the sum of squared residuals.

    Parameters
    ----------
    residuals
        u (starts, parameters) -> residuals (starts, n), Jacobian (starts, n, parameters).
        It is called with some of the starts, and their rows of ``own`` if there is one.
    u
        Where each start begins.
    tolerance
        A start has converged when a full step would lower its cost by less than this
        (absolute, in units of half chi-squared) as the linear model predicts, or when its
        damped step has become nothing (:data:`SHORTEST`), as beside the kink of a bound.
    patience
        For starts that race for one minimum: iterations that the others get once the
        lowest has converged; they are returned as not converged. By default all run on.
    progress
        Called with (iteration, lowest cost, number converged).
    checkpoint
        Keeps the state after every iteration. If it has one already the minimisation goes on
        from there, and ends where it would have ended undisturbed, to the last bit.
    own
        What each start has for itself, such as weights of the data.
    limits
        Least and largest coordinate, infinite for none; starts beyond begin there.
    """
    start = np.array(u, dtype=float)
    low, high = (-np.inf, np.inf) if limits is None else np.moveaxis(limits, -1, 0)
    start = np.clip(start, low, high)

    def evaluate(
        u: Float[np.ndarray, "members parameters"], which: Int[np.ndarray, " members"]
    ) -> Linear:
        return residuals(u) if own is None else residuals(u, own[which])

    now, r, J = _begin(evaluate, start, patience, checkpoint)
    for iteration in range(now.iteration + 1, max_iterations + 1):
        step, predicted, gain, change = steps_within(r, J, now.radius, low - now.u, high - now.u)
        nothing = (np.linalg.norm(step, axis=1) < SHORTEST) & (change < LEAST_CHANGE)
        worthless = (gain < tolerance) | nothing
        now = _judged(replace(now, iteration=iteration), worthless)
        if progress:
            progress(iteration, float(now.cost.min()), int(now.converged.sum()))
        if now.ended:
            break
        now, r, J = _advanced(evaluate, now, step, predicted, r, J)
        if checkpoint:
            checkpoint.keep(now)
    return Minimum(start, now.u, now.cost, now.converged, now.iteration)


def _begin(
    evaluate: Evaluate,
    start: Float[np.ndarray, "starts parameters"],
    patience: int | None,
    checkpoint: "Checkpoint | None",
) -> tuple[
    State, Float[np.ndarray, "starts residuals"], Float[np.ndarray, "starts residuals parameters"]
]:
    """The kept state if its costs come out again to the last bit, else that at the start."""
    every = np.arange(len(start))
    if checkpoint and checkpoint.state is not None:
        kept = checkpoint.state
        r, J = evaluate(kept.u, every)
        if np.array_equal(_cost(r), kept.cost):
            return kept, r, J
        checkpoint.refuse()
    r, J = evaluate(start, every)
    radius = np.full(len(start), FIRST_RADIUS * np.sqrt(start.shape[1]))
    return State(start, _cost(r), radius, every < 0, 0, patience), r, J


def _judged(now: State, worthless: Bool[np.ndarray, " starts"]) -> State:
    """The state with the starts marked whose next step is not worth taking."""
    converged = now.converged | (np.isfinite(now.cost) & worthless)
    patience = now.patience
    if patience is not None and converged[np.argmin(now.cost)]:
        patience -= 1
    return replace(now, converged=converged, patience=patience)


def _advanced(
    evaluate: Evaluate,
    now: State,
    step: Float[np.ndarray, "starts parameters"],
    predicted: Float[np.ndarray, " starts"],
    r: Float[np.ndarray, "starts residuals"],
    J: Float[np.ndarray, "starts residuals parameters"],
) -> tuple[
    State, Float[np.ndarray, "starts residuals"], Float[np.ndarray, "starts residuals parameters"]
]:
    """State, residuals and Jacobian after a step of each start that has not converged."""
    moving = np.flatnonzero(~now.converged)
    trial = now.u[moving] + step[moving]
    r_new, J_new = evaluate(trial, moving)
    cost, before = _cost(r_new), now.cost[moving]
    lower = cost < before
    better = moving[lower]
    u, reached, radius = now.u.copy(), now.cost.copy(), now.radius.copy()
    u[better], reached[better] = trial[lower], cost[lower]
    radius[moving] = next_radius(radius[moving], step[moving], before, cost, predicted[moving])
    r, J = r.copy(), J.copy()
    r[better], J[better] = r_new[lower], J_new[lower]
    return replace(now, u=u, cost=reached, radius=radius), r, J


def _cost(r: Float[np.ndarray, "starts residuals"]) -> Float[np.ndarray, " starts"]:
    cost = 0.5 * np.sum(r**2, axis=1)
    return np.where(np.isfinite(cost), cost, np.inf)
