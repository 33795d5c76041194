"""Many fits at once: every spectrum from several starts, then the best again with its own noise.

Residuals are (model - measured)/(noise |Z|), real and imaginary part, with the drift and the onset
of :mod:`~ssb_model.circuits.model` beside the circuit.

Weak normal priors on the logarithms (5 nats) keep what the data leave open at a finite place; they
are far wider than anything that is reported as determined. Arcs of a circuit follow one another in
time by a factor of ten or more, softly: nearer ones are one depressed arc to data with noise, and
which is which stays fixed.
"""

from dataclasses import dataclass
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
    first = first_estimates(circuit, data, starts)
    spectra, starts, _ = first.shape
    centre = _centre(circuit, data, first)
    width = _width(circuit, drift)
    u = np.concatenate([first, np.zeros((spectra, starts, EXTRA))], axis=2)
    which = np.repeat(np.arange(spectra), starts)
    noise = np.full(spectra, COARSE)
    u = u.reshape(spectra * starts, -1)
    coarse = _run(circuit, data, centre, width, noise, u, which, 1e-3)
    best = coarse.cost.reshape(spectra, starts).argmin(1)
    u = coarse.u.reshape(spectra, starts, -1)[np.arange(spectra), best]
    u[:, :-EXTRA] = np.array([circuit.ordered(row[:-EXTRA]) for row in u])
    every = np.arange(spectra)
    for _ in range(2):
        r, J = relative(circuit, data, u)
        noise = np.maximum(noise_level(r, data.weight, u.shape[1]), LEAST_NOISE)
        data = Batch(data.omega, data.z, outlier_weights(r, data.weight, noise), data.names)
        u = _run(circuit, data, centre, width, noise, u, every, 1e-5).u
    u[:, :-EXTRA] = np.array([circuit.ordered(row[:-EXTRA]) for row in u])
    r, J = relative(circuit, data, u)
    noise = np.maximum(noise_level(r, data.weight, u.shape[1]), LEAST_NOISE)
    precision = np.broadcast_to(1 / width**2, u.shape)
    crowding = np.sum(_crowding(circuit, u)[0] ** 2, axis=1)
    return Solved(circuit, data, u, r, J, noise, precision, crowding)


def _run(  # noqa: ANN202
    circuit: Circuit,
    data: Batch,
    centre: Float[np.ndarray, "spectra coordinates"],
    width: Float[np.ndarray, " coordinates"],
    noise: Float[np.ndarray, " spectra"],
    u: Float[np.ndarray, "fits coordinates"],
    which: Int[np.ndarray, " fits"],
    tolerance: float,
):
    # lengths in the minimiser are nats, but of drift and onset their priors' widths
    unit = np.ones(len(width))
    unit[-EXTRA:] = width[-EXTRA:]

    def residuals(v, own):  # noqa: ANN001, ANN202
        u = v * unit
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            r, J = relative(circuit, data.rows(own), u)
        r, J = r / noise[own, None], J / noise[own, None, None]
        prior = (u - centre[own]) / width
        diagonal = np.broadcast_to(np.diag(1 / width), (len(u), len(width), len(width)))
        near, nearer = _crowding(circuit, u)
        J = np.concatenate([J, diagonal, nearer], axis=1) * unit
        return np.concatenate([r, prior, near], axis=1), J

    found = minimise(residuals, u / unit, tolerance=tolerance, max_iterations=60, own=which)
    return _Found(found.u * unit, found.cost)


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


def _centre(
    circuit: Circuit, data: Batch, first: Float[np.ndarray, "spectra starts parameters"]
) -> Float[np.ndarray, "spectra coordinates"]:
    """The middle of the weak priors: the best start, of time constants the middle of the band."""
    centre = np.concatenate([first[:, 0], np.zeros((len(first), EXTRA))], axis=1)
    for p, parameter in enumerate(circuit.parameters):
        if parameter.symbol == "tau":
            log = np.log(data.omega)
            centre[:, p] = -(log.max(1) + log.min(1)) / 2
        if parameter.symbol == "n":
            centre[:, p] = exponent_coordinate(0.85)
    return centre


def _width(circuit: Circuit, drift: float) -> Float[np.ndarray, " coordinates"]:
    widths = [
        PRIOR_WIDTH_N if parameter.symbol == "n" else PRIOR_WIDTH
        for parameter in circuit.parameters
    ]
    return np.array([*widths, *extra_widths(drift)])
