"""Battery models on other meshes and by other spatial methods."""

import numpy as np
import pybamm

from .case import FEW, battery

ALL = ("SPM", "DFN")
PARTICLES = ("negative particle", "positive particle")
LAYERS = ("negative electrode", "separator", "positive electrode")


def _on(kind, meshes, methods=None):
    """Keywords of ``pybamm.Simulation``: the model's own meshes and methods, some replaced."""

    def build():
        model = getattr(pybamm.lithium_ion, kind)()
        known = {"submesh_types": model.default_submesh_types | meshes}
        if methods is not None:
            known["spatial_methods"] = model.default_spatial_methods | methods
        return known

    return build


def _other(kind, shown, meshes, methods=None, points=FEW):
    return battery(
        kind,
        {},
        "Marquis2019",
        name=f"{kind}, {shown}, Marquis2019, 1C",
        build=_on(kind, meshes, methods),
        points=points,
    )


def _of(domains, mesh, **parameters):
    return dict.fromkeys(domains, pybamm.MeshGenerator(mesh, parameters))


#: of a particle of Marquis2019 [m], closer together towards its surface
EDGES = 1e-5 * (1 - (1 - np.linspace(0, 1, FEW["r_n"] + 1)) ** 1.5)

CASES = [
    *(
        _other(kind, f"{shown} particles", _of(PARTICLES, mesh, **given))
        for kind in ALL
        for shown, mesh, given in (
            ("Chebyshev", pybamm.Chebyshev1DSubMesh, {}),
            ("exponential", pybamm.Exponential1DSubMesh, {"side": "right", "stretch": 2.0}),
            ("symbolic uniform", pybamm.SymbolicUniform1DSubMesh, {}),
            ("a user's", pybamm.UserSupplied1DSubMesh, {"edges": EDGES}),
        )
    ),
    _other("DFN", "Chebyshev layers", _of(LAYERS, pybamm.Chebyshev1DSubMesh)),
    _other("DFN", "exponential layers", _of(LAYERS, pybamm.Exponential1DSubMesh, side="symmetric")),
    *(
        _other(
            kind,
            "spectral volumes in particles",
            _of(PARTICLES, pybamm.SpectralVolume1DSubMesh, order=2),
            {domain: pybamm.SpectralVolume(order=2) for domain in PARTICLES},
        )
        for kind in ALL
    ),
    _other(
        "DFN",
        "spectral volumes in layers and particles",
        _of((*PARTICLES, *LAYERS), pybamm.SpectralVolume1DSubMesh, order=2),
        {d: pybamm.SpectralVolume(order=2) for d in (*PARTICLES, "macroscale")},
    ),
    _other("SPM", "one point in the separator", {}, points=FEW | {"x_s": 1}),
    _other("DFN", "3 points an axis", {}, points=dict.fromkeys(FEW, 3)),
    _other("DFN", "uneven points", {}, points=FEW | {"x_n": 3, "x_p": 12, "r_n": 5, "r_p": 15}),
]
