"""Records of a cell under current: ramps, cycling, rate tests."""

from ssb_model.bench.records.ramps import (
    FIRST_FAILED as FIRST_FAILED,
    LAST_SAFE as LAST_SAFE,
)
from ssb_model.bench.records.record import record_result as record_result
