r"""A face of which only its arcs are known: a resistance beside a capacity, or two such in series.

What the arc is physically, charge transfer, constriction or a film, is left open:

.. math::

    J = \frac{\eta}{R(T)} + C \frac{\mathrm{d}\eta}{\mathrm{d}t} \qquad \text{or} \qquad
    J = \frac{\eta}{R(T)} + Q s^\alpha \eta, \qquad
    R(T) = R_\mathrm{ref} \exp\left[ \frac{E_a}{R_g}
    \left( \frac{1}{T} - \frac{1}{T_\mathrm{ref}} \right) \right],

with :math:`R` [Ohm.m2] the resistance of one face, :math:`C` [F.m-2] its capacity, :math:`R_g` the
gas constant and :math:`E_a` [J.mol-1] the slope of :math:`\ln(1/R)` as papers report it.
:math:`Q` follows from :math:`C` as in :mod:`ssb_model.cells.face.constant_phase`. With the option
"interface": "two arcs" a second, slower one follows in series. The circuit is linear: it holds at
voltages small against :math:`R_g T/F`.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.constant_phase import RATE_BAND, REFERENCE_RATE
from ssb_model.cells.face.mechanism import FaceMechanism, arrhenius
from ssb_model.cells.ladder import Ladder
from ssb_model.cells.symbols import CellOptions, Face, Variables, sum_of

SLOW = "slow "
ARCS = {"mechanisms": (), "one arc": ("",), "two arcs": ("", SLOW)}


def face_arcs(cell_options: CellOptions) -> tuple[str, ...]:
    """What the names of a face's arcs begin with, the fastest first; none of mechanisms."""
    return ARCS[cell_options.get("interface", "mechanisms")]


def arc_ladders(face: Face, cell_options: CellOptions) -> dict[str, Ladder]:
    """Of every arc of a face, where its capacity is constant-phase, its :class:`Ladder`."""
    if cell_options["double layer"] == "capacitor":
        return {}
    return {
        arc: Ladder(
            f"{face} face {arc}arc", f"ln_rate_{face[0]}_{arc.strip()}", RATE_BAND, REFERENCE_RATE
        )
        for arc in face_arcs(cell_options)
    }


class InterfaceArc(FaceMechanism):
    """One arc: its overpotential is a state.

    Parameters
    ----------
    domain
        "negative" or "positive".
    arc
        What its parameters' names begin with: nothing, or "slow ".
    ladder
        Of a constant-phase capacity.
    """

    def __init__(self, domain: Face, arc: str, ladder: Ladder | None) -> None:
        super().__init__(domain)
        self.arc, self.ladder = arc, ladder

    @property
    def _overpotential(self) -> str:
        return self.name_of(f"{self.arc}interface overpotential [V]")

    @property
    def _branches(self) -> str:
        return self.name_of(f"{self.arc}interface branch voltages [V]")

    def get_fundamental_variables(self) -> Variables:
        states: Variables = {self._overpotential: pybamm.Variable(self._overpotential)}
        if self.ladder:
            states[self._branches] = pybamm.Variable(self._branches, domain=[self.ladder.domain])
        return states

    def get_coupled_variables(self, variables: Variables) -> Variables:
        energy = self.parameter(f"{self.arc}interface activation energy [J.mol-1]")
        R = self.parameter(f"{self.arc}interface resistance [Ohm.m2]")
        variables[self.name_of(f"{self.arc}interface resistance [Ohm.m2]")] = R / arrhenius(
            energy, self.temperature(variables)
        )
        return variables

    def set_rhs(self, variables: Variables) -> None:
        eta = variables[self._overpotential]
        R = variables[self.name_of(f"{self.arc}interface resistance [Ohm.m2]")]
        charging = self.face_current_density(variables) - eta / R
        capacity = self.parameter(f"{self.arc}double-layer capacity [F.m-2]")
        if self.ladder is None:
            self.rhs = {eta: charging / capacity}
            return
        branches = variables[self._branches]
        exponent = self.parameter(f"{self.arc}constant-phase exponent")
        instant, slower = self.ladder.currents(eta, branches, capacity, exponent)
        self.rhs = {
            eta: (charging - slower) / instant,
            branches: self.ladder.rates(eta, branches),
        }

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {state: pybamm.Scalar(0) for state in self.rhs}


class ArcsInSeries(FaceMechanism):
    """The face as the sum of its arcs: nothing follows the current at once."""

    def __init__(self, domain: Face, arcs: tuple[str, ...]) -> None:
        super().__init__(domain)
        self.arcs = arcs

    def get_coupled_variables(self, variables: Variables) -> Variables:
        def total(name: str) -> pybamm.Symbol:
            return sum_of(variables[self.name_of(f"{arc}interface {name}")] for arc in self.arcs)

        nothing = pybamm.Scalar(0)
        variables.update(
            {
                self.name_of("instant resistance [Ohm.m2]"): nothing,
                self.name_of("layer instant resistance [Ohm.m2]"): nothing,
                self.name_of("retained contact"): pybamm.Scalar(1),
                self.name_of("relaxing overpotential [V]"): total("overpotential [V]"),
                self.name_of("resistance [Ohm.m2]"): total("resistance [Ohm.m2]"),
            }
        )
        return variables


def arc_submodels(face: Face, cell_options: CellOptions) -> dict[str, pybamm.BaseSubModel]:
    """Submodels of a face made of arcs, by name."""
    arcs, ladders = face_arcs(cell_options), arc_ladders(face, cell_options)
    made: dict[str, pybamm.BaseSubModel] = {
        f"{face} face {arc}arc": InterfaceArc(face, arc, ladders.get(arc)) for arc in arcs
    }
    return made | {f"{face} face arcs in series": ArcsInSeries(face, arcs)}
