"""Figures of a study: measured points, the fitted model, and what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex, Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.constants import HOUR, TO_MA, ZERO_CELSIUS
from ssb_model.plotting import (
    COATED,
    PAPER,
    QUIET,
    footer,
    house_style,
    new_figure,
    scale_axis,
)

if TYPE_CHECKING:
    from ssb_model.study.kinds.experiment import Experiment
    from ssb_model.study.kinds.impedance import Spectrum
    from ssb_model.study.kinds.voltage import VoltageRecord

ORIGIN = "Black: measured, as the study's files give it. Line: fitted model."
BAND = "Band: where 95 % of residuals of noise alone would lie."


@house_style()
def spectrum_fit(
    spectrum: Spectrum, model: Complex[np.ndarray, " frequencies"], noise: float
) -> Figure:
    """A spectrum with its fit: Nyquist, modulus and phase, and residuals over the noise.

    Parameters
    ----------
    spectrum
        Measured.
    model
        Fitted impedance [Ohm].
    noise
        Of real and imaginary part, over the modulus.
    """
    f, z = spectrum.frequency, np.asarray(spectrum.impedance)
    figure, axes = new_figure(2, 2, size=(10.4, 7.2))
    (nyquist, modulus), (residuals, phase) = axes
    _both(nyquist, np.real(z), -np.imag(z), np.real(model), -np.imag(model))
    nyquist.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title=spectrum.name)
    nyquist.set_aspect("equal", adjustable="datalim")
    _both(modulus, f, np.abs(z), f, np.abs(model))
    modulus.set(xscale="log", xlabel="frequency [Hz]", ylabel="|Z| [Ω]")
    scale_axis(modulus, "y", logarithmic=True, ends=(np.abs(z).min(), np.abs(z).max()))
    _both(phase, f, -np.angle(z, deg=True), f, -np.angle(model, deg=True))
    phase.set(xscale="log", xlabel="frequency [Hz]", ylabel="−phase [°]")
    left = (model - z) / np.abs(z) / noise
    residuals.plot(f, np.real(left), "o", color=PAPER, ms=4, label="real part")
    residuals.plot(f, np.imag(left), "s", color=QUIET, ms=4, mfc="white", label="imaginary part")
    residuals.axhspan(-1.96, 1.96, color=COATED, alpha=0.12, lw=0)
    residuals.set(xscale="log", xlabel="frequency [Hz]", ylabel="residual over noise [1]")
    residuals.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    footer(
        figure, f"{spectrum.temperature - ZERO_CELSIUS:.4g} °C. {BAND}", origin=_origin(spectrum)
    )
    return figure


@house_style()
def record_fit(
    record: VoltageRecord, model: Float[np.ndarray, " times"], noise: Float[np.ndarray, " times"]
) -> Figure:
    """A voltage against time with its fit, its current, and residuals over the noise.

    Parameters
    ----------
    record
        Measured.
    model, noise
        Fitted voltage and standard deviations [V].
    """
    figure, axes = new_figure(3, 1, size=(9.6, 8.4), sharex=True)
    voltage, current, residuals = axes
    hours, measured = record.time / HOUR, np.asarray(record.voltage)
    _both(voltage, hours, measured, hours, model)
    voltage.set(ylabel="voltage [V]", title=record.name)
    current.stairs(TO_MA * record.pieces.current, record.pieces.edges / HOUR, color=QUIET, lw=1.6)
    current.set(ylabel="current [mA]")
    residuals.plot(hours, (model - measured) / noise, "o", color=PAPER, ms=3)
    residuals.axhspan(-1.96, 1.96, color=COATED, alpha=0.12, lw=0)
    residuals.set(xlabel="time [h]", ylabel="residual over noise [1]")
    footer(figure, f"{record.temperature - ZERO_CELSIUS:.4g} °C. {BAND}", origin=_origin(record))
    return figure


@house_style()
def curve_fit(
    title: str,
    x: Float[np.ndarray, " numbers"],
    measured: Float[np.ndarray, " numbers"],
    model: Float[np.ndarray, " numbers"],
    noise: Float[np.ndarray, " numbers"],
    labels: tuple[str, str],
) -> Figure:
    """Points against a fit, with error bars of 1.96 noise; ``labels`` of both axes."""
    figure, axes = new_figure(size=(7.4, 4.8))
    order = np.argsort(x)
    axes.plot(x[order], model[order], color=COATED)
    axes.errorbar(x, measured, yerr=1.96 * noise, fmt="o", color=PAPER)
    axes.set(xlabel=labels[0], ylabel=labels[1], title=title)
    footer(figure, "Bars: 1.96 times the stated noise.", origin=ORIGIN)
    return figure


def _origin(experiment: Experiment) -> str:
    """Where the points come from; a file that calls itself synthetic is not called measured."""
    return ORIGIN.replace("measured", "synthetic") if experiment.synthetic else ORIGIN


def _both(
    axes: Axes,
    x: Float[np.ndarray, " numbers"],
    y: Float[np.ndarray, " numbers"],
    x_model: Float[np.ndarray, " numbers"],
    y_model: Float[np.ndarray, " numbers"],
) -> None:
    axes.plot(x, y, "o", color=PAPER, ms=4)
    axes.plot(x_model, y_model, color=COATED)
