"""From data and priors to estimates, intervals, and what the data cannot determine."""

from ssb_model.fitting.after import (
    DETERMINED as DETERMINED,
    POINTS as POINTS,
    Criteria,
    Direction,
    Profile,
    Score,
    information_criteria,
    profiles,
    score,
    widely_applicable as widely_applicable,
)
from ssb_model.fitting.bayes import (
    CENTRAL_95 as CENTRAL_95,
    Posterior,
    leave_one_out as leave_one_out,
    posterior,
    require_extra as require_extra,
)
from ssb_model.fitting.bijection import NORMAL_95 as NORMAL_95, SCALES as SCALES
from ssb_model.fitting.datum import Datum
from ssb_model.fitting.fit import Fit, FitError, fit, refit_without
from ssb_model.fitting.least_squares import Checkpoint, State as State, minimise as minimise
from ssb_model.fitting.left_out import leave_each_out as leave_each_out
from ssb_model.fitting.parameters import FreeParameter, ParameterSpace
from ssb_model.fitting.problem import Problem
from ssb_model.fitting.pure import residual_function
from ssb_model.fitting.simulator import Simulator

__all__ = [
    "Checkpoint",
    "Criteria",
    "Datum",
    "Direction",
    "Fit",
    "FitError",
    "FreeParameter",
    "ParameterSpace",
    "Posterior",
    "Problem",
    "Profile",
    "Score",
    "Simulator",
    "fit",
    "information_criteria",
    "posterior",
    "profiles",
    "refit_without",
    "residual_function",
    "score",
]
