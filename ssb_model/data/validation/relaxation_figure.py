"""A distribution of relaxation times as a figure: processes with their numbers, ripples without."""

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.data.validation.process import well_above
from ssb_model.plotting import PAPER, QUIET, SMALL, footer, house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.data.validation.marks import Comparison
    from ssb_model.data.validation.peaks import Peak
    from ssb_model.data.validation.process import Process
    from ssb_model.data.validation.relaxation import Relaxation

MODEL = "#E69F00"  # not the colours of the cells: here a colour is a role
Side: TypeAlias = Literal["left", "center", "right"]
CLOSE = 0.09  # of the axis: numbers of peaks so close would lie on each other
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
        "Filled: a process that the data ask for, with R and effective C = τ/R (95 %). Open: may "
        "be a ripple of the method, or lies outside the measured band (grey).",
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
    heights = {
        peak: np.interp(np.log(peak.tau), np.log(relaxation.tau), relaxation.gamma)
        for peak in relaxation.peaks
    }
    for peak, height in heights.items():
        _circle(axes, peak, height)
    named = [peak for peak in relaxation.peaks if peak.firm]
    for peak, side in zip(named, _sides(named, relaxation), strict=True):
        text = "\n".join(_label(one) for one in peak.processes)
        place = (peak.tau, heights[peak])
        axes.annotate(text, place, (0, 8), textcoords="offset points", ha=side, fontsize=SMALL)
    axes.set(ylabel="γ(ln τ) [Ω]", title="Distribution of relaxation times")
    axes.margins(y=0.25)
    axes.set_ylim(bottom=0)


def _label(process: "Process") -> str:
    """R and C as far as they are known: value and 95 % interval."""
    ohm = "{:.3g}-{:.3g}".format(*process.resistance_95)
    farad = "{:.2g}-{:.2g}".format(*process.capacitance_95)
    return f"{process.resistance:.3g} Ω ({ohm})\n{process.capacitance:.2g} F ({farad})"


def _sides(peaks: "Sequence[Peak]", relaxation: "Relaxation") -> list[Side]:
    """Which way the number of each peak runs: away from a neighbour that is close."""
    where = np.array([_share(peak.tau, relaxation) for peak in peaks])
    close = np.diff(where) < CLOSE
    left, right = np.append(False, close), np.append(close, False)
    return np.where(right & ~left, "right", np.where(left & ~right, "left", "center")).tolist()


def _share(tau: float, relaxation: "Relaxation") -> float:
    """Place on the axis of time constants, 0 to 1."""
    low, high = np.log(relaxation.tau[[0, -1]])
    return (np.log(tau) - low) / (high - low)


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
