"""What a record of a cell under current says by itself, without a model."""

from ssb_model.data.records.cycles import Cycle, CyclesReading, read_cycles
from ssb_model.data.records.kind import kind_of as kind_of
from ssb_model.data.records.ramp import RampReading, read_ramp
from ssb_model.data.records.rates import Rate, RatesReading, rates_of

__all__ = [
    "Cycle",
    "CyclesReading",
    "RampReading",
    "Rate",
    "RatesReading",
    "rates_of",
    "read_cycles",
    "read_ramp",
]
