"""The face between lithium and garnet, composed of one submodel a mechanism."""

from ssb_model.cells.face.charge_transfer import ChargeTransfer
from ssb_model.cells.face.constant_phase import ConstantPhaseElement
from ssb_model.cells.face.contact import Contact
from ssb_model.cells.face.growth import FilmGrowth
from ssb_model.cells.face.layer import MixedConductorLayer, NoLayer
from ssb_model.cells.face.overpotential import FaceOverpotential, face_submodels

__all__ = [
    "ChargeTransfer",
    "ConstantPhaseElement",
    "Contact",
    "FaceOverpotential",
    "FilmGrowth",
    "MixedConductorLayer",
    "NoLayer",
    "face_submodels",
]
