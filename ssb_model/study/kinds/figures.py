"""Figures of a study: measured points, the fitted model, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
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
    from ssb_model.study.kinds.spectral import Spectral
    from ssb_model.study.kinds.voltage import VoltageRecord

OHMS = ((1e6, "MΩ"), (1e3, "kΩ"), (1.0, "Ω"), (1e-3, "mΩ"))
Numbers = Float[np.ndarray, " numbers"]

BAND = "Band: where 95 % of residuals of noise alone would lie."


@house_style()
def spectrum_fit(
    spectrum: Spectral, model: Complex[np.ndarray, " frequencies"], noise: float | None = None
) -> Figure:
    """A spectrum with its fit: Nyquist, modulus and phase, and residuals over the noise.

    Parameters
    ----------
    spectrum
        Measured.
    model
        Fitted impedance [Ohm].
    noise
        Of real and imaginary part, over the modulus, where it was estimated.
    """
    f, z = spectrum.frequency, np.asarray(spectrum.impedance)
    left = (model - z) / spectrum.standard_deviations(noise)[: len(z)]
    one, ohm = _ohm(np.abs(z).max())
    z, model = z / one, model / one
    figure, axes = new_figure(2, 2, size=(10.4, 7.2))
    (nyquist, modulus), (residuals, phase) = axes
    _both(nyquist, np.real(z), -np.imag(z), np.real(model), -np.imag(model))
    nyquist.set(xlabel=f"Re Z [{ohm}]", ylabel=f"−Im Z [{ohm}]", title=spectrum.name)
    nyquist.set_aspect("equal", adjustable="datalim")
    _both(modulus, f, np.abs(z), f, np.abs(model))
    modulus.set(xscale="log", xlabel="frequency [Hz]", ylabel=f"|Z| [{ohm}]")
    scale_axis(modulus, "y", logarithmic=True, ends=(np.abs(z).min(), np.abs(z).max()))
    _both(phase, f, -np.angle(z, deg=True), f, -np.angle(model, deg=True))
    phase.set(xscale="log", xlabel="frequency [Hz]", ylabel="−phase [°]")
    residuals.plot(f, np.real(left), "o", color=PAPER, ms=4, label="real part")
    residuals.plot(f, np.imag(left), "s", color=QUIET, ms=4, mfc="white", label="imaginary part")
    residuals.axhspan(-1.96, 1.96, color=COATED, alpha=0.12, lw=0)
    residuals.set(xscale="log", xlabel="frequency [Hz]", ylabel="residual over noise [1]")
    residuals.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    _conditions(figure, spectrum, noise, spectrum.bias)
    return figure


@house_style()
def record_fit(
    record: VoltageRecord, model: Float[np.ndarray, " times"], noise: float | None = None
) -> Figure:
    """A voltage against time with its fit, its current, and residuals over the noise.

    Parameters
    ----------
    record
        Measured.
    model
        Fitted voltage [V].
    noise
        Standard deviation [V], where it was estimated.
    """
    figure, axes = new_figure(3, 1, size=(9.6, 8.4), sharex=True)
    voltage, current, residuals = axes
    hours, measured = record.time / HOUR, np.asarray(record.voltage)
    sd = record.standard_deviations(noise)
    _both(voltage, hours, measured, hours, model)
    voltage.set(ylabel="voltage [V]", title=record.name)
    current.stairs(TO_MA * record.pieces.current, record.pieces.edges / HOUR, color=QUIET, lw=1.6)
    current.set(ylabel="current [mA]")
    residuals.plot(hours, (model - measured) / sd, "o", color=PAPER, ms=3)
    residuals.axhspan(-1.96, 1.96, color=COATED, alpha=0.12, lw=0)
    residuals.set(xlabel="time [h]", ylabel="residual over noise [1]")
    _conditions(figure, record, noise)
    return figure


@house_style()
def curve_fit(experiment: Experiment, model: Numbers, noise: float | None = None) -> Figure:
    """Points against a fit in SI, with error bars of 1.96 noise, which stands in if given."""
    drawn = experiment.drawn
    figure, axes = new_figure(size=(7.4, 4.8))
    order = np.argsort(drawn.x)
    axes.plot(drawn.x[order], drawn.factor * model[order], color=COATED)
    measured = drawn.factor * np.asarray(experiment.measured)
    bars = 1.96 * drawn.factor * experiment.standard_deviations(noise)
    axes.errorbar(drawn.x, measured, yerr=bars, fmt="o", color=PAPER)
    axes.set(xlabel=drawn.x_label, ylabel=drawn.y_label, title=experiment.name)
    known = f"{experiment.noise_text(noise)}, estimated from them" if noise else "stated"
    footer(figure, f"Bars: 1.96 times the noise, {known}.", origin=_origin(experiment))
    return figure


@house_style()
def numbers_fit(fitted: Sequence[tuple[Experiment, Numbers]]) -> Figure:
    """Single numbers of one kind, a row each: measured with error bars of 1.96 noise, and fitted.

    Parameters
    ----------
    fitted
        Of each experiment: itself, and its fitted number in SI.
    """
    figure, axes = new_figure(size=(7.4, 1.9 + 0.45 * len(fitted)))
    for row, (experiment, model) in enumerate(fitted):
        factor = experiment.drawn.factor
        bar = 1.96 * factor * experiment.standard_deviations()
        measured = factor * np.asarray(experiment.measured)
        style = {"marker": "o", "color": PAPER, "linestyle": "none"}
        if experiment.bound == "equal":
            axes.errorbar(measured, [row], xerr=bar, **style)
        else:
            arrow = {"at least": "xlolims", "at most": "xuplims"}[experiment.bound]
            axes.errorbar(measured, [row], xerr=0.12 * measured, **{arrow: True}, **style)
        axes.plot(factor * model, [row], "D", color=COATED, ms=9, mfc="none", mew=1.8)
    axes.set_yticks(range(len(fitted)), [experiment.name for experiment, _ in fitted])
    axes.set(ylim=(len(fitted) - 0.5, -0.5), xlabel=fitted[0][0].drawn.y_label)
    axes.margins(x=0.15)
    footer(
        figure,
        "Diamond: fitted model. Bars: 1.96 times the noise; an arrow marks a bound.",
        origin=f"Black: {_seen(*(e for e, _ in fitted))}, as the study's file gives it.",
    )
    return figure


def _ohm(largest: float) -> tuple[float, str]:
    """The unit for impedances up to ``largest`` [Ohm]: its size and name."""
    return next((one for one in OHMS if largest >= 10 * one[0]), OHMS[-1])


def _conditions(
    figure: Figure, experiment: Spectral | VoltageRecord, noise: float | None, bias: str = ""
) -> None:
    """Temperature, direct current, and what the band is, at the foot."""
    known = f"Noise {experiment.noise_text(noise)}, estimated from them." if noise else ""
    at = f"{experiment.temperature - ZERO_CELSIUS:.4g} °C."
    said = filter(None, (at, bias, BAND, known))
    footer(figure, *said, origin=_origin(experiment))


def _origin(experiment: Experiment) -> str:
    """Where the points come from."""
    return f"Black: {_seen(experiment)}, as the study's files give it. Line: fitted model."


def _seen(*experiments: Experiment) -> str:
    """A file that calls itself synthetic is not called measured."""
    return "synthetic" if any(e.synthetic for e in experiments) else "measured"


def _both(axes: Axes, x: Numbers, y: Numbers, x_model: Numbers, y_model: Numbers) -> None:
    axes.plot(x, y, "o", color=PAPER, ms=4)
    axes.plot(x_model, y_model, color=COATED)
