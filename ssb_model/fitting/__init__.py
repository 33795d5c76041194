"""From data and priors to estimates, intervals, and what the data cannot determine."""

from ssb_model.fitting.after.criteria import Criteria, information_criteria
from ssb_model.fitting.after.profile import Profile, profiles
from ssb_model.fitting.after.score import Score, score
from ssb_model.fitting.bayes.posterior import Posterior
from ssb_model.fitting.bayes.sampling import posterior
from ssb_model.fitting.datum import Datum
from ssb_model.fitting.fit import Fit, FitError, fit, refit_without
from ssb_model.fitting.least_squares.checkpoint import Checkpoint
from ssb_model.fitting.parameters import FreeParameter, ParameterSpace
from ssb_model.fitting.problem import Problem
from ssb_model.fitting.pure import residual_function
from ssb_model.fitting.simulator import Simulator

__all__ = [
    "Checkpoint",
    "Criteria",
    "Datum",
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
