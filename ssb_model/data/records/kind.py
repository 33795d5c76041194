"""Which test a record is of: a ramp, cycling of a symmetric cell, a rate test, long cycling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from ssb_model.data.records.pieces import WHOLE, pieces_of, steps_of

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData
    from ssb_model.data.records.cycles import CyclesReading

Kind = Literal["ramp", "symmetric cycling", "rate test", "cycling"]

STEPS = 3  # of growing current: fewer are no ramp
RATES = 3  # currents of discharge: fewer are formation and cycling
ALIKE = 0.05  # of a current


def kind_of(record: CyclingData, reading: CyclesReading) -> Kind:
    """Which test a record is of, by its currents."""
    if reading.symmetric:
        return "ramp" if is_ramp(record) else "symmetric cycling"
    currents = np.sort([c.discharge.current for c in reading.cycles if c.discharge is not None])
    sizes = 1 + int((np.diff(currents) > ALIKE * currents[1:]).sum())
    return "rate test" if sizes >= RATES else "cycling"


def is_ramp(record: CyclingData) -> bool:
    """Whether the current grows step by step."""
    pieces = pieces_of(record.current)
    steps = steps_of(pieces)
    size = np.array([max(abs(p.current) for p in pieces[b:e]) for b, e in steps])
    whole = [p for p in pieces if p.end - p.begin >= WHOLE]
    grows = (np.diff(size) > 0).sum()
    return bool(whole and len(size) >= STEPS and 2 * grows > len(size))
