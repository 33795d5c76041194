"""Root of a rising function, elementwise, on NumPy and JAX arrays, with its derivative.

Bisection finds the neighbourhood, Newton's steps the root. The last step carries the derivative of
the root with respect to whatever the function closes over, as the implicit function theorem has
it, so that ``jax.jvp`` needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ssb_model.library import namespace

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers

HALVINGS = 12
NEWTON_STEPS = 3
SLOPE_STEP = 1e-4


def root(residual: Callable[[Numbers], Numbers], low: Numbers, high: Numbers) -> Numbers:
    """The x between `low` and `high` where `residual`, rising in x, is zero."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = residual(middle) < 0
        xp = namespace(below)
        low, high = xp.where(below, middle, low), xp.where(below, high, middle)
    x = (low + high) / 2
    for _ in range(NEWTON_STEPS):
        slope = (residual(x + SLOPE_STEP) - residual(x - SLOPE_STEP)) / (2 * SLOPE_STEP)
        x = x - residual(x) / slope
    return x
