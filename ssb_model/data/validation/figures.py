"""Residuals of the Kramers-Kronig test and distributions of relaxation times, as figures."""

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.plotting import PAPER, QUIET, SMALL, footer, house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.data.validation.kramers_kronig import KramersKronig
    from ssb_model.data.validation.marks import Comparison
    from ssb_model.data.validation.peaks import Peak
    from ssb_model.data.validation.relaxation import Relaxation
    from ssb_model.data.validation.validate import Validation

# Not the colours of the cells: here a colour is a part of the residual, or a role.
REAL, IMAGINARY, MODEL = "#009E73", "#CC79A7", "#E69F00"
PER_CENT = 100
Side: TypeAlias = Literal["left", "center", "right"]
CLOSE = 0.09  # of the axis: numbers of peaks so close would lie on each other
LATE = 0.7  # of the axis: names from there on run to the left, lest they leave it
OPEN = {"markerfacecolor": "none", "markersize": 12, "markeredgewidth": 2, "zorder": 5}


@house_style()
def draw_residuals(test: "KramersKronig") -> Figure:
    """Residuals of one :class:`KramersKronig` test against frequency."""
    figure, axes = new_figure(size=(8.6, 4.8))
    _residuals(axes, test)
    _footer(figure)
    return figure


@house_style()
def draw_validation(validation: "Validation") -> Figure:
    """Residuals of all points and, if some are proposed for exclusion, of the others below."""
    tests = [validation.measured]
    tests += [] if validation.kept.all() else [validation.proposed]
    rows = len(tests)
    figure, axes = new_figure(rows, 1, size=(8.6, 1.8 + 3.4 * rows), sharex=True, squeeze=False)
    for one, test in zip(axes[:, 0], tests, strict=True):
        _residuals(one, test)
        _excluded(one, validation)
    for one in axes[:-1, 0]:
        one.set_xlabel("")
    _footer(figure, "Ticks: points proposed for exclusion." * (rows > 1))
    return figure


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
        "Grey: outside the measured band. Open circles: peaks there, and peaks that vanish under "
        "stronger regularisation.",
        f"Tikhonov, non-negative, λ = {relaxation.regularisation:.1g}.",
        origin="",
    )
    return figure


def _residuals(axes: Axes, test: "KramersKronig") -> None:
    f, r = test.frequency[test.kept], PER_CENT * test.residual[test.kept]
    style = {"linestyle": "", "markersize": 5}
    axes.axhspan(-PER_CENT * test.noise, PER_CENT * test.noise, color=PAPER, alpha=0.08, lw=0)
    axes.semilogx(f, np.real(r), "o", color=REAL, label="real part", **style)
    axes.semilogx(f, np.imag(r), "D", color=IMAGINARY, label="imaginary part", **style)
    verdict = "passes" if test.passes else "fails"
    axes.set_title(f"{len(f)} points: {verdict}, noise {PER_CENT * test.noise:.2g} %")
    axes.set(xlabel="frequency [Hz]", ylabel="residual [% of |Z|]")
    axes.margins(y=0.15)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)


def _excluded(axes: Axes, validation: "Validation") -> None:
    """A tick at the foot for each point proposed for exclusion, and each finding's name."""
    f = validation.measured.frequency
    foot = axes.get_xaxis_transform()
    for finding in validation.findings:
        points = f[finding.mask]
        if points.size:
            axes.plot(points, np.full(points.size, 0.02), "|", color=PAPER, transform=foot)
            place, side = _anchor(points, f)
            style = {"ha": side, "fontsize": SMALL, "color": QUIET, "transform": foot}
            axes.text(place, 0.05, finding.kind, **style)


def _anchor(
    points: Float[np.ndarray, " points"], f: Float[np.ndarray, " frequencies"]
) -> tuple[float, Side]:
    """Where a name stands over its points, and which way it runs so as to stay in the axes."""
    middle = np.sqrt(points.min() * points.max())
    share = np.log(middle / f.min()) / np.log(f.max() / f.min())
    if share < 0.2:
        return points.min(), "left"
    return (points.max(), "right") if share > 0.8 else (middle, "center")


def _footer(figure: Figure, *sentences: str) -> None:
    footer(
        figure,
        "Residual: measured less fitted, over |Z|. Grey: one standard deviation of the noise.",
        *sentences,
        origin="",
    )


def _distribution(axes: Axes, relaxation: "Relaxation") -> None:
    axes.semilogx(relaxation.tau, relaxation.gamma, color=PAPER)
    heights = {
        peak: np.interp(np.log(peak.tau), np.log(relaxation.tau), relaxation.gamma)
        for peak in relaxation.peaks
    }
    for peak, height in heights.items():
        _circle(axes, peak, height)
    least = 0.02 * relaxation.polarisation_resistance
    named = [peak for peak in relaxation.peaks if peak.resistance > least]
    for peak, side in zip(named, _sides(named, relaxation), strict=True):
        text = f"{peak.resistance:.3g} Ω\n{peak.capacitance:.2g} F"
        place = (peak.tau, heights[peak])
        axes.annotate(text, place, (0, 8), textcoords="offset points", ha=side, fontsize=SMALL)
    axes.set(ylabel="γ(ln τ) [Ω]", title="Distribution of relaxation times")
    axes.margins(y=0.25)
    axes.set_ylim(bottom=0)


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
    face = PAPER if peak.firm else "white"
    axes.plot(peak.tau, height, "o", color=PAPER, markerfacecolor=face, zorder=4)


def _unmeasured(axes: Axes, relaxation: "Relaxation") -> None:
    omega = 2 * np.pi * relaxation.frequency
    ends = relaxation.tau[0], relaxation.tau[-1]
    axes.axvspan(ends[0], 1 / omega.max(), color=PAPER, alpha=0.06, lw=0)
    axes.axvspan(1 / omega.min(), ends[1], color=PAPER, alpha=0.06, lw=0)
    axes.set_xlim(*ends)
