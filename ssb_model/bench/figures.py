"""The figures of a bench at the width of a journal's column, and the numbers behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Complex, Float
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.bench.arrhenius import Arrhenius
from ssb_model.constants import TO_OHM_CM2, ZERO_CELSIUS
from ssb_model.plotting import PlainFigure, house_style, shades

COLUMN = 3.35  # inches: one column of a journal
SMALL = 7  # pt
STYLE: dict[Any, Any] = {
    "font.size": SMALL,
    "axes.labelsize": SMALL,
    "axes.titlesize": SMALL,
    "axes.titlepad": 4,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL - 1,
    "lines.linewidth": 1.2,
    "lines.markersize": 3,
    "axes.linewidth": 0.6,
    "grid.linewidth": 0.4,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}

Columns = Mapping[str, Sequence[float] | np.ndarray]


@dataclass(frozen=True)
class Drawn:
    """A figure and the numbers behind it: a table a curve, by name."""

    name: str
    figure: Figure
    data: Mapping[str, Columns]


@contextmanager
def column_style() -> Iterator[None]:
    """The house style in the sizes of a journal's column."""
    with house_style(), rc_context(STYLE):
        yield


def new_column(height: float = 2.6) -> tuple[Figure, Axes]:
    """A figure of one column's width."""
    figure = PlainFigure(figsize=(COLUMN, height), layout="constrained")
    return figure, figure.add_subplot()


@dataclass(frozen=True)
class Curve:
    """A spectrum with its fit, areal: ohm m2.

    Attributes
    ----------
    label
        In the legend.
    frequency
        Hz.
    measured, fitted
        Impedance times area [ohm m2].
    """

    label: str
    frequency: Float[np.ndarray, " frequencies"]
    measured: Complex[np.ndarray, " frequencies"]
    fitted: Complex[np.ndarray, " frequencies"]


def nyquist(cell: str, curves: Sequence[Curve]) -> Drawn:
    """All spectra of a cell with their circuits."""
    with column_style():
        figure, axes = new_column()
        for curve, colour in zip(curves, shades(len(curves)), strict=True):
            z, fit = TO_OHM_CM2 * curve.measured, TO_OHM_CM2 * curve.fitted
            axes.plot(np.real(z), -np.imag(z), "o", color=colour, mfc="none", label=curve.label)
            axes.plot(np.real(fit), -np.imag(fit), "-", color=colour)
        axes.set_aspect("equal", adjustable="datalim")
        axes.set(xlabel="Re Z·A [Ω cm²]", ylabel="−Im Z·A [Ω cm²]", title=cell)
        axes.legend(title="circles measured, lines fitted", title_fontsize=SMALL - 1)
    data = {
        curve.label: {
            "Frequency [Hz]": curve.frequency,
            "Re(Z) area [ohm cm2]": TO_OHM_CM2 * np.real(curve.measured),
            "Im(Z) area [ohm cm2]": TO_OHM_CM2 * np.imag(curve.measured),
            "Re(Z) area, fit [ohm cm2]": TO_OHM_CM2 * np.real(curve.fitted),
            "Im(Z) area, fit [ohm cm2]": TO_OHM_CM2 * np.imag(curve.fitted),
        }
        for curve in curves
    }
    return Drawn(f"nyquist {cell}", figure, data)


def arrhenius(title: str, unit: str, fits: Mapping[str, tuple[Arrhenius, float]]) -> Drawn:
    """Resistances, or conductivities, against 1000/T with lines and 95 % bands.

    Parameters
    ----------
    title
        What is drawn, on the axis.
    unit
        Of it.
    fits
        By cell: the fit and the factor from its resistance [ohm] to the unit; of a conductivity,
        negative: the factor over the resistance.
    """
    data: dict[str, Columns] = {}
    with column_style():
        figure, axes = new_column()
        colours = shades(len(fits))
        for (cell, (fit, factor)), colour in zip(fits.items(), colours, strict=True):

            def scaled(R: np.ndarray, factor: float = factor) -> np.ndarray:
                return factor * R if factor > 0 else -factor / R

            T = fit.temperature
            own = [fit.own(k).interval() for k in range(len(T))]
            value = scaled(np.array([one.value for one in own]))
            ends = np.sort(scaled(np.array([[one.lower, one.upper] for one in own])), axis=1)
            errors = np.abs(ends.T - value)
            style = {"color": colour, "mfc": "white", "capsize": 1.5, "lw": 0.7}
            axes.errorbar(1e3 / T, value, errors, fmt="o", label=cell, **style)
            columns: dict[str, np.ndarray] = {
                "Temperature [K]": T,
                f"{title} [{unit}]": value,
                f"lower 95 [{unit}]": ends[:, 0],
                f"upper 95 [{unit}]": ends[:, 1],
            }
            data[cell] = columns
            if np.ptp(T) > 0:
                fine = np.linspace(T.min(), T.max(), 60)
                middle, low, high = (scaled(R) for R in fit.line(fine))
                axes.plot(1e3 / fine, middle, "-", color=colour)
                axes.fill_between(1e3 / fine, low, high, color=colour, alpha=0.2, lw=0)
        axes.set(xlabel="1000/T [1/K]", ylabel=f"{title} [{unit}]", yscale="log")
        axes.legend()
        top = axes.secondary_xaxis("top", functions=(_celsius, _inverse))
        top.set_xlabel("temperature [°C]")
    return Drawn(f"arrhenius {title}", figure, data)


def _celsius(x: Any) -> Any:
    return 1e3 / np.maximum(x, 1e-3) - ZERO_CELSIUS


def _inverse(t: Any) -> Any:
    return 1e3 / np.maximum(t + ZERO_CELSIUS, 1e-3)
