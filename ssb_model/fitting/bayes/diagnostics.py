"""Convergence diagnostics and leave-one-out scores of draws, by arviz.

Arviz 0.23, the last for Python 3.11, and 1.x differ; that they do is known here only. Arviz and
numpyro are the extra ``bayes``.
"""

import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from types import ModuleType
from typing import Literal

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError

EXTRA = ("numpyro", "arviz")
TAILS = (0.05, 0.95)  # quantiles whose smaller effective sample size is the tail's


def require_extra() -> None:
    """Refuse to sample where the extra is not installed.

    Raises
    ------
    InputError
        Naming what to install.
    """
    missing = [name for name in EXTRA if find_spec(name) is None]
    if missing:
        raise InputError(
            f"A sampled posterior needs {' and '.join(missing)}: pip install {' '.join(missing)}."
        )


def _arviz() -> ModuleType:
    require_extra()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 0.23 announces its successor at import
        import arviz

    return arviz


def r_hat(draws: Float[np.ndarray, "chains draws"]) -> float:
    """Rank-normalised split R-hat of draws (chains, draws): 1 if the chains agree."""
    return float(_arviz().rhat(np.asarray(draws)))


def effective_sample_size(
    draws: Float[np.ndarray, "chains draws"], part: Literal["bulk", "tail"]
) -> float:
    """Of draws (chains, draws), for the "bulk" or the "tail"."""
    chosen = {"prob": TAILS} if part == "tail" else {}
    return float(_arviz().ess(np.asarray(draws), method=part, **chosen))


@dataclass(frozen=True, eq=False)
class LeaveOneOut:
    """Expected log predictive density of each datum had it been left out.

    ``each`` (data,); ``pareto_k`` (data,): above ``reliable`` the estimate cannot be trusted;
    ``effective``: effective number of parameters.
    """

    each: Float[np.ndarray, " data"]
    pareto_k: Float[np.ndarray, " data"]
    reliable: float
    effective: float

    @property
    def total(self) -> float:
        """Sum over the data."""
        return float(self.each.sum())

    @property
    def unreliable(self) -> int:
        """Number of data whose own estimate cannot be trusted."""
        return int(np.sum(self.pareto_k > self.reliable))


def leave_one_out(log_likelihood: Float[np.ndarray, "chains draws data"]) -> LeaveOneOut:
    """Pareto-smoothed importance sampling (Vehtari, Gelman and Gabry 2017).

    Parameters
    ----------
    log_likelihood
        Of each datum at each draw.
    """
    arviz = _arviz()
    groups = {
        "posterior": {"draw index": np.zeros(log_likelihood.shape[:2])},
        "log_likelihood": {"data": log_likelihood},
    }
    old = arviz.__version__.startswith("0.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of unreliable data, reported as a number
        tree = arviz.from_dict(**groups) if old else arviz.from_dict(groups)
        found = arviz.loo(tree, pointwise=True)
    each = found.loo_i if old else found.elpd_i
    return LeaveOneOut(
        np.asarray(each),
        np.asarray(found.pareto_k),
        float(found.good_k),
        float(found["p_loo" if old else "p"]),
    )
