"""A smooth function from its values on an even grid: products of Catmull-Rom cubics.

Once continuously differentiable, through every tabulated value, exact for quadratics inside. What
lies outside the grid has the value at its edge. On NumPy and JAX arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.library import namespace

if TYPE_CHECKING:
    import jax

    Numbers = float | Float[np.ndarray | jax.Array, " ..."]


class Axis(NamedTuple):
    """Even nodes: the first, the last, how many."""

    first: float
    last: float
    number: int

    @property
    def nodes(self) -> Float[np.ndarray, " number"]:
        """All of them."""
        return np.linspace(self.first, self.last, self.number)


def interpolate(values: Float[np.ndarray, "*nodes"], axes: Sequence[Axis], *at: Numbers) -> Any:
    """The function at ``at``, one number or array an axis; these broadcast.

    >>> axis = Axis(0.0, 4.0, 5)
    >>> float(interpolate(axis.nodes**2, [axis], 1.5))
    2.25
    """
    xp = namespace(*at)
    places = [_place(axis, x, xp) for axis, x in zip(axes, xp.broadcast_arrays(*at), strict=True)]
    index = []
    for k, (first, _) in enumerate(places):
        nodes = (first[..., None] + np.arange(4))[(..., *(None,) * k, slice(None))]
        index.append(nodes[(..., *(None,) * (len(axes) - 1 - k))])
    block = xp.asarray(_with_ghosts(values))[tuple(index)]
    for _, weights in places[::-1]:
        block = xp.sum(
            block * weights[(..., *(None,) * (block.ndim - weights.ndim), slice(None))], -1
        )
    return block


def _with_ghosts(values: Float[np.ndarray, "*nodes"]) -> Float[np.ndarray, "*more"]:
    """One more node at either end of each axis, on the parabola through the last three."""
    for axis in range(values.ndim):
        v = np.moveaxis(values, axis, 0)
        before = 3 * v[0] - 3 * v[1] + v[2]
        after = 3 * v[-1] - 3 * v[-2] + v[-3]
        values = np.moveaxis(np.concatenate([before[None], v, after[None]]), 0, axis)
    return values


def _place(axis: Axis, x: Numbers, xp: Any) -> tuple[Any, Any]:
    """The first of four nodes about x, of those with ghosts, and the weights (..., 4) of them."""
    step = (axis.last - axis.first) / (axis.number - 1)
    place = xp.clip((xp.asarray(x, float) - axis.first) / step, 0.0, axis.number - 1.0)
    first = xp.clip(xp.floor(place), 0, axis.number - 2).astype(int)
    t = place - first
    weights = (
        t * (-1 + t * (2 - t)) / 2,
        1 + t**2 * (3 * t - 5) / 2,
        t * (1 + t * (4 - 3 * t)) / 2,
        t**2 * (t - 1) / 2,
    )
    return first, xp.stack(weights, axis=-1)
