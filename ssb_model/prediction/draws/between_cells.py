"""How the interface resistance scatters between nominally equal cells, learnt from the library.

The garnets that papers report without a coating, before they put one on, are nominally equal: bare
garnet under lithium. The scatter of ln R between them is what a coating that nobody has measured
can expect beside what its model leaves open. Its predictive is Student's.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr
from scipy.stats import t

from ssb_model.library import published_coatings


@cache
def bare_resistances() -> Float[np.ndarray, " garnets"]:
    """Interface resistances of garnets before they were coated [Ohm.m2], from the library."""
    found = [
        coating.resistance.before.to_si("Ohm.m2")
        for coating in published_coatings()
        if coating.resistance is not None and coating.resistance.before is not None
    ]
    return np.array(found)


def between_cells(normals: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
    """Factors on the interface resistance of a further cell, from standard normals."""
    logs = np.log(bare_resistances())
    width = np.std(logs, ddof=1) * np.sqrt(1 + 1 / len(logs))
    return np.exp(width * t.ppf(ndtr(normals), len(logs) - 1))
