"""Fig. 2c: impedance of the bare and the coated symmetric cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex

from ssb_model.plotting import (
    BARE,
    COATED,
    SMALL,
    draw_spectrum,
    equal_axes,
    footer,
    house_style,
    mark_width,
    new_figure,
)
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


#: Frequency [Hz] -> offset of its label in points.
BARE_LABELS = {1e6: (12, 0), 1e5: (-12, 2), 1e4: (-12, -4)}
COATED_LABELS = {1e6: (0, -17), 1e5: (12, 7), 1e4: (-14, -4), 1e3: (0, -16), 1e2: (11, -7)}
COATED_LABELS |= {1e1: (0, 9)}


@house_style()
def nyquist(reproduction: Reproduction) -> Figure:
    """Nyquist plots, bare above and coated below; the stated interface resistances as widths."""
    data = reproduction.curves["nyquist"]
    figure, (top, bottom) = new_figure(2, 1, size=(8.6, 9.6))
    top.plot(data["coated"].real, -data["coated"].imag, color=COATED)
    frequency = data["frequency"]
    draw_spectrum(top, frequency, data["bare"], BARE, BARE_LABELS)
    draw_spectrum(bottom, frequency, data["coated"], COATED, COATED_LABELS)
    for axes, name, row in ((top, "bare", "9"), (bottom, "coated", "10")):
        _frame(axes, data[name], row_of(reproduction, row).paper)
    garnet = data["coated"].real[-1]
    top.annotate(
        "coated,\nsame scale",
        (garnet, 15),
        (430, 30),
        color=COATED,
        fontsize=SMALL,
        ha="center",
        va="center",
        arrowprops={"arrowstyle": "-", "color": COATED},
    )
    top.set_title("Li | garnet | Li, bare (paper: Fig. 2c)", color=BARE)
    bottom.set_title("ZnI₂ 0.5 mol/L, the end at low frequency enlarged", color=COATED)
    footer(
        figure,
        "Black widths: interface resistances stated in the text of Zhai et al. 2024, measured back "
        "from the end at zero frequency. Model spectrum: capacitances and the gaps between "
        "contacts, by which the constriction relaxes, are assumed; no spectrum of the paper was "
        "digitised.",
        origin="",
    )
    return figure


def _frame(axes: Axes, z: Complex[np.ndarray, " frequencies"], stated: float) -> None:
    """Equal axes around the interface's part of a spectrum, its stated width drawn below."""
    end = float(np.real(z)[-1])
    left, right = end - 1.15 * stated, end + 0.1 * stated
    left, right = (left, right) if left > 0 else (0.0, end + 0.04 * stated)
    if stated < 0.5 * end:
        left, right = end - 3.0 * stated, end + 0.4 * stated
    width = right - left
    height = 0.46 * width
    level = -0.055 * width
    mark_width(axes, end - stated, end, level, f"{stated:g} Ω cm² stated")
    equal_axes(axes, (left, right), -0.125 * width, height)
