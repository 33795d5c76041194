"""The forecast conditioned on cells of one's own batch: bare, coated, whatever was measured of it.

Cells of one batch share the effects of lab and garnet, b; those of one interface also that of the
interface, k. Given a draw of the posterior both are integrated over a grid, one inside the other,

    p(own cells) = int N(b; 0, lab^2 + garnet^2) prod_interfaces int N(k; 0, interface^2)
                   prod_cells p(y | mean + b + k) dk db,

which weights the draw; then b and k of the asked interface are drawn from the grid. Each draw keeps
its place, so that nothing depends on a random number but for fixed, evenly spread ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Int
from scipy.special import erfc, logsumexp, softmax

from ssb_model.critical_current.field_model.covariates import Covariates, covariates, designs
from ssb_model.critical_current.field_model.data import interval
from ssb_model.critical_current.field_model.draws import Posterior, learned_field
from ssb_model.critical_current.field_model.forecast import CellKind, FieldForecast
from ssb_model.critical_current.field_model.mean import warmth
from ssb_model.critical_current.field_model.noise import log_density, probability_below
from ssb_model.critical_current.field_model.predictive import mean_of
from ssb_model.critical_current.field_model.priors import SPREADS
from ssb_model.errors import InputError
from ssb_model.library import FieldCell

BATCH = np.linspace(-4.0, 4.0, 33)  # in standard deviations
INTERFACE = np.linspace(-3.5, 3.5, 15)
COMPONENTS = 1000
SEED = 1

Logs = Float[np.ndarray, "draws batch interface"]


def field_forecast(
    kind: CellKind,
    own: Sequence[FieldCell] = (),
    interface: str | None = None,
    posterior: Posterior | None = None,
) -> FieldForecast:
    """The :class:`FieldForecast` of a kind of cell.

    Parameters
    ----------
    kind
        What is known of it.
    own
        Cells of its batch that were measured: one garnet, one lab, one protocol.
    interface
        The ``treatment`` of those of ``own`` that have its interface, if any has.
    posterior
        What the library taught; by default the shipped draws.

    Raises
    ------
    InputError
        For own cells without a critical current.

    Examples
    --------
    >>> forecast = field_forecast(CellKind("mixed"))
    >>> low, middle, high = forecast.quantile(10e-4, [0.025, 0.5, 0.975])
    >>> bool(3 < low < middle < high < 100)
    True
    """
    posterior = posterior or learned_field()
    theta = posterior.theta
    size = len(theta["noise"])
    if not own:
        variances = sum(theta[name] ** 2 for name in SPREADS)
        return FieldForecast(
            kind,
            theta,
            np.zeros(size),
            np.asarray(variances),
            np.full(size, 1 / size),
            posterior.spread,
        )
    found = batch_of(own, interface, posterior)
    kept = {name: values[found.chosen] for name, values in theta.items()}
    alone = found.interface is None
    variances = kept["interface"] ** 2 if alone else np.zeros(len(found.chosen))
    effects = found.batch + (0.0 if alone else found.interface)
    weights = np.full(len(found.chosen), 1 / len(found.chosen))
    return FieldForecast(kind, kept, effects, variances, weights, posterior.spread)


def _log_likelihoods(own: Sequence[FieldCell], posterior: Posterior) -> Mapping[str, Logs]:
    """ln p of each interface's cells over the grids, by treatment."""
    theta = posterior.theta
    b = BATCH * np.hypot(theta["lab"], theta["garnet"])[:, None]
    k = INTERFACE * theta["interface"][:, None]
    effects = b[:, :, None] + k[:, None, :]
    found: dict[str, Logs] = {}
    for cell in own:
        if cell.J is None:
            raise InputError(
                f"'{cell.name}' has no critical current, so that it says nothing of its batch: "
                "give critical_current, or leave the cell out."
            )
        at = covariates(cell, posterior.spread)
        if cell.layer == "none" and cell.contact == "bare":
            at = at._replace(design=_bare(at, posterior))
        log = _log_cell(interval(cell), at, effects, theta)
        found[cell.treatment] = found.get(cell.treatment, 0.0) + log
    return found


def _bare(at: Covariates, posterior: Posterior) -> Float[np.ndarray, " levels"]:
    """A bare cell of one's own is as much a control as its resistance says."""
    R = np.exp(at.resistance_weights @ np.log(at.resistance))
    return designs(None, "none", np.array([R]), posterior.spread)[0]


def _log_cell(ends: tuple[float, float], at: Covariates, effects: Logs, theta: Mapping) -> Logs:
    """ln p of one cell's interval, over its temperatures."""
    mean, unsaid = mean_of(theta, at)
    noise, unsaid = theta["noise"][:, None, None], unsaid[:, None, None]
    logs = []
    for T, share in zip(at.temperature, at.temperature_weights, strict=True):
        if share > 0:
            middle = (mean + warmth(theta, T))[:, None, None] + effects
            logs.append(np.log(share) + _log_interval(ends, middle, unsaid, noise))
    return np.asarray(logsumexp(logs, axis=0))


def _log_interval(ends: tuple[float, float], middle: Any, variance: Any, noise: Any) -> Any:
    low, high = ends
    if low == high:
        return log_density(low - middle, variance, noise, np)
    below = [probability_below(end - middle, variance, noise, np, erfc) for end in (high, low)]
    return np.log(np.maximum(below[0] - below[1], 1e-300))


class Batch(NamedTuple):
    """Draws that agree with own cells: their places, and the effects of batch and interface."""

    chosen: Int[np.ndarray, " components"]
    batch: Float[np.ndarray, " components"]
    interface: Float[np.ndarray, " components"] | None


def batch_of(own: Sequence[FieldCell], interface: str | None, posterior: Posterior) -> Batch:
    """The :class:`Batch` of own cells; its interface is None if none of them has it."""
    by_interface, theta = _log_likelihoods(own, posterior), posterior.theta
    log_b, log_k = -0.5 * BATCH**2, -0.5 * INTERFACE**2
    whole = {name: each + log_k for name, each in by_interface.items()}
    of_batch = log_b + sum(logsumexp(each, axis=-1) for each in whole.values())
    of_batch = np.broadcast_to(of_batch, (len(theta["noise"]), len(BATCH)))
    chosen = _even(softmax(logsumexp(of_batch, axis=-1)))
    rng = np.random.default_rng(SEED)
    at = _of_each(of_batch[chosen], rng.permutation(_middles(len(chosen))))
    batch = BATCH[at] * np.hypot(theta["lab"], theta["garnet"])[chosen]
    if interface not in whole:
        return Batch(chosen, batch, None)
    k = _of_each(whole[interface][chosen, at], rng.permutation(_middles(len(chosen))))
    return Batch(chosen, batch, INTERFACE[k] * theta["interface"][chosen])


def _even(weights: Float[np.ndarray, " draws"]) -> Any:
    """Places, each as often as its weight, by systematic resampling."""
    return np.searchsorted(np.cumsum(weights) / weights.sum(), _middles(COMPONENTS))


def _middles(number: int) -> Float[np.ndarray, " number"]:
    return (np.arange(number) + 0.5) / number


def _of_each(logs: Float[np.ndarray, "n grid"], uniforms: Float[np.ndarray, " n"]) -> Any:
    """A place of the grid for each row, by its uniform number."""
    below = np.cumsum(softmax(logs, axis=-1), axis=-1)
    return np.minimum((below < uniforms[:, None]).sum(axis=-1), logs.shape[-1] - 1)
