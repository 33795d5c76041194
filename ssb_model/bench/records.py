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
from ssb_model.data.records import read_ramp
from ssb_model.errors import InputError

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
    try:
        if is_ramp(record):
            reading = read_ramp(record)
            result.rows += ramp_rows(file.cell, condition, reading, facts.area or np.nan)
            result.figures.append(ramp_figure(file.cell, record, reading, facts.area or np.nan))
            if reading.failure == "open circuit":
                result.warnings.append(
                    f"{record.name}: the cell failed by an open circuit, not by a short: the "
                    "voltage ran away, as it does when voids cut the contact off."
                )
    except InputError as error:
        result.warnings.append(str(error))
    return result
