"""Piecewise polynomials of one or several variables as plain arrays; numpy only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import jax
    from jaxtyping import Float, Int

    Numbers = Float[np.ndarray, ...] | Float[jax.Array, ...]


@dataclass(frozen=True, eq=False)
class Axis:
    """A variable before the last one: polynomials between ``knots``, which increase.

    functions : (pieces, functions, degree + 1), of powers of x - knots[piece], lowest first;
        within piece p, function j weighs row p + j of the coefficients
    """

    knots: Float[np.ndarray, " knots"]
    functions: Float[np.ndarray, "pieces functions powers"]

    def derivative(self) -> Axis | None:
        """The derivatives of the functions; None where they are all zero."""
        slopes = _slopes(self.functions)
        return None if slopes is None else Axis(self.knots, slopes)


@dataclass(frozen=True, eq=False)
class Piecewise:
    """Polynomials of the last variable between ``knots`` (pieces + 1,), which increase.

    Their coefficients are splines of the variables before, so that a table of many variables
    takes little more than its own numbers, and its derivatives share them.

    coefficients : (rows of each axis ..., pieces, degree + 1), of powers of x - knots[piece],
        lowest first
    extrapolate : outside the knots the end pieces go on, else the value is NaN
    axes : the variables before the last; none in a polynomial of one variable
    """

    knots: Float[np.ndarray, " knots"]
    coefficients: Float[np.ndarray, "*rows pieces powers"]
    extrapolate: bool
    axes: tuple[Axis, ...] = ()

    @property
    def grid(self) -> list[Float[np.ndarray, " knots"]]:
        """The knots of each variable."""
        return [*(axis.knots for axis in self.axes), self.knots]

    @property
    def key(self) -> tuple[bytes | bool, ...]:
        """What equal polynomials share."""
        arrays = [self.knots, self.coefficients]
        arrays += [array for axis in self.axes for array in (axis.knots, axis.functions)]
        return (self.extrapolate, *(array.tobytes() for array in arrays))

    def derivatives(self) -> list[Piecewise | None]:
        """The derivative by each variable, also piecewise; None where it is zero."""
        slopes = _slopes(self.coefficients)
        last = None if slopes is None else replace(self, coefficients=slopes)
        return [*(self._by(n) for n in range(len(self.axes))), last]

    def _by(self, n: int) -> Piecewise | None:
        axis = self.axes[n].derivative()
        if axis is None:
            return None
        return replace(self, axes=(*self.axes[:n], axis, *self.axes[n + 1 :]))

    def __call__(self, *variables: Float[np.ndarray, ...]) -> Float[np.ndarray, ...]:
        """Values at arrays, which broadcast."""
        return piecewise_value(self, variables, np, lambda knots, x: np.searchsorted(knots, x))


def piecewise_value(
    polynomial: Piecewise,
    variables: Sequence[Any],
    xp: Any,
    find: Callable[[Any, Any], Any],
) -> Any:
    """A :class:`Piecewise` at ``variables``.

    Parameters
    ----------
    polynomial
        The polynomial.
    variables
        One array each; they broadcast.
    xp
        numpy, or JAX's.
    find
        How many of some numbers, which increase, are below each ``x``.
    """
    grid = [xp.asarray(knots) for knots in polynomial.grid]
    pieces = [find(knots[1:-1], x) for knots, x in zip(grid, variables, strict=True)]
    away = [x - knots[p] for knots, x, p in zip(grid, variables, pieces, strict=True)]
    weights = [
        [_picked(f, (p,), d, xp) for f in np.moveaxis(axis.functions, 1, 0)]
        for axis, p, d in zip(polynomial.axes, pieces, away, strict=False)
    ]
    value = 0.0
    for chosen in product(*(range(len(w)) for w in weights)):
        rows = [p + j for p, j in zip(pieces, chosen, strict=False)]
        term = _picked(polynomial.coefficients, (*rows, pieces[-1]), away[-1], xp)
        value = value + prod((w[j] for w, j in zip(weights, chosen, strict=True)), start=term)
    if polynomial.extrapolate:
        return value
    for knots, x in zip(grid, variables, strict=True):
        value = xp.where((x < knots[0]) | (x > knots[-1]), xp.nan, value)
    return value


def _picked(
    coefficients: Float[np.ndarray, "*rows powers"],
    rows: tuple[Int[np.ndarray, ...], ...],
    x: Numbers,
    xp: Any,
) -> Any:
    """At ``x``, the polynomials whose coefficients are at ``rows``; by Horner's rule."""
    *lower, value = (xp.asarray(coefficients[..., k])[rows] for k in range(coefficients.shape[-1]))
    for coefficient in reversed(lower):
        value = value * x + coefficient
    return value


def _slopes(coefficients: Float[np.ndarray, "*rows powers"]) -> np.ndarray | None:
    """Coefficients of the polynomials' derivatives; None of constants."""
    degree = coefficients.shape[-1] - 1
    return coefficients[..., 1:] * np.arange(1, degree + 1) if degree else None
