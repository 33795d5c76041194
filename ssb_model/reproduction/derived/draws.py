"""Draws of a fit's posterior, for what is not one of its observables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from jaxtyping import Float

from ssb_model.fitting import NORMAL_95, Fit, FreeParameter, ParameterSpace

if TYPE_CHECKING:
    from ssb_model.library import Quantity

#: the optimum first, then the draws
Drawn: TypeAlias = Float[np.ndarray, " optimum_and_draws"]


@dataclass(frozen=True)
class Answer:
    """A row's value and 95 % interval from outside the fit; None where there is no interval.

    ``probability`` is that of the row's bound, where it was counted among draws.
    """

    model: float
    lower95: float | None = None
    upper95: float | None = None
    probability: float | None = None


def posterior_draws(fit: Fit, number: int, seed: int = 0) -> dict[str, Drawn]:
    """Parameter values by label: the optimum, then normal draws of u."""
    rng = np.random.default_rng(seed)
    u = rng.multivariate_normal(fit.u, fit.covariance, size=number)
    return _values(fit.problem.space, np.vstack([fit.u, u]))


def measured_draws(fit: Fit, cell: str, number: int) -> Drawn:
    """A cell's interface resistance over that of the optimum, by its posterior."""
    name = f"{cell}, impedance: interface resistance at 25 degC"
    low, high = fit.intervals([name])[name]
    sd = np.log(high / low) / (2 * NORMAL_95)
    seed = sum(cell.encode())
    return np.exp(sd * np.append(0, np.random.default_rng(seed).normal(size=number)))


def prior_draws(quantities: Mapping[str, Quantity], number: int, seed: int = 0) -> dict[str, Drawn]:
    """Values by name: each quantity's own, then draws of its prior."""
    space = ParameterSpace(FreeParameter.from_quantity(*item) for item in quantities.items())
    u = np.random.default_rng(seed).normal(size=(number, len(space)))
    return _values(space, np.vstack([np.zeros(len(space)), u]))


def _values(
    space: ParameterSpace, u: Float[np.ndarray, "optimum_and_draws parameters"]
) -> dict[str, Drawn]:
    return {label: np.asarray(value) for label, value in space.values(u.T).items()}


def interval(
    values: Float[np.ndarray, " optimum_and_draws *rest"],
) -> tuple[Float[np.ndarray, " *rest"], Float[np.ndarray, " *rest"]]:
    """Central 95 % of draws along the first axis, the first of them (the optimum) left out."""
    low, high = np.percentile(values[1:], [2.5, 97.5], axis=0)
    return low, high


def share_of_draws(hits: int, draws: int) -> float:
    """Probability of what k of n draws did: (k + 1/2)/(n + 1), never 0 or 1, which no number of
    draws can tell (the mean of a binomial share under Jeffreys' prior).

    >>> round(share_of_draws(12, 12), 3)
    0.962
    """
    return (hits + 0.5) / (draws + 1)
