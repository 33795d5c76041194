"""What a record of a cell under current says by itself, without a model."""

from ssb_model.data.records.ramp import RampReading, read_ramp

__all__ = ["RampReading", "read_ramp"]
