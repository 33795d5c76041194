"""Rate capability of the full cell, with what the founding paper states."""

import numpy as np

from ssb_model.explore.figures.style import BAND, LINE, MEASURED, new_figure, plain_legend, source
from ssb_model.library import load_experiment

STATEMENT = 27  # of the founding experiment: capacities at six rates


class Capacity:
    """Discharge capacity against C-rate with its interval."""

    curve = "rates"

    def __init__(self):
        made = self.figure = new_figure(
            "Rate capability, full cell",
            "C-rate [1/h]",
            "capacity [mAh/g]",
            x_range=(0, 1.05),
            y_range=(0, 180),
        )
        self.line = source("rate", "Q", "low", "high", name="capacity")
        made.varea("rate", "low", "high", source=self.line, **BAND)
        made.line("rate", "Q", source=self.line, color=LINE, width=2.5)
        made.scatter("rate", "Q", source=self.line, color=LINE, size=6)
        paper = load_experiment("zhai2024").statements[STATEMENT]
        made.scatter(
            list(paper.further[0].value),
            list(paper.value),
            color=MEASURED,
            marker="square",
            size=7,
            legend_label="Zhai et al. 2024, stated (LiI/ZnLi_x)",
        )
        plain_legend(made, "bottom_left")

    def draw(self, found):
        """Show :class:`~ssb_model.explore.curves.Rates`."""
        known = np.isfinite(found.line)
        columns = zip(
            ("rate", "Q", "low", "high"),
            (found.rate, found.line, found.low, found.high),
            strict=True,
        )
        self.line.data = {name: values[known] for name, values in columns}

    def note(self, found):
        """How many draws are missing."""
        return f"{found.lost} draws have no answer." if found.lost else "Shade: central 95 %."
