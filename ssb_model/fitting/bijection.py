"""Bounded parameters as unbounded coordinates, on the scale of their prior.

Each scale is a map from the physical value to a coordinate in which the prior is normal: its
central 95 % range becomes mean +- 1.96 standard deviations.
"""

from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np


class Scale(NamedTuple):
    """``forward`` from value to coordinate (numpy), ``inverse`` back (JAX)."""

    forward: Callable[[float], float]
    inverse: Callable[[jax.Array], jax.Array]


SCALES = {
    "log": Scale(np.log, jnp.exp),
    "linear": Scale(lambda value: value, lambda x: x),
    "logit": Scale(lambda value: np.log(value / (1 - value)), jax.nn.sigmoid),
}
"""log: positive; linear: any; logit: strictly between 0 and 1."""

NORMAL_95 = 1.959963984540054  # half width of a normal's central 95 %
