"""Records of cells under current as rows, warnings and figures: ramps, cycling, rate tests."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ssb_model.bench.facts import Facts
from ssb_model.bench.figures import Drawn
from ssb_model.bench.folder import BenchFile
from ssb_model.bench.ramps import ramp_figure, ramp_rows
from ssb_model.bench.table import Row
from ssb_model.constants import ZERO_CELSIUS
from ssb_model.data import CyclingData
from ssb_model.data.records import RampReading, read_ramp
from ssb_model.errors import InputError

SYMMETRIC = 0.6  # V: a full cell's voltage lies above
RAMP_STEPS = 3  # sizes of the current, each larger than all before


@dataclass
class RecordResult:
    """What the records of a bench say."""

    rows: list[Row] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    figures: list[Drawn] = field(default_factory=list)


def record_result(file: BenchFile, record: CyclingData, facts: Facts) -> RecordResult:
    """Rows, warnings and figures of one record, by what it is."""
    result = RecordResult()
    at = file.temperature
    condition = "" if at is None else f"{at - ZERO_CELSIUS:.4g} degC"
    reading = _ramp(record)
    if reading is not None:
        area = facts.area or np.nan
        result.rows += ramp_rows(file.cell, condition, reading, area)
        result.figures.append(ramp_figure(file.cell, record, reading, area))
        if reading.failure == "open circuit":
            result.warnings.append(
                f"{record.name}: the cell failed by an open circuit, not by a short: the voltage "
                "ran away, as it does when voids cut the contact off."
            )
    return result


def _ramp(record: CyclingData) -> RampReading | None:
    """The reading of a symmetric cell's ramp; None for any other record."""
    if np.median(np.abs(record.voltage)) > SYMMETRIC:
        return None
    try:
        reading = read_ramp(record)
    except InputError:
        return None
    largest = np.maximum.accumulate(reading.steps)
    return reading if len(np.unique(np.round(largest / largest[-1], 4))) >= RAMP_STEPS else None
