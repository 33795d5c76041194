"""Figures whose words are taken as they are: a `$` in the name of a file is no formula."""

import re
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatterSciNotation

AS_IT_IS: dict[Any, Any] = {"text.parse_math": False}
RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class PlainFigure(Figure):
    """A matplotlib figure that reads no formulae in its own texts; powers of ten stand raised.

    Texts that are added outside the house style are read as matplotlib does.
    """

    def draw(self, renderer: Any) -> None:
        for axes in self.axes:
            for axis in (axes.xaxis, axes.yaxis):
                if type(axis.get_major_formatter()) is LogFormatterSciNotation:
                    axis.set_major_formatter(PowersOfTen())
                if type(axis.get_minor_formatter()) is LogFormatterSciNotation:
                    axis.set_minor_formatter(PowersOfTen(labelOnlyBase=False))
        with rc_context(AS_IT_IS):  # ticks' labels are made when they are drawn
            super().draw(renderer)


class PowersOfTen(LogFormatterSciNotation):
    """Numbers of a logarithmic axis as matplotlib chooses them, such as 2×10⁻³."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        formula = super().__call__(x, pos)
        known = re.fullmatch(r"\$\\mathdefault\{(.*?)(?:\^\{(.*)\})?\}\$", formula)
        if known is None:
            return formula
        number, power = known[1].replace(r"\times", "×"), known[2] or ""
        return number + power.translate(RAISED)
