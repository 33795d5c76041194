"""A fit: the best of many starts, its covariance, and what remains undetermined."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.errors import Unfinished
from ssb_model.fitting.after import Direction, covariance, leverages, undetermined
from ssb_model.fitting.bijection import NORMAL_95
from ssb_model.fitting.least_squares import Checkpoint, Minimum, minimise
from ssb_model.fitting.problem import Problem
from ssb_model.fitting.remembered import Remembered

CURVED = 1.5  # excess of chi-squared at which a posterior counts as curved
STAYS = 1e-3  # change of a coordinate that counts as none, in prior widths
PATIENCE = 6  # iterations granted to the other starts once the best one has converged


class FitError(Unfinished):
    """The fit did not converge; the message says what it reached."""


class ParameterRow(TypedDict):
    """A fitted parameter, as tables and files have it."""

    parameter: str
    unit: str
    value: float
    lower95: float
    upper95: float
    prior_lower95: float
    prior_upper95: float
    posterior_over_prior_width: float


@dataclass(frozen=True, eq=False)
class Fit:
    """Result of :func:`fit`.

    Attributes
    ----------
    problem
        That was fitted.
    u
        The optimum in prior-normal coordinates.
    cost
        Half the sum of squared weighted residuals, priors included.
    values, jacobian
        The model there and its derivative by u.
    data_jacobian
        Jacobian of the weighted data residuals, times the root of the loss's Fisher information.
    starts
        Cost that each start reached.
    starting_points
        Where each began.
    """

    problem: Problem
    u: Float[np.ndarray, " parameters"]
    cost: float
    values: Float[np.ndarray, " observables"]
    jacobian: Float[np.ndarray, "observables parameters"]
    data_jacobian: Float[np.ndarray, "data parameters"]
    starts: Float[np.ndarray, " starts"]
    starting_points: Float[np.ndarray, "starts parameters"]

    @property
    def covariance(self) -> Float[np.ndarray, "parameters parameters"]:
        """Posterior covariance of u."""
        return covariance(self.data_jacobian)

    @property
    def parameters(self) -> dict[str, float]:
        """Physical values by label."""
        return self.problem.space.numbers(self.u)

    def parameter_table(self) -> list[ParameterRow]:
        """For each parameter: value, 95 % interval, unit, posterior over prior width."""
        sd = np.sqrt(np.diag(self.covariance))
        space = self.problem.space
        low, high = (space.numbers(self._end(sd, side)) for side in (-1, 1))
        return [
            {
                "parameter": p.label,
                "unit": p.unit,
                "value": self.parameters[p.label],
                "lower95": low[p.label],
                "upper95": high[p.label],
                "prior_lower95": p.lower,
                "prior_upper95": p.upper,
                "posterior_over_prior_width": float(sd[k]),
            }
            for k, p in enumerate(space.parameters)
        ]

    def _end(
        self, sd: Float[np.ndarray, " parameters"], side: int
    ) -> Float[np.ndarray, " parameters"]:
        """Coordinates of one end of the 95 % intervals.

        A prior's two halves meet at u = 0 with widths w of their own. What the data say of a value,
        a precision (1/sd^2 - 1)/w^2, is the same on both sides, so that beyond u = 0 the standard
        deviation is another.
        """
        below, above = np.array([p.widths for p in self.problem.space.parameters]).T
        here = np.where((self.u > 0) | ((self.u == 0) & (above > 0)), above, below)
        beyond = above if side > 0 else below
        other = 1 / np.sqrt((1 / sd**2 - 1) * (beyond / here) ** 2 + 1)
        left = NORMAL_95 - np.abs(self.u) / sd  # standard deviations that are left at u = 0
        crosses = (left > 0) & (side * self.u <= 0)
        return np.where(crosses, side * left * other, self.u + side * NORMAL_95 * sd)

    def leverage(self) -> dict[str, float]:
        """Leverage of each datum by its id; 1 means exactly determined."""
        return dict(
            zip([d.id for d in self.problem.data], leverages(self.data_jacobian), strict=True)
        )

    def weighted_residuals(self) -> dict[str, float]:
        """(model - value)/noise of each datum by its id; zero for a bound that is met."""
        r, _ = self.problem.data_residuals(self.values[None], self.jacobian[None])
        return dict(zip([d.id for d in self.problem.data], r[0].tolist(), strict=True))

    def undetermined(self) -> list[Direction]:
        """Directions that the data leave at more than half of the prior's width."""
        return undetermined(self.data_jacobian, self.problem.space.labels)

    def observable(self, name: str) -> float:
        """The model's value of an observable at the optimum."""
        return float(self.values[self.problem.column(name)])

    def intervals(self, names: Iterable[str]) -> dict[str, tuple[float, float]]:
        """95 % intervals of observables from the posterior, without measurement noise.

        The model is evaluated again 1.96 posterior standard deviations to either side, along
        the direction in which each observable varies most, so that asymmetric priors and the
        model's curvature show. Where the posterior is so curved that such a point is off it
        (its data are missed by far more than a normal posterior would), the interval is the
        linear one, value +- 1.96 standard deviations, or of the logarithm if it would change sign.
        """
        names = list(dict.fromkeys(names))
        if not names:
            return {}
        columns = [self.problem.column(name) for name in names]
        gradients = self.jacobian[columns]
        spread = gradients @ self.covariance
        sd = np.sqrt(np.sum(spread * gradients, axis=1))
        unit = np.divide(spread, sd[:, None], out=np.zeros_like(spread), where=sd[:, None] > 0)
        points = self.u + NORMAL_95 * np.concatenate([unit, -unit])
        ends = self._near(points)
        reached = ends[np.arange(len(ends)), np.tile(columns, 2)].reshape(2, -1)
        linear = _without_change_of_sign(self.values[columns], NORMAL_95 * sd)
        on = self._still_on_posterior(ends).reshape(2, -1).all(axis=0)
        pairs = np.where(on, reached, linear).T
        return {n: (float(p.min()), float(p.max())) for n, p in zip(names, pairs, strict=True)}

    def _near(
        self, points: Float[np.ndarray, "points parameters"]
    ) -> Float[np.ndarray, "points observables"]:
        """Observables (points, observables); a simulator whose parameters stay is not asked."""
        parts, space = [], self.problem.space
        for simulator in self.problem.simulators:
            own = [space.labels.index(label) for label in simulator.parameters]
            moved = np.abs(points - self.u)[:, own].max(axis=1) > STAYS
            at = [self.problem.column(name) for name in simulator.observables]
            values = np.tile(self.values[at], (len(points), 1))
            if moved.any():
                values[moved] = simulator.evaluate(space, points[moved])[0]
            parts.append(values)
        return np.concatenate(parts, axis=1)

    def _still_on_posterior(
        self, ends: Float[np.ndarray, "ends observables"]
    ) -> Bool[np.ndarray, " ends"]:
        """Whether the data are missed no more than at 1.96 standard deviations."""
        data = [datum for datum in self.problem.data if datum.bound == "equal"]
        columns = [self.problem.column(datum.observable) for datum in data]
        noise = np.array([datum.noise for datum in data])
        chi_squared = np.sum(((ends[:, columns] - self.values[columns]) / noise) ** 2, axis=1)
        return self.problem.loss.information * chi_squared < CURVED * NORMAL_95**2


def _unanswered(problem: Problem, u: Float[np.ndarray, "one parameters"]) -> str:
    """What the model fails to answer, where every start fails."""
    values, _ = problem.predictions(u)
    names = [
        d.observable
        for d in problem.data
        if not np.isfinite(values[0, problem.column(d.observable)])
    ]
    first = f", at the priors' centre for {len(names)} numbers, first '{names[0]}'" if names else ""
    return (
        f"The model fails at every start{first}: a cell may be empty, beyond its window, "
        "without an end or without a steady state under these currents; check currents, times and "
        "the ranges of what is free."
    )


def _without_change_of_sign(
    values: Float[np.ndarray, " n"], half_widths: Float[np.ndarray, " n"]
) -> Float[np.ndarray, "ends n"]:
    """Ends (2, n) of values +- half widths; of the logarithm where they would pass zero."""
    ends = values + np.array([half_widths, -half_widths])
    passes = half_widths > np.abs(values)
    relative = np.divide(half_widths, np.abs(values), out=np.zeros_like(values), where=values != 0)
    factor = np.exp(np.where(passes, np.array([relative, -relative]), 0.0))
    return np.where(passes & (values != 0), values * factor, ends)


def fit(
    problem: Problem,
    starts: int = 4,
    seed: int = 0,
    progress: Callable[[int, float, int], None] | None = None,
    checkpoint: Checkpoint | None = None,
    first: Float[np.ndarray, " parameters"] | None = None,
) -> Fit:
    """Fit by Levenberg-Marquardt from the priors' centre and from draws of the priors.

    Parameters
    ----------
    problem
        What is fitted to what.
    starts
        Number of starting points.
    seed
        Of the draws, so that a fit can be repeated.
    progress
        Called with (iteration, lowest cost, number converged).
    checkpoint
        Keeps the state after every iteration, and has the one to go on from.
    first
        Where the first start begins, by default at the centre of all priors.

    Raises
    ------
    FitError
        If the best start has not converged.
    """
    u = np.random.default_rng(seed).normal(size=(starts, len(problem.space)))
    u = np.clip(u, -2, 2)
    u[0] = 0 if first is None else first
    asked = Remembered(problem)
    minimum = minimise(
        asked.residuals,
        u,
        patience=PATIENCE,
        progress=progress,
        checkpoint=checkpoint,
        limits=problem.space.limits,
    )
    best = int(np.argmin(minimum.cost))
    if not np.isfinite(minimum.cost).any():
        raise FitError(_unanswered(problem, minimum.start[:1]))
    if not minimum.converged[best]:
        raise FitError(
            f"The fit did not converge in {minimum.iterations} iterations: lowest cost "
            f"{minimum.cost[best]:.4g}, {int(minimum.converged.sum())} of {starts} starts done."
        )
    return _at_optimum(problem, asked, minimum, best)


def refit_without(fitted: Fit, left_out: Sequence[Collection[str]]) -> list[Fit]:
    """Optima with some data left out, all together in one batch.

    Parameters
    ----------
    fitted
        Where to start from.
    left_out
        Ids of the data that each refit does without.
    """
    problem = fitted.problem
    weights = np.array([[d.id not in out for d in problem.data] for out in left_out], dtype=float)
    start = np.tile(fitted.u, (len(weights), 1))
    asked = Remembered(problem)
    asked.keep(fitted.u, (fitted.values, fitted.jacobian))
    minimum = minimise(asked.residuals, start, own=weights, limits=problem.space.limits)
    if not minimum.converged.all():
        raise FitError(f"{int((~minimum.converged).sum())} refits with data left out did not end.")
    return [_at_optimum(problem, asked, minimum, k, weights[k]) for k in range(len(weights))]


def _at_optimum(
    problem: Problem,
    asked: Remembered,
    minimum: Minimum,
    which: int,
    weights: Float[np.ndarray, " data"] | None = None,
) -> Fit:
    u = minimum.u[which]
    values, jacobian = asked.predictions(u[None])
    _, J = problem.data_residuals(values, jacobian)
    J = np.sqrt(problem.loss.information) * J
    if weights is not None:
        J = J * weights[None, :, None]
    reached = minimum.cost, minimum.start
    return Fit(problem, u, float(minimum.cost[which]), values[0], jacobian[0], J[0], *reached)
