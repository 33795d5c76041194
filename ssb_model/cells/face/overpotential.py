"""The face as the sum of its mechanisms, in series."""

from __future__ import annotations

from collections.abc import Sequence

import pybamm

from ssb_model.cells.face import layer as layers
from ssb_model.cells.face.below import LAYERED
from ssb_model.cells.face.contact import CONSTRICTION
from ssb_model.cells.face.mechanism import CONTACT_CURRENT, FaceMechanism
from ssb_model.cells.symbols import Face, Share, Variables

AT_ONCE = "contact current share"
FROM_GAPS = "gap current density [A.m-2]"


class FaceOverpotential(FaceMechanism):
    """Sums the face, or one share of it.

    The layer's instant resistance and the constriction, which follow the current at once,
    are reported as ``"<Side> face instant resistance [Ohm.m2]"``: together with the garnet
    they make the plateau between the relaxations of the bulk and of the faces. The film follows
    the current at once too, but lies outside the garnet's geometric capacitance, except on a
    share of a face, where it must count for the division of the current. So do mechanisms of other
    packages, ``series``, that hold no voltage in a state.
    """

    def __init__(
        self, domain: Face, share: Share | None = None, series: Sequence[str] = ()
    ) -> None:
        super().__init__(domain, share)
        self.series = series

    def get_coupled_variables(self, variables: Variables) -> Variables:
        part = {key: variables[self.name_of(key)] for key in self._parts()}
        series = [self._in_series(name, variables) for name in self.series]
        relaxing = (
            part["charge-transfer overpotential [V]"]
            + part[layers.SLOW_OVERPOTENTIAL]
            + part["skin voltage [V]"]
        )
        film = part["film resistance [Ohm.m2]"]
        resistance = part[LAYERED] + part["skin resistance [Ohm.m2]"] + part[CONSTRICTION] + film
        for R, voltage in series:
            resistance += R
            relaxing, film = (relaxing, film + R) if voltage is None else (relaxing + voltage, film)
        variables[self.name_of("resistance [Ohm.m2]")] = resistance
        variables.update(
            self._electrical(part[layers.INSTANT_RESISTANCE], film, relaxing, variables)
        )
        return variables

    def _electrical(
        self,
        layer: pybamm.Symbol,
        film: pybamm.Symbol,
        relaxing: pybamm.Symbol,
        variables: Variables,
    ) -> Variables:
        """Instant resistance, the rest of the overpotential; the same of the spots' current.

        ``layer`` and ``film`` are resistances that follow the contacts' current at once [Ohm.m2],
        ``relaxing`` is the overpotential behind them [V].
        """
        instant = layer + variables[self.name_of(CONSTRICTION)]
        if self.share:
            instant += film
        else:
            relaxing += self.face_current_density(variables) * film
        return {
            self.name_of("instant resistance [Ohm.m2]"): instant,
            self.name_of("relaxing overpotential [V]"): relaxing,
            self.name_of(AT_ONCE): pybamm.Scalar(1),
            self.name_of(FROM_GAPS): pybamm.Scalar(0),
        }

    def _in_series(
        self, name: str, variables: Variables
    ) -> tuple[pybamm.Symbol, pybamm.Symbol | None]:
        """Resistance [Ohm.m2] of a mechanism, and its voltage [V] if a state holds it."""
        voltage = variables.get(self.name_of(f"{name} voltage [V]"))
        return variables[self.name_of(f"{name} resistance [Ohm.m2]")], voltage

    @staticmethod
    def _parts() -> tuple[str, ...]:
        return (
            layers.INSTANT_RESISTANCE,
            layers.SLOW_OVERPOTENTIAL,
            LAYERED,
            CONSTRICTION,
            "charge-transfer overpotential [V]",
            "film resistance [Ohm.m2]",
            "skin voltage [V]",
            "skin resistance [Ohm.m2]",
        )


class ContactCurrent(FaceMechanism):
    """What passes the spots in contact: a share of the current, and what the gaps give."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        at_once, from_gaps = (variables[self.name_of(name)] for name in (AT_ONCE, FROM_GAPS))
        J_c = at_once * self.face_current_density(variables) + from_gaps
        variables[self.name_of(CONTACT_CURRENT)] = J_c
        return variables
