"""The mean of ln J [mA/cm2] of a cell, alike for NumPy and JAX.

    ln J = level of the contact class (+ that of the layer's type)
           - n ln(1 + R/R_c)                     R of both faces [ohm cm2]
           + E/k (1/T_0 - 1/T)                   T_0 = 298.15 K
           + b (density - 94 %) - k_P (P - 10 MPa)+

n = 1 with R_c the garnet's resistance is law A0 (one voltage of the whole cell), small R_c law B
(a power), n = 0 no law. Forms of temperature and pressure: :mod:`ssb_model.library.law_conditions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE

EV = FARADAY / GAS_CONSTANT  # K per eV
DENSE, THRESHOLD = 94.0, 10.0  # %, MPa


def level(theta: Mapping[str, Any], design: Any) -> Any:
    """The class's part: ``design`` (..., 7) holds shares of the levels in the order of LEVELS."""
    return sum(theta[name] * design[..., k] for k, name in enumerate(LEVELS))


LEVELS = ("bare", "control", "coated", "wetted", "ionic", "mixed", "electronic")


def fall(theta: Mapping[str, Any], resistance: Any, xp: Any) -> Any:
    """What a ``resistance`` of both faces [ohm cm2] takes from ln J."""
    return -theta["fall"] * xp.log1p(resistance / theta["bend"])


def warmth(theta: Mapping[str, Any], temperature: Any) -> Any:
    """What a ``temperature`` [K] adds to ln J."""
    return theta["energy"] * EV * (1 / ROOM_TEMPERATURE - 1 / temperature)


def others(theta: Mapping[str, Any], density: Any, pressure: Any, xp: Any) -> Any:
    """What relative density [%] and stack pressure [MPa] add to ln J."""
    over = xp.maximum(pressure - THRESHOLD, 0.0)
    return theta["density"] * (density - DENSE) - theta["pressure"] * over
