r"""Reaction and diffusion in the cathode's particles, as functions for PyBaMM.

Exchange-current density [A.m-2] in the form of Prada et al. 2013, with the rate constant :math:`k`
[A.m-2.(m3.mol-1)1.5], Arrhenius' factor :math:`A(T)`, and the concentrations :math:`c_e` of the
catholyte and :math:`c_s` of lithium at the particle's surface [mol.m-3]:

.. math::

    j_0 = k A(T) \sqrt{c_e c_s (c_\mathrm{max} - c_s)}.

Diffusivity [m2.s-1], with a factor :math:`f` of the stoichiometry :math:`x` where the electrode's
file states one (1 elsewhere):

.. math::

    D = D_\mathrm{ref} A(T) f(x).
"""

from __future__ import annotations

from collections.abc import Callable

import pybamm

from ssb_model.cells.cathode.of_pybamm import relative_to_half
from ssb_model.cells.cathode.potential import to_the_ends
from ssb_model.cells.symbols import Value
from ssb_model.library import FACTOR, OfParameterSet, RelativeDiffusivity

DIFFUSIVITY = "Positive particle diffusivity [m2.s-1]"


def exchange_current_density(
    c_e: pybamm.Symbol, c_s_surf: pybamm.Symbol, c_s_max: pybamm.Symbol, T: pybamm.Symbol
) -> pybamm.Symbol:
    """Exchange-current density [A.m-2], Prada et al. 2013's form with Arrhenius.

    Concentrations in mol/m3, temperature in K.
    """
    k = pybamm.Parameter("Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]")
    energy = pybamm.Parameter("Positive electrode reaction activation energy [J.mol-1]")
    factor = _arrhenius(energy, T)
    return k * factor * c_e**0.5 * c_s_surf**0.5 * (c_s_max - c_s_surf) ** 0.5


def diffusivity(stoichiometry: pybamm.Symbol, T: pybamm.Symbol) -> pybamm.Symbol:
    """Diffusivity of lithium in the particles [m2.s-1], independent of ``stoichiometry``."""
    D = pybamm.Parameter("Positive particle reference diffusivity [m2.s-1]")
    energy = pybamm.Parameter("Positive particle diffusivity activation energy [J.mol-1]")
    return D * _arrhenius(energy, T)


def diffusivity_with(
    curve: RelativeDiffusivity | None,
) -> Callable[[pybamm.Symbol, pybamm.Symbol], pybamm.Symbol]:
    """The diffusivity times the factor that a file states; beyond a table's ends it is constant."""
    if curve is None:
        return diffusivity
    factor = _factor(curve)
    return lambda stoichiometry, T: diffusivity(stoichiometry, T) * factor(stoichiometry)


def _factor(curve: RelativeDiffusivity) -> Callable[[Value], Value]:
    if isinstance(curve, OfParameterSet):
        return relative_to_half(curve.parameter_set, DIFFUSIVITY)
    x, y = to_the_ends(curve, FACTOR, slope=0.0)
    return lambda stoichiometry: pybamm.Interpolant(
        x, y, stoichiometry, name=FACTOR, interpolator="pchip"
    )


def _arrhenius(energy: pybamm.Symbol, T: pybamm.Symbol) -> pybamm.Symbol:
    reference = pybamm.Parameter("Reference temperature [K]")
    return pybamm.exp(-energy / pybamm.constants.R * (1 / T - 1 / reference))
