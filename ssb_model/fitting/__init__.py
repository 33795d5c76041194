"""From data and priors to estimates, intervals, and what the data cannot determine."""

from ssb_model.fitting.datum import Datum
from ssb_model.fitting.fit import Fit, FitError, fit, refit_without
from ssb_model.fitting.parameters import FreeParameter, ParameterSpace
from ssb_model.fitting.problem import Problem
from ssb_model.fitting.profile import Profile, profiles
from ssb_model.fitting.pure import residual_function
from ssb_model.fitting.simulator import Simulator

__all__ = [
    "Datum",
    "Fit",
    "FitError",
    "FreeParameter",
    "ParameterSpace",
    "Problem",
    "Profile",
    "Simulator",
    "fit",
    "profiles",
    "refit_without",
    "residual_function",
]
