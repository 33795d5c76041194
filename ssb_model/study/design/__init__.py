"""What to measure next: candidates, and what each is expected to tell."""

from ssb_model.study.design.advice import Advice as Advice, Expected as Expected, Outlook as Outlook
from ssb_model.study.design.candidates import candidates as candidates
from ssb_model.study.design.information import information
from ssb_model.study.design.jacobians import (
    Answer as Answer,
    answers as answers,
    weighted_jacobians as weighted_jacobians,
)
from ssb_model.study.design.outlook import next_measurements as next_measurements
from ssb_model.study.design.ranking import (
    rank as rank,
    rank_for_fit as rank_for_fit,
    refuse_certain as refuse_certain,
)

__all__ = ["information"]
