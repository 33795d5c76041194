r"""A row's predictive distribution: the one that it prints.

A row prints a value and a 95 % interval. Its distribution is half a normal of ln y to either side
of the value, which is the median, with the interval's ends at 1.96 standard deviations,

.. math::

    z(y) = \frac{\ln y - \ln m}{s}, \qquad s = \frac{|\ln e - \ln m|}{1.96},

with the end :math:`e` on the side of :math:`y`. So a row is judged on what a reader sees, the same
way whether draws, Laplace's approximation or a closed form made its interval; and scores of
ohm cm2, mA/cm2 and mAh/g can be added, for ln y has no unit.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Self

from scipy.special import log_ndtr, ndtr

from ssb_model.fitting import NORMAL_95

#: CRPS of half a standard normal beyond its own half, the integral of ndtr(z)^2 up to 0
_HALF = (math.sqrt(2) - 1) / (2 * math.sqrt(math.pi))


class Printed(NamedTuple):
    """A median and the ends of its 95 % interval, all positive, in rising order.

    >>> round(Printed(1.0, 0.5, 2.0).below(2.0), 3)
    0.975
    """

    model: float
    lower: float
    upper: float

    @classmethod
    def of(cls, model: float | None, lower: float | None, upper: float | None) -> Self | None:
        """Of what a row prints; None where that has no density of ln y: an end is missing, not
        positive, or no wider than the value."""
        if model is None or lower is None or upper is None or not 0 < lower < model < upper:
            return None
        return cls(model, lower, upper)

    def z(self, y: float) -> float:
        """Standard deviations of ln y from the median."""
        return math.log(y / self.model) / self._sd(y)

    def below(self, y: float) -> float:
        """Probability below ``y``."""
        return float(ndtr(self.z(y)))

    def log_below(self, y: float, above: bool = False) -> float:
        """ln of the probability below ``y``, or above it, far into the tails."""
        return float(log_ndtr(-self.z(y) if above else self.z(y)))

    def log_density(self, y: float) -> float:
        """ln of the density of ln y."""
        return -(self.z(y) ** 2) / 2 - math.log(self._sd(y) * math.sqrt(2 * math.pi))

    def crps(self, y: float) -> float:
        """Continuous ranked probability score of ln y, the integral of (P(x) - [x > y])^2."""
        z, sd = abs(self.z(y)), self._sd(y)
        normal = z * (2 * ndtr(z) - 1) + math.sqrt(2 / math.pi) * math.exp(-(z**2) / 2)
        other = self._sd(self.lower if y >= self.model else self.upper)
        return float(sd * (normal - 1 / math.sqrt(math.pi)) + (other - sd) * _HALF)

    def _sd(self, y: float) -> float:
        """Of ln y, on the side of ``y``."""
        end = self.upper if y >= self.model else self.lower
        return abs(math.log(end / self.model)) / NORMAL_95
