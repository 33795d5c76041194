"""The cells as PyBaMM models; knows no solver.

>>> from ssb_model.cells import SymmetricCell
>>> "Interface resistance [Ohm.m2]" in SymmetricCell().variables
True
"""

from ssb_model.cells.arc_times import (
    arc_times as arc_times,
    arrhenius_factor as arrhenius_factor,
)
from ssb_model.cells.blocking import BlockingCell
from ssb_model.cells.cathode import refuse_start as refuse_start
from ssb_model.cells.face import (
    FACE_RATE as FACE_RATE,
    Conductivities as Conductivities,
    FaceMechanism,
    LayerComposition as LayerComposition,
    arrhenius,
    constriction_resistance as constriction_resistance,
    coverage as coverage,
    layer_conductivities as layer_conductivities,
    reacted_composition as reacted_composition,
)
from ssb_model.cells.full import FullCell
from ssb_model.cells.options import (
    BLOCKING_OPTIONS,
    CELL_OPTIONS,
    FULL_OPTIONS,
    split_options as split_options,
)
from ssb_model.cells.parameters import cell_parameters, cell_quantities as cell_quantities
from ssb_model.cells.short_circuit import SHORT as SHORT
from ssb_model.cells.symmetric import SymmetricCell

__all__ = [
    "BLOCKING_OPTIONS",
    "CELL_OPTIONS",
    "FULL_OPTIONS",
    "BlockingCell",
    "FaceMechanism",
    "FullCell",
    "SymmetricCell",
    "arrhenius",
    "cell_parameters",
]
