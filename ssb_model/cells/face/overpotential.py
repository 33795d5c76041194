"""The face as the sum of its mechanisms, in series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pybamm

from ssb_model.cells.face import layer as layers
from ssb_model.cells.face.added import chosen, in_series
from ssb_model.cells.face.charge_transfer import ChargeTransfer
from ssb_model.cells.face.constant_phase import ConstantPhaseElement
from ssb_model.cells.face.contact import Contact
from ssb_model.cells.face.coverage import Coverage
from ssb_model.cells.face.growth import FilmGrowth, NoGrowth
from ssb_model.cells.face.interface_arcs import arc_submodels, face_arcs
from ssb_model.cells.face.mechanism import FaceMechanism
from ssb_model.cells.face.skin import NoSkin, Skin
from ssb_model.cells.face.voids import FullContact, Voids
from ssb_model.cells.symbols import CellOptions, Face, Share, Variables


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
        instant = part[layers.INSTANT_RESISTANCE] + part["constriction resistance [Ohm.m2]"]
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
            + part["constriction resistance [Ohm.m2]"]
            + film
        )
        for R, voltage in series:
            resistance += R
            relaxing, film = (relaxing, film + R) if voltage is None else (relaxing + voltage, film)
        if self.share:
            instant += film
        else:
            relaxing += self.current_density(variables) * film
        variables.update(
            {
                self.name_of("instant resistance [Ohm.m2]"): instant,
                self.name_of("relaxing overpotential [V]"): relaxing,
                self.name_of("resistance [Ohm.m2]"): resistance,
            }
        )
        return variables

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
            layers.LAYER_RESISTANCE,
            "constriction resistance [Ohm.m2]",
            "charge-transfer overpotential [V]",
            "charge-transfer resistance [Ohm.m2]",
            "film resistance [Ohm.m2]",
            "skin voltage [V]",
            "skin resistance [Ohm.m2]",
        )


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
    others = chosen(cell_options)

    def of(option: str, own: Mapping[str, type[FaceMechanism]]) -> type[FaceMechanism]:
        return others.get(option) or own[cell_options[option]]

    series = in_series(cell_options)
    mechanisms: dict[str, Callable[[Face, Share | None], FaceMechanism]] = {
        "layer": _layer(cell_options),
        "voids": of("contact loss", {"none": FullContact, "voids": Voids}),
        "contact": Contact,
        "skin": of("surface skin", {"none": NoSkin, "dielectric": Skin}),
        "growth": of("interface growth", {"none": NoGrowth, "film": FilmGrowth}),
    }
    if cell_options["double layer"] == "constant phase":
        mechanisms["constant-phase element"] = ConstantPhaseElement
    mechanisms["charge transfer"] = ChargeTransfer
    mechanisms |= series
    mechanisms["overpotential"] = partial(FaceOverpotential, series=tuple(series))
    name = f"{domain} face {share or ''}".strip()
    return {f"{name} {part}": make(domain, share) for part, make in mechanisms.items()}


def _layer(cell_options: CellOptions) -> type[FaceMechanism]:
    if cell_options["buffer layer"] == "none":
        return layers.NoLayer
    dielectric = cell_options["layer permittivity"] == "dielectric"
    return layers.DielectricLayer if dielectric else layers.MixedConductorLayer
