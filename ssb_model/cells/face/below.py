r"""Lithium below the layer: electrons cross it, meet ions at the garnet and plate a second phase.

Where a layer conducts electrons, an ion need not cross it to become lithium. What drives it to do
so at the garnet already is the potential

.. math::

    w = u(1) - \eta_\mathrm{ct},

by which lithium at the garnet would be above the metal: :math:`u(1)` [V] is lithium's potential in
the layer there (:mod:`.layer`), :math:`\eta_\mathrm{ct}` [V] the overpotential of charge transfer,
both in the face's own sign, so that plating makes :math:`w` positive. Above the nucleation
overpotential :math:`\eta_n` [V] lithium nucleates where the layer lies on the garnet. Nuclei grow
above a barrier that falls as they coalesce, at last above 0, and are stripped below 0. With the
charge :math:`q` [C.m-2] of that lithium, the share :math:`\nu` of the face below which it lies and
the share :math:`\ell` off which it has lifted the layer, the current density plated there, over the
whole face, is

.. math::

    J_p = \theta j_0(T) \left\{ \nu \left[ S(w - (1 - \nu) \eta_n) - S(-w) \right]
    + (1 - \ell) S(w - \eta_n) \right\}, \qquad \nu = 1 - e^{-q/q_c},

.. math::

    S(x) = 2 \sinh \frac{F x_+}{2 R T}, \qquad x_+ = \max(x, 0),

.. math::

    \frac{\mathrm{d}q}{\mathrm{d}t} = J_p, \qquad
    \frac{\mathrm{d}\ell}{\mathrm{d}t} = (1 - \ell) \frac{(J_p)_+}{q_c}
    - k_\mathrm{creep} (\ell - \nu)_+.

:math:`j_0` is the face's exchange-current density, :math:`q_c` [C.m-2] the charge with which nuclei
coalesce, :math:`k_\mathrm{creep}` creep's rate (:mod:`.voids`). The layer transfers charge on the
share :math:`1 - \ell` of its contact. So the lithium below **short-circuits** the layer's ionic
resistance while it is there, since only electrons cross the layer then; and it **lifts** the layer,
which has lost its contact once that lithium is stripped, until creep closes what is left open.

The ions that are plated do not cross the layer, the electrons do. With the resistances
:math:`r_i = R_\mathrm{ct} + h/s_i` and :math:`r_e = h/s_e` of their ways, a plating current density
:math:`J` divides at rest into [derived: Kirchhoff's laws of the two rails, linear kinetics]

.. math::

    w = (J - J_p) r_i - J_p r_e, \qquad
    J_p \le \frac{(J r_i - w)_+}{r_i + r_e}, \qquad J_\mathrm{onset} = \frac{\eta_n}{r_i}.

A layer that conducts ions alone cannot plate (:math:`r_e \to \infty`), however large :math:`w`
is; one that conducts electrons plates above the onset nearly all of the excess; and a layer that
resists ions little plates late. :mod:`ssb_model.critical_current.below_layer` takes the critical
current from these. Nucleation by the excess of the overpotential, the barrier's form and one
:math:`q_c` are assumed, and so are the values; :math:`w` and the division of the current are
derived.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.layer import AT_GARNET, LAYER_RESISTANCE
from ssb_model.cells.face.mechanism import FARADAY, LAYER_CONTACT, PLATED, R_GAS, FaceMechanism
from ssb_model.cells.face.thickness import THICKNESS
from ssb_model.cells.face.voids import creep_rate
from ssb_model.cells.symbols import Variables, sum_of
from ssb_model.constants import HOUR

CHARGE = "lithium below layer [A.h.m-2]"
SHARE = "share with lithium below layer"
LIFTED = "lifted share of layer"
DRIVE = "plating potential below layer [V]"
LAYERED = "layer and lithium below resistance [Ohm.m2]"
TRANSFER = "charge-transfer resistance [Ohm.m2]"
LEAST = 1e-12  # of the layer's contact with the garnet: no division by zero


class NoLithiumBelow(FaceMechanism):
    """No lithium between layer and garnet."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        none = {PLATED: 0, SHARE: 0, LAYER_CONTACT: 1}
        variables.update({self.name_of(name): pybamm.Scalar(x) for name, x in none.items()})
        parts = (variables[self.name_of(name)] for name in (TRANSFER, LAYER_RESISTANCE))
        variables[self.name_of(LAYERED)] = sum_of(parts)
        return variables


class LithiumBelow(FaceMechanism):
    """Its charge q and the lifted share of the layer as states."""

    def get_fundamental_variables(self) -> Variables:
        names = [self.name_of(name) for name in (CHARGE, LIFTED)]
        return {name: pybamm.Variable(name) for name in names}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        q, lifted = (variables[self.name_of(name)] for name in (CHARGE, LIFTED))
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        w = variables[self.name_of(AT_GARNET)] - eta
        eta_n = pybamm.Parameter("Lithium nucleation overpotential [V]")
        nu = 1 - pybamm.exp(-pybamm.maximum(q, 0) * HOUR / _coalescence_charge())
        thermal = R_GAS * self.temperature(variables) / FARADAY
        growing = nu * (_S(w - (1 - nu) * eta_n, thermal) - _S(-w, thermal))
        nucleating = (1 - lifted) * _S(w - eta_n, thermal)
        exchange = self._exchange(variables)
        touching = 1 - lifted + LEAST
        of_face = {
            DRIVE: w,
            SHARE: nu,
            PLATED: exchange * (growing + nucleating),
            LAYER_CONTACT: touching,
            LAYERED: self._resistance(touching, nu, exchange / thermal, variables),
        }
        variables.update({self.name_of(name): symbol for name, symbol in of_face.items()})
        return variables

    def _exchange(self, variables: Variables) -> pybamm.Symbol:
        """theta j0 [A.m-2], as that of the face's charge transfer."""
        energy = "exchange-current density activation energy"
        j0 = self.scaled_by_arrhenius("exchange-current density [A.m-2]", energy, variables)
        return variables[self.name_of("contact fraction")] * j0

    def _resistance(
        self,
        touching: pybamm.Symbol,
        nu: pybamm.Symbol,
        kinetic: pybamm.Symbol,
        variables: Variables,
    ) -> pybamm.Symbol:
        """At rest [Ohm.m2], of the way of ions through the layer beside that of electrons to the
        lithium below; ``kinetic`` is the conductance of charge transfer on the whole face."""
        s_e = variables[self.name_of("layer electronic conductivity [S.m-1]")]
        r_e = variables[self.name_of(THICKNESS)] / s_e / variables[self.name_of("contact fraction")]
        ways = {touching: variables[self.name_of(LAYER_RESISTANCE)], nu: r_e}
        return 1 / sum_of(kinetic * share / (1 + kinetic * share * r) for share, r in ways.items())

    def set_rhs(self, variables: Variables) -> None:
        q, lifted = (variables[self.name_of(name)] for name in (CHARGE, LIFTED))
        J_p = variables[self.name_of(PLATED)]
        lifting = (1 - lifted) * pybamm.maximum(J_p, 0) / _coalescence_charge()
        left_open = pybamm.maximum(lifted - variables[self.name_of(SHARE)], 0)
        self.rhs = {q: J_p / HOUR, lifted: lifting - creep_rate() * left_open}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {
            variables[self.name_of(name)]: pybamm.Scalar(0) for name in (CHARGE, LIFTED)
        }


def _S(potential: pybamm.Symbol, thermal: pybamm.Symbol) -> pybamm.Symbol:
    """2 sinh(F x/2RT) of what of a potential is above 0; ``thermal`` is RT/F [V]."""
    return 2 * pybamm.sinh(pybamm.maximum(potential, 0) / (2 * thermal))


def _coalescence_charge() -> pybamm.Parameter:
    """q_c [C.m-2]."""
    return pybamm.Parameter("Lithium coalescence charge [C.m-2]")
