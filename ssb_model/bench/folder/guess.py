"""Files whose header is short of what every reader needs, read as nearly all such files are meant.

Names without units are taken in Hz and ohm; three columns without a header as frequency, real and
imaginary part, of the sign with which most points are capacitive. A symmetric cell has no charge
and discharge: the sign of its current is any. What is taken so is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ssb_model.data import CyclingData, ImpedanceData, read_cycling, read_impedance
from ssb_model.errors import InputError

UNITS = {"frequency": "Hz", "real": "ohm", "imaginary": "ohm", "minus imaginary": "ohm"}
CAPACITIVE = 0.8  # of the points: the sign of the imaginary part is beyond doubt
SYMMETRIC = 0.6  # V: a full cell's voltage lies above
ORDERS = (("frequency", "real", "minus imaginary"), ("frequency", "real", "imaginary"))


def guessed(path: Path) -> tuple[Sequence[ImpedanceData | CyclingData], str] | None:
    """What a file holds and how it was taken; None where a guess would not be safe."""
    for imaginary in ("imaginary", "minus imaginary"):
        units = {name: UNITS[name] for name in ("frequency", "real", imaginary)}
        found = _read(path, None, units)
        if found and _plausible(found):
            return found, "its header has no units: taken in Hz and ohm"
    for order in ORDERS:
        found = _read(path, order, {name: UNITS[name] for name in order})
        if found and _plausible(found):
            return found, f"it has no header: taken as {', '.join(order)} in Hz and ohm"
    record = _symmetric(path)
    return record and ([record], "current taken as positive on charge: the cell is symmetric")


def _symmetric(path: Path) -> CyclingData | None:
    try:
        record = read_cycling(path, current_positive_on="charge")
    except InputError:
        return None
    return record if np.median(np.abs(record.voltage)) < SYMMETRIC else None


def _read(
    path: Path, columns: tuple[str, ...] | None, units: dict[str, str]
) -> list[ImpedanceData]:
    try:
        return read_impedance(path, columns=columns, units=units)
    except InputError:
        return []


def _plausible(spectra: list[ImpedanceData]) -> bool:
    """Whether frequencies span decades, resistances are positive, and most points capacitive."""
    return all(
        np.ptp(np.log10(one.frequency)) > 1
        and np.mean(np.real(one.impedance) > 0) > CAPACITIVE
        and np.mean(np.imag(one.impedance) < 0) > CAPACITIVE
        for one in spectra
    )
