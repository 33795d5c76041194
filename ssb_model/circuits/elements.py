"""The elements of a circuit: impedance and its derivatives, one function an element.

Every function takes the element's parameters (fits, parameters) in the coordinates of the fit and
jω (fits, frequencies), and returns Z (fits, frequencies) and dZ/du (fits, frequencies,
parameters). A positive parameter is fitted as its logarithm; an exponent n of a constant-phase
element through a logistic curve between 0.4 and 1.

    L   jωL                          Q   1/(Q (jω)^n)
    R   R                            C   1/(jωC)
    RQ  R/(1 + (jωτ)^n),  τ = (RQ)^(1/n)
    RC  R/(1 + jωτ),      τ = RC
    W   A (1 - j)/√ω                 (semi-infinite diffusion)
    Ws  R tanh(s)/s,  s = √(jωτ)     (finite, ends in a reservoir)
    Wo  R coth(s)/s                  (finite, ends in a wall)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Complex, Float

LEAST_N, MOST_N = 0.4, 1.0
Coordinates: TypeAlias = Float[np.ndarray, "fits parameters"]
Omega: TypeAlias = Complex[np.ndarray, "fits frequencies"]
Answer: TypeAlias = tuple[
    Complex[np.ndarray, "fits frequencies"], Complex[np.ndarray, "fits frequencies parameters"]
]


def exponent(u: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    """The exponent n of a coordinate."""
    return LEAST_N + (MOST_N - LEAST_N) / (1 + np.exp(-u))


def exponent_coordinate(n: float) -> float:
    """The coordinate of an exponent n."""
    return float(np.log((n - LEAST_N) / (MOST_N - n)))


def _slope(n: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    return (n - LEAST_N) * (MOST_N - n) / (MOST_N - LEAST_N)


def _inductance(u: Coordinates, jw: Omega) -> Answer:
    z = jw * np.exp(u[:, :1])
    return z, z[..., None]


def _resistance(u: Coordinates, jw: Omega) -> Answer:
    z = np.exp(u[:, :1]) + 0 * jw
    return z, z[..., None]


def _capacitance(u: Coordinates, jw: Omega) -> Answer:
    z = np.exp(-u[:, :1]) / jw
    return z, -z[..., None]


def _constant_phase(u: Coordinates, jw: Omega) -> Answer:
    n = exponent(u[:, 1:2])
    z = np.exp(-u[:, :1] - n * np.log(jw))
    return z, np.stack([-z, -z * np.log(jw) * _slope(n)], axis=-1)


def _arc(u: Coordinates, jw: Omega) -> Answer:
    n, log = exponent(u[:, 2:3]), np.log(jw) + u[:, 1:2]
    x = np.exp(n * log)
    z = np.exp(u[:, :1]) / (1 + x)
    bend = -z * x / (1 + x)
    return z, np.stack([z, bend * n, bend * log * _slope(n)], axis=-1)


def _sharp_arc(u: Coordinates, jw: Omega) -> Answer:
    x = jw * np.exp(u[:, 1:2])
    z = np.exp(u[:, :1]) / (1 + x)
    return z, np.stack([z, -z * x / (1 + x)], axis=-1)


def _warburg(u: Coordinates, jw: Omega) -> Answer:
    z = np.exp(u[:, :1]) * np.sqrt(2) / np.sqrt(jw)
    return z, z[..., None]


def _reservoir(u: Coordinates, jw: Omega) -> Answer:
    s, R = np.sqrt(jw * np.exp(u[:, 1:2])), np.exp(u[:, :1])
    tanh = np.tanh(s)
    z = R * tanh / s
    return z, np.stack([z, 0.5 * (R * (1 - tanh**2) - z)], axis=-1)


def _wall(u: Coordinates, jw: Omega) -> Answer:
    s, R = np.sqrt(jw * np.exp(u[:, 1:2])), np.exp(u[:, :1])
    coth = 1 / np.tanh(s)
    z = R * coth / s
    return z, np.stack([z, 0.5 * (R * (1 - coth**2) - z)], axis=-1)


@dataclass(frozen=True)
class Kind:
    """A kind of element.

    Attributes
    ----------
    symbols, units
        Of its parameters; a parameter with the symbol "n" is an exponent, "tau" a time constant,
        all others are sizes of the impedance (`inverse`: of the admittance).
    function
        Of the coordinates and jω.
    inverse
    """

    symbols: tuple[str, ...]
    units: tuple[str, ...]
    function: Callable[[Coordinates, Omega], Answer]
    inverse: bool = False


KINDS = {
    "L": Kind(("L",), ("H",), _inductance),
    "R": Kind(("R",), ("Ohm",), _resistance),
    "C": Kind(("C",), ("F",), _capacitance, inverse=True),
    "Q": Kind(("Q", "n"), ("S.s^n", ""), _constant_phase, inverse=True),
    "RQ": Kind(("R", "tau", "n"), ("Ohm", "s", ""), _arc),
    "RC": Kind(("R", "tau"), ("Ohm", "s"), _sharp_arc),
    "W": Kind(("A",), ("Ohm.s^-1/2",), _warburg),
    "Ws": Kind(("R", "tau"), ("Ohm", "s"), _reservoir),
    "Wo": Kind(("R", "tau"), ("Ohm", "s"), _wall),
}
