"""Figures of a sampled posterior: pairs of parameters, and how the chains mix."""

import textwrap

import numpy as np
from jaxtyping import Float, Int
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.fitting import Posterior
from ssb_model.plotting import (
    BARE,
    COATED,
    IONIC,
    MIDDLE,
    QUIET,
    THICK,
    THIN,
    footer,
    house_style,
    new_figure,
)

PAIRED = 4  # parameters in the figure of pairs
RANKED = 6  # parameters in the figure of ranks
POINTS = 1000
BINS = 20
TICKS = 3
CHAINS = (COATED, BARE, MIDDLE, THICK, IONIC, THIN)


@house_style()
def pair_figure(sampled: Posterior) -> Figure:
    """Draws of the parameters that are tied most strongly to another one, pair by pair."""
    chosen = most_correlated(sampled, PAIRED)
    n = len(chosen)
    side = 2.6 * n + 1.6
    figure, axes = new_figure(n, n, size=(side, side), squeeze=False)
    draws = [_drawn(sampled, k) for k in chosen]
    for row in range(n):
        for column in range(n):
            _pair(axes[row, column], draws, row, column)
    for k, label in enumerate(_label(sampled, k) for k in chosen):
        axes[-1, k].set_xlabel(label, fontsize=10)
        if k:
            axes[k, 0].set_ylabel(label, fontsize=10)
    footer(figure, "Draws of the posterior; on the diagonal their histograms.", origin="")
    return figure


@house_style()
def rank_figure(sampled: Posterior) -> Figure:
    """Ranks of each chain's draws among all: level where the chains have mixed.

    Of the parameters with the highest R-hat.
    """
    chosen = np.argsort([-row["r_hat"] for row in sampled.table])[:RANKED]
    columns = min(3, len(chosen))
    rows = -(-len(chosen) // columns)
    figure, axes = new_figure(rows, columns, size=(4.2 * columns, 2.9 * rows), squeeze=False)
    for axis in axes.flat[len(chosen) :]:
        axis.set_visible(False)
    for axis, k in zip(axes.flat, chosen, strict=False):
        _ranks(axis, sampled.u[..., k])
        axis.set_title(_wrapped(sampled.fit.problem.space.labels[k]), fontsize=10)
    sentence = "Draws of each chain (a colour each) by their rank among all; level if it has mixed."
    footer(figure, sentence, origin="")
    return figure


def most_correlated(sampled: Posterior, count: int) -> Int[np.ndarray, " chosen"]:
    """Positions of the parameters whose strongest correlation with another is highest."""
    u = sampled.u.reshape(-1, sampled.u.shape[-1])
    if u.shape[1] == 1:
        return np.array([0])
    strength = np.abs(np.corrcoef(u, rowvar=False)) - np.eye(u.shape[1])
    return np.argsort(-strength.max(axis=1))[:count]


def _drawn(sampled: Posterior, k: int) -> tuple[Float[np.ndarray, " points"], bool]:
    """Evenly spaced draws of a parameter, and whether its axis is logarithmic."""
    parameter = sampled.fit.problem.space.parameters[k]
    values = sampled.values[parameter.label].ravel()
    at = np.linspace(0, len(values) - 1, min(POINTS, len(values))).astype(int)
    return values[at], parameter.scale == "log" and bool(values.max() > 10 * values.min())


def _pair(
    axis: Axes, draws: list[tuple[Float[np.ndarray, " points"], bool]], row: int, column: int
) -> None:
    x, log = draws[column]
    if column > row:
        axis.set_visible(False)
        return
    axis.set_xscale("log" if log else "linear")
    axis.tick_params(labelsize=9)
    for own in (axis.xaxis, axis.yaxis):
        own.get_offset_text().set_fontsize(9)
    if column == row:
        bins = np.geomspace(x.min(), x.max(), BINS) if log else BINS
        axis.hist(x, bins=bins, color=COATED, alpha=0.7)
        axis.set_yticks([])
    else:
        y, log_y = draws[row]
        axis.plot(x, y, ".", color=COATED, ms=2.5, alpha=0.4)
        axis.set_yscale("log" if log_y else "linear")
    if not log:
        axis.locator_params(axis="x", nbins=TICKS)


def _ranks(axis: Axes, u: Float[np.ndarray, "chains draws"]) -> None:
    ranks = np.argsort(np.argsort(u, axis=None)).reshape(u.shape)
    for chain, own in enumerate(ranks):
        colour = CHAINS[chain % len(CHAINS)]
        axis.hist(own, bins=BINS, range=(0, u.size), histtype="step", color=colour, lw=1.2)
    axis.axhline(u.shape[1] / BINS, color=QUIET, ls="--", lw=1.2)
    axis.set(xlabel="rank", ylabel="draws")


def _label(sampled: Posterior, k: int) -> str:
    parameter = sampled.fit.problem.space.parameters[k]
    unit = "1" if parameter.unit == "-" else parameter.unit
    return _wrapped(f"{parameter.label} [{unit}]")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 26)
