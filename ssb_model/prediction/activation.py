"""The critical current at other temperatures: that of the room times Arrhenius' factor.

The activation energy is the critical current's own, with the prior of the garnet's parameter set;
one that states none has LLZTO's (assumed). What a law or a forecast says of the resistance holds at
25 degC, so that temperature counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from ssb_model.constants import FARADAY, ZERO_CELSIUS
from ssb_model.critical_current import activation_factor
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import Quantity, load_parameter_set
from ssb_model.prediction.draws import even_normals
from ssb_model.prediction.questions import CRITICAL_CURRENT
from ssb_model.prediction.result import Prediction

ACTIVATION = "activation energy of the critical current"
QUANTITY = "critical current law activation energy"
USUAL_GARNET = "llzto"


def activation_energy(garnet: str) -> Quantity:
    """Of the critical current in a ``garnet``, the name or path of a parameter set."""
    own = load_parameter_set(garnet).parameters
    return own.get(QUANTITY) or load_parameter_set(USUAL_GARNET)[QUANTITY]


def drawn_energies(
    energy: Quantity, normals: Float[np.ndarray, " draws"]
) -> Float[np.ndarray, " draws"]:
    """Energies [J.mol-1] of standard normals; none is below 0."""
    if energy.prior is None:
        return np.full(len(normals), energy.value)
    space = ParameterSpace([FreeParameter.from_quantity(ACTIVATION, energy)])
    return np.maximum(np.asarray(space.values(normals[None])[ACTIVATION]), 0.0)


def at_temperatures(
    prediction: Prediction, garnet: str, temperatures: Sequence[float], seed: int = 0
) -> Prediction:
    """A prediction that also has the critical current at ``temperatures`` [K]; else as it was."""
    energy, normals = activation_energy(garnet), even_normals(prediction.draws, seed)
    J, unit = prediction.values[CRITICAL_CURRENT]
    warm = {
        f"{CRITICAL_CURRENT} at {T - ZERO_CELSIUS:.4g} degC": (
            np.asarray(J * activation_factor(T, drawn_energies(energy, normals))),
            unit,
        )
        for T in temperatures
    }
    values = {}
    for name, answer in prediction.values.items():
        values |= {name: answer} | (warm if name == CRITICAL_CURRENT else {})
    return replace(
        prediction,
        values=values,
        sources={**prediction.sources, ACTIVATION: normals[:, None]},
        warnings=(*prediction.warnings, _says(energy)),
    )


def _says(energy: Quantity) -> str:
    """What a reader must know of it."""
    value = energy.value / FARADAY
    ends = ""
    if energy.prior is not None:
        low, high = (end / FARADAY for end in (energy.prior.lower, energy.prior.upper))
        ends = f" ({low:.2f} to {high:.2f} eV)"
    return (
        "Critical currents at other temperatures than 25 °C follow an activation energy of "
        f"{value:.2f} eV{ends}, {energy.tag}."
    )
