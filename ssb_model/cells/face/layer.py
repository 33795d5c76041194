r"""A buffer layer that conducts ions and electrons: three rails in one diffusion equation.

Lithium metal at :math:`x = 0` is reversible for lithium, the garnet at :math:`x = h` blocks
electrons. Ions and electrons flow on rails of conductivity :math:`s_i` and :math:`s_e` [S.m-1],
coupled by the chemical capacitance :math:`c_\mathrm{ch}` [F.m-3]. With :math:`u` [V] the chemical
potential of lithium (0 in the metal) and :math:`\xi = x/h`,

.. math::

    c_\mathrm{ch} h^2 \frac{\partial u}{\partial t} = s_a \frac{\partial^2 u}{\partial \xi^2},
    \qquad s_a = \frac{s_i s_e}{s_i + s_e}, \qquad
    c_\mathrm{ch} = \frac{F^2 c_\mathrm{Li}}{R T \Gamma},

.. math::

    u(0) = 0, \qquad \frac{\partial u}{\partial \xi}(1) = -\frac{J h}{s_i} - \frac{J_p h}{s_a},
    \qquad \eta = \frac{J h}{s_i + s_e} - \frac{s_e}{s_i + s_e} u(1).

Here :math:`\eta` [V] is the layer's overpotential, :math:`J` [A.m-2] the current density of the
area in contact, :math:`h` [m] the thickness, :math:`c_\mathrm{Li}` [mol.m-3] the concentration of
lithium in the layer, :math:`\Gamma` the thermodynamic factor and :math:`J_p` [A.m-2] the current
of lithium that is plated below the layer, at the garnet (:mod:`.below`; else 0). Hence the
resistance is :math:`h/s_i` at rest and :math:`h/(s_i + s_e)` at high frequency, and the impedance

.. math::

    Z = \frac{h}{s_i + s_e} + \frac{s_e}{s_i (s_i + s_e)} \, \frac{\tanh \lambda h}{\lambda},
    \qquad \lambda^2 = \mathrm{j} \omega c_\mathrm{ch} \, \frac{s_i + s_e}{s_i s_e}.

An ionic-only layer (without electrons) is the resistor :math:`h/s_i`, an electronic-only one a
finite-length Warburg element: the same equation with other numbers. After Jamnik & Maier's
treatment of mixed conductors; derived here and checked against the closed form in ``tests``.

The layer is a dielectric too. With the option "layer permittivity": "dielectric" the capacitance
:math:`\varepsilon_0 \varepsilon_r / h` lies across it, so that an ionic-only layer shows an arc,
at the frequency :math:`s_i/(2 \pi \varepsilon_0 \varepsilon_r)` whatever its thickness. Its
voltage is then a state :math:`v`, and what the layer conducts takes the place of :math:`J` above,

.. math::

    J_\mathrm{cond} = \left[ v + \frac{s_e}{s_i + s_e} u(1) \right] \frac{s_i + s_e}{h}, \qquad
    \frac{\varepsilon_0 \varepsilon_r}{h} \frac{\mathrm{d}v}{\mathrm{d}t} = J - J_\mathrm{cond}.
"""

from __future__ import annotations

from typing import Literal

import pybamm

from ssb_model.cells.face.mechanism import FARADAY, PLATED, R_GAS, FaceMechanism
from ssb_model.cells.face.thickness import THICKNESS
from ssb_model.cells.symbols import Face, Geometry, Variables
from ssb_model.constants import VACUUM_PERMITTIVITY

LITHIUM_POTENTIAL = "layer lithium potential [V]"
INSTANT_RESISTANCE = "layer instant resistance [Ohm.m2]"
SLOW_OVERPOTENTIAL = "layer slow overpotential [V]"
LAYER_RESISTANCE = "layer resistance [Ohm.m2]"
SHEET_SUPPLY = "layer sheet supply [A]"
CONDUCTED = "layer conducted current density [A.m-2]"
AT_GARNET = "layer lithium potential at the garnet [V]"


def depth(domain: Face) -> pybamm.SpatialVariable:
    """Coordinate xi = x/h across the layer of one face, from lithium to garnet."""
    return pybamm.SpatialVariable(
        f"xi_{domain[0]}", domain=[f"{domain} face layer"], coord_sys="cartesian"
    )


def geometry(domain: Face) -> Geometry:
    """PyBaMM geometry of the layer's domain."""
    return {f"{domain} face layer": {depth(domain): {"min": 0, "max": 1}}}


class NoLayer(FaceMechanism):
    """Lithium touches garnet directly."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        names = (INSTANT_RESISTANCE, SLOW_OVERPOTENTIAL, LAYER_RESISTANCE, SHEET_SUPPLY)
        variables.update({self.name_of(name): pybamm.Scalar(0) for name in names})
        return variables


class MixedConductorLayer(FaceMechanism):
    """The layer's lithium potential on its own domain, as a diffusion equation."""

    state, at_lithium = LITHIUM_POTENTIAL, 0

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of(self.state)
        return {name: pybamm.Variable(name, domain=[f"{self.domain} face layer"])}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        h = variables[self.name_of(THICKNESS)]
        s_i = self._conductivity("ionic", variables)
        s_e = self._conductivity("electronic", variables)
        theta = variables[self.name_of("contact fraction")]
        u_garnet = self._at_garnet(variables)
        variables.update(
            {
                self.name_of("layer ionic conductivity [S.m-1]"): s_i,
                self.name_of("layer electronic conductivity [S.m-1]"): s_e,
                self.name_of(LAYER_RESISTANCE): h / s_i / theta,
                self.name_of(AT_GARNET): u_garnet,
                self.name_of(SHEET_SUPPLY): self._sheet_supply(h, s_i, s_e, variables),
            }
        )
        variables[self.name_of("layer stored lithium [C.m-2]")] = self._stored(theta, variables)
        variables.update(
            self._electrical(h / (s_i + s_e) / theta, -s_e / (s_i + s_e) * u_garnet, variables)
        )
        return variables

    def _at_garnet(self, variables: Variables) -> pybamm.Symbol:
        """Lithium's potential u(1) [V]."""
        return pybamm.boundary_value(variables[self.name_of(self.state)], "right")

    def _per_volt(self, variables: Variables) -> pybamm.Symbol:
        """What of the state a small potential of 1 V is [V-1]."""
        return pybamm.Scalar(1)

    def _electrical(
        self, instant_resistance: pybamm.Symbol, slow: pybamm.Symbol, variables: Variables
    ) -> Variables:
        """What the face adds up: the part that follows the current at once, and the rest."""
        return {
            self.name_of(INSTANT_RESISTANCE): instant_resistance,
            self.name_of(SLOW_OVERPOTENTIAL): slow,
        }

    def _conducted(self, variables: Variables) -> pybamm.Symbol:
        """Current density that the layer conducts [A.m-2]."""
        return self.current_density(variables)

    def _stored(self, theta: pybamm.Symbol, variables: Variables) -> pybamm.Symbol:
        """Lithium in the layer beyond that at rest: c_ch h times the mean of u [C.m-2]."""
        beyond = variables[self.name_of(self.state)] - self.at_lithium
        mean = pybamm.Integral(beyond, depth(self.face)) / self._per_volt(variables)
        h = variables[self.name_of(THICKNESS)]
        return theta * self._chemical_capacity(variables) * h * mean

    def _chemical_capacity(self, variables: Variables) -> pybamm.Symbol:
        """Chemical capacitance c_ch [F.m-3]."""
        thermal = R_GAS * self.temperature(variables)
        concentration = self.parameter("layer lithium concentration [mol.m-3]")
        return FARADAY**2 * concentration / (thermal * self.parameter("layer thermodynamic factor"))

    def _sheet_supply(
        self, h: pybamm.Symbol, s_i: pybamm.Symbol, s_e: pybamm.Symbol, variables: Variables
    ) -> pybamm.Symbol:
        """Lithium that the layer carries sideways below a void [A]; used by :mod:`.voids`."""
        thermal = R_GAS * self.temperature(variables) / FARADAY
        factor = self.parameter("layer thermodynamic factor")
        return 4 * h * s_i * s_e / (s_i + s_e) * thermal * factor

    def _conductivity(
        self, kind: Literal["ionic", "electronic"], variables: Variables
    ) -> pybamm.Symbol:
        energy = "layer activation energy"
        return self.scaled_by_arrhenius(f"layer {kind} conductivity [S.m-1]", energy, variables)

    def set_rhs(self, variables: Variables) -> None:
        u = variables[self.name_of(self.state)]
        s_i, s_e = self._rails(variables)
        h = variables[self.name_of(THICKNESS)]
        c_ch = self._chemical_capacity(variables)
        self.rhs = {u: s_i * s_e / (s_i + s_e) / (c_ch * h**2) * pybamm.div(pybamm.grad(u))}

    def set_boundary_conditions(self, variables: Variables) -> None:
        u = variables[self.name_of(self.state)]
        s_i, s_e = self._rails(variables)
        R = variables[self.name_of(LAYER_RESISTANCE)]
        drop = -self._conducted(variables) * R
        drop -= variables[self.name_of(PLATED)] * R * (s_i + s_e) / s_e
        self.boundary_conditions = {
            u: {
                "left": (pybamm.Scalar(self.at_lithium), "Dirichlet"),
                "right": (self._per_volt(variables) * drop, "Neumann"),
            }
        }

    def set_initial_conditions(self, variables: Variables) -> None:
        u = variables[self.name_of(self.state)]
        self.initial_conditions = {u: pybamm.Scalar(self.at_lithium)}

    def _rails(self, variables: Variables) -> tuple[pybamm.Symbol, pybamm.Symbol]:
        """Conductivity of ions and of electrons [S.m-1]."""
        kinds = ("ionic", "electronic")
        s_i, s_e = (variables[self.name_of(f"layer {kind} conductivity [S.m-1]")] for kind in kinds)
        return s_i, s_e


class DielectricLayer(MixedConductorLayer):
    """The same layer with its permittivity: its voltage is a state."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of("layer voltage [V]")
        return super().get_fundamental_variables() | {name: pybamm.Variable(name)}

    def _electrical(
        self, instant_resistance: pybamm.Symbol, slow: pybamm.Symbol, variables: Variables
    ) -> Variables:
        v = variables[self.name_of("layer voltage [V]")]
        return {
            self.name_of(INSTANT_RESISTANCE): pybamm.Scalar(0),
            self.name_of(SLOW_OVERPOTENTIAL): v,
            self.name_of(CONDUCTED): (v - slow) / instant_resistance,
        }

    def _conducted(self, variables: Variables) -> pybamm.Symbol:
        return variables[self.name_of(CONDUCTED)]

    def set_rhs(self, variables: Variables) -> None:
        super().set_rhs(variables)
        relative = self.parameter("layer relative permittivity")
        capacity = VACUUM_PERMITTIVITY * relative / variables[self.name_of(THICKNESS)]
        theta = variables[self.name_of("contact fraction")]
        charging = self.current_density(variables) - variables[self.name_of(CONDUCTED)]
        self.rhs[variables[self.name_of("layer voltage [V]")]] = charging / (theta * capacity)

    def set_initial_conditions(self, variables: Variables) -> None:
        super().set_initial_conditions(variables)
        v = variables[self.name_of("layer voltage [V]")]
        self.initial_conditions[v] = pybamm.Scalar(0)
