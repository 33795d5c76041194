r"""Resistance, activation energy and critical current of each cell, from one set of parameters.

Both faces of a cell are alike. A resistance under contacts and that of layer and charge transfer
follow activation energies of their own, the garnet's conductivity the garnet's; an activation
energy is the slope of :math:`\ln(1/R)` over the temperatures of the experiment, by least squares.
Pure JAX, a batch at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.critical_current import PartialContact, UnevenLayer
from ssb_model.fitting import ParameterSpace, Simulator

if TYPE_CHECKING:
    from ssb_model.reproduction.protocol import CellProtocol

Values = Mapping[str, Any]
SCATTER = "scatter of the hottest spot"  # standard deviation of its logarithm between faces
BARE, COATED, THICK, IONIC = "bare", "coated", "ZnI2 1.5 mol/L", "I2"
CONTACT = "bare: contact fraction"
#: where a cell's numbers begin among those of its faces: the last two are behind all temperatures
FIRST = {BARE: 0, COATED: 0, THICK: -2, IONIC: -1}
#: whose layer a cell has, and its variation
LAYERS = {
    COATED: ("coated", "variation at 0.5 mol/L"),
    THICK: ("coated", "variation at 1.5 mol/L"),
    IONIC: ("LiI alone", "variation of LiI alone"),
}


def simulator(space: ParameterSpace, protocol: CellProtocol) -> Simulator:
    """All numbers of all cells; see :func:`observables`."""
    thicker = max(protocol.concentrations) / protocol.reference_concentration
    warmer = np.array(protocol.temperatures)
    T = np.concatenate([[ROOM_TEMPERATURE], warmer])

    def function(v: Values) -> Float[Array, "numbers batch"]:
        bare, layers = _contacts(v, T), _layers(v, T, thicker)
        contacts = bare.resistance, bare.focus, jnp.full_like(bare.focus, bare.scatter)
        covered = layers.resistance, layers.focus, layers.scatter
        numbers, R = [], {}
        for cell, first in FIRST.items():
            of_face = contacts if cell == BARE else covered
            R[cell], k, scatter = (x[first:][: len(T)] for x in of_face)
            numbers += [2 * R[cell][0], v["local limit"] / k[0], k[0], scatter[0]]
        numbers += [_energy(warmer, R[cell][1:]) for cell in (BARE, COATED)]
        numbers += [v[CONTACT]]
        return jnp.stack(numbers)

    return Simulator("hot spot", space.labels, observables(), function, chunk=64)


def _contacts(v: Values, T: Float[np.ndarray, " T"]) -> PartialContact:
    """The bare face at every temperature [K]."""
    local = v["bare: local resistance"] / _warm(v["bare: local activation energy"], T)
    sigma = _conductivity(v, T)
    return PartialContact(
        contact_fraction=jnp.broadcast_to(v[CONTACT], sigma.shape),
        spacing=v["bare: contact spacing"],
        local_resistance=local,
        conductivity=sigma,
    )


def _layers(v: Values, T: Float[np.ndarray, " T"], thicker: float) -> UnevenLayer:
    """The coated face at every temperature [K], then those of the other two cells at the first."""
    own = _warm(v["coated: activation energy"], T)
    cells = (*(COATED,) * len(T), THICK, IONIC)
    warm = jnp.concatenate([own, jnp.ones_like(own[:2])])
    sigma = _conductivity(v, T)

    def stacked(name: str) -> Float[Array, "cells batch"]:
        return jnp.stack([v[f"{LAYERS[cell][0]}: {name}"] for cell in cells])

    thickness = stacked("layer thickness")
    transfer = GAS_CONSTANT * ROOM_TEMPERATURE / FARADAY / stacked("exchange-current density")
    return UnevenLayer(
        thickness=thickness.at[len(T)].multiply(thicker),
        ionic_conductivity=stacked("layer ionic conductivity") * warm,
        charge_transfer=transfer / warm,
        variation=jnp.stack([v[LAYERS[cell][1]] for cell in cells]),
        correlation_length=v["correlation length"],
        conductivity=jnp.concatenate([sigma, sigma[:1], sigma[:1]]),
    )


def _conductivity(v: Values, T: Float[np.ndarray, " T"]) -> Float[Array, "T batch"]:
    return v["garnet: conductivity"] * _warm(v["garnet: activation energy"], T)


def _warm(energy: Any, T: Float[np.ndarray, " T"]) -> Float[Array, "T batch"]:
    """What an activation energy [J.mol-1] makes of a conductance between 25 degC and T."""
    return jnp.exp(-energy / GAS_CONSTANT * (1 / T - 1 / ROOM_TEMPERATURE)[:, None])


def observables() -> tuple[str, ...]:
    """Names of what :func:`simulator` returns, in SI."""
    each = ("resistance", "critical current", "focus", SCATTER)
    of_cells = tuple(f"{cell}: {what}" for cell in FIRST for what in each)
    energies = (f"{cell}: activation energy" for cell in (BARE, COATED))
    return (*of_cells, *energies, CONTACT)


def _energy(T: Float[np.ndarray, " T"], R: Float[Array, "T batch"]) -> Float[Array, " batch"]:
    x = 1 / T - np.mean(1 / T)
    return GAS_CONSTANT * jnp.einsum("t,tb->b", x / np.sum(x**2), jnp.log(R))
