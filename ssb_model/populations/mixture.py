"""A distribution as a sum of normal ones: what integrating over a grid leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.optimize import root_scalar
from scipy.stats import norm

CENTRAL = (0.025, 0.5, 0.975)  # shares at the ends of a 95 % interval, and the median
POINTS = 1000  # of equal probability that stand for a distribution

Nodes = Float[np.ndarray, " nodes"]


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    lower: float
    upper: float

    def times(self, factor: float) -> Interval:
        """The same in another unit."""
        return Interval(factor * self.value, factor * self.lower, factor * self.upper)


@dataclass(frozen=True)
class Mixture:
    """A distribution made of normal ones, a node of the grid each."""

    weight: Nodes
    mean: Nodes
    sd: Nodes

    def below(self, x: float) -> float:
        """Probability below `x`."""
        return float(self.weight @ norm.cdf(x, self.mean, self.sd))

    def quantile(self, share: float) -> float:
        """The value below which `share` of the distribution lies."""
        ends = self.mean - 12 * self.sd, self.mean + 12 * self.sd
        found = root_scalar(
            lambda x: self.below(x) - share,
            bracket=(ends[0].min(), ends[1].max()),
            method="brentq",
        )
        return float(found.root)

    def interval(self, transform: Callable[[float], float] = float) -> Interval:
        """Median and the central 95 %, of a rising or falling function."""
        low, middle, high = (float(transform(self.quantile(share))) for share in CENTRAL)
        return Interval(middle, min(low, high), max(low, high))

    def points(self) -> Float[np.ndarray, " points"]:
        """Rising values of equal probability that stand for the distribution."""
        middle, sd = self.weight @ self.mean, self._sd
        reach = middle + sd * np.sinh(np.linspace(-4, 4, 401))  # dense in the middle, 27 sd wide
        below = [self.below(x) for x in reach]
        return np.interp((np.arange(POINTS) + 0.5) / POINTS, below, reach)

    @property
    def _sd(self) -> float:
        mean = self.weight @ self.mean
        return float(np.sqrt(self.weight @ (self.sd**2 + (self.mean - mean) ** 2)))


def interval_of(values: Float[np.ndarray, " values"]) -> Interval:
    """Median and central 95 % of values of equal probability."""
    low, middle, high = np.quantile(values, CENTRAL)
    return Interval(float(middle), float(low), float(high))


def scatter_of(weight: Nodes, value: Nodes) -> Interval:
    """Median and 95 % of a scatter, whose grid is even in its logarithm."""
    nodes, place = np.unique(value, return_inverse=True)
    share = np.bincount(place, weight)
    middle = np.cumsum(share) - share / 2
    low, half, high = np.exp(np.interp(CENTRAL, middle, np.log(nodes)))
    return Interval(float(half), float(low), float(high))
