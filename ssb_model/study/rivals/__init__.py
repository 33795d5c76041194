"""Rival models of the same data: their weights, what each says, and which experiment decides."""

from ssb_model.study.rivals.answers import (
    Question,
    Told as Told,
    mixture,
    questions,
    refuse_unknown,
)
from ssb_model.study.rivals.left_out import score_left_out
from ssb_model.study.rivals.separation import DECIDES as DECIDES, Separation, separations
from ssb_model.study.rivals.stacking import stacked

__all__ = [
    "Question",
    "Separation",
    "mixture",
    "questions",
    "refuse_unknown",
    "score_left_out",
    "separations",
    "stacked",
]
