"""Cited parameter sets, published coatings and experiments, shipped or the user's own, checked."""

from ssb_model.library.experiment import (
    Experiment,
    Measure,
    Protocol,
    Setting,
    Statement,
    load_experiment,
)
from ssb_model.library.locate import known_experiments, known_parameter_sets, known_published
from ssb_model.library.parameter_set import ParameterSet, Prior, Quantity, load_parameter_set
from ssb_model.library.published.coating import (
    PublishedCoating,
    load_published,
    paired,
    published_coatings,
)
from ssb_model.library.published.reported import Reported
from ssb_model.library.quantities import Known, quantities_of, required
from ssb_model.library.units import parse, to_si

__all__ = [
    "Experiment",
    "Known",
    "Measure",
    "ParameterSet",
    "Prior",
    "Protocol",
    "PublishedCoating",
    "Quantity",
    "Reported",
    "Setting",
    "Statement",
    "known_experiments",
    "known_parameter_sets",
    "known_published",
    "load_experiment",
    "load_parameter_set",
    "load_published",
    "paired",
    "parse",
    "published_coatings",
    "quantities_of",
    "required",
    "to_si",
]
