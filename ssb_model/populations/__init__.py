"""Nominally equal cells as a population: scatter between cells, within a cell, and of the noise."""

from ssb_model.populations.comparison import Comparison
from ssb_model.populations.group import Group
from ssb_model.populations.measurement import CellMeasurement
from ssb_model.populations.mixture import Interval, Mixture as Mixture
from ssb_model.populations.population import Population, fit_population
from ssb_model.populations.scatter import BETWEEN as BETWEEN

__all__ = [
    "CellMeasurement",
    "Comparison",
    "Group",
    "Interval",
    "Population",
    "fit_population",
]
