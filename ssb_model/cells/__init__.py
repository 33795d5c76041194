"""The cells as PyBaMM models; knows no solver.

>>> from ssb_model.cells import SymmetricCell
>>> "Interface resistance [Ohm.m2]" in SymmetricCell().variables
True
"""

from ssb_model.cells.blocking import BlockingCell
from ssb_model.cells.full import FullCell
from ssb_model.cells.options import BLOCKING_OPTIONS, CELL_OPTIONS
from ssb_model.cells.parameters import cell_parameters
from ssb_model.cells.symmetric import SymmetricCell

__all__ = [
    "BLOCKING_OPTIONS",
    "CELL_OPTIONS",
    "BlockingCell",
    "FullCell",
    "SymmetricCell",
    "cell_parameters",
]
