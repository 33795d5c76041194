"""The result of a fit: its JSON, and where an unfinished one stands."""

from ssb_model.study.fit.checkpoint import NAME as NAME, Partial as Partial, identity as identity
from ssb_model.study.fit.fit_json import (
    SavedFit as SavedFit,
    SavedOutlook as SavedOutlook,
    SavedProfile as SavedProfile,
    SavedSamples as SavedSamples,
    add_works as add_works,
    read_saved as read_saved,
)
from ssb_model.study.fit.result import StudyFit as StudyFit
