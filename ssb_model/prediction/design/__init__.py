"""Experiments and designs ranked by what they would bring."""

from ssb_model.prediction.design.choice import Chance as Chance, chances as chances
from ssb_model.prediction.design.next_experiment import (
    Known as Known,
    known_of as known_of,
    rank_for_coating as rank_for_coating,
)
from ssb_model.prediction.design.optimum import (
    Choice as Choice,
    Optimum as Optimum,
    optimum as optimum,
)
