r"""Pinholes: where a thin, uneven layer is too thin to hold together, lithium touches bare garnet.

The thickness of a layer varies over the face: log-normally about its mean :math:`h` [m], with the
standard deviation :math:`v` of its logarithm (as in :mod:`ssb_model.field`). Where it is below the
least thickness :math:`h_c` [m] at which such a layer is continuous there is a hole, so that of the
share :math:`c_0` of the garnet that the coating reached, the layer covers [derived]

.. math::

    c = c_0 \, \Phi\left( \frac{\ln (h/h_c)}{v} - \frac{v}{2} \right),

with :math:`\Phi` the normal distribution. The rest is bare contact in parallel (:mod:`.coverage`).
An even layer thicker than :math:`h_c` has none; one that dissolves (:mod:`.thickness`) opens as
its mean falls. The covered share keeps the layer's mean thickness. The log-normal form and
:math:`h_c` are assumed; :math:`v` can be measured (profilometry, AFM, a section).
"""

from __future__ import annotations

import math

import pybamm

from ssb_model.cells.face.coverage import Coverage
from ssb_model.cells.face.thickness import THICKNESS
from ssb_model.cells.symbols import Variables

NO_DIVISION_BY_ZERO = 1e-9  # added to the variation


class Pinholes(Coverage):
    """The coated share follows from the layer's thickness and its variation."""

    def _coated_share(self, variables: Variables) -> pybamm.Symbol:
        v = self.parameter("layer thickness variation") + NO_DIVISION_BY_ZERO
        least = self.parameter("layer continuity thickness [m]")
        mean = variables[self.name_of(f"coated {THICKNESS}")]
        normal = pybamm.log(mean / least) / v - v / 2
        covered = (1 + pybamm.erf(normal / math.sqrt(2))) / 2
        share = self.parameter("coated share") * covered
        variables[self.name_of("pinhole share")] = 1 - share
        return share
