"""The laws that compete, each ln J = constant + ln f(R) with a prior on the constants in f.

R [Ohm.m2] is the interface resistance of both faces, f the shape of a law
(:mod:`ssb_model.critical_current.laws`). The constant in front is learnt in closed form
(:mod:`.students`); those inside f are put on a grid whose points are equally probable a priori,
the middles of as many equal shares of the prior. No law lets J rise with R. The priors, fixed
before anything was learnt:

    mean  f = 1                 no law at all: the geometric mean
    A0    f = 1/(R_garnet + R)  R_garnet log-normal about 120 ohm cm2, 95 % within x/÷ 2.5: pellets
                                of 0.6 to 1.2 mm at 0.4 to 1.2 mS/cm; one for all cells
    A     f = 1/(R_0 + R)       R_0 log-uniform, 20 to 20 000 ohm cm2
    B     f = R^-n              n uniform, 0 to 1: from no law to one interface voltage
    C     f = exp(-R/R_s)       R_s log-uniform, 20 to 20 000 ohm cm2
    D     f = theta             R = R_f/theta + 2 R_c(theta, b): R_f, of both faces at full contact,
                                log-uniform, 1 to 30 ohm cm2 (clean interfaces and three times
                                more); b over the garnet's thickness log-uniform, 0.1 to 10; the
                                garnet's resistance as in A0

20 to 20 000 ohm cm2 is from twice a clean interface to ten times bare garnet. A face below R_f is
in full contact, and D then gives one current.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from itertools import product
from types import MappingProxyType
from typing import cast

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike
from scipy.special import ndtri

from ssb_model.critical_current.laws import (
    SMALLEST_CONTACT,
    CellVoltageLaw,
    ExponentialLaw,
    InterfaceVoltageLaw,
    PowerLaw,
    contact_resistance,
)
from ssb_model.field import pellet_constriction
from ssb_model.library import LawForm

POINTS = 40
GARNET = 120e-4  # Ohm.m2
GARNET_SPREAD = np.log(2.5) / 1.96
BEND = 20e-4, 20_000e-4  # Ohm.m2
FULL = 1e-4, 30e-4  # Ohm.m2
SPACING = 0.1, 10.0
CONTACT = np.geomspace(1e-8, 1.0, 400)

#: ln f at resistances [Ohm.m2] of any shape, the grid's points in front
Candidate = Callable[[ArrayLike], Float[np.ndarray, "points ..."]]


def equal_shares(number: int) -> Float[np.ndarray, " number"]:
    """Middles of `number` equal shares of probability."""
    return (np.arange(number) + 0.5) / number


def log_uniform(low: float, high: float, number: int) -> Float[np.ndarray, " number"]:
    """Equally probable values between `low` and `high`, evenly spaced in their logarithm."""
    return low * (high / low) ** equal_shares(number)


def garnet_resistances(number: int) -> Float[np.ndarray, " number"]:
    """Equally probable resistances of a pellet [Ohm.m2]."""
    return GARNET * np.exp(GARNET_SPREAD * ndtri(equal_shares(number)))


def log_fall(form: LawForm, R: ArrayLike) -> Float[np.ndarray, "points ..."]:
    """ln f of a law in the resistance alone, whose constants are numbers or arrays (points,)."""
    R = np.asarray(R, dtype=float)
    constants = cast("tuple[ArrayLike, ...]", form)  # no symbols here
    return LawForm(*(np.reshape(c, (-1, *(1,) * R.ndim)) for c in constants)).log(R)


def log_contact_fraction(
    constants: Float[np.ndarray, "points 3"], R: ArrayLike
) -> Float[np.ndarray, "points ..."]:
    """ln theta at resistances of both faces [Ohm.m2].

    ``constants`` are rows of R_f [Ohm.m2], b/L and the garnet's resistance [Ohm.m2].
    """
    ln_R = np.log(np.asarray(R, dtype=float))
    return np.stack([_interpolated(ln_R, *row) for row in constants])


def combinations(*constants: Iterable[float]) -> Float[np.ndarray, "points constants"]:
    """Every combination of the values of each constant, one a row."""
    return np.array(list(product(*constants)))


def _interpolated(
    ln_R: Float[np.ndarray, " ..."], full: float, spacing: float, garnet: float
) -> Float[np.ndarray, " ..."]:
    at_contact = np.asarray(contact_resistance(CONTACT, full, garnet * _constriction(spacing)))
    return np.interp(ln_R, np.log(at_contact[::-1]), np.log(CONTACT[::-1]))


@cache
def _constriction(spacing: float) -> Float[np.ndarray, " contacts"]:
    """R_c over the garnet's resistance at each tabulated contact fraction.

    Spots smaller than the formula holds for follow R_c = b/sigma (pi/(4 sqrt(theta)) + constant),
    the limit of R_c itself.
    """
    known = np.maximum(CONTACT, SMALLEST_CONTACT)
    rest = np.pi / 4 * (CONTACT**-0.5 - known**-0.5)
    return np.asarray(pellet_constriction(known, spacing, 1.0)) + spacing * rest


_CONTACTS = combinations(log_uniform(*FULL, 7), log_uniform(*SPACING, 7), garnet_resistances(5))

CANDIDATES: Mapping[str, Candidate] = MappingProxyType(
    {
        "mean": partial(log_fall, LawForm()),
        "A0": partial(log_fall, CellVoltageLaw.falling(garnet_resistances(POINTS))),
        "A": partial(log_fall, InterfaceVoltageLaw.falling(log_uniform(*BEND, POINTS))),
        "B": partial(log_fall, PowerLaw.falling(equal_shares(POINTS))),
        "C": partial(log_fall, ExponentialLaw.falling(log_uniform(*BEND, POINTS))),
        "D": partial(log_contact_fraction, _CONTACTS),
    }
)
