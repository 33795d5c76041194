"""Reproduce a published experiment: its numbers in, a fitted cell and its predictions out."""

from ssb_model.reproduction.figures import FIGURES, save_figures as save_figures
from ssb_model.reproduction.pipeline import reproduce
from ssb_model.reproduction.results import Reproduction, RowResult, load_reproduction
from ssb_model.reproduction.rows import load_rows as load_rows
from ssb_model.reproduction.scores import Scores, score_rows, sentences as sentences
from ssb_model.reproduction.study import founding_study as founding_study

__all__ = [
    "FIGURES",
    "Reproduction",
    "RowResult",
    "Scores",
    "load_reproduction",
    "reproduce",
    "score_rows",
]
