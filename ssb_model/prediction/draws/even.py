"""Standard normal numbers as evenly spread as so many can be."""

import numpy as np
from jaxtyping import Float
from scipy.special import ndtri


def even_normals(number: int, seed: int) -> Float[np.ndarray, " number"]:
    """Standard normals, one of each share of equal probability, in an order of their own."""
    even = ndtri((np.arange(number) + 0.5) / number)
    return np.random.default_rng(seed).permutation(even)
