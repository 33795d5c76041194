"""Curves of a prediction sheet: spectra, polarisation and capacity, medians with their bands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex, Float
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from ssb_model.plotting import QUIET, equal_axes, plain_ticks
from ssb_model.prediction.questions import CRITICAL_CURRENT, CURRENTS, RATES
from ssb_model.prediction.result.quantity import PERCENTILES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ssb_model.prediction.result.prediction import Prediction

    Shown = Sequence[tuple[Prediction, str]]  # with their colours

LARGER = 4.0  # times the smallest spectrum, from where one needs a panel of its own
SEEN = 2.5  # times the largest median resistance: what a panel of spectra shows
HEIGHT, LOW = 0.55, 0.27  # of such a panel, in widths; of one over two columns
MOST_LINES = 100
FINE = {"linewidths": 0.8, "alpha": 0.12}
CYCLED, MOST_CYCLES = "0.5C", 1000  # of the survival curves
BAND = {"alpha": 0.22, "linewidth": 0}


def split_by_size(shown: Shown) -> tuple[list[tuple[Prediction, str]], ...]:
    """Those whose spectra fit one scale with the smallest, and those too large for it."""
    ends = [np.median(np.real(one.spectrum), axis=1).max() for one, _ in shown]
    limit = LARGER * min(ends)
    groups: tuple[list[tuple[Prediction, str]], ...] = [], []
    for pair, end in zip(shown, ends, strict=True):
        groups[int(end > limit)].append(pair)
    return groups


def draw_nyquist(axes: Axes, group: Shown, title: str, height: float = HEIGHT) -> None:
    """Spectra of the symmetric cell, one scale both ways.

    The line is the draw of median resistance; the fine lines are the central 95 % by resistance,
    which may leave the panel.
    """
    ends = [np.percentile(np.real(one.spectrum).max(axis=0), PERCENTILES) for one, _ in group]
    starts = [np.percentile(np.real(one.spectrum).min(axis=0), 2.5) for one, _ in group]
    for (one, colour), (_, *central) in zip(group[::-1], ends[::-1], strict=True):
        _spectra(axes, one.spectrum, central, colour)
    left, widest = 0.97 * min(starts), max(middle for middle, *_ in ends)
    right = min(1.02 * max(high for *_, high in ends), SEEN * widest)
    equal_axes(axes, (left, right), 0, height * (right - left))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.set_title(title)


def _spectra(
    axes: Axes,
    spectrum: Complex[np.ndarray, "frequencies n"],
    central: Sequence[float],
    colour: str,
) -> None:
    """Fine lines of the draws between both ends of resistance, and a line amid them."""
    R = np.real(spectrum).max(axis=0)
    order = np.argsort(R)
    within = order[(R[order] >= central[0]) & (R[order] <= central[1])]
    some = spectrum[:, within[:: max(1, len(within) // MOST_LINES)]].T
    fine = LineCollection(
        list(np.stack([np.real(some), -np.imag(some)], axis=-1)), colors=colour, **FINE
    )
    axes.add_collection(fine, autolim=False)
    middle = spectrum[:, order[len(order) // 2]]
    axes.plot(np.real(middle), -np.imag(middle), color=colour)


def draw_polarisations(axes: Axes, shown: Shown) -> None:
    """Voltage of the symmetric cell against current; dashed above the critical current."""
    J = np.array(CURRENTS)
    highest = J.max()
    for one, colour in shown[::-1]:
        names = [f"polarisation at {x:g} mA/cm2" for x in CURRENTS]
        median = _drawn_band(axes, J, one, names, colour)
        critical = np.median(one[CRITICAL_CURRENT])
        _until(axes, J, median, critical, colour)
        axes.plot(critical, 0.03, "^", color=colour, transform=axes.get_xaxis_transform())
        highest = max(highest, critical)
    axes.set(xscale="log", yscale="log", xlim=(0.08, 1.35 * highest))
    plain_ticks(axes.xaxis, [x for x in (*CURRENTS, 5, 10, 20) if x < 1.35 * highest])
    low, high = axes.get_ylim()
    axes.set_ylim(low / 2)
    plain_ticks(axes.yaxis, [x for x in (1, 3, 10, 30, 100, 300, 1000, 3000) if low / 2 < x < high])
    axes.set(xlabel="current density [mA/cm²]", ylabel="voltage after 1 h [mV]")
    axes.set_title("Polarisation; triangles: critical current")


def _until(
    axes: Axes,
    J: Float[np.ndarray, " currents"],
    median: Float[np.ndarray, " currents"],
    critical: float,
    colour: str,
) -> None:
    """Solid up to the critical current, dashed beyond."""
    at = np.clip(critical, J[0], J[-1])
    there = np.exp(np.interp(np.log(at), np.log(J), np.log(median)))
    below, above = at >= J, at <= J
    axes.plot(np.append(J[below], at), np.append(median[below], there), color=colour)
    axes.plot(np.append(at, J[above]), np.append(there, median[above]), "--", color=colour)


def draw_capacities(axes: Axes, shown: Shown) -> None:
    """Discharge capacity of the full cell against C-rate."""
    names = [f"capacity at {rate:g}C" for rate in RATES]
    for one, colour in shown[::-1]:
        median = _drawn_band(axes, RATES, one, names, colour)
        axes.plot(RATES, median, color=colour)
    axes.set(xlim=(0, 1.04 * max(RATES)), xlabel="C-rate [1/h]")
    axes.set(ylabel="discharge capacity [mAh/g]", title="Rate capability, full cell")


def draw_survival(axes: Axes, shown: Shown) -> None:
    """Share of full cells without a short circuit against the number of cycles."""
    cycles = np.unique(np.geomspace(1, MOST_CYCLES, 200).round())
    for one, colour in shown[::-1]:
        if CYCLED in one.filament_use:
            axes.plot(cycles, one.survival(CYCLED, cycles), color=colour)
    if not any(one.filament_use for one, _ in shown):
        axes.text(0.5, 0.5, "not of mean cells", transform=axes.transAxes, ha="center", color=QUIET)
    axes.set(xscale="log", xlim=(1, MOST_CYCLES), ylim=(0, 105), xlabel="cycles [–]")
    plain_ticks(axes.xaxis, [1, 10, 100, 1000])
    axes.set(ylabel="without a short circuit [%]", title=f"Full cells charged at {CYCLED}")


def _drawn_band(
    axes: Axes,
    x: Sequence[float] | Float[np.ndarray, " x"],
    one: Prediction,
    names: Sequence[str],
    colour: str,
) -> Float[np.ndarray, " x"]:
    """Draw the band of these quantities; returns their medians."""
    values = np.array([one[name] for name in names])
    median, low, high = np.percentile(values, PERCENTILES, axis=1)
    axes.fill_between(x, low, high, color=colour, **BAND)
    return median
