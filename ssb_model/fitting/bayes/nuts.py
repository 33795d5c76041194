"""The No-U-Turn sampler (Hoffman and Gelman 2014) as NumPyro has it, all chains in one batch."""

import numpy as np

from ssb_model.fitting.fit import FitError

TARGET = 0.9  # mean acceptance that the step size is tuned to
EVERY = 10  # transitions between two reports
TRIALS = 20  # draws of a start before it is given up


class SamplerError(FitError):
    """The sampler cannot start; the message says why."""


def sample(potential, start, draws, warm_up, seed, progress=None, settled=None):
    """Draws of exp(-U).

    Parameters
    ----------
    potential : callable
        JAX function z (coordinates,) -> U, of which :func:`jax.vmap` and :func:`jax.grad` exist.
    start : array (chains, coordinates)
    draws, warm_up : int
        Transitions kept and before them, in which step size and mass matrix are tuned.
    seed : int
    progress : callable, optional
        Called with (transitions done, transitions in all).
    settled : callable, optional
        Called once when the warm-up is over.

    Returns
    -------
    z : array (chains, draws, coordinates)
    divergent : bool array (chains, draws)
    steps : int array (chains, draws)
        Evaluations of the gradient in each transition.
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
    return tuple(
        np.stack([np.asarray(x) for x in part], axis=1) for part in zip(*kept, strict=True)
    )


def starts(potential, chains, size, seed):
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
