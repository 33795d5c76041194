"""Polarisation of the symmetric cell, and where its critical current lies."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ssb_model.explore import curves
from ssb_model.explore.figures.base import Models
from ssb_model.explore.figures.critical_band import add_critical_band, critical_band
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import band, new_figure, plain_decades, source

COLUMNS = ("J", "V", "low", "high")


class Polarisation:
    """Voltage after an hour against current density; the critical current as a line and a band."""

    name: ClassVar[str] = "polarisation"
    title: ClassVar[str] = "Polarisation, symmetric cell"
    curves: ClassVar[tuple[str, ...]] = ("polarisation", "critical")

    def __init__(self, look: Look) -> None:
        plot = new_figure(
            look,
            "current density [mA/cm²]",
            "voltage after 1 h [mV]",
            "log",
            "log",
            x_range=(0.045, 6),
        )
        self.figure = plot
        line = source("polarisation", *COLUMNS)
        plot.varea("J", "low", "high", source=line, **band(look))
        plot.line("J", "V", source=line, color=look.line, line_width=2.5)
        plot.scatter("J", "V", source=line, color=look.line, size=6)
        plain_decades(plot.xaxis[0])
        plain_decades(plot.yaxis[0])
        add_critical_band(plot, look)

    @staticmethod
    def models(curve: curves.Polarisation, *others: curves.Critical | str) -> Models:
        """The voltages, and where the critical current lies."""
        [critical] = others
        known = np.isfinite(curve.line)
        columns = (curve.current, curve.line, curve.low, curve.high)
        data = {n: values[known] for n, values in zip(COLUMNS, columns, strict=True)}
        at = None if isinstance(critical, str) else critical.current
        return {"polarisation": {"data": data}, **critical_band(at)}

    @staticmethod
    def note(curve: curves.Polarisation) -> str:
        """How many draws are missing, and what the orange band is."""
        lost = f"{curve.lost} draws have no answer. " if curve.lost else ""
        return f"{lost}Orange: critical current as forecast, with its central 95 %."
