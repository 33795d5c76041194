"""Ramps of symmetric cells as rows of the table: last safe and first failed current density."""

from __future__ import annotations

import numpy as np

from ssb_model.bench.figures import Drawn, column_style, new_column
from ssb_model.bench.table import Row
from ssb_model.constants import HOUR, TO_MA_CM2, TO_MV
from ssb_model.data import CyclingData
from ssb_model.data.records import RampReading
from ssb_model.plotting import PAPER

LAST_SAFE = "critical current density, last safe"
FIRST_FAILED = "critical current density, first failed"
SHADE = "#D55E00"


def ramp_rows(cell: str, condition: str, reading: RampReading, area: float) -> list[Row]:
    """Both steps, in mA/cm2; a step that there is not has no value and says why.

    Parameters
    ----------
    cell
        Its name.
    condition
        Temperature.
    reading
        Of the record.
    area
        m2.
    """

    def row(quantity: str, current: float | None, note: str) -> Row:
        value = None if current is None else TO_MA_CM2 * current / area
        return Row(cell, quantity, condition, value, None, None, "mA/cm2", note)

    if reading.first_failed is None:
        open_end = "no failure up to the largest current: the critical current is above"
        return [row(LAST_SAFE, reading.last_safe, open_end), row(FIRST_FAILED, None, "none failed")]
    came_back = ", which recovered" if reading.recovered else ""
    what = f"{reading.failure} at {(reading.time or 0.0) / HOUR:.3g} h{came_back}"
    first = "" if reading.last_safe is not None else "the first step failed"
    return [row(LAST_SAFE, reading.last_safe, first), row(FIRST_FAILED, reading.first_failed, what)]


def ramp_figure(cell: str, record: CyclingData, reading: RampReading, area: float) -> Drawn:
    """Voltage and current density of a ramp, the moment of failure marked."""
    hours, J = record.time / HOUR, TO_MA_CM2 * record.current / area
    with column_style():
        figure, axes = new_column()
        axes.plot(hours, TO_MV * record.voltage, color=PAPER, lw=0.7)
        axes.set(xlabel="time [h]", ylabel="voltage [mV]", title=f"{cell}: {record.name}")
        right = axes.twinx()
        right.plot(hours, np.abs(J), color=SHADE, lw=0.6)
        right.set_ylabel("|current density| [mA/cm²]", color=SHADE)
        right.grid(False)
        if reading.time is not None and reading.first_failed is not None:
            at = reading.time / HOUR
            axes.axvline(at, color=SHADE, ls="--", lw=0.9)
            said = f"{reading.failure} at {TO_MA_CM2 * reading.first_failed / area:.3g} mA/cm²"
            axes.annotate(
                said,
                (at, 1.0),
                xycoords=("data", "axes fraction"),
                va="bottom",
                ha="right" if at > hours.mean() else "left",
                color=SHADE,
            )
            axes.set_title(f"{cell}: {record.name}", pad=12)
    data = {
        "": {
            "Time [h]": hours,
            "Voltage [mV]": TO_MV * record.voltage,
            "Current density [mA/cm2]": J,
        }
    }
    return Drawn(f"ramp {cell} {record.name}", figure, data)
