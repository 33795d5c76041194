"""The face's own domains on PyBaMM's meshes: depths of layer and metal, rates of the ladder."""

from __future__ import annotations

from collections.abc import Sequence

import pybamm

from ssb_model.cells.face import constant_phase, interface_arcs, layer, vacancies
from ssb_model.cells.symbols import CellOptions, Face, Geometry, Meshes, Points, Share

LAYER_POINTS = 20
STRETCH = 4  # finer towards the garnet, where the current enters: cells differ by about e^4


def face_geometry(face: Face, cell_options: CellOptions) -> Geometry:
    """PyBaMM geometry of one face's own domains."""
    geometry = {}
    if interface_arcs.face_arcs(cell_options):
        ladders = interface_arcs.arc_ladders(face, cell_options).values()
        return {domain: limits for one in ladders for domain, limits in one.geometry().items()}
    if _has_layer(cell_options):
        geometry |= layer.geometry(face)
    if cell_options["double layer"] == "constant phase":
        geometry |= constant_phase.ladder(face).geometry()
    for share in _metals(cell_options):
        geometry |= vacancies.geometry(face, share)
    return geometry


def face_points(faces: Sequence[Face], cell_options: CellOptions) -> Points:
    """Default mesh points: 20 across a layer, 48 into the metal, two branches a decade."""
    points = {}
    for face in faces:
        if interface_arcs.face_arcs(cell_options):
            for one in interface_arcs.arc_ladders(face, cell_options).values():
                points |= one.points()
            continue
        if _has_layer(cell_options):
            points[layer.depth(face)] = LAYER_POINTS
        if cell_options["double layer"] == "constant phase":
            points |= constant_phase.ladder(face).points()
        for share in _metals(cell_options):
            points[vacancies.depth(face, share)] = vacancies.POINTS
    return points


def submeshes(geometry: Geometry) -> Meshes:
    """Default meshes: of a layer, finer towards the garnet, of the metal, towards the face; of
    branches, even in ln x."""
    graded = {
        "face layer": _graded("right", STRETCH),
        "metal": _graded("left", vacancies.STRETCH),
    }
    kind = {domain: [end for end in graded if domain.endswith(end)] for domain in geometry}
    return {
        domain: graded[ends[0]] if ends else pybamm.Uniform1DSubMesh
        for domain, ends in kind.items()
    }


def _graded(side: str, stretch: float) -> pybamm.MeshGenerator:
    return pybamm.MeshGenerator(pybamm.Exponential1DSubMesh, {"side": side, "stretch": stretch})


def _metals(cell_options: CellOptions) -> tuple[Share | None, ...]:
    """Shares of the face whose metal is on a mesh."""
    if cell_options.get("contact loss") != "vacancies":
        return ()
    return (None,) if cell_options["coverage"] == "complete" else ("coated", "uncoated")


def _has_layer(cell_options: CellOptions) -> bool:
    return cell_options.get("buffer layer", "none") != "none"
