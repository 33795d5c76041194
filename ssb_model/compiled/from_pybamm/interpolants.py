"""PyBaMM's interpolants as piecewise polynomials.

They are what PyBaMM documents and its own ``evaluate`` gives. IDAKLU differs outside the data:
a cubic is zero there, and ``extrapolate=False`` is not heeded; and it takes the coefficients of
a cubic of two variables in the wrong order, so that its values are not those of the table.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np
import pybamm
from scipy.interpolate import BSpline, make_interp_spline

from ssb_model.compiled.program import Axis, Piecewise
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from jaxtyping import Float

    from ssb_model.compiled.from_pybamm.lower import Lowering


def interpolant(lower: Lowering, symbol: pybamm.Interpolant) -> int:
    """A piecewise polynomial; of one variable, several columns of data give several rows."""
    if symbol.dimension > 1:
        return lower.program.piecewise(_tensor_spline(symbol), *map(lower, symbol.children))
    p, child = lower.program, lower(symbol.children[0])
    knots, coefficients = _polynomials(symbol)
    columns = coefficients.reshape(*coefficients.shape[:2], -1)
    return p.concatenate(
        [
            p.piecewise(Piecewise(knots, columns[:, :, k], symbol.extrapolate), child)
            for k in range(columns.shape[2])
        ]
    )


def _polynomials(
    symbol: pybamm.Interpolant,
) -> tuple[Float[np.ndarray, " knots"], Float[np.ndarray, "pieces powers ..."]]:
    """Knots and coefficients (pieces, degree + 1, ...), lowest power first."""
    if symbol.interpolator != "linear":  # scipy's PPoly, or its derivative
        polynomial: Any = symbol.function
        return polynomial.x, np.swapaxes(polynomial.c[::-1], 0, 1)
    x, y = np.asarray(symbol.x[0], dtype=float), np.asarray(symbol.y, dtype=float)
    kept = np.flatnonzero(np.diff(x))  # a knot given twice is a step
    if not kept.size:
        raise InputError(f'The interpolant "{symbol.name}" has one point only; give it two.')
    rise, run = np.diff(y, axis=0)[kept], np.diff(x)[kept]
    slope = rise / run.reshape(-1, *[1] * (y.ndim - 1))
    return np.append(x[kept], x[-1]), np.stack([y[:-1][kept], slope], axis=1)


def _tensor_spline(symbol: pybamm.Interpolant) -> Piecewise:
    """The spline through a table on a grid: linear, or cubic and "not a knot" at its ends."""
    table: Any = symbol.function  # scipy's RegularGridInterpolator, which sorts its grid
    degree = {"linear": 1, "cubic": 3}[symbol.interpolator]
    values, splines = table.values, []
    for n, x in enumerate(table.grid):
        spline = make_interp_spline(x, values, degree, axis=n, check_finite=False)
        values = np.moveaxis(spline.c, 0, n)
        splines.append(spline)
    *axes, last = splines
    knots, coefficients = _pieces(BSpline(last.t, np.moveaxis(values, -1, 0), degree))
    coefficients = np.moveaxis(coefficients, (0, 1), (-2, -1))
    return Piecewise(knots, coefficients, symbol.extrapolate, tuple(map(_axis, axes)))


def _axis(spline: BSpline) -> Axis:
    """The B-splines of a spline, of which few are other than zero in every piece."""
    count = spline.k + 1
    knots, all_functions = _pieces(BSpline(spline.t, np.eye(len(spline.t) - count), spline.k))
    pieces = np.arange(len(knots) - 1)[:, None]
    functions = np.swapaxes(all_functions, 1, 2)[pieces, pieces + np.arange(count)]
    return Axis(knots, functions)


def _pieces(
    spline: BSpline,
) -> tuple[Float[np.ndarray, " knots"], Float[np.ndarray, "pieces powers ..."]]:
    """Knots and coefficients of a spline's polynomials, lowest power first."""
    knots = spline.t[spline.k : len(spline.t) - spline.k]
    powers = [spline(knots[:-1], n) / factorial(n) for n in range(spline.k + 1)]
    return knots, np.stack(powers, axis=1)
