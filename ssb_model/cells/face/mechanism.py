r"""What every mechanism of a face shares: its side, its parameters, its current.

Temperature enters through Arrhenius' law, without a factor 1/T before it. With the activation
energy :math:`E_a` [J.mol-1] and :math:`T_\mathrm{ref}` = 298.15 K, a parameter is multiplied by

.. math::

    A(T) = \exp\left[ -\frac{E_a}{R} \left( \frac{1}{T} - \frac{1}{T_\mathrm{ref}} \right) \right].
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.symbols import Face, Share, Value, Variables

R_GAS = pybamm.constants.R
FARADAY = pybamm.constants.F
CONTACT_CURRENT = "contact current density [A.m-2]"
PLATED = "current density plated below layer [A.m-2]"
LAYER_CONTACT = "layer contact with garnet"  # share of it, 1 where nothing has lifted it


def arrhenius(activation_energy: Value, temperature: Value) -> pybamm.Symbol:
    """Arrhenius' factor A(T), 1 at PyBaMM's "Reference temperature [K]".

    ``activation_energy`` in J/mol, ``temperature`` in K.
    """
    reference = pybamm.Parameter("Reference temperature [K]")
    return pybamm.exp(-activation_energy / R_GAS * (1 / temperature - 1 / reference))


class FaceMechanism(pybamm.BaseSubModel):
    """A submodel of one face; ``domain`` is "negative" or "positive".

    Currents are counted from lithium into garnet: the face's own current density is the
    cell's at the negative face and minus the cell's at the positive one, so that both
    faces obey the same equations. Where a face has a coated and an uncoated ``share``
    (:mod:`.coverage`), each is such a face of its own, with its own current density.
    """

    def __init__(self, domain: Face, share: Share | None = None) -> None:
        super().__init__(None, domain, name=f"{domain} face")
        self.face: Face = domain
        self.side = domain.capitalize()
        self.share: Share | None = share

    def parameter(self, name: str) -> pybamm.Parameter:
        """The parameter ``"<Side> face <name>"``, of an uncoated share "... uncoated <name>"."""
        own = "uncoated " if self.share == "uncoated" else ""
        return pybamm.Parameter(f"{self.side} face {own}{name}")

    def name_of(self, name: str) -> str:
        """The variable's full name, ``"<Side> face <name>"``, with the share if there is one."""
        return f"{self.side} face {self.share + ' ' if self.share else ''}{name}"

    def face_current_density(self, variables: Variables) -> pybamm.Symbol:
        """Current density from lithium into garnet, over the face or its share [A.m-2]."""
        if self.share:
            return variables[self.name_of("current density [A.m-2]")]
        i_cell = variables["Total current density [A.m-2]"]
        return i_cell if self.domain == "negative" else -i_cell

    def current_density(self, variables: Variables) -> pybamm.Symbol:
        """What of it passes the spots in contact, over the same area [A.m-2]: all of it but what
        charges the gaps between them (:mod:`.gap`). It is for equations of states: none of what a
        face adds up may follow it at once."""
        return variables[self.name_of(CONTACT_CURRENT)]

    def metal_current_density(self, variables: Variables) -> pybamm.Symbol:
        """Current density that the metal and its contact pass [A.m-2]: without what is plated
        below a layer, at the garnet (:mod:`.below`), or stripped there."""
        return self.current_density(variables) + variables[self.name_of(PLATED)]

    def temperature(self, variables: Variables) -> pybamm.Symbol:
        """Temperature of the face [K]."""
        return variables["Volume-averaged cell temperature [K]"]

    def scaled_by_arrhenius(
        self, value_name: str, energy_name: str, variables: Variables
    ) -> pybamm.Symbol:
        """Parameter ``value_name`` at the face's temperature."""
        energy = self.parameter(f"{energy_name} [J.mol-1]")
        return self.parameter(value_name) * arrhenius(energy, self.temperature(variables))
