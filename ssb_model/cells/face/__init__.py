"""The face between lithium and garnet, composed of one submodel a mechanism."""

from ssb_model.cells.face.added import (
    offered_with as offered_with,
    refused_in_words as refused_in_words,
)
from ssb_model.cells.face.alloy import (
    POTENTIAL as POTENTIAL,
    tabled as tabled,
    with_plateau as with_plateau,
)
from ssb_model.cells.face.below import SHARE as SHARE
from ssb_model.cells.face.charge_transfer import ChargeTransfer
from ssb_model.cells.face.composed import face_submodels
from ssb_model.cells.face.composition import (
    Conductivities as Conductivities,
    LayerComposition as LayerComposition,
    layer_conductivities as layer_conductivities,
    reacted_composition as reacted_composition,
)
from ssb_model.cells.face.constant_phase import (
    REFERENCE_RATE as FACE_RATE,
    ConstantPhaseElement,
)
from ssb_model.cells.face.contact import Contact, constriction_resistance as constriction_resistance
from ssb_model.cells.face.coverage import coverage as coverage
from ssb_model.cells.face.growth import FilmGrowth
from ssb_model.cells.face.interface_arcs import face_arcs as face_arcs
from ssb_model.cells.face.layer import MixedConductorLayer, NoLayer
from ssb_model.cells.face.mechanism import (
    PLATED as PLATED,
    FaceMechanism as FaceMechanism,
    arrhenius as arrhenius,
)
from ssb_model.cells.face.mesh import (
    face_geometry as face_geometry,
    face_points as face_points,
    submeshes as submeshes,
)
from ssb_model.cells.face.overpotential import FaceOverpotential

__all__ = [
    "FACE_RATE",
    "ChargeTransfer",
    "ConstantPhaseElement",
    "Contact",
    "FaceOverpotential",
    "FilmGrowth",
    "MixedConductorLayer",
    "NoLayer",
    "face_submodels",
]
