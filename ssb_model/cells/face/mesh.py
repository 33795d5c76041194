"""The face's own domains on PyBaMM's meshes: depth of the layer, rates of the ladder."""

import pybamm

from ssb_model.cells.face import constant_phase, layer

LAYER_POINTS = 20
STRETCH = 4  # finer towards the garnet, where the current enters: cells differ by about e^4


def face_geometry(face, cell_options):
    """PyBaMM geometry of one face's own domains."""
    geometry = {}
    if cell_options["buffer layer"] != "none":
        geometry |= layer.geometry(face)
    if cell_options["double layer"] == "constant phase":
        geometry |= constant_phase.geometry(face)
    return geometry


def face_points(faces, cell_options):
    """Default mesh points: 20 across a layer, two constant-phase branches a decade."""
    points = {}
    for face in faces:
        if cell_options["buffer layer"] != "none":
            points[layer.depth(face)] = LAYER_POINTS
        if cell_options["double layer"] == "constant phase":
            points[constant_phase.log_rate(face)] = constant_phase.BRANCHES
    return points


def face_submeshes(faces, cell_options):
    """Default meshes: of the layer, finer towards the garnet; of the branches, even in ln x."""
    graded = pybamm.MeshGenerator(
        pybamm.Exponential1DSubMesh, {"side": "right", "stretch": STRETCH}
    )
    return {
        domain: graded if domain.endswith("face layer") else pybamm.Uniform1DSubMesh
        for face in faces
        for domain in face_geometry(face, cell_options)
    }
