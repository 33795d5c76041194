"""The cells as PyBaMM finds them by name: each credits its works when it is made.

>>> import pybamm
>>> type(pybamm.Model("SSB blocking cell")).__name__
'SSBBlockingCell'

They are the cells of :mod:`ssb_model.cells` with one thing added, that ``pybamm.print_citations()``
names ssb_model, the founding experiment and the works behind the cell's equations.
"""

from ssb_model.cells import BlockingCell, FullCell, SymmetricCell
from ssb_model.citations import register


class SSBSymmetricCell(SymmetricCell):
    """Li | face | garnet | face | Li, credited; options as :class:`ssb_model.SymmetricCell`."""

    def build_model(self) -> None:
        super().build_model()
        register(self)


class SSBFullCell(FullCell):
    """Li | face | garnet | LFP, credited; options as :class:`ssb_model.FullCell`."""

    def build_model(self) -> None:
        super().build_model()
        register(self)


class SSBBlockingCell(BlockingCell):
    """Metal | electrolyte | metal, credited; options as :class:`ssb_model.BlockingCell`."""

    def build_model(self) -> None:
        super().build_model()
        register(self)
