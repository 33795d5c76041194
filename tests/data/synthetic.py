"""Synthetic measured files: the cell that they hold, and the layouts of vendors around it."""

from tests.data.cell import (
    CAPACITY as CAPACITY,
    CURRENT as CURRENT,
    CYCLE as CYCLE,
    FREQUENCY as FREQUENCY,
    IMPEDANCE as IMPEDANCE,
    STEP as STEP,
    TIME as TIME,
    VOLTAGE as VOLTAGE,
    File as File,
)
from tests.data.record_files import CYCLING_FILES as CYCLING_FILES
from tests.data.spectrum_files import IMPEDANCE_FILES as IMPEDANCE_FILES
