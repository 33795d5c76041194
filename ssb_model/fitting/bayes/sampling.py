"""The posterior by sampling about a fit.

It is the posterior of the fit's own objective, data and priors together, in the mode that the fit
found: the chains start from draws of Laplace's approximation there and would not find another mode
far away. A noise that was estimated is sampled too, so that the intervals know how well it is
known; elsewhere the stated noise is taken as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting.bayes.diagnostics import require_extra
from ssb_model.fitting.bayes.posterior import Posterior

if TYPE_CHECKING:
    from ssb_model.fitting.fit import Fit

WARM_UP = 400  # transitions: few, because the coordinates are whitened by Laplace's covariance


def posterior(
    fitted: "Fit",
    draws: int = 1000,
    chains: int = 4,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Posterior:
    """Sample the posterior about a fit by the No-U-Turn sampler.

    Parameters
    ----------
    fitted
        The fit about whose optimum the chains begin.
    draws, chains
        Draws kept of each chain; all chains advance as one batch of the model.
    seed
        So that the draws can be repeated.
    progress
        Called with (transitions done, transitions in all).
    groups
        Observables whose common noise the data tell: it is sampled under a flat prior of its
        logarithm.

    Raises
    ------
    InputError
        If numpyro or arviz is not installed, or the numbers are too small.
    SamplerError
        If the chains find no point to start from.
    """
    if draws < 4 or chains < 2:
        raise InputError(
            f"A posterior needs 2 chains of 4 draws at least to be judged, not {chains} of {draws}."
        )
    require_extra()
    from ssb_model.fitting.bayes.nuts import sample, starts
    from ssb_model.fitting.bayes.potential import Whitened

    groups = groups or {}
    whitened = Whitened(fitted, tuple(map(tuple, groups.values())))
    potential = whitened.potential()
    begin = starts(potential, chains, whitened.size, seed)
    # The search for a step size tries points far outside of any posterior: their failures are none.
    forget = whitened.failed.clear
    z, divergent, steps = sample(potential, begin, draws, WARM_UP, seed, progress, forget)
    u, log_noise = np.split(whitened.coordinates(z), [len(fitted.u)], axis=2)
    return Posterior(fitted, u, log_noise, groups, divergent, steps, len(whitened.failed))
