"""Learn from the library: the one place where the sampler runs for a forecast."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ssb_model.critical_current.field_model.data import data_of
from ssb_model.critical_current.field_model.draws import NAME, SHIPPED, save_draws
from ssb_model.critical_current.field_model.sampling import Sampled, sample
from ssb_model.errors import Unfinished
from ssb_model.library import field_cells

CHAINS, DRAWS, KEPT, SEED = 4, 1000, 500, 2026
MOST_RHAT, MOST_DIVERGENT = 1.02, 0.01


class Learnt(NamedTuple):
    """Where the draws are, of how many rows, and how sound the chains were."""

    path: Path
    rows: int
    divergent: int
    rhat: float


def learn_field(
    folder: str | Path | None = None, progress: Callable[[str], object] = lambda text: None
) -> Learnt:
    """Sample the posterior of the published cells, with those of a ``folder``, and keep its draws.

    Raises
    ------
    Unfinished
        If chains disagree (R-hat above 1.02), or more than 1 % of the draws diverged.
    """
    cells = field_cells(folder)
    data = data_of(cells)
    progress(f"sampling the posterior of {len(data.low)} cells in {CHAINS} chains")
    with double_precision():
        found = sample(data, CHAINS, DRAWS, SEED)
    worst = max(rhat(values) for values in found.theta.values())
    if worst > MOST_RHAT or found.divergent > MOST_DIVERGENT * CHAINS * DRAWS:
        raise Unfinished(
            f"the chains do not agree (R-hat {worst:.3f}, {found.divergent} divergent draws): look "
            "at the newest rows with ssb library check; the draws are left as they were."
        )
    path = SHIPPED if folder is None else Path(folder).expanduser() / NAME
    save_draws(path, cells, thinned(found), SEED)
    return Learnt(path, len(data.low), found.divergent, worst)


def thinned(found: Sampled) -> dict[str, np.ndarray]:
    """KEPT draws, evenly of all chains."""
    flat = {name: values.ravel() for name, values in found.theta.items()}
    return {name: values[:: len(values) // KEPT][:KEPT] for name, values in flat.items()}


def rhat(chains: np.ndarray) -> float:
    """Split R-hat (Gelman et al., Bayesian Data Analysis) of draws (chains, draws)."""
    half = chains.shape[1] // 2
    split = chains[:, : 2 * half].reshape(-1, half)
    within = split.var(axis=1, ddof=1).mean()
    between = split.mean(axis=1).var(ddof=1)
    return float(np.sqrt((half - 1) / half + between / within))


def double_precision() -> AbstractContextManager[object]:
    """JAX in double precision, for as long as the sampler runs."""
    import jax

    return jax.enable_x64(True)
