"""Residuals of the Kramers-Kronig test, as figures."""

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ssb_model.plotting import PAPER, QUIET, SMALL, footer, house_style, new_figure

if TYPE_CHECKING:
    from ssb_model.data.validation.kramers_kronig import KramersKronig
    from ssb_model.data.validation.validate import Validation

# Not the colours of the cells: here a colour is a part of the residual, or a role.
REAL, IMAGINARY = "#009E73", "#CC79A7"
PER_CENT = 100
Side: TypeAlias = Literal["left", "center", "right"]


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
