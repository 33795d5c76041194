r"""Lithium that plates below a layer limits the current that the layer bears; its electrons decide.

Ions cross a face's charge transfer and layer by the resistance :math:`r_i = R_\mathrm{ct} + h/s_i`
[Ohm.m2], electrons the layer by :math:`r_e = h/s_e`. While a current density :math:`J` [A.m-2] is
plated, lithium at the garnet is above the metal by :math:`w = J r_i` [V]. It nucleates there where
that passes the nucleation overpotential :math:`\eta_n` [V], and what then plates is what electrons
reach. From Kirchhoff's laws of the two ways, with :math:`w \to 0` once lithium is there,

.. math::

    w = (J - J_p) r_i - J_p r_e, \qquad
    J \ge J_\mathrm{onset} = \frac{\eta_n}{r_i}, \qquad
    J_p = J \frac{r_i}{r_i + r_e},

the mechanism of :mod:`ssb_model.cells.face.below` at rest [derived]. That lithium touches bare
garnet, of which a contact bears :math:`J_b`. So the layer bears no more than the current at which
lithium forms below it and carries more than that,

.. math::

    J_c = \min\left[ J(R), \; \max\left( \frac{\eta_n}{r_i}, \;
    J_b \left( 1 + \frac{r_e}{r_i} \right) \right) \right],

with :math:`J(R)` any law of the interface's resistance. A layer that conducts ions alone keeps its
law, one that conducts electrons is limited by the onset, the later the less it resists ions. That
the nuclei bear what bare contact bears is assumed, and :math:`\eta_n` is no measured number: no
electronic-only layer was measured by Zhai et al. 2024, doi:10.1039/d4sc00786g.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ssb_model.errors import InputError
from ssb_model.library import (
    A_M2,
    OHM_M2,
    is_true,
    namespace,
    non_negative,
    positive,
    share,
)

if TYPE_CHECKING:
    from ssb_model.critical_current.laws import Numbers

S_M = "S.m-1 (1 S/cm is 100 S.m-1)"
VOLT = "V (1 mV is 1e-3 V)"


class LayerWays(NamedTuple):
    """The ways across one face, of any shape.

    Attributes
    ----------
    ionic_resistance
        Of ions across charge transfer and layer, r_i [Ohm.m2].
    electronic_resistance
        Of electrons across the layer, r_e = h/s_e [Ohm.m2].
    """

    ionic_resistance: Numbers
    electronic_resistance: Numbers


def plating_onset(ways: LayerWays, nucleation_overpotential: Numbers) -> Numbers:
    """Current density [A.m-2] of a face from which on lithium nucleates below its layer.

    Parameters
    ----------
    ways
        Of ions and electrons.
    nucleation_overpotential
        eta_n [V].

    Raises
    ------
    InputError
        For a resistance or an overpotential that is not positive.
    """
    r_i, _ = _checked(ways)
    return positive(nucleation_overpotential, "nucleation overpotential", VOLT) / r_i


def plated_share(ways: LayerWays) -> Numbers:
    """Share of a face's current that plates below its layer once lithium is there, at rest.

    It is the electrons' share of the way: 0 without electrons, 1 where they cross freely.

    >>> print(plated_share(LayerWays(5e-4, 5e-4)))
    0.5
    """
    r_i, r_e = _checked(ways)
    return r_i / (r_i + r_e)


def borne_with_plating(
    current_density: Numbers, ways: LayerWays, nucleation_overpotential: Numbers, bare: Numbers
) -> Numbers:
    """Critical current density [A.m-2] of a layer below which lithium may plate.

    Parameters
    ----------
    current_density
        J(R) that a law gives it [A.m-2].
    ways
        Of ions and electrons across one face.
    nucleation_overpotential
        eta_n [V].
    bare
        J_b that lithium on bare garnet bears [A.m-2].

    Raises
    ------
    InputError
        For a number that is not positive.
    """
    J = positive(current_density, "critical current density", A_M2)
    J_b = positive(bare, "critical current density of bare garnet", A_M2)
    onset, below = plating_onset(ways, nucleation_overpotential), plated_share(ways)
    xp = namespace(J, J_b, onset, below)
    return xp.minimum(J, xp.maximum(onset, J_b / below))


def electron_supply(
    layer_conductivity: Numbers,
    coated_share: Numbers = 1.0,
    *,
    lithium_conductivity: Numbers | None = None,
) -> Numbers:
    """Electronic conductivity [S.m-1] of what touches the garnet.

    Parameters
    ----------
    layer_conductivity
        Electronic, of the layer on the coated share [S.m-1]: an ionic layer lets hardly any
        electron through.
    coated_share
        Of the garnet's face.
    lithium_conductivity
        Of the metal [S.m-1], which itself supplies electrons where the garnet is bare: needed
        unless the layer covers all.

    Raises
    ------
    InputError
        For numbers that cannot be, or if ``lithium_conductivity`` is needed and missing.
    """
    layer = non_negative(layer_conductivity, "electron supply", S_M)
    coated = share(coated_share, "coated share")
    if lithium_conductivity is None:
        if not is_true(coated >= 1):
            raise InputError(
                "Lithium touches the uncoated garnet and supplies electrons there: give "
                f"lithium_conductivity in {S_M}."
            )
        return layer
    lithium = positive(lithium_conductivity, "electronic conductivity of lithium", S_M)
    return coated * layer + (1 - coated) * lithium


def _checked(ways: LayerWays) -> LayerWays:
    r_i = positive(ways.ionic_resistance, "resistance of ions across the face", OHM_M2)
    r_e = non_negative(
        ways.electronic_resistance, "resistance of electrons across the layer", OHM_M2
    )
    return LayerWays(r_i, r_e)
