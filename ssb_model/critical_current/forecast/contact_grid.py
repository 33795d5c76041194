"""D as a candidate: the share theta in contact bears the current, and the garnet is constricted.

    f = theta,   R = R_f/theta + 2 R_c(theta, b)

theta follows from R and three constants: R_f, the resistance of both faces at full contact,
log-uniform over 1 to 30 ohm cm2 (clean interfaces and three times more); b/L, the radius of a
spot's cell over the garnet's thickness, log-uniform over 0.1 to 10; the garnet's resistance. A face
below R_f is in full contact, and the law then gives one current. Spots smaller than the tabulated
ones follow R_c = b/sigma (pi/(4 sqrt(theta)) + constant), the limit of R_c itself.
"""

from functools import cache
from itertools import product

import numpy as np

from ssb_model.critical_current.laws import SMALLEST_CONTACT
from ssb_model.field import pellet_constriction

FULL = 1e-4, 30e-4  # Ohm.m2
SPACING = 0.1, 10.0
CONTACT = np.geomspace(1e-8, 1.0, 400)


def log_contact_fraction(R, constants):
    """ln theta at resistances of both faces [Ohm.m2].

    ``constants`` are rows of (R_f [Ohm.m2], b/L, garnet resistance [Ohm.m2]); shapes (...) and
    (points, 3) give (points, ...).
    """
    return np.stack([_inverted(R, *row) for row in constants])


def combinations(*constants):
    """Every combination of the values of each constant, one a row."""
    return np.array(list(product(*constants)))


def _inverted(R, full, spacing, garnet):
    at_contact = full / CONTACT + 2 * garnet * _constriction(spacing)
    return np.interp(np.log(R), np.log(at_contact[::-1]), np.log(CONTACT[::-1]))


@cache
def _constriction(spacing):
    """R_c over the garnet's resistance at each tabulated contact fraction."""
    known = np.maximum(CONTACT, SMALLEST_CONTACT)
    rest = np.pi / 4 * (CONTACT**-0.5 - known**-0.5)
    return pellet_constriction(known, spacing, 1.0) + spacing * rest
