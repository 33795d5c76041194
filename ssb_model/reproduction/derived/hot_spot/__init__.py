"""The hot-spot law of the critical current, tried on the paper: a hypothesis."""

from ssb_model.reproduction.derived.hot_spot.model import CONTACT as CONTACT
from ssb_model.reproduction.derived.hot_spot.study import (
    HotSpotStudy as HotSpotStudy,
    hot_spot_answers as hot_spot_answers,
    hot_spot_study as hot_spot_study,
    hot_spot_table as hot_spot_table,
)
