"""What to measure next."""

from ssb_model.study.design.about import (
    Telling as Telling,
    rank as rank,
    rank_for_fit as rank_for_fit,
    refuse_idle as refuse_idle,
)
from ssb_model.study.design.advice import Advice as Advice, Expected as Expected, Outlook as Outlook
from ssb_model.study.design.candidates import candidates as candidates
from ssb_model.study.design.information import (
    next_measurements as next_measurements,
    weighted_jacobians as weighted_jacobians,
)
