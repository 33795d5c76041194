"""Nominally equal cells as a population: scatter between cells, within a cell, and of the noise."""

from ssb_model.populations.comparison import (
    Comparison,
    compare as compare,
    percent as percent,
    shared_temperatures as shared_temperatures,
)
from ssb_model.populations.figure import mark_groups as mark_groups
from ssb_model.populations.group import Group
from ssb_model.populations.measurement import CellMeasurement, degC as degC
from ssb_model.populations.mixture import Interval, Mixture as Mixture
from ssb_model.populations.population import Population, fit_population
from ssb_model.populations.steps import CellSteps, StepGroup, fit_steps

__all__ = [
    "CellMeasurement",
    "CellSteps",
    "Comparison",
    "Group",
    "Interval",
    "Population",
    "StepGroup",
    "fit_population",
    "fit_steps",
]
