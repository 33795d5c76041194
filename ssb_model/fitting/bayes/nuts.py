"""The No-U-Turn sampler (Hoffman and Gelman 2014) as NumPyro has it, all chains in one batch."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.fitting.fit import FitError

if TYPE_CHECKING:
    import jax

TARGET = 0.9  # mean acceptance that the step size is tuned to
EVERY = 10  # transitions between two reports
TRIALS = 20  # draws of a start before it is given up

#: z (coordinates,) to U
Potential: TypeAlias = "Callable[[jax.Array], jax.Array]"


class Draws(NamedTuple):
    """Points, which transitions diverged, and the gradients that each took."""

    z: Float[np.ndarray, "chains draws coordinates"]
    divergent: Bool[np.ndarray, "chains draws"]
    steps: Int[np.ndarray, "chains draws"]


class SamplerError(FitError):
    """The sampler cannot start; the message says why."""


def sample(
    potential: Potential,
    start: Float[np.ndarray, "chains coordinates"],
    draws: int,
    warm_up: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    settled: Callable[[], None] | None = None,
) -> Draws:
    """Draws of exp(-U).

    Parameters
    ----------
    potential
        JAX function z (coordinates,) -> U, of which :func:`jax.vmap` and :func:`jax.grad` exist.
    start
        Where each chain begins.
    draws, warm_up
        Transitions kept and before them, in which step size and mass matrix are tuned.
    seed
        So that the draws can be repeated.
    progress
        Called with (transitions done, transitions in all).
    settled
        Called once when the warm-up is over.
    """
    import jax
    from numpyro.infer import NUTS

    kernel = NUTS(potential_fn=potential, target_accept_prob=TARGET, dense_mass=True)
    keys = jax.random.split(jax.random.PRNGKey(seed), len(start))
    state = jax.jit(lambda keys: kernel.init(keys, warm_up, start, (), {}))(keys)
    step = jax.jit(lambda state: kernel.sample(state, (), {}))
    kept = []
    for k in range(warm_up + draws):
        state = step(state)
        if k == warm_up - 1 and settled:
            jax.effects_barrier()
            settled()
        if k >= warm_up:
            kept.append((state.z, state.diverging, state.num_steps))
        if progress and (k + 1) % EVERY == 0:
            progress(k + 1, warm_up + draws)
    jax.effects_barrier()
    parts = zip(*kept, strict=True)
    return Draws(*(np.stack([np.asarray(x) for x in part], axis=1) for part in parts))


def starts(
    potential: Potential, chains: int, size: int, seed: int
) -> Float[np.ndarray, "chains coordinates"]:
    """Standard normal points (chains, coordinates) at which the potential is finite.

    Raises
    ------
    SamplerError
        If the model fails at every one of many.
    """
    import jax

    rng = np.random.default_rng(seed)
    evaluate = jax.jit(jax.vmap(potential))
    found = rng.normal(size=(chains, size))
    for _ in range(TRIALS):
        failed = ~np.isfinite(np.asarray(evaluate(found)))
        if not failed.any():
            return found
        found[failed] = rng.normal(size=(int(failed.sum()), size))
    raise SamplerError(
        f"The model failed at each of {TRIALS} points drawn about the fit for a chain to start "
        "from: the fit lies at the edge of where the model can be solved; narrow the priors."
    )
