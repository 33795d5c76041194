"""Figs. 2d, 4f and S15: spectra against the dip, and before and after cycling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.plotting import (
    BARE,
    COATED,
    MIDDLE,
    QUIET,
    SIMULATED,
    THICK,
    THIN,
    draw_spectrum,
    equal_axes,
    footer,
    house_style,
    mark_width,
    new_figure,
)
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


DIPS = (THIN, COATED, MIDDLE, THICK)
#: Frequency [Hz] -> offset of its label in points.
BEST_LABELS = {1e3: (0, -16), 1e1: (0, -17)}
BARE_LABELS = {1e5: (0, -17), 1e4: (-12, -4)}
CAPACITANCES = "Capacitances are assumed, not measured; no spectrum of the paper was digitised."


@house_style()
def dip_spectra(reproduction: Reproduction) -> Figure:
    """Nyquist plots after each tested dip: whole above, the interface's end below."""
    data = reproduction.curves["dip spectra"]
    stated = row_of(reproduction, "10").paper
    best = reproduction.experiment.statements[11].value
    figure, (whole, end) = new_figure(2, 1, size=(8.6, 7.2), height_ratios=(0.55, 1))
    for c, z, colour in zip(data["concentration"], data["impedance"], DIPS, strict=True):
        words = f"{c:g} mol/L: ends at {z.real[-1]:.0f} Ω cm²"
        for axes in (whole, end):
            marked = BEST_LABELS if colour == COATED and axes is end else None
            front = 3 if colour == COATED else 2
            draw_spectrum(axes, data["frequency"], z, colour, marked, zorder=front, label=words)
    ends = data["impedance"].real[:, -1]
    at_best = ends[np.argmin(np.abs(data["concentration"] - best))]
    left, right = at_best - 1.5 * stated, ends.max() + 0.2 * stated
    mark_width(end, at_best - stated, at_best, -1.9, f"{stated:g} Ω cm² stated at {best:g} mol/L")
    equal_axes(whole, (0, 1.12 * ends.max()), 0, 0.2 * ends.max())
    equal_axes(end, (left, right), -0.12 * (right - left), 0.34 * (right - left))
    whole.set_title("Li | garnet | Li after dips in ZnI₂ (paper: Fig. 2d)")
    end.set_title("The interface's end enlarged")
    whole.legend(loc="upper left", ncols=2)
    footer(
        figure,
        "Only the 10.3 Ω cm² is stated, here measured back from the end at low frequency; the rest "
        "follows from an assumed coverage and thickness of the layer.",
        CAPACITANCES,
        origin=SIMULATED,
    )
    return figure


@house_style()
def bare_spectra(reproduction: Reproduction) -> Figure:
    """Nyquist plots of the bare cell new and after the cycling that ends in its short."""
    data, short = reproduction.curves["bare hold"], row_of(reproduction, "24b")
    figure, axes = new_figure(size=(9.2, 5.8), layout="compressed")
    for name, words, style, marked in (
        ("before", "new", "--", None),
        ("after", "cycled until the last whole cycle before its short, rested", "-", BARE_LABELS),
    ):
        z = data[name]
        label = f"{words}: ends at {z.real[-1]:.0f} Ω cm²"
        draw_spectrum(axes, data["frequency"], z, BARE, marked, ls=style, label=label)
    end = max(data[name].real[-1] for name in ("before", "after"))
    equal_axes(axes, (0, 1.04 * end), 0, 0.52 * end)
    axes.set_title("Li | garnet | Li, bare, before and after cycling (paper: Fig. 4f)")
    axes.legend(loc="upper left", title="simulated", alignment="left")
    footer(
        figure,
        "The paper shows cracks, loose lithium and a large resistance, and gives no number. In the "
        f"model contact is lost, and the interface has {short.model:.0f} Ω cm² when it shorts.",
        CAPACITANCES,
        origin="Lines: simulated; contact loss calibrated on the 25 h that Zhai et al. 2024 state.",
    )
    return figure


@house_style()
def aged_spectra(reproduction: Reproduction) -> Figure:
    """Nyquist plots of the coated cell new and after the time of growth at two currents."""
    data, rows = reproduction.curves["aged spectra"], (None, "22", "23")
    figure, axes = new_figure(size=(9.4, 6.2), layout="compressed")
    styles = ((QUIET, "--"), (COATED, "-"), (COATED, "-."))
    new = data["spectra"]["new"].real[-1]
    for level, (name, z), (colour, style), id in zip(
        (0, -1.0, -3.1), data["spectra"].items(), styles, rows, strict=True
    ):
        label = name if id is None else f"after {data['hours']:g} h at {_superscript(name)}"
        draw_spectrum(axes, data["frequency"], z, colour, ls=style, label=label)
        if id:
            stated = row_of(reproduction, id).paper
            mark_width(axes, new, new + stated, level, f"+{stated:g} Ω cm² stated")
    equal_axes(axes, (new - 13, new + 11), -4.4, 7)
    axes.set_title("ZnI₂ 0.5 mol/L, new and aged (paper: Fig. S15)")
    axes.legend(loc="upper right")
    footer(
        figure,
        "Both rises are fitted; the duration of the 7.3 Ω cm² is not stated: 200 h presumed. The "
        "model grows a resistance in series, so that spectra shift and keep their shape: assumed.",
        CAPACITANCES,
        origin=SIMULATED,
    )
    return figure


def _superscript(name: str) -> str:
    return name.replace("cm2", "cm²")
