"""The hierarchical model: NumPyro draws its priors, and the likelihood of a library is one sum.

What a paper leaves unsaid is summed over: a temperature, of all rows of a lab alike, exactly;
resistances and faces by the mean and the variance that they make in ln J.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ssb_model.critical_current.field_model.data import Data
from ssb_model.critical_current.field_model.mean import fall, level, others, warmth
from ssb_model.critical_current.field_model.noise import log_density, probability_below
from ssb_model.critical_current.field_model.priors import PRIORS, SPREADS, Prior, values

if TYPE_CHECKING:
    import jax

LEAST = 1e-30  # of a probability whose logarithm is taken


def model(data: Data, priors: Mapping[str, Prior] = PRIORS) -> None:
    """NumPyro's model of a library; its coordinates are standard normal a priori."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from jax.scipy.special import ndtr, ndtri

    normal = dist.Normal(0, 1)
    u = numpyro.sample("u", normal.expand([len(priors)]).to_event(1))
    effects = numpyro.sample("effects", normal.expand([len(data.level)]).to_event(1))
    theta = values(u, priors, jnp, ndtr, ndtri)
    numpyro.factor("cells", jnp.sum(log_likelihood(theta, jnp.asarray(effects), data)))


def log_likelihood(theta: Mapping[str, Any], effects: jax.Array, data: Data) -> jax.Array:
    """Of each lab's rows, ln p given the ``theta`` of the priors and drawn ``effects``."""
    import jax.numpy as jnp
    from jax.scipy.special import logsumexp

    by_row = data.used[:, None] * _of_rows(theta, effects, data)
    return logsumexp(jnp.asarray(data.labs) @ by_row, b=data.temperature_weights, axis=-1)


def _of_rows(theta: Mapping[str, Any], effects: jax.Array, data: Data) -> jax.Array:
    """ln p (rows, temperatures)."""
    import jax.numpy as jnp
    from jax.scipy.special import erfc

    spreads = jnp.stack([theta[name] for name in SPREADS])
    drawn = jnp.append(effects * spreads[data.level], 0.0)
    fallen, unsaid = moments(fall(theta, data.resistance, jnp), data.resistance_weights)
    base = level(theta, data.design) + others(theta, data.density, data.pressure, jnp) + fallen
    base = base + drawn[data.shared].sum(axis=-1)
    mean = base[:, None] + warmth(theta, data.temperature)
    variance = (unsaid + jnp.where(data.own, spreads**2, 0.0).sum(axis=-1))[:, None]
    read = log_density(data.low[:, None] - mean, variance, theta["noise"], jnp)
    mean, variance = mean[data.bounded], variance[data.bounded]
    low, high = (
        probability_below(end[data.bounded][:, None] - mean, variance, theta["noise"], jnp, erfc)
        for end in (data.low, data.high)
    )
    exact = (data.low == data.high)[data.bounded][:, None]
    inside = jnp.log(jnp.where(exact, 1.0, jnp.maximum(high - low, LEAST)))
    return read.at[data.bounded].set(jnp.where(exact, read[data.bounded], inside))


def moments(values: Any, weights: Any) -> tuple[Any, Any]:
    """Mean and variance over the last axis: what is unsaid is a spread, added to the others."""
    mean = (weights * values).sum(axis=-1)
    return mean, (weights * (values - mean[..., None]) ** 2).sum(axis=-1)
