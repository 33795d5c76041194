"""The critical current at other temperatures: that of the room times Arrhenius' factor.

The activation energy is the critical current's own, as the model of the field has learnt it from
cells at several temperatures, those of one's own among them; a garnet's parameter set that states
one has it instead. What a law or a forecast says of the resistance holds at 25 degC, so that
temperature counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from ssb_model.constants import FARADAY, ZERO_CELSIUS
from ssb_model.critical_current import activation_factor, learned_field
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import Quantity, load_parameter_set
from ssb_model.prediction.draws import even_normals
from ssb_model.prediction.field import forecast_for
from ssb_model.prediction.files import Coating
from ssb_model.prediction.questions import CRITICAL_CURRENT
from ssb_model.prediction.result import Prediction

ACTIVATION = "activation energy of the critical current"
QUANTITY = "critical current law activation energy"
CENTRAL_95 = (2.5, 50, 97.5)


class Energies(NamedTuple):
    """Draws of the activation energy [J.mol-1], none below 0, and where they are from."""

    values: Float[np.ndarray, " draws"]
    origin: str


def activation_energies(
    coating: Coating, garnet: str, normals: Float[np.ndarray, " draws"]
) -> Energies:
    """Of the critical current of a coating on a ``garnet``, the name or path of a parameter set."""
    own = load_parameter_set(garnet).parameters.get(QUANTITY)
    if own is not None and own.tag != "assumed":
        return Energies(drawn_energies(own, normals), f"{own.tag} in the garnet's parameter set")
    learnt = forecast_for(coating).energies(ndtr(normals)) * FARADAY
    return Energies(np.maximum(learnt, 0.0), "learnt from the cells of the forecast")


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
    normals = even_normals(prediction.draws, seed)
    energies = activation_energies(prediction.coating, garnet, normals)
    J, unit = prediction.values[CRITICAL_CURRENT]
    warm = {
        f"{CRITICAL_CURRENT} at {T - ZERO_CELSIUS:.4g} degC": (
            np.asarray(J * activation_factor(T, energies.values)),
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
        warnings=(*prediction.warnings, _says(energies), *_beyond(temperatures)),
    )


def _says(energies: Energies) -> str:
    """What a reader must know of it."""
    low, value, high = np.percentile(energies.values, CENTRAL_95) / FARADAY
    ends = f" ({low:.2f} to {high:.2f} eV)" if high > low else ""
    return (
        "Critical currents at other temperatures than 25 °C follow an activation energy of "
        f"{value:.2f} eV{ends}, {energies.origin}."
    )


def _beyond(temperatures: Sequence[float]) -> tuple[str, ...]:
    """A sentence if the forecast has learnt nothing of some of the temperatures."""
    known = [c.T for c in learned_field().cells if c.learnt_from and c.T is not None]
    beyond = [T for T in temperatures if not min(known) - 1 < T < max(known) + 1]
    if not beyond:
        return ()
    ends = " to ".join(f"{T - ZERO_CELSIUS:.4g}" for T in (min(known), max(known)))
    asked = ", ".join(f"{T - ZERO_CELSIUS:.4g} °C" for T in beyond)
    return (
        f"No published cell of the forecast was measured at {asked}: they lie at {ends} °C, and "
        "the critical current there is extrapolated.",
    )
