"""The face's own domains on PyBaMM's meshes: depth of the layer, rates of the ladder."""

from __future__ import annotations

from collections.abc import Sequence

import pybamm

from ssb_model.cells.face import constant_phase, interface_arcs, layer
from ssb_model.cells.symbols import CellOptions, Face, Geometry, Meshes, Points

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
    return geometry


def face_points(faces: Sequence[Face], cell_options: CellOptions) -> Points:
    """Default mesh points: 20 across a layer, two constant-phase branches a decade."""
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
    return points


def submeshes(geometry: Geometry) -> Meshes:
    """Default meshes: of a layer, finer towards the garnet; of branches, even in ln x."""
    graded = pybamm.MeshGenerator(
        pybamm.Exponential1DSubMesh, {"side": "right", "stretch": STRETCH}
    )
    return {
        domain: graded if domain.endswith("face layer") else pybamm.Uniform1DSubMesh
        for domain in geometry
    }


def _has_layer(cell_options: CellOptions) -> bool:
    return cell_options.get("buffer layer", "none") != "none"
