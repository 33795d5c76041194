"""How far cells scatter: a prior that leaves it open, and the grid that integrates over it.

A standard deviation s has half of a Student distribution for its prior (Gelman, Bayesian Analysis
2006, 1, 515, doi:10.1214/06-BA117A, section 3): flat below its scale, so that equal values may mean
equal cells, and falling only as a power of s above, so that data may say that cells scatter more
than anyone thought. With three cells it decides how wide an interval is. The scales are assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

DEGREES = 2.0  # of freedom: a scatter of ten times the scale is still thought of; assumed

Nodes = Float[np.ndarray, " nodes"]


@dataclass(frozen=True)
class Prior:
    """Of a standard deviation: half of a Student distribution.

    Attributes
    ----------
    scale
        Its median is 0.82 times this.
    points
        Of the grid, evenly spaced in the logarithm.
    """

    scale: float
    points: int

    @property
    def nodes(self) -> Nodes:
        """The grid, from far below the scale to far above it."""
        return np.geomspace(self.scale / 200, 40 * self.scale, self.points)

    @property
    def log_weight(self) -> Nodes:
        """Logarithm of the prior probability of each node, but for a constant."""
        s = self.nodes
        power = -(DEGREES + 1) / 2
        return power * np.log1p((s / self.scale) ** 2 / DEGREES) + np.log(s)


BETWEEN = Prior(0.15, 61)  # of ln R between cells; assumed
WITHIN = Prior(0.05, 61)  # of ln R between measurements of a cell: a few per cent; assumed
ENERGY = Prior(1.0, 21)  # kJ/mol, of the activation energy between cells; assumed
