"""Scores of predicted rows: log score, CRPS, probability of a bound, and skill over a baseline."""

from ssb_model.reproduction.scores.baseline import Baseline, Baselines, BaselineTable
from ssb_model.reproduction.scores.printed import Printed
from ssb_model.reproduction.scores.row import RowScore, bound_met, probability_of_bound
from ssb_model.reproduction.scores.sentences import sentences
from ssb_model.reproduction.scores.totals import Coverage, Scores, Total, score_rows

__all__ = [
    "Baseline",
    "BaselineTable",
    "Baselines",
    "Coverage",
    "Printed",
    "RowScore",
    "Scores",
    "Total",
    "bound_met",
    "probability_of_bound",
    "score_rows",
    "sentences",
]
