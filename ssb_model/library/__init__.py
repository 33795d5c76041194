"""Cited parameter sets and experiments, shipped or the user's own, checked and in SI."""

from ssb_model.library.experiment import (
    Experiment,
    Measure,
    Protocol,
    Setting,
    Statement,
    load_experiment,
)
from ssb_model.library.locate import known_experiments, known_parameter_sets
from ssb_model.library.parameter_set import ParameterSet, Prior, Quantity, load_parameter_set
from ssb_model.library.quantities import Known, quantities_of, required
from ssb_model.library.units import parse, to_si

__all__ = [
    "Experiment",
    "Known",
    "Measure",
    "ParameterSet",
    "Prior",
    "Protocol",
    "Quantity",
    "Setting",
    "Statement",
    "known_experiments",
    "known_parameter_sets",
    "load_experiment",
    "load_parameter_set",
    "parse",
    "quantities_of",
    "required",
    "to_si",
]
