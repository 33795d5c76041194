"""Figures of a study: measured points, the fitted model, and what is left over."""

import numpy as np

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

ORIGIN = "Black: measured, as the study's files give it. Line: fitted model."
BAND = "Band: where 95 % of residuals of noise alone would lie."


@house_style()
def spectrum_fit(spectrum, model, noise):
    """A spectrum with its fit: Nyquist, modulus and phase, and residuals over the noise.

    Parameters
    ----------
    spectrum : ssb_model.study.kinds.Spectrum
    model : complex array (F,)
        Fitted impedance [Ohm].
    noise : float
        Of real and imaginary part, over the modulus.

    Returns
    -------
    matplotlib.figure.Figure
    """
    f, z = spectrum.frequency, spectrum.impedance
    figure, axes = new_figure(2, 2, size=(10.4, 7.2))
    (nyquist, modulus), (residuals, phase) = axes
    _both(nyquist, z.real, -z.imag, model.real, -model.imag)
    nyquist.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title=spectrum.name)
    nyquist.set_aspect("equal", adjustable="datalim")
    _both(modulus, f, np.abs(z), f, np.abs(model))
    modulus.set(xscale="log", xlabel="frequency [Hz]", ylabel="|Z| [Ω]")
    scale_axis(modulus, "y", logarithmic=True, ends=(np.abs(z).min(), np.abs(z).max()))
    _both(phase, f, -np.angle(z, deg=True), f, -np.angle(model, deg=True))
    phase.set(xscale="log", xlabel="frequency [Hz]", ylabel="−phase [°]")
    left = (model - z) / np.abs(z) / noise
    residuals.plot(f, left.real, "o", color=PAPER, ms=4, label="real part")
    residuals.plot(f, left.imag, "s", color=QUIET, ms=4, mfc="white", label="imaginary part")
    residuals.axhspan(-1.96, 1.96, color=COATED, alpha=0.12, lw=0)
    residuals.set(xscale="log", xlabel="frequency [Hz]", ylabel="residual over noise [1]")
    residuals.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    footer(
        figure, f"{spectrum.temperature - ZERO_CELSIUS:.4g} °C. {BAND}", origin=_origin(spectrum)
    )
    return figure


@house_style()
def record_fit(record, model, noise):
    """A voltage against time with its fit, its current, and residuals over the noise.

    Parameters
    ----------
    record : ssb_model.study.kinds.VoltageRecord
    model, noise : array (N,)
        Fitted voltage and standard deviations [V].

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = new_figure(3, 1, size=(9.6, 8.4), sharex=True)
    voltage, current, residuals = axes
    hours = record.time / HOUR
    _both(voltage, hours, record.voltage, hours, model)
    voltage.set(ylabel="voltage [V]", title=record.name)
    current.stairs(TO_MA * record.pieces.current, record.pieces.edges / HOUR, color=QUIET, lw=1.6)
    current.set(ylabel="current [mA]")
    residuals.plot(hours, (model - record.voltage) / noise, "o", color=PAPER, ms=3)
    residuals.axhspan(-1.96, 1.96, color=COATED, alpha=0.12, lw=0)
    residuals.set(xlabel="time [h]", ylabel="residual over noise [1]")
    footer(figure, f"{record.temperature - ZERO_CELSIUS:.4g} °C. {BAND}", origin=_origin(record))
    return figure


@house_style()
def curve_fit(title, x, measured, model, noise, labels):
    """Points against a fit, with error bars of 1.96 noise; ``labels`` of both axes."""
    figure, axes = new_figure(size=(7.4, 4.8))
    order = np.argsort(x)
    axes.plot(x[order], model[order], color=COATED)
    axes.errorbar(x, measured, yerr=1.96 * noise, fmt="o", color=PAPER)
    axes.set(xlabel=labels[0], ylabel=labels[1], title=title)
    footer(figure, "Bars: 1.96 times the stated noise.", origin=ORIGIN)
    return figure


def _origin(experiment):
    """Where the points come from; a file that calls itself synthetic is not called measured."""
    return ORIGIN.replace("measured", "synthetic") if experiment.synthetic else ORIGIN


def _both(axes, x, y, x_model, y_model):
    axes.plot(x, y, "o", color=PAPER, ms=4)
    axes.plot(x_model, y_model, color=COATED)
