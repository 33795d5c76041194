r"""A circuit's reading of a computed spectrum, as a function that JAX can differentiate.

What a paper states of an interface is often no property of the cell but what a circuit read in its
spectrum. A model is held to such a number by the same reading of its own spectrum: the circuit is
fitted to it by plain least squares of the relative residuals, :math:`u(z)` with
:math:`F(u, z) = J^T r = 0`, and its resistances depend on the spectrum by the implicit function
theorem,

.. math::

    \mathrm{d} \ln R_k = - \lambda_k^T \, \partial_z F \, \mathrm{d}z, \qquad
    (\partial_u F)^T \lambda_k = e_k .

Each residual depends on the impedance at its own frequency alone, so that one evaluation with
every point moved gives all of :math:`\partial_z`. What a spectrum leaves open is held by weak
priors; their centre is an element as large as the spectrum's mean modulus, so that they move with
the spectrum and not with the start of a search.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Complex, Float

from ssb_model.circuits.circuit import Circuit
from ssb_model.circuits.elements import KINDS
from ssb_model.circuits.model import extra_widths
from ssb_model.circuits.solve import Objective, priors_centre, promising
from ssb_model.circuits.spectra import Batch
from ssb_model.circuits.starts import unit_impedance

NOISE = 0.005  # of |Z|: beside which the circuit's weak priors count nothing
TOLERANCE = 1e-5  # of half the sum of squares, from where one step of Newton's ends the search
STARTS = 2  # of the search: a computed spectrum has no noise that hides an arc
STEP = 1e-5  # of a coordinate and of the modulus, in central differences


def read_resistances(
    circuit: Circuit,
    frequencies: Float[np.ndarray, " frequencies"],
    z: Complex[Array, "frequencies batch"],
) -> Float[Array, "resistances batch"]:
    """Resistances that a circuit reads in computed spectra; pure JAX.

    Parameters
    ----------
    circuit
        With arcs; each of its elements that has a resistance is one row, arcs from fast to slow.
    frequencies
        Hz, falling.
    z
        Impedances, in the unit that the resistances then have.
    """
    size = jnp.abs(z).mean(0)
    flat = (jnp.concatenate([z.real, z.imag]) / size).T  # (batch, 2F)
    count = len(resistors(circuit))
    shapes = (
        jax.ShapeDtypeStruct((flat.shape[0], count), flat.dtype),
        jax.ShapeDtypeStruct((flat.shape[0], count, flat.shape[1]), flat.dtype),
    )
    still = jax.lax.stop_gradient(flat)
    read = partial(_read, circuit, 2 * np.pi * np.asarray(frequencies, dtype=float))
    value, slope = jax.pure_callback(read, shapes, still)
    return size * (value + jnp.einsum("bkf,bf->bk", slope, flat - still)).T


def resistors(circuit: Circuit) -> list[int]:
    """Positions of the resistances among a circuit's parameters."""
    return [k for k, p in enumerate(circuit.parameters) if p.symbol == "R"]


def _read(
    circuit: Circuit, omega: Float[np.ndarray, " frequencies"], flat: Array
) -> tuple[Float[np.ndarray, "batch resistances"], Float[np.ndarray, "batch resistances parts"]]:
    """Resistances and their derivatives by real and imaginary parts; NaN of what is no spectrum."""
    z = np.asarray(flat)[:, : len(omega)] + 1j * np.asarray(flat)[:, len(omega) :]
    known = np.isfinite(z).all(1)
    value = np.full((len(z), len(resistors(circuit))), np.nan)
    slope = np.full((*value.shape, flat.shape[1]), np.nan)
    if known.any():
        ones = np.ones(z[known].shape)
        data = Batch(ones * omega, z[known], ones, ("",) * len(ones))
        value[known], slope[known] = _implicit(circuit, data)
    return value, slope


def _implicit(
    circuit: Circuit, data: Batch
) -> tuple[Float[np.ndarray, "batch resistances"], Float[np.ndarray, "batch resistances parts"]]:
    """Resistances at the minimum, and their derivatives by the implicit function theorem."""
    objective, u = promising(circuit, data, extra_widths(0.0, beyond=0.0), NOISE, STARTS)
    centre = priors_centre(circuit, data, _even_sizes(circuit, data))
    objective = replace(objective, centre=centre)
    u = objective.minimum(objective.ordered(u), np.arange(len(u)), TOLERANCE).u
    slope, curvature = _derivatives(objective, u)
    u = u - np.linalg.solve(curvature, slope[..., None])[..., 0]
    own = resistors(circuit)
    R = np.exp(u[:, own])
    units = np.broadcast_to(np.eye(u.shape[1])[:, own], (*u.shape, len(own)))
    direction = np.linalg.solve(_derivatives(objective, u)[1], units)
    return R, -R[..., None] * _by_parts(objective, u, direction)


def _even_sizes(circuit: Circuit, data: Batch) -> Float[np.ndarray, "spectra parameters"]:
    """Coordinates of elements that all have the modulus 1 in the middle of the band."""
    log = np.log(data.omega)
    sizes = np.zeros((len(log), len(circuit.parameters)))
    for k, parameter in enumerate(circuit.parameters):
        if parameter.symbol not in ("n", "tau"):
            kind = parameter.kind
            z = unit_impedance(kind, -(log.max(1) + log.min(1)) / 2, data)
            size = -np.median(np.log(np.abs(z)), axis=1)
            sizes[:, k] = -size if KINDS[kind].inverse else size
    return sizes


def _derivatives(
    objective: Objective, u: Float[np.ndarray, "fits coordinates"]
) -> tuple[
    Float[np.ndarray, "fits coordinates"], Float[np.ndarray, "fits coordinates coordinates"]
]:
    """First derivatives of what is minimised, and the second by their central differences."""
    fits, count = u.shape
    shift = STEP * np.concatenate([np.zeros((1, count)), np.eye(count), -np.eye(count)])
    moved = (u[:, None] + shift).reshape(-1, count)
    r, J = objective.residuals(moved, np.repeat(np.arange(fits), len(shift)))
    slope = np.einsum("snp,sn->sp", J, r).reshape(fits, len(shift), count)
    up, down = slope[:, 1 : count + 1], slope[:, count + 1 :]
    curvature = (up - down) / (2 * STEP)
    return slope[:, 0], (curvature + curvature.swapaxes(1, 2)) / 2


def _by_parts(
    objective: Objective,
    u: Float[np.ndarray, "fits coordinates"],
    direction: Float[np.ndarray, "fits coordinates resistances"],
) -> Float[np.ndarray, "fits resistances parts"]:
    """Derivatives of the first derivatives along directions by real and imaginary parts of Z."""
    z, step = objective.data.z, STEP * np.abs(objective.data.z)

    def along(moved: Complex[np.ndarray, "fits frequencies"]) -> np.ndarray:
        there = replace(objective, data=replace(objective.data, z=moved))
        r, J = there.residuals(u, np.arange(len(u)))
        points = slice(0, 2 * z.shape[1])
        each = r[:, points, None] * (J[:, points] @ direction)
        return np.moveaxis(each.reshape(len(u), 2, z.shape[1], -1).sum(1), 2, 1)

    parts = [(along(z + d * step) - along(z - d * step)) / (2 * step)[:, None] for d in (1, 1j)]
    return np.concatenate(parts, axis=2)
