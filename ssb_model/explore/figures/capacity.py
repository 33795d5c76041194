"""Rate capability of the full cell, with what the founding paper states."""

from __future__ import annotations

from typing import ClassVar, cast

import numpy as np

from ssb_model.explore.curves import Rates
from ssb_model.explore.figures.base import Models
from ssb_model.explore.figures.critical_band import add_critical_band, critical_band
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import band, new_figure, plain_legend, source
from ssb_model.library import load_experiment

STATEMENT = 27  # of the founding experiment: capacities at six rates
COLUMNS = ("rate", "Q", "low", "high")


class Capacity:
    """Discharge capacity against C-rate with its interval, and the rate at which lithium shorts."""

    name: ClassVar[str] = "capacity"
    title: ClassVar[str] = "Rate capability, full cell"
    curves: ClassVar[tuple[str, ...]] = ("rates",)

    def __init__(self, look: Look) -> None:
        plot = new_figure(
            look, "C-rate [1/h]", "capacity [mAh/g]", x_range=(0, 1.05), y_range=(0, 180)
        )
        self.figure = plot
        line = source("capacity", *COLUMNS)
        plot.varea("rate", "low", "high", source=line, **band(look))
        plot.line("rate", "Q", source=line, color=look.line, line_width=2.5)
        plot.scatter("rate", "Q", source=line, color=look.line, size=6)
        paper = load_experiment("zhai2024").statements[STATEMENT]
        plot.scatter(
            list(cast("tuple[float, ...]", paper.further[0].value)),
            list(cast("tuple[float, ...]", paper.value)),
            color=look.ink,
            marker="square",
            size=7,
            legend_label="Zhai et al. 2024, stated (LiI/ZnLi_x)",
        )
        plain_legend(plot, "bottom_left", look)
        add_critical_band(plot, look)

    @staticmethod
    def models(curve: Rates, *_: object) -> Models:
        """The capacities."""
        known = np.isfinite(curve.line)
        columns = (curve.rate, curve.line, curve.low, curve.high)
        data = {n: values[known] for n, values in zip(COLUMNS, columns, strict=True)}
        return {"capacity": {"data": data}, **critical_band(curve.shorts)}

    @staticmethod
    def note(curve: Rates) -> str:
        """Where the cell shorts, and how many draws are missing."""
        lost = f"{curve.lost} draws have no answer. " if curve.lost else ""
        return f"{lost}Shade: central 95 % of a further cell. {curve.about_shorts}".strip()
