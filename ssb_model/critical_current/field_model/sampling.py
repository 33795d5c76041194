"""Draws of the posterior by NumPyro: of one library by NUTS, of many of its shape by tuned HMC.

The No-U-Turn sampler finds the posterior's metric on the library itself. Libraries with a lab left
out, or drawn from the model, have one much like it: they start at that posterior's mean, in its
metric, with a fixed number of steps, so that dozens run in step as one batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.field_model.data import Data
from ssb_model.critical_current.field_model.priors import PRIORS, Prior, values
from ssb_model.errors import InputError

WARM_UP, TARGET = 600, 0.9
STEPS, SETTLE, TUNED_TARGET = 8, 60, 0.8  # of the tuned sampler


class Tuning(NamedTuple):
    """Where to start, and the covariance about it, in the coordinates of the sampler."""

    start: Float[np.ndarray, " coordinates"]
    covariance: Float[np.ndarray, "coordinates coordinates"]


class Sampled(NamedTuple):
    """Draws of the priors' parameters (chains or libraries, draws) by name, how many diverged, and
    what the tuned sampler needs."""

    theta: Mapping[str, Float[np.ndarray, "libraries draws"]]
    divergent: int
    tuning: Tuning


def sample(
    data: Data,
    chains: int = 4,
    draws: int = 1000,
    seed: int = 0,
    priors: Mapping[str, Prior] = PRIORS,
) -> Sampled:
    """Of one library by NUTS; each row is a chain."""
    import jax

    def run(key: Any) -> Any:
        return _run(key, data, WARM_UP, draws, None, priors)

    keys = jax.random.split(jax.random.PRNGKey(seed), chains)
    u, z, divergent = jax.jit(jax.vmap(run))(keys)
    flat = np.asarray(z).reshape(-1, z.shape[-1])
    tuning = Tuning(flat.mean(0), np.cov(flat.T))
    return Sampled(values(np.asarray(u), priors), int(divergent.sum()), tuning)


def sample_each(
    data: Sequence[Data],
    tuning: Tuning,
    draws: int,
    seed: int = 0,
    batch: int = 64,
    priors: Mapping[str, Prior] = PRIORS,
) -> Sampled:
    """Of several libraries of one shape by the tuned sampler, ``batch`` at a time."""
    import jax
    import jax.numpy as jnp

    run = jax.jit(jax.vmap(lambda key, one: _run(key, one, SETTLE, draws, tuning, priors)))
    found, divergent = [], 0
    for k in range(0, len(data), batch):
        part = [*data[k : k + batch]]
        padded = part + [part[-1]] * (min(batch, len(data)) - len(part))
        stacked: Any = [jnp.stack(each) for each in zip(*padded, strict=True)]
        keys = jax.random.split(jax.random.PRNGKey(seed + k), len(padded))
        u, _, lost = run(keys, Data(*stacked))
        found.append(np.asarray(u)[: len(part)])
        divergent += int(lost[: len(part)].sum())
    return Sampled(values(np.concatenate(found), priors), divergent, tuning)


def _run(
    key: Any,
    data: Data,
    warm_up: int,
    draws: int,
    tuning: Tuning | None,
    priors: Mapping[str, Prior],
) -> Any:
    """Pure JAX: priors' coordinates of draws, all the sampler's, and how many diverged."""
    import jax
    from jax.flatten_util import ravel_pytree

    hmc, initialize_model = _numpyro()
    from ssb_model.critical_current.field_model.model import model

    first, second = jax.random.split(key)
    own = partial(model, priors=priors)
    begin = initialize_model(first, own, model_args=(data,), dynamic_args=True)
    init, step = hmc(potential_fn_gen=begin.potential_fn, algo="NUTS" if tuning is None else "HMC")
    told: dict[str, Any] = {"target_accept_prob": TARGET}
    params: Any = begin.param_info
    if tuning is not None:
        _, unravel = ravel_pytree(params.z)
        params = unravel(jax.numpy.asarray(tuning.start))
        told = {"target_accept_prob": TUNED_TARGET, "num_steps": STEPS, "adapt_mass_matrix": False}
        told["trajectory_length"] = None  # else the step would be that over the steps
        told |= {"inverse_mass_matrix": jax.numpy.asarray(tuning.covariance), "step_size": 0.3}
    state = init(
        params, num_warmup=warm_up, dense_mass=True, model_args=(data,), rng_key=second, **told
    )

    def move(state: Any, _: Any) -> tuple[Any, Any]:
        state = step(state, model_args=(data,))
        return state, (state.z, ravel_pytree(state.z)[0], state.diverging)

    state = jax.lax.fori_loop(0, warm_up, lambda _, s: step(s, model_args=(data,)), state)
    _, (z, flat, diverging) = jax.lax.scan(move, state, length=draws)
    return z["u"], flat, diverging.sum()


def _numpyro() -> tuple[Any, Any]:
    try:
        from numpyro.infer.hmc import hmc
        from numpyro.infer.util import initialize_model
    except ImportError:
        raise InputError(
            "The library is learnt by numpyro, which is not installed: pip install numpyro."
        ) from None
    return hmc, initialize_model
