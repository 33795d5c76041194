"""Temperature and stack pressure as factors on any law of the critical current.

The formulas and their sources stand in :mod:`ssb_model.library.law_conditions`. A law is asked for
the resistance at the reference temperature, 25 degC: the factor has all that temperature does.

>>> from ssb_model.constants import ZERO_CELSIUS
>>> print(round(activation_factor(60 + ZERO_CELSIUS, activation_energy=38.6e3), 2))
5.13
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.library import (
    LawConditions,
    namespace,
    non_negative,
    positive,
    refuse_pressure,
    refuse_temperature,
)

if TYPE_CHECKING:
    from ssb_model.critical_current.laws import Numbers


def activation_factor(
    temperature: Numbers,
    activation_energy: Numbers,
    reference_temperature: float = ROOM_TEMPERATURE,
) -> Numbers:
    """What multiplies the critical current at another temperature than the reference.

    Parameters
    ----------
    temperature
        [K], below lithium's melting point, of any shape.
    activation_energy
        E of the critical current itself [J.mol-1]; 0 for none.
    reference_temperature
        At which the law holds, and its resistance is meant [K].

    Raises
    ------
    InputError
        For a temperature that no solid cell has (such as degC given as K), or a negative energy.
    """
    refuse_temperature(temperature, "temperature")
    refuse_temperature(reference_temperature, "reference temperature")
    T = positive(temperature, "temperature", "K")
    E = non_negative(activation_energy, "activation energy", "J.mol-1 (1 eV is 96485 J.mol-1)")
    return LawConditions(E).activation(T, namespace(T, E).exp, reference_temperature)


def over_pressure_factor(pressure: Numbers, strength: Numbers, threshold: Numbers) -> Numbers:
    """What multiplies the critical current under a stack pressure, 1 up to the threshold.

    Parameters
    ----------
    pressure
        Of the stack [Pa], of any shape.
    strength
        k [Pa-1]; 0 for none.
    threshold
        P_0 [Pa].

    Raises
    ------
    InputError
        For a pressure that no cell has (negative, MPa given as Pa), or a negative strength.
    """
    refuse_pressure(pressure, "stack pressure")
    refuse_pressure(threshold, "threshold")
    P = non_negative(pressure, "stack pressure", "Pa")
    k = non_negative(strength, "strength of over-pressure", "Pa-1 (1/MPa is 1e-6 Pa-1)")
    P_0 = non_negative(threshold, "threshold", "Pa")
    xp = namespace(P, k, P_0)
    return LawConditions(0.0, k, P_0).over_pressure(P, xp.exp, xp.maximum)
