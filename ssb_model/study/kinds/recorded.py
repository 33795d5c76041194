"""A recorded file as constant currents and voltages at chosen times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.constants import TO_MV
from ssb_model.data import CyclingData, read_cycling
from ssb_model.errors import InputError
from ssb_model.measurements import WINDOW
from ssb_model.study.kinds.pieces import beginnings, constant_pieces
from ssb_model.study.kinds.samples import switching_error, thinned

if TYPE_CHECKING:
    from ssb_model.study.kinds.source import Source
    from ssb_model.study.kinds.voltage import VoltageTable

BEYOND = 0.1  # V beyond the window of a full cell that a record may go
UNKNOWN = 5e-3  # V: a noise that is to be estimated


def recorded(table: VoltageTable, source: Source) -> dict[str, Any]:
    """Pieces, times and voltages of a measured file."""
    read = partial(read_cycling, current_positive_on=table.current_positive_on)
    [record] = source.measured(table, read)
    file = table.file_name or record.path.name
    t, current, voltage = _window(table, source, record)
    _refuse_beyond_the_window(voltage, source, file)
    pieces = constant_pieces(t, current, f"{source.where}: {file}")
    first = beginnings(current)
    at = thinned(t, first, table.points)
    files = {file: record.sha256}
    numbers = {"pieces": pieces, "time": t[at], "voltage": voltage[at]}
    error = switching_error(t, voltage, first)[at]
    notes = _on_switches(t, first, error, source.noise(table, "V"), file)
    numbers |= {"switching_error": error, "notes": notes}
    return numbers | {"files": files, "synthetic": record.synthetic}


def _on_switches(
    t: Float[np.ndarray, " samples"],
    first: Sequence[int],
    error: Float[np.ndarray, " times"],
    noise: float | None,
    file: str,
) -> tuple[str, ...]:
    """A sentence where the moment of a switch matters more than the noise."""
    if error.max() < 3 * (noise or UNKNOWN):
        return ()
    gap = max(t[k] - t[k - 1] for k in first[1:])
    return (
        f"{file} does not record when its current is switched, only between which samples, up to "
        f"{gap:.3g} s apart: what relaxes faster than that is not determined by it, and voltages "
        f"after a switch count with an error of up to {TO_MV * error.max():.3g} mV.",
    )


def _window(
    table: VoltageTable, source: Source, record: CyclingData
) -> tuple[
    Float[np.ndarray, " samples"], Float[np.ndarray, " samples"], Float[np.ndarray, " samples"]
]:
    """Time from the window's start, current and voltage in the window; no time twice."""
    kept = np.ones(len(record.time), dtype=bool)
    if table.times is not None:
        low, high = (source.si(text, "s", "times") for text in table.times)
        kept &= (record.time >= low) & (record.time <= high)
    if table.cycles is not None:
        if record.cycle is None:
            raise InputError(f"{source.where}.cycles: {table.file_name} has no column of cycles.")
        kept &= np.isin(record.cycle, table.cycles)
    if kept.sum() < 2:
        raise InputError(
            f"{source.where}: fewer than two rows of {table.file_name} lie in the window; it has "
            f"{record.time[0]:g} to {record.time[-1]:g} s."
        )
    if np.diff(np.flatnonzero(kept)).max() > 1:
        raise InputError(
            f"{source.where}: the rows of {table.file_name} that are chosen do not follow one "
            "another: choose cycles in a row, and give others an experiment of their own."
        )
    t, current, voltage = record.time[kept], record.current[kept], record.voltage[kept]
    later = np.append(True, np.diff(t) > 0)
    return t[later] - t[0], current[later], voltage[later]


def _refuse_beyond_the_window(
    voltage: Float[np.ndarray, " samples"], source: Source, file: str
) -> None:
    """A full cell's record must lie within its cut-offs."""
    if source.cell.type != "full":
        return
    low, high = (float(source.cell.values[name]) for name in WINDOW)
    for value in (voltage.min(), voltage.max()):
        if not low - BEYOND <= value <= high + BEYOND:
            raise InputError(
                f"{source.where}: {file} goes to {value:.3f} V, outside the cell's cut-offs "
                f"{low:g} to {high:g} V: choose times = [...], or set the cut-offs among the "
                "cell's values."
            )
