"""Many fits at once: every spectrum from several starts, then the best again with its own noise.

Residuals are (model - measured)/(noise |Z|), real and imaginary part, with the drift and the onset
of :mod:`~ssb_model.circuits.model` beside the circuit.

Weak normal priors on the logarithms (5 nats) keep what the data leave open at a finite place; they
are far wider than anything that is reported as determined. Arcs of a circuit follow one another in
time by a factor of ten or more, softly: nearer ones are one depressed arc to data with noise, and
which is which stays fixed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

from ssb_model.circuits.circuit import Circuit
from ssb_model.circuits.elements import exponent_coordinate
from ssb_model.circuits.model import EXTRA, extra_widths, relative
from ssb_model.circuits.noise import noise_level, outlier_weights
from ssb_model.circuits.spectra import Batch
from ssb_model.circuits.starts import first_estimates
from ssb_model.fitting import minimise

PRIOR_WIDTH, PRIOR_WIDTH_N = 5.0, 2.0  # nats; of the logistic coordinate of an exponent
COARSE = 0.02  # of |Z|: the noise assumed in the first pass
LEAST_NOISE = 1e-5  # of |Z|
APART, STRENGTH = np.log(10.0), 3.0  # nats between arcs; residual of two that coincide


@dataclass(frozen=True, eq=False)
class Solved:
    """Of each spectrum: u with drift and onset as last columns, Jacobian and residuals."""

    circuit: Circuit
    data: Batch  # weights lowered where a point lies far off
    u: Float[np.ndarray, "spectra coordinates"]
    residuals: Float[np.ndarray, "spectra residuals"]  # relative to |Z|, weighted, not per noise
    jacobian: Float[np.ndarray, "spectra residuals coordinates"]  # of the same
    noise: Float[np.ndarray, " spectra"]
    precision: Float[np.ndarray, "spectra coordinates"]  # of the priors
    crowding: Float[np.ndarray, " spectra"]  # what arcs that lie close cost, sum of squares


def solve(circuit: Circuit, data: Batch, drift: float, starts: int = 4) -> Solved:
    """Fit one circuit to every spectrum; ``drift`` is the width of its prior, 0 without any."""
    objective, u = promising(circuit, data, extra_widths(drift), COARSE, starts)
    u = objective.ordered(u)
    every = np.arange(len(data.z))
    for _ in range(2):
        r, J = relative(circuit, data, u)
        noise = np.maximum(noise_level(r, data.weight, u.shape[1]), LEAST_NOISE)
        data = Batch(data.omega, data.z, outlier_weights(r, data.weight, noise), data.names)
        objective = replace(objective, data=data, noise=noise)
        u = objective.minimum(u, every, 1e-5).u
    u = objective.ordered(u)
    r, J = relative(circuit, data, u)
    noise = np.maximum(noise_level(r, data.weight, u.shape[1]), LEAST_NOISE)
    precision = np.broadcast_to(1 / objective.width**2, u.shape)
    crowding = np.sum(_crowding(circuit, u)[0] ** 2, axis=1)
    return Solved(circuit, data, u, r, J, noise, precision, crowding)


def promising(
    circuit: Circuit, data: Batch, extra: tuple[float, float], noise: float, starts: int = 4
) -> tuple[Objective, Float[np.ndarray, "spectra coordinates"]]:
    """What is minimised, and the best of several starts of each spectrum.

    Parameters
    ----------
    extra
        Widths of the priors of drift and onset.
    noise
        Of every point, relative to |Z|.
    """
    first = first_estimates(circuit, data, starts)
    spectra, starts, _ = first.shape
    centre = priors_centre(circuit, data, first[:, 0])
    objective = Objective(circuit, data, centre, _width(circuit, extra), np.full(spectra, noise))
    u = np.concatenate([first, np.zeros((spectra, starts, EXTRA))], axis=2)
    which = np.repeat(np.arange(spectra), starts)
    coarse = objective.minimum(u.reshape(spectra * starts, -1), which, 1e-3)
    best = coarse.cost.reshape(spectra, starts).argmin(1)
    return objective, coarse.u.reshape(spectra, starts, -1)[np.arange(spectra), best]


@dataclass(frozen=True, eq=False)
class Objective:
    """Half the sum of squares that a fit minimises, of every spectrum.

    Attributes
    ----------
    centre, width
        Of the priors of the coordinates, drift and onset last.
    noise
        Of each spectrum, relative to |Z|.
    """

    circuit: Circuit
    data: Batch
    centre: Float[np.ndarray, "spectra coordinates"]
    width: Float[np.ndarray, " coordinates"]
    noise: Float[np.ndarray, " spectra"]

    def residuals(  # noqa: ANN201
        self, u: Float[np.ndarray, "fits coordinates"], which: Int[np.ndarray, " fits"]
    ):
        """Residuals (fits, residuals) of spectra ``which`` and their derivatives."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            r, J = relative(self.circuit, self.data.rows(which), u)
        r, J = r / self.noise[which, None], J / self.noise[which, None, None]
        prior = (u - self.centre[which]) / self.width
        slope = np.diag(1 / self.width)
        diagonal = np.broadcast_to(slope, (len(u), *slope.shape))
        near, nearer = _crowding(self.circuit, u)
        J = np.concatenate([J, diagonal, nearer], axis=1)
        return np.concatenate([r, prior, near], axis=1), J

    def minimum(
        self,
        u: Float[np.ndarray, "fits coordinates"],
        which: Int[np.ndarray, " fits"],
        tolerance: float,
    ) -> _Found:
        """The minimum beside each u."""
        # lengths in the minimiser are nats, but of drift and onset their priors' widths
        unit = np.ones(len(self.width))
        unit[-EXTRA:] = self.width[-EXTRA:]

        def residuals(v, own):  # noqa: ANN001, ANN202
            r, J = self.residuals(v * unit, own)
            return r, J * unit

        found = minimise(residuals, u / unit, tolerance=tolerance, max_iterations=60, own=which)
        return _Found(found.u * unit, found.cost)

    def ordered(
        self, u: Float[np.ndarray, "fits coordinates"]
    ) -> Float[np.ndarray, "fits coordinates"]:
        """The same with elements of one kind from fast to slow."""
        circuit = np.array([self.circuit.ordered(row[:-EXTRA]) for row in u])
        return np.concatenate([circuit, u[:, -EXTRA:]], axis=1)


def _crowding(  # noqa: ANN202
    circuit: Circuit, u: Float[np.ndarray, "fits coordinates"]
):
    """Residuals (fits, pairs) of neighbouring arcs that lie close, and their derivatives."""
    arcs = zip(circuit.kinds, circuit.slices, strict=True)
    times = [where.start + 1 for kind, where in arcs if kind in ("RQ", "RC")]
    near = np.zeros((len(u), max(len(times) - 1, 0)))
    slope = np.zeros((*near.shape, u.shape[1]))
    for pair, (fast, slow) in enumerate(pairwise(times)):
        lack = 1 - (u[:, slow] - u[:, fast]) / APART
        near[:, pair] = STRENGTH * np.maximum(lack, 0)
        slope[:, pair, fast] = np.where(lack > 0, STRENGTH / APART, 0)
        slope[:, pair, slow] = -slope[:, pair, fast]
    return near, slope


@dataclass(frozen=True, eq=False)
class _Found:
    u: Float[np.ndarray, "fits coordinates"]
    cost: Float[np.ndarray, " fits"]


def priors_centre(
    circuit: Circuit, data: Batch, sizes: Float[np.ndarray, "spectra parameters"]
) -> Float[np.ndarray, "spectra coordinates"]:
    """The middle of the weak priors: sizes as given, of time constants the middle of the band."""
    centre = np.concatenate([sizes, np.zeros((len(sizes), EXTRA))], axis=1)
    for p, parameter in enumerate(circuit.parameters):
        if parameter.symbol == "tau":
            log = np.log(data.omega)
            centre[:, p] = -(log.max(1) + log.min(1)) / 2
        if parameter.symbol == "n":
            centre[:, p] = exponent_coordinate(0.85)
    return centre


def _width(circuit: Circuit, extra: tuple[float, float]) -> Float[np.ndarray, " coordinates"]:
    widths = [
        PRIOR_WIDTH_N if parameter.symbol == "n" else PRIOR_WIDTH
        for parameter in circuit.parameters
    ]
    return np.array([*widths, *extra])
