"""Rate capability of the full cell, with what the founding paper states."""

from __future__ import annotations

from typing import ClassVar, cast

import numpy as np

from ssb_model.explore.curves import Rates
from ssb_model.explore.figures.style import BAND, LINE, MEASURED, new_figure, plain_legend, source
from ssb_model.library import load_experiment

STATEMENT = 27  # of the founding experiment: capacities at six rates


class Capacity:
    """Discharge capacity against C-rate with its interval."""

    curve: ClassVar[str] = "rates"

    def __init__(self) -> None:
        plot = self.figure = new_figure(
            "Rate capability, full cell",
            "C-rate [1/h]",
            "capacity [mAh/g]",
            x_range=(0, 1.05),
            y_range=(0, 180),
        )
        self.line = source("rate", "Q", "low", "high", name="capacity")
        plot.varea("rate", "low", "high", source=self.line, **BAND)
        plot.line("rate", "Q", source=self.line, color=LINE, line_width=2.5)
        plot.scatter("rate", "Q", source=self.line, color=LINE, size=6)
        paper = load_experiment("zhai2024").statements[STATEMENT]
        plot.scatter(
            list(cast("tuple[float, ...]", paper.further[0].value)),
            list(cast("tuple[float, ...]", paper.value)),
            color=MEASURED,
            marker="square",
            size=7,
            legend_label="Zhai et al. 2024, stated (LiI/ZnLi_x)",
        )
        plain_legend(plot, "bottom_left")

    def draw(self, curve: Rates) -> None:
        """Show the capacities."""
        known = np.isfinite(curve.line)
        columns = zip(
            ("rate", "Q", "low", "high"),
            (curve.rate, curve.line, curve.low, curve.high),
            strict=True,
        )
        self.line.data = {name: values[known] for name, values in columns}

    def note(self, curve: Rates) -> str:
        """How many draws are missing."""
        return f"{curve.lost} draws have no answer." if curve.lost else "Shade: central 95 %."
