"""Measured files become datasets in SI: impedance spectra, and cells under current."""

from ssb_model.data.datasets import (
    DECLARED as DECLARED,
    TIMES as TIMES,
    CyclingData,
    Dataset as Dataset,
    ImpedanceData,
)
from ssb_model.data.declaration import (
    Undeclared as Undeclared,
    in_study as in_study,
    on_command_line as on_command_line,
)
from ssb_model.data.describe import describe
from ssb_model.data.plot import plot_data
from ssb_model.data.read import known_formats, read, read_cycling, read_impedance

__all__ = [
    "CyclingData",
    "ImpedanceData",
    "describe",
    "known_formats",
    "plot_data",
    "read",
    "read_cycling",
    "read_impedance",
]
