"""What rows beside the published ones say of the effects of lab, garnet and interface.

Cells of one lab share its effect, those of one garnet that too, those of one interface all three.
Given a draw of the posterior, the likelihood of the rows as a function of the sum e of the effects
down to a node is carried from the leaves to the root on a grid,

    f_node(e) = prod_children int N(e' - e; 0, sd_child^2) f_child(e') de',

where a leaf has its rows' own p(y | mean + e) and the root has e = 0. What arrives there weights
the draw. The sum of effects of any node is then drawn on the way back down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Int
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import erfc, logsumexp, softmax

from ssb_model.critical_current.field_model.covariates import Covariates, covariates, designs
from ssb_model.critical_current.field_model.data import interval
from ssb_model.critical_current.field_model.draws import Posterior
from ssb_model.critical_current.field_model.mean import warmth
from ssb_model.critical_current.field_model.noise import log_density, probability_below
from ssb_model.critical_current.field_model.predictive import mean_of
from ssb_model.critical_current.field_model.priors import SPREADS
from ssb_model.library import FieldCell

GRID = np.linspace(-4.0, 4.0, 101)  # of ln J: x/÷ 55
ROOT = len(GRID) // 2
COMPONENTS = 1000
SEED = 1
LEAST = 1e-300

#: ln of a likelihood
Logs = Float[np.ndarray, "draws grid"]
#: a node: lab, garnet of it and interface on that, as far down as it goes
Node = tuple[str, ...]


class Effects(NamedTuple):
    """Draws that agree with the rows, and the effects of one node.

    Attributes
    ----------
    chosen
        Places of the draws.
    sum
        Of the effects of the node and of those above it, as far down as rows have it.
    depth
        How far down that is: 0 where no row is of its lab, 3 where one has its interface.
    effective
        How many draws of equal weight the weighted ones are worth.
    """

    chosen: Int[np.ndarray, " components"]
    sum: Float[np.ndarray, " components"]
    depth: int
    effective: float

    def variances(self, posterior: Posterior) -> Float[np.ndarray, " components"]:
        """Of the effects that no row tells."""
        unknown = [posterior.theta[name][self.chosen] ** 2 for name in SPREADS[self.depth :]]
        return np.sum(unknown, axis=0) if unknown else np.zeros(len(self.chosen))


def effects_of(node: Node, rows: Sequence[FieldCell], posterior: Posterior) -> Effects:
    """The :class:`Effects` of a node; rows that the posterior was learnt from weigh no draw."""
    learnt = {cell.name: cell for cell in posterior.cells}
    again = [row for row in rows if learnt.get(row.name) == row]
    tree = _tree(rows, posterior)
    weights = softmax(tree[()][:, ROOT] - _tree(again, posterior)[()][:, ROOT])
    chosen = _even(weights)
    rng, at, depth = np.random.default_rng(SEED), np.full(COMPONENTS, ROOT), 0
    for name in SPREADS[: len(node)]:
        below = tree.get(node[: depth + 1])
        if below is None:
            break
        away = (GRID - GRID[at, None]) / posterior.theta[name][chosen, None]
        share = softmax(below[chosen] - 0.5 * away**2, axis=-1)
        at, depth = _of_each(share, rng.permutation(_middles(COMPONENTS))), depth + 1
    return Effects(chosen, GRID[at], depth, float(1 / np.sum(weights**2)))


def _tree(rows: Sequence[FieldCell], posterior: Posterior) -> Mapping[Node, Logs]:
    """ln of the likelihood of all rows below each node, by the sum of effects there."""
    tree: dict[Node, Logs] = {(): np.zeros((len(posterior.theta["noise"]), len(GRID)))}
    for row in rows:
        leaf = row.lab, row.garnet, row.treatment
        tree[leaf] = tree.get(leaf, 0.0) + _of_row(row, posterior)
    for depth, name in reversed(list(enumerate(SPREADS))):
        for node in [node for node in tree if len(node) == depth + 1]:
            parent, sd = node[:depth], posterior.theta[name]
            tree[parent] = tree.get(parent, 0.0) + _carried(tree[node], sd)
    return tree


def _carried(logs: Logs, sd: Float[np.ndarray, " draws"]) -> Logs:
    """ln of the mean of exp(logs) under a normal law about each place of the grid."""
    steps = np.arange(1 - len(GRID), len(GRID)) * (GRID[1] - GRID[0])
    law = np.exp(-0.5 * (steps / sd[:, None]) ** 2)
    about = sliding_window_view(law, len(GRID), axis=-1)[:, ::-1]  # (draws, centre, grid)
    top = logs.max(axis=-1, keepdims=True)
    mean = np.einsum("dij,dj->di", about, np.exp(logs - top)) / about.sum(axis=-1)
    return top + np.log(np.maximum(mean, LEAST))


def _of_row(row: FieldCell, posterior: Posterior) -> Logs:
    """ln p of one row, over its temperatures."""
    theta, at = posterior.theta, covariates(row, posterior.spread)
    if row.layer == "none" and row.contact == "bare":
        at = at._replace(design=_bare(at, posterior))
    mean, unsaid = mean_of(theta, at)
    logs = []
    for T, share in zip(at.temperature, at.temperature_weights, strict=True):
        if share > 0:
            middle = (mean + warmth(theta, T))[:, None] + GRID
            inside = _log_inside(interval(row), middle, unsaid[:, None], theta["noise"][:, None])
            logs.append(np.log(share) + inside)
    return np.asarray(logsumexp(logs, axis=0))


def _bare(at: Covariates, posterior: Posterior) -> Float[np.ndarray, " levels"]:
    """A bare cell of one's own is as much a control as its resistance says."""
    R = np.exp(at.resistance_weights @ np.log(at.resistance))
    return designs(None, "none", np.array([R]), posterior.spread)[0]


def _log_inside(ends: tuple[float, float], middle: Any, variance: Any, noise: Any) -> Any:
    low, high = ends
    if low == high:
        return log_density(low - middle, variance, noise, np)
    below = [probability_below(end - middle, variance, noise, np, erfc) for end in (high, low)]
    return np.log(np.maximum(below[0] - below[1], LEAST))


def _even(weights: Float[np.ndarray, " draws"]) -> Any:
    """Places, each as often as its weight, by systematic resampling."""
    places = np.searchsorted(np.cumsum(weights) / weights.sum(), _middles(COMPONENTS))
    return np.minimum(places, len(weights) - 1)


def _middles(number: int) -> Float[np.ndarray, " number"]:
    return (np.arange(number) + 0.5) / number


def _of_each(shares: Float[np.ndarray, "n grid"], uniforms: Float[np.ndarray, " n"]) -> Any:
    """A place of the grid for each row of shares, by its uniform number."""
    below = np.cumsum(shares, axis=-1)
    return np.minimum((below < uniforms[:, None]).sum(axis=-1), shares.shape[-1] - 1)
