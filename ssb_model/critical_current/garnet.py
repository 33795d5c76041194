r"""Two covariates of what a garnet bears: its electrons and its grain boundaries.

.. math::

    J^* = J^*_\mathrm{ref}
    \left( \frac{\sigma_\mathrm{e}}{\sigma_\mathrm{e,ref}} \right)^{-m}
    \left( \frac{\rho}{\rho_\mathrm{ref}} \right)^{g}, \qquad
    \rho = \frac{w}{1 - w}

with the garnet's electronic conductivity :math:`\sigma_\mathrm{e}` and the grain boundaries' share
:math:`w` of its resistance, against those of the founding garnet, at which both factors are 1. By
the brick-layer model grains of the size :math:`d` have :math:`\rho \propto 1/d` where their
boundaries are alike, so that :math:`J^* \propto d^{-g}`. The powers are assumed forms, and their
strengths what published series of one lab each say (``garnet_series.toml``, with sources): in each
series

.. math::

    \ln J_i = a - m \ln x_i + \varepsilon_i

with the series' own level, a bound where a bound is stated, noise of 0.515 between cells made alike
and 0.5 between garnets of one lab (:mod:`ssb_model.critical_current.field_model.priors`), and a
prior of 0 +- 0.3 for either strength (assumed: whether electrons matter is disputed, and grain
boundaries are said to help and to harm). That interfacial impedance and grain size decide the
critical current of garnet is argued by Li and Monroe (PCCP 2019, read in its abstract; its formula
is not used here).

>>> print(garnet_factor(1e-5, 0.15, GarnetStrengths(0.2, 0.2), GarnetNumbers(1e-6, 0.15)).round(3))
0.631
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.special import log_ndtr

from ssb_model.constants import TO_MA_CM2
from ssb_model.library import (
    Table,
    field_cells,
    load_parameter_set,
    namespace,
    positive,
    read_toml,
    share,
    validated,
)

if TYPE_CHECKING:
    from ssb_model.critical_current.laws import Numbers

SERIES = Path(__file__).with_name("garnet_series.toml")
PRIOR = 0.3  # standard deviation of a strength about 0
NOISE = float(np.hypot(0.515, 0.5))  # of ln J between cells made alike, and between garnets
LEVELS = 4.0  # ln J of a series: its cells', and as far on either side
GRID = 801


class GarnetNumbers(NamedTuple):
    """Electronic conductivity [S.m-1], and the grain boundaries' share of the resistance."""

    electronic_conductivity: Numbers
    grain_boundary_share: Numbers


class GarnetStrengths(NamedTuple):
    """m and g, powers of electronic conductivity and of grain over bulk resistance."""

    electronic: Numbers
    grain_boundary: Numbers


class Strength(NamedTuple):
    """Mean and standard deviation of a strength, by the published series."""

    mean: float
    sd: float


class SeriesTable(Table):
    """Garnets of one lab: a number in proportion to the covariate by the published cell's name."""

    lab: str
    covariate: Literal["electronic", "grain"]
    unit: str
    source: str
    cells: dict[str, float]


def garnet_factor(
    electronic_conductivity: Numbers,
    grain_boundary_share: Numbers,
    strengths: GarnetStrengths,
    reference: GarnetNumbers | None = None,
) -> Any:
    """What multiplies J* of the ``reference`` garnet, of any shape; exactly 1 for itself.

    Parameters
    ----------
    electronic_conductivity
        [S.m-1].
    grain_boundary_share
        Of the garnet's resistance, above 0 and below 1.
    strengths
        m and g.
    reference
        Garnet that J* is of, :func:`founding_garnet` unless given.

    Raises
    ------
    InputError
        For a conductivity that is not positive, and a share that is not one.
    """
    sigma = positive(electronic_conductivity, "electronic conductivity", "S.m-1")
    w = share(grain_boundary_share, "share of grain boundaries")
    reference = reference or founding_garnet()
    xp = namespace(sigma, w, *strengths)
    electrons = xp.log(sigma) - np.log(reference.electronic_conductivity)
    ratio = xp.log(w / (1 - w)) - np.log(_odds(reference.grain_boundary_share))
    return xp.exp(-strengths.electronic * electrons + strengths.grain_boundary * ratio)


@cache
def founding_garnet() -> GarnetNumbers:
    """That of the founding experiment, by its parameter set."""
    garnet = load_parameter_set("llzto")
    return GarnetNumbers(
        garnet["electronic conductivity"].value, garnet["grain boundary share"].value
    )


@cache
def published_strengths() -> Mapping[str, Strength]:
    """By covariate, "electronic" and "grain": what the series and the prior say of m and g."""
    grid = np.linspace(-5 * PRIOR, 5 * PRIOR, GRID)
    log = {name: -0.5 * (grid / PRIOR) ** 2 for name in ("electronic", "grain")}
    for table in read_toml(SERIES)["series"]:
        one = validated(SeriesTable, table, SERIES)
        log[one.covariate] = log[one.covariate] + _likelihood(one.cells, grid)
    return {name: _moments(grid, values) for name, values in log.items()}


def _likelihood(
    covariates: Mapping[str, float], grid: Float[np.ndarray, " strengths"]
) -> Float[np.ndarray, " strengths"]:
    """ln p of a series' critical currents at each strength, its level summed over."""
    known = {cell.name: cell.J for cell in field_cells()}
    ends = np.array([_ends(known[name]) for name in covariates])
    x = np.log(np.array([*covariates.values()]))
    x = x - x.mean()
    middle = ends[np.isfinite(ends)].mean()
    level = middle + np.linspace(-LEVELS, LEVELS, GRID)[:, None]
    log = np.zeros((GRID, len(grid)))
    for (low, high), at in zip(ends, x, strict=True):
        mean = level - grid * at
        if low == high:
            log += -0.5 * ((low - mean) / NOISE) ** 2
        else:
            log += _inside((low - mean) / NOISE, (high - mean) / NOISE)
    return np.logaddexp.reduce(log, axis=0)


def _ends(J: Any) -> tuple[float, float]:
    """ln J [mA/cm2] between which a reported critical current lies."""
    low = high = float(np.log(J.value * TO_MA_CM2))
    if J.upper is not None:
        return low, float(np.log(J.upper * TO_MA_CM2))
    if J.sign in (">", ">="):
        return low, np.inf
    return (-np.inf, high) if J.sign in ("<", "<=") else (low, high)


def _inside(low: Float[np.ndarray, "n m"], high: Float[np.ndarray, "n m"]) -> Any:
    """ln probability of a standard normal between two ends, either of which may be infinite."""
    top, bottom = log_ndtr(high), log_ndtr(low)
    return top + np.log1p(-np.exp(np.minimum(bottom - top, -1e-12)))


def _moments(grid: Float[np.ndarray, " n"], log: Float[np.ndarray, " n"]) -> Strength:
    weights = np.exp(log - log.max())
    weights = weights / weights.sum()
    mean = float(weights @ grid)
    return Strength(mean, float(np.sqrt(weights @ (grid - mean) ** 2)))


def _odds(w: Numbers) -> Numbers:
    return w / (1 - w)
