"""A distribution of relaxation times as a figure: processes with their numbers, ripples without."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter

from ssb_model.data.validation.resolved import well_above
from ssb_model.plotting import PAPER, QUIET, SMALL, footer, house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.data.validation.marks import Comparison
    from ssb_model.data.validation.peaks import Peak
    from ssb_model.data.validation.process import Process
    from ssb_model.data.validation.relaxation import Relaxation

MODEL = "#E69F00"  # not the colours of the cells: here a colour is a role
NARROW = 0.1  # of the axis: half the width of a process's numbers
TALL = 0.17  # of the highest gamma: their height
LATE = 0.7  # of the axis: names from there on run to the left, lest they leave it
OPEN = {"markerfacecolor": "none", "markersize": 12, "markeredgewidth": 2, "zorder": 5}


@house_style()
def draw_relaxation(relaxation: "Relaxation", comparison: "Comparison | None" = None) -> Figure:
    """A distribution of relaxation times; below it, if given, the model's processes."""
    rows = 1 if comparison is None else 2
    figure, axes = new_figure(rows, 1, size=(8.6, 1.6 + 3.6 * rows), sharex=True, squeeze=False)
    _distribution(axes[0, 0], relaxation)
    if comparison is not None:
        _processes(axes[1, 0], comparison)
    for one in axes[:, 0]:
        _unmeasured(one, relaxation)
    axes[-1, 0].set_xlabel("time constant τ [s]")
    footer(
        figure,
        "Numbers: R (95 %) and effective C = τ/R of a process. Grey: outside the measured band.",
        *_missed(relaxation),
        f"Tikhonov, non-negative, λ = {relaxation.regularisation:.1g}.",
        origin="",
    )
    return figure


def _missed(relaxation: "Relaxation") -> list[str]:
    """What the distribution does not show, a sentence each."""
    lines = [
        f"Taken off first, as no positive distribution shows it: a loop, {one.sentence()}"
        for one in relaxation.resolved.loops
    ]
    if well_above(relaxation.misfit, relaxation.noise):
        times = relaxation.misfit / relaxation.noise
        lines.append(
            f"It misses the spectrum by {times:.2g} times the noise: no peak is an answer."
        )
    return lines


def _distribution(axes: Axes, relaxation: "Relaxation") -> None:
    axes.semilogx(relaxation.tau, relaxation.gamma, color=PAPER)
    for peak in relaxation.peaks:
        _circle(axes, peak, _height(peak, relaxation))
    named = [peak for peak in relaxation.peaks if peak.firm]
    top = float(relaxation.gamma.max())
    highest = 0.0
    for peak, low in zip(named, _levels(named, relaxation), strict=True):
        text = "\n".join(_label(one) for one in peak.processes)
        share = _share(peak.tau, relaxation)
        side = "left" if share < NARROW else "right" if share > 1 - NARROW else "center"
        axes.vlines(peak.tau, _height(peak, relaxation), low, color=QUIET, lw=0.8, zorder=1)
        axes.annotate(
            text, (peak.tau, low), (0, 6), textcoords="offset points", ha=side, fontsize=SMALL
        )
        highest = max(highest, low + TALL * len(peak.processes) * top)
    axes.set(ylabel="γ(ln τ) [Ω]")
    axes.set_title("Distribution of relaxation times")
    axes.set_ylim(0, 1.05 * max(highest, top) or 1.0)
    _key(axes)


def _key(axes: Axes) -> None:
    """What the circles mean, beside the title."""
    for colour, face, label in (
        (PAPER, PAPER, "process"),
        (QUIET, "white", "may be a ripple, or unmeasured"),
    ):
        axes.plot([], [], "o", color=colour, markerfacecolor=face, label=label)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)


def _levels(peaks: "Sequence[Peak]", relaxation: "Relaxation") -> list[float]:
    """Where the numbers of each peak begin [Ohm]: above the curve and the numbers beside it."""
    where = np.array([_share(tau, relaxation) for tau in relaxation.tau])
    top = float(relaxation.gamma.max())
    placed: list[tuple[float, float, float]] = []
    for peak in peaks:
        share = _share(peak.tau, relaxation)
        low = float(relaxation.gamma[np.abs(where - share) < NARROW].max())
        tall = TALL * len(peak.processes) * top
        for other, foot, head in sorted(placed, key=lambda one: one[1]):
            if abs(other - share) < 2 * NARROW and low < head and foot < low + tall:
                low = head
        placed.append((share, low, low + tall))
    return [low for _, low, _ in placed]


def _height(peak: "Peak", relaxation: "Relaxation") -> float:
    return float(np.interp(np.log(peak.tau), np.log(relaxation.tau), relaxation.gamma))


def _label(process: "Process") -> str:
    """R as far as it is known, with its 95 % interval, and C."""
    low, high = process.resistance_95
    digits = ".3g" if f"{low:.3g}" != f"{high:.3g}" else ".4g"
    farad = EngFormatter("F")(float(f"{process.capacitance:.2g}"))
    return f"{process.resistance:.3g} Ω ({low:{digits}}–{high:{digits}})\n{farad}"


def _share(tau: float, relaxation: "Relaxation") -> float:
    """Place on the axis of time constants, 0 to 1."""
    low, high = np.log(relaxation.tau[[0, -1]])
    return float((np.log(tau) - low) / (high - low))


def _processes(axes: Axes, comparison: "Comparison") -> None:
    for peak in comparison.relaxation.peaks:
        if peak.firm:
            _circle(axes, peak, peak.resistance)
    for mark in comparison.marks:
        axes.plot(mark.tau, mark.resistance, "D", color=MODEL, **OPEN)
        late = _share(mark.tau, comparison.relaxation) > LATE
        axes.annotate(
            mark.name,
            (mark.tau, mark.resistance),
            (-10 if late else 10, -4),
            textcoords="offset points",
            ha="right" if late else "left",
            fontsize=SMALL,
        )
    axes.set(xscale="log", yscale="log", ylabel="resistance [Ω]")
    axes.margins(y=0.25)
    axes.set_title("Peaks (circles) beside the model's processes (diamonds)")


def _circle(axes: Axes, peak: "Peak", height: float) -> None:
    colour, face = (PAPER, PAPER) if peak.firm else (QUIET, "white")
    axes.plot(peak.tau, height, "o", color=colour, markerfacecolor=face, zorder=4)


def _unmeasured(axes: Axes, relaxation: "Relaxation") -> None:
    omega = 2 * np.pi * relaxation.frequency
    ends = relaxation.tau[0], relaxation.tau[-1]
    axes.axvspan(ends[0], 1 / omega.max(), color=PAPER, alpha=0.06, lw=0)
    axes.axvspan(1 / omega.min(), ends[1], color=PAPER, alpha=0.06, lw=0)
    axes.set_xlim(*ends)
