"""The face composed: which submodels its options ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pybamm

from ssb_model.cells.face import layer as layers
from ssb_model.cells.face.added import chosen, in_series
from ssb_model.cells.face.alloy import AlloyLayer
from ssb_model.cells.face.below import LithiumBelow, NoLithiumBelow
from ssb_model.cells.face.charge_transfer import ChargeTransfer
from ssb_model.cells.face.closure import Closure, MadeContact
from ssb_model.cells.face.constant_phase import ConstantPhaseElement
from ssb_model.cells.face.contact import Contact
from ssb_model.cells.face.coverage import Coverage
from ssb_model.cells.face.gap import GapOverpotential
from ssb_model.cells.face.growth import FilmGrowth, NoGrowth
from ssb_model.cells.face.interface_arcs import arc_submodels, face_arcs
from ssb_model.cells.face.mechanism import FaceMechanism
from ssb_model.cells.face.overpotential import ContactCurrent, FaceOverpotential
from ssb_model.cells.face.pinholes import Pinholes
from ssb_model.cells.face.skin import NoSkin, Skin
from ssb_model.cells.face.thickness import DissolvingLayer, MadeThickness
from ssb_model.cells.face.vacancies import Vacancies
from ssb_model.cells.face.voids import FullContact, Voids
from ssb_model.cells.symbols import CellOptions, Face, Share


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
        "layer dissolution": "none",
        "lithium below layer": "none",
        "interface growth": "none",
        "double layer": "capacitor",
    }
    coverage = Pinholes if cell_options["coverage"] == "pinholes" else Coverage
    return (
        _mechanisms(domain, cell_options, "coated")
        | _mechanisms(domain, bare, "uncoated")
        | {f"{domain} face coverage": coverage(domain)}
    )


def _mechanisms(
    domain: Face, cell_options: CellOptions, share: Share | None = None
) -> dict[str, pybamm.BaseSubModel]:
    others = chosen(cell_options)

    def of(option: str, own: Mapping[str, type[FaceMechanism]]) -> type[FaceMechanism]:
        return others.get(option) or own[cell_options[option]]

    series = in_series(cell_options)
    mechanisms: dict[str, Callable[[Face, Share | None], FaceMechanism]] = {
        **_layer(cell_options),
        "closure": of("contact closure", {"none": MadeContact, "pressure": Closure}),
        "voids": of("contact loss", {"none": FullContact, "voids": Voids, "vacancies": Vacancies}),
        "contact": Contact,
        "skin": of("surface skin", {"none": NoSkin, "dielectric": Skin}),
        "growth": of("interface growth", {"none": NoGrowth, "film": FilmGrowth}),
    }
    if cell_options["double layer"] == "constant phase":
        mechanisms["constant-phase element"] = ConstantPhaseElement
    mechanisms["charge transfer"] = ChargeTransfer
    mechanisms |= series
    gaps = cell_options["contact gap"] == "capacitance"
    overpotential = GapOverpotential if gaps else FaceOverpotential
    mechanisms["overpotential"] = partial(overpotential, series=tuple(series))
    mechanisms["contact current"] = ContactCurrent
    name = f"{domain} face {share or ''}".strip()
    return {f"{name} {part}": make(domain, share) for part, make in mechanisms.items()}


def _layer(cell_options: CellOptions) -> dict[str, type[FaceMechanism]]:
    """The layer, its thickness, and what lies below it."""
    if cell_options["buffer layer"] == "none":
        return {"layer": layers.NoLayer, "below": NoLithiumBelow}
    dissolving = cell_options["layer dissolution"] == "into lithium"
    plated = cell_options["lithium below layer"] == "plated"
    return {
        "thickness": DissolvingLayer if dissolving else MadeThickness,
        "layer": _conductor(cell_options),
        "below": LithiumBelow if plated else NoLithiumBelow,
    }


def _conductor(cell_options: CellOptions) -> type[FaceMechanism]:
    if cell_options["buffer layer"] == "alloy":
        return AlloyLayer
    dielectric = cell_options["layer permittivity"] == "dielectric"
    return layers.DielectricLayer if dielectric else layers.MixedConductorLayer
