"""What ``ssb data`` tells of a record of a cell under current: a ramp, rates, or its cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.cli.terminal import show
from ssb_model.constants import HOUR, TO_MV
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ssb_model.data import CyclingData

WORDS = {
    "ramp": "looks like a ramp of the current",
    "symmetric cycling": "looks like cycling of a symmetric cell",
    "rate test": "looks like a rate test",
    "cycling": "looks like cycling",
}


def cycles_look(
    record: CyclingData, draw: bool
) -> tuple[dict[str, Figure], dict[str, pd.DataFrame]]:
    """Print what a record says; figures and tables by what their names end in."""
    from ssb_model.data.records import kind_of, rates_of, read_cycles

    try:
        reading = read_cycles(record)
    except InputError as error:  # a rest is no fault of the file
        show(f"\n{error}")
        return {}, {}
    kind = kind_of(record, reading)
    show(f"\n{record.name}: {WORDS[kind]}")
    if kind == "ramp":
        return _ramp(record, draw), {}
    tables = {"_cycles": reading.to_dataframe()}
    if kind == "rate test" and any(cycle.discharge for cycle in reading.cycles):
        rates = rates_of(reading)
        tables["_rates"] = rates.to_dataframe()
        show(_indented(rates))
    show(_indented(reading))
    if reading.growth is not None:
        show(f"  Polarisation grows by {TO_MV * HOUR * reading.growth:.3g} mV/h.")
    return ({"_cycles": reading.plot()} if draw else {}), tables


def _indented(reading: object) -> str:
    return "\n".join(f"  {line}" for line in str(reading).splitlines())


def _ramp(record: CyclingData, draw: bool) -> dict[str, Figure]:
    from ssb_model.data.records import read_ramp

    try:
        reading = read_ramp(record)
    except InputError as error:
        show(f"  {error}")
        return {}
    show(f"  {reading}")
    return {"_ramp": reading.plot(record)} if draw else {}
