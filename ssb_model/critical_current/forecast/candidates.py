"""The laws that compete, each ln J = constant + ln f(R) with a prior on the constants in f.

R [Ohm.m2] is the interface resistance of both faces. The constant in front is learnt in closed
form (``regression``); those inside f are put on a grid whose points are equally probable a priori,
the middles of as many equal shares of the prior. No law lets J rise with R. The priors, fixed
before anything was learnt:

    mean  f = 1                 no law at all: the geometric mean
    A0    f = 1/(R_garnet + R)  R_garnet log-normal about 120 ohm cm2, 95 % within x/÷ 2.5: pellets
                                of 0.6 to 1.2 mm at 0.4 to 1.2 mS/cm; one for all cells
    A     f = 1/(R_0 + R)       R_0 log-uniform, 20 to 20 000 ohm cm2
    B     f = R^-n              n uniform, 0 to 1: from no law to one interface voltage
    C     f = exp(-R/R_s)       R_s log-uniform, 20 to 20 000 ohm cm2
    D     contact               see ``contact_grid``

20 to 20 000 ohm cm2 is from twice a clean interface to ten times bare garnet. The laws themselves
and their sources: ``ssb_model.critical_current.laws.calibrate``.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from ssb_model.critical_current.forecast.contact_grid import (
    FULL,
    SPACING,
    combinations,
    log_contact_fraction,
)

POINTS = 40
GARNET = 120e-4  # Ohm.m2
GARNET_SPREAD = np.log(2.5) / 1.96
BEND = 20e-4, 20_000e-4  # Ohm.m2


class Candidate(NamedTuple):
    """A law of the competition.

    ``constants`` of f at the grid's points, shape (points, ...); ``log_shape(R, constants)`` is
    ln f, shape (points, ...) for R of shape (...).
    """

    constants: np.ndarray
    log_shape: Callable

    def __call__(self, R):
        """ln f at resistances of any shape, the grid's points in front."""
        return self.log_shape(np.asarray(R, dtype=float), self.constants)


def equal_shares(number):
    """Middles of `number` equal shares of probability."""
    return (np.arange(number) + 0.5) / number


def log_uniform(low, high, number):
    """Equally probable values between `low` and `high`, evenly spaced in their logarithm."""
    return low * (high / low) ** equal_shares(number)


def garnet_resistances(number):
    """Equally probable resistances of a pellet [Ohm.m2]."""
    return GARNET * np.exp(GARNET_SPREAD * ndtri(equal_shares(number)))


def _column(constants, R):
    return constants.reshape(-1, *(1,) * R.ndim)


def _constant(R, constants):
    return np.zeros((1, *R.shape))


def _series(R, constants):
    return -np.log(_column(constants, R) + R)


def _power(R, constants):
    return -_column(constants, R) * np.log(R)


def _exponential(R, constants):
    return -R / _column(constants, R)


def _contacts():
    """R_f, b/L and the garnet's resistance, every combination."""
    return combinations(log_uniform(*FULL, 7), log_uniform(*SPACING, 7), garnet_resistances(5))


CANDIDATES: Mapping[str, Candidate] = MappingProxyType(
    {
        "mean": Candidate(np.zeros(1), _constant),
        "A0": Candidate(garnet_resistances(POINTS), _series),
        "A": Candidate(log_uniform(*BEND, POINTS), _series),
        "B": Candidate(equal_shares(POINTS), _power),
        "C": Candidate(log_uniform(*BEND, POINTS), _exponential),
        "D": Candidate(_contacts(), log_contact_fraction),
    }
)
