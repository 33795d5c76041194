"""The face as the sum of its mechanisms, in series."""

from __future__ import annotations

import pybamm

from ssb_model.cells.face import layer as layers
from ssb_model.cells.face.charge_transfer import ChargeTransfer
from ssb_model.cells.face.constant_phase import ConstantPhaseElement
from ssb_model.cells.face.contact import CONSTRICTION, Contact
from ssb_model.cells.face.coverage import Coverage
from ssb_model.cells.face.growth import FilmGrowth, NoGrowth
from ssb_model.cells.face.interface_arcs import arc_submodels, face_arcs
from ssb_model.cells.face.mechanism import CONTACT_CURRENT, FaceMechanism
from ssb_model.cells.face.skin import NoSkin, Skin
from ssb_model.cells.face.voids import FullContact, Voids
from ssb_model.cells.symbols import CellOptions, Face, Share, Variables

AT_ONCE = "contact current share"
FROM_GAPS = "gap current density [A.m-2]"


class FaceOverpotential(FaceMechanism):
    """Sums the face, or one share of it.

    The layer's instant resistance and the constriction, which follow the current at once,
    are reported as ``"<Side> face instant resistance [Ohm.m2]"``: together with the garnet
    they make the plateau between the relaxations of the bulk and of the faces. The film follows
    the current at once too, but lies outside the garnet's geometric capacitance, except on a
    share of a face, where it must count for the division of the current.
    """

    def get_coupled_variables(self, variables: Variables) -> Variables:
        part = {key: variables[self.name_of(key)] for key in self._parts()}
        relaxing = (
            part["charge-transfer overpotential [V]"]
            + part[layers.SLOW_OVERPOTENTIAL]
            + part["skin voltage [V]"]
        )
        film = part["film resistance [Ohm.m2]"]
        resistance = (
            part["charge-transfer resistance [Ohm.m2]"]
            + part[layers.LAYER_RESISTANCE]
            + part["skin resistance [Ohm.m2]"]
            + part[CONSTRICTION]
            + film
        )
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

    @staticmethod
    def _parts() -> tuple[str, ...]:
        return (
            layers.INSTANT_RESISTANCE,
            layers.SLOW_OVERPOTENTIAL,
            layers.LAYER_RESISTANCE,
            CONSTRICTION,
            "charge-transfer overpotential [V]",
            "charge-transfer resistance [Ohm.m2]",
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


def face_submodels(domain: Face, cell_options: CellOptions) -> dict[str, pybamm.BaseSubModel]:
    """Submodels of the face ``domain`` ("negative" or "positive"), by name.

    Returns a dict to be merged into a PyBaMM model's ``submodels``; ``cell_options`` are the
    completed options of :func:`ssb_model.cells.options.split_options`.
    """
    if face_arcs(cell_options):
        return arc_submodels(domain, cell_options)
    if cell_options["coverage"] == "complete":
        return _mechanisms(domain, cell_options)
    bare = {
        **cell_options,
        "buffer layer": "none",
        "interface growth": "none",
        "double layer": "capacitor",
    }
    return (
        _mechanisms(domain, cell_options, "coated")
        | _mechanisms(domain, bare, "uncoated")
        | {f"{domain} face coverage": Coverage(domain)}
    )


def _mechanisms(
    domain: Face, cell_options: CellOptions, share: Share | None = None
) -> dict[str, pybamm.BaseSubModel]:
    mechanisms: dict[str, type[FaceMechanism]] = {
        "layer": _layer(cell_options),
        "voids": {"none": FullContact, "voids": Voids}[cell_options["contact loss"]],
        "contact": Contact,
        "skin": {"none": NoSkin, "dielectric": Skin}[cell_options["surface skin"]],
        "growth": {"none": NoGrowth, "film": FilmGrowth}[cell_options["interface growth"]],
    }
    if cell_options["double layer"] == "constant phase":
        mechanisms["constant-phase element"] = ConstantPhaseElement
    mechanisms["charge transfer"] = ChargeTransfer
    mechanisms["overpotential"] = _overpotential(cell_options)
    mechanisms["contact current"] = ContactCurrent
    name = f"{domain} face {share or ''}".strip()
    return {f"{name} {part}": make(domain, share) for part, make in mechanisms.items()}


def _layer(cell_options: CellOptions) -> type[FaceMechanism]:
    if cell_options["buffer layer"] == "none":
        return layers.NoLayer
    dielectric = cell_options["layer permittivity"] == "dielectric"
    return layers.DielectricLayer if dielectric else layers.MixedConductorLayer


def _overpotential(cell_options: CellOptions) -> type[FaceOverpotential]:
    from ssb_model.cells.face.gap import GapOverpotential

    return {"none": FaceOverpotential, "capacitance": GapOverpotential}[cell_options["contact gap"]]
