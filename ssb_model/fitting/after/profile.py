"""Profile likelihoods: one parameter held at a value, all others fitted again.

All values of all parameters are one batch; nothing that a member answers for depends on its held
coordinate, so that no step moves it. What is profiled is the fit's own objective, data and priors
together: an interval is where twice its excess over the optimum stays below the
95 % point of chi-squared with one degree of freedom. Where the posterior is normal, it is value
+- 1.96 standard deviations; where it is not, this is the interval to trust.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int

from ssb_model.errors import InputError, suggestion
from ssb_model.fitting.least_squares import Checkpoint, Residuals, minimise

if TYPE_CHECKING:
    from ssb_model.fitting.fit import Fit
    from ssb_model.fitting.parameters import ParameterSpace
    from ssb_model.fitting.problem import Problem

CHI_SQUARED_95 = 3.841458820694124
POINTS = 21
REACH = 5.0  # standard deviations to either side


@dataclass(frozen=True, eq=False)
class Profile:
    """Profile of one parameter.

    Attributes
    ----------
    label, unit
        Of the parameter.
    values
        Held values, rising.
    excess
        Twice the excess of the objective over its optimum.
    lower95, upper95
        Where the excess passes 3.84; None if it does not within the points.
    """

    label: str
    unit: str
    values: Float[np.ndarray, " points"]
    excess: Float[np.ndarray, " points"]
    lower95: float | None
    upper95: float | None


def profiles(
    fitted: "Fit",
    labels: Iterable[str] | None = None,
    points: int = POINTS,
    progress: Callable[[int, float, int], None] | None = None,
    checkpoint: Checkpoint | None = None,
) -> list[Profile]:
    """Profile likelihood of parameters of a fit.

    Parameters
    ----------
    fitted
        The fit about whose optimum they lie.
    labels
        By default all.
    points
        Held values of each, from -5 to 5 posterior standard deviations.
    progress, checkpoint
        As for :func:`ssb_model.fitting.fit`.
    """
    problem = fitted.problem
    space = problem.space
    labels = space.labels if labels is None else tuple(labels)
    for label in labels:
        if label not in space.labels:
            raise InputError(f"'{label}' is not fitted. {suggestion(label, space.labels)}")
    covariance = fitted.covariance
    columns = np.array([space.labels.index(label) for label in labels])
    sd = np.sqrt(np.diag(covariance))[columns]
    steps = np.linspace(-REACH, REACH, points)
    # Along the ridge: where the others would go were the posterior normal.
    ridges = covariance[columns] / sd[:, None]
    start = (fitted.u + steps[None, :, None] * ridges[:, None, :]).reshape(-1, len(space))
    column = np.repeat(columns, points)
    limits = np.tile(space.limits, (len(start), 1, 1))
    limits[np.arange(len(start)), column] = -np.inf, np.inf
    minimum = minimise(
        _holding(problem),
        start,
        progress=progress,
        checkpoint=checkpoint,
        own=column,
        limits=limits,
    )
    excess = (2 * (minimum.cost - fitted.cost)).reshape(len(labels), points)
    physical = space.values(minimum.u.T)
    return [
        _profile(label, space, np.asarray(physical[label]).reshape(-1, points)[k], excess[k])
        for k, label in enumerate(labels)
    ]


def _holding(problem: "Problem") -> Residuals:
    """The problem's residuals with one coordinate of each member held: its column."""

    def residuals(
        u: Float[np.ndarray, "members parameters"], column: Int[np.ndarray, " members"]
    ) -> tuple[
        Float[np.ndarray, "members residuals"], Float[np.ndarray, "members residuals parameters"]
    ]:
        r, J = problem.residuals(u)
        members = np.arange(len(u))
        J[members, :, column] = 0.0
        alone = np.zeros((len(u), 1, J.shape[2]))  # of a residual that is zero: a step of zero
        alone[members, 0, column] = 1.0
        return np.pad(r, ((0, 0), (0, 1))), np.concatenate([J, alone], axis=1)

    return residuals


def _profile(
    label: str,
    space: "ParameterSpace",
    values: Float[np.ndarray, " points"],
    excess: Float[np.ndarray, " points"],
) -> Profile:
    unit = space.parameters[space.labels.index(label)].unit
    middle = int(np.argmin(excess))
    lower = _crossing(values[: middle + 1][::-1], excess[: middle + 1][::-1])
    upper = _crossing(values[middle:], excess[middle:])
    return Profile(label, unit, values, excess, lower, upper)


def _crossing(
    values: Float[np.ndarray, " points"], excess: Float[np.ndarray, " points"]
) -> float | None:
    """First value at which the rising excess passes the 95 % point; straight in its root."""
    above = np.flatnonzero(excess > CHI_SQUARED_95)
    if not len(above):
        return None
    k = int(above[0])
    low, high, wanted = np.sqrt(np.maximum([excess[k - 1], excess[k], CHI_SQUARED_95], 0))
    share = (wanted - low) / (high - low)
    return float(values[k - 1] + share * (values[k] - values[k - 1]))
