"""What possible measurements would tell, before anybody makes them.

Coordinates u are standard normal under the prior. Where the model is linear over what is still
open and noise is normal, data with the weighted Jacobian J leave u normal with the precision

    P = J'J + 1,

whatever they read: only the model, the noise and the place u matter. Numbers y = G u that one
wants to know then have the covariance G P^-1 G'. A further measurement with the weighted Jacobian C
leaves P_C = P + C'C in the place of P, and is expected to tell of y the information

    I(y; C) = I(u; C) - I(u; C | y),
    I(u; C) = (ln det P_C - ln det P) / 2,

the second term the same within the null space of G, where u moves and y stays: what a measurement
tells of everything, less what it tells of the rest once y is known. This is the expected gain of a
linear Gaussian model (Lindley, Ann. Math. Stat. 1956, 27, 986, doi 10.1214/aoms/1177728069), and
with G = 1 Bayesian D-optimality (Chaloner and Verdinelli, Stat. Sci. 1995, 10, 273,
doi 10.1214/ss/1177009939).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float
from scipy.linalg import null_space

SAME = 1e-6  # rows of G, each over its length, that differ by no more count as one


@dataclass(frozen=True, eq=False)
class Information:
    """What each candidate is expected to tell of the wanted numbers y = G u.

    Attributes
    ----------
    precision
        Of u now, P.
    wanted
        G, gradients of the wanted numbers by u.
    added
        C'C of each candidate.
    """

    precision: Float[np.ndarray, "parameters parameters"]
    wanted: Float[np.ndarray, "wanted parameters"]
    added: Float[np.ndarray, "candidates parameters parameters"]

    @cached_property
    def now(self) -> Float[np.ndarray, " wanted"]:
        """Standard deviation of each wanted number now."""
        return self._widths(self.precision)

    @cached_property
    def after(self) -> Float[np.ndarray, "candidates wanted"]:
        """The same, expected after each candidate alone."""
        return self._widths(self.precision + self.added)

    def after_both(self, one: int, other: int) -> Float[np.ndarray, " wanted"]:
        """The same, expected after two of the candidates."""
        return self._widths(self.precision + self.added[one] + self.added[other])

    @cached_property
    def gained(self) -> Float[np.ndarray, " candidates"]:
        """Information of each candidate about all wanted numbers together [nat]."""
        of_all = _log_det(self.precision + self.added) - _log_det(self.precision)
        N = self._null_space
        P, added = N.T @ self.precision @ N, N.T @ self.added @ N
        return 0.5 * (of_all - (_log_det(P + added) - _log_det(P)))

    def _widths(
        self, precision: Float[np.ndarray, "*stack parameters parameters"]
    ) -> Float[np.ndarray, "*stack wanted"]:
        covariance = self.wanted @ np.linalg.solve(precision, self.wanted.T)
        return np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))

    @cached_property
    def _null_space(self) -> Float[np.ndarray, "parameters rest"]:
        """Directions of u in which no wanted number changes, orthonormal."""
        lengths = np.linalg.norm(self.wanted, axis=1)
        moving = self.wanted[lengths > 0] / lengths[lengths > 0, None]
        return null_space(moving, rcond=SAME)


def information(
    J: Float[np.ndarray, "data parameters"],
    G: Float[np.ndarray, "wanted parameters"],
    candidates: Sequence[Float[np.ndarray, "_ parameters"]],
) -> Information:
    """What each candidate is expected to tell of y = G u.

    Parameters
    ----------
    J
        Derivatives over the noise of what is known beside the standard normal prior of u.
    G
        Derivatives of the numbers that one wants to know.
    candidates
        Derivatives over the noise of each possible measurement; all finite.

    Examples
    --------
    One unknown of prior variance 1, measured with the standard deviation 1/2: the variance left is
    (1/4)/(1 + 1/4).

    >>> info = information(np.zeros((0, 1)), np.eye(1), [np.array([[2.0]])])
    >>> (info.after**2).round(12).tolist(), info.gained.round(4).tolist()
    ([[0.2]], [0.8047])
    """
    size = J.shape[1]
    added = [C.T @ C for C in candidates]
    return Information(
        precision=J.T @ J + np.eye(size),
        wanted=G,
        added=np.stack(added) if added else np.zeros((0, size, size)),
    )


def _log_det(
    precision: Float[np.ndarray, "*stack size size"],
) -> Float[np.ndarray, "*stack"]:
    return np.linalg.slogdet(precision)[1]
