"""A piecewise polynomial of one variable as plain arrays; numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jax
    from jaxtyping import Float

Numbers = TypeVar("Numbers", "np.ndarray", "jax.Array")


@dataclass(frozen=True, eq=False)
class Piecewise:
    """Polynomials between ``knots`` (pieces + 1,), which increase.

    coefficients : (pieces, degree + 1), of powers of x - knots[piece], lowest first
    extrapolate : outside the knots the end pieces go on, else the value is NaN
    """

    knots: Float[np.ndarray, " knots"]
    coefficients: Float[np.ndarray, "pieces powers"]
    extrapolate: bool

    @property
    def degree(self) -> int:
        return self.coefficients.shape[1] - 1

    @property
    def key(self) -> tuple[bytes, bytes, bool]:
        """What equal polynomials share."""
        return (self.knots.tobytes(), self.coefficients.tobytes(), self.extrapolate)

    def derivative(self) -> Piecewise:
        """The derivative, also piecewise; ``degree`` must be at least 1."""
        slopes = self.coefficients[:, 1:] * np.arange(1, self.degree + 1)
        return Piecewise(self.knots, slopes, self.extrapolate)

    def __call__(self, x: Float[np.ndarray, ...]) -> Float[np.ndarray, ...]:
        """Values at the array ``x``."""
        piece = np.searchsorted(self.knots[1:-1], x)
        value = horner(list(self.coefficients.T[:, piece]), x - self.knots[piece])
        if self.extrapolate:
            return value
        return np.where((x < self.knots[0]) | (x > self.knots[-1]), np.nan, value)


def horner(coefficients: Sequence[Numbers], x: Numbers) -> Numbers:
    """Polynomial with ``coefficients``, lowest first, at ``x``."""
    value = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        value = value * x + coefficient
    return value
