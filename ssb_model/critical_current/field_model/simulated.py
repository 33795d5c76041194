"""Libraries drawn from the model itself, to see that what is learnt from them is right.

The rows keep what they state; what they leave unsaid is drawn, as are the parameters (of the
priors), the effects and the noise. A row that stopped at a bound (">= 0.5 mA/cm2") is read where
the drawn number lies below it; a row read between two steps lies between steps of that width, put
anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.field_model.data import BOUNDED, Data
from ssb_model.critical_current.field_model.mean import fall, level, others, warmth
from ssb_model.critical_current.field_model.noise import VARIANCES, WEIGHTS
from ssb_model.critical_current.field_model.priors import PRIORS, SPREADS, values

Theta = Mapping[str, Float[np.ndarray, " one"]]


def simulated(data: Data, rng: np.random.Generator) -> tuple[Data, dict[str, float]]:
    """A library of the shape of ``data``, and the parameters behind it."""
    drawn = values(rng.normal(size=len(PRIORS)), PRIORS)
    theta = {name: float(value) for name, value in drawn.items()}
    y = _means(data, theta, rng) + _effects(data, theta, rng)
    y = y + theta["noise"] * noise(rng, len(y))
    low, high = _read(data, y, rng)
    return data._replace(low=low, high=high), theta


def noise(rng: np.random.Generator, size: int) -> Float[np.ndarray, " size"]:
    """Of scale 1."""
    return rng.normal(size=size) * np.sqrt(rng.choice(VARIANCES, size, p=WEIGHTS))


def _means(
    data: Data, theta: Mapping[str, float], rng: np.random.Generator
) -> Float[np.ndarray, " rows"]:
    """With what is unsaid drawn: its spread in ln J is normal, a lab's temperature one of two."""
    fallen = fall(theta, data.resistance, np)
    mean = (data.resistance_weights * fallen).sum(axis=1)
    sd = np.sqrt((data.resistance_weights * (fallen - mean[:, None]) ** 2).sum(axis=1))
    warm = rng.uniform(size=len(data.labs)) < data.temperature_weights[:, 1]
    T = np.where(data.labs.T @ warm > 0, data.temperature[:, 1], data.temperature[:, 0])
    known = level(theta, data.design) + others(theta, data.density, data.pressure, np)
    return known + mean + sd * rng.normal(size=len(mean)) + warmth(theta, T)


def _effects(
    data: Data, theta: Mapping[str, float], rng: np.random.Generator
) -> Float[np.ndarray, " rows"]:
    spreads = np.array([theta[name] for name in SPREADS])
    shared = np.append(rng.normal(size=len(data.level)) * spreads[data.level], 0.0)
    own = np.where(data.own, rng.normal(size=data.own.shape) * spreads, 0.0)
    return shared[data.shared].sum(axis=1) + own.sum(axis=1)


def _read(
    data: Data, y: Float[np.ndarray, " rows"], rng: np.random.Generator
) -> tuple[Float[np.ndarray, " rows"], Float[np.ndarray, " rows"]]:
    """What is read of ``y``, by the kind of each row."""
    low, high = data.low.copy(), data.high.copy()
    above, below = data.high >= BOUNDED, data.low <= -BOUNDED
    read = (data.low == data.high) | (above & (y < data.low)) | (below & (y > data.high))
    between = ~(above | below | (data.low == data.high))
    start = y - rng.uniform(size=len(y)) * (data.high - data.low)
    high = np.where(between, start + (data.high - data.low), np.where(read, y, high))
    return np.where(between, start, np.where(read, y, low)), high
