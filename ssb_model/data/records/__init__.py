"""What a record of a cell under current says by itself, without a model."""

from ssb_model.data.records.cycles import Cycle, CyclesReading, read_cycles
from ssb_model.data.records.ramp import Failure as Failure, RampReading, read_ramp

__all__ = ["Cycle", "CyclesReading", "RampReading", "read_cycles", "read_ramp"]
