"""Levenberg-Marquardt within a trust region, resumable."""

from ssb_model.fitting.least_squares.checkpoint import Checkpoint as Checkpoint
from ssb_model.fitting.least_squares.levenberg import (
    Minimum as Minimum,
    Residuals as Residuals,
    State as State,
    minimise as minimise,
)
