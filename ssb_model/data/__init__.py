"""Measured files become datasets in SI: impedance spectra, and cells under current."""

from ssb_model.data.datasets import CyclingData, Dataset as Dataset, ImpedanceData
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
