r"""The LFP cathode: open-circuit potential and kinetics as functions for PyBaMM.

Open-circuit potential against lithium [V], :math:`x` the stoichiometry of lithium in LiFePO4
(Afshar et al. 2017, as used by PyBaMM's Prada2013 set):

.. math::

    U = 3.4077 - 0.020269 x + 0.5 \, \mathrm{e}^{-150 x} - 0.9 \, \mathrm{e}^{-30 (1 - x)}.

Exchange-current density [A.m-2] in the form of Prada et al. 2013, with the rate constant :math:`k`
[A.m-2.(m3.mol-1)1.5], Arrhenius' factor :math:`A(T)`, and the concentrations :math:`c_e` of the
catholyte and :math:`c_s` of lithium at the particle's surface [mol.m-3]:

.. math::

    j_0 = k A(T) \sqrt{c_e c_s (c_\mathrm{max} - c_s)}.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.symbols import Value


def afshar2017(stoichiometry: Value) -> Value:
    """Open-circuit potential [V] of LFP against Li/Li+ at ``stoichiometry`` in (0, 1)."""
    return (
        3.4077
        - 0.020269 * stoichiometry
        + 0.5 * pybamm.exp(-150 * stoichiometry)
        - 0.9 * pybamm.exp(-30 * (1 - stoichiometry))
    )


#: Open-circuit potentials that an electrode file may name.
OPEN_CIRCUIT_POTENTIALS = {"afshar2017": afshar2017}


def exchange_current_density(
    c_e: pybamm.Symbol, c_s_surf: pybamm.Symbol, c_s_max: pybamm.Symbol, T: pybamm.Symbol
) -> pybamm.Symbol:
    """Exchange-current density of LFP [A.m-2], Prada et al. 2013's form with Arrhenius.

    Concentrations in mol/m3, temperature in K.
    """
    k = pybamm.Parameter("Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]")
    energy = pybamm.Parameter("Positive electrode reaction activation energy [J.mol-1]")
    factor = _arrhenius(energy, T)
    return k * factor * c_e**0.5 * c_s_surf**0.5 * (c_s_max - c_s_surf) ** 0.5


def diffusivity(stoichiometry: pybamm.Symbol, T: pybamm.Symbol) -> pybamm.Symbol:
    """Diffusivity of lithium in LFP [m2.s-1], independent of ``stoichiometry``."""
    D = pybamm.Parameter("Positive particle reference diffusivity [m2.s-1]")
    energy = pybamm.Parameter("Positive particle diffusivity activation energy [J.mol-1]")
    return D * _arrhenius(energy, T)


def _arrhenius(energy: pybamm.Symbol, T: pybamm.Symbol) -> pybamm.Symbol:
    reference = pybamm.Parameter("Reference temperature [K]")
    return pybamm.exp(-energy / pybamm.constants.R * (1 / T - 1 / reference))
