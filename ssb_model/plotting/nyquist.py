"""Fig. 2c: impedance of the bare and the coated symmetric cell."""

import numpy as np

from ssb_model.plotting.style import (
    BARE,
    COATED,
    PAPER,
    SMALL,
    footer,
    house_style,
    new_figure,
)

UNIT_NAMES = ((1e6, "MHz"), (1e3, "kHz"), (1.0, "Hz"), (1e-3, "mHz"))


@house_style()
def nyquist(reproduction):
    """Nyquist plots, bare above and coated below, with the stated interface resistances as widths.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction

    Returns
    -------
    matplotlib.figure.Figure
    """
    data = reproduction.curves["nyquist"]
    figure, (top, bottom) = new_figure(2, 1, size=(8.6, 8.4))
    top.plot(data["coated"].real, -data["coated"].imag, color=COATED)
    _spectrum(top, data, "bare", BARE, {1e7: (0, 9), 1e6: (0, -17), 1e5: (0, 9), 1e4: (12, 10)})
    _spectrum(
        bottom,
        data,
        "coated",
        COATED,
        {1e6: (0, 8), 1e5: (12, 7), 1e4: (-14, -4), 1e3: (0, -16), 1e2: (11, -7), 1e1: (0, 9)},
    )
    for axes, name, row in ((top, "bare", "9"), (bottom, "coated", "10")):
        _frame(axes, data[name], reproduction.row(row).paper)
    garnet = data["coated"].real[-1]
    top.annotate(
        "coated,\nsame scale",
        (garnet, 15),
        (250, 55),
        color=COATED,
        fontsize=SMALL,
        ha="center",
        va="center",
        arrowprops={"arrowstyle": "-", "color": COATED},
    )
    top.set_title("Li | garnet | Li, bare (paper: Fig. 2c)", color=BARE)
    bottom.set_title("ZnI$_2$ 0.5 mol/L, the end at low frequency enlarged", color=COATED)
    footer(
        figure,
        "Black widths: interface resistances stated in the text of Zhai et al. 2024, measured back "
        "from the end at zero frequency; what is constriction in the garnet relaxes with it. Model "
        "spectrum: capacitances are assumed, not measured; no spectrum of the paper was digitised.",
        origin="",
    )
    return figure


def _spectrum(axes, data, name, colour, labels):
    """A spectrum with some decades marked: frequency -> offset of its label in points."""
    z = data[name]
    axes.plot(z.real, -z.imag, color=colour)
    for frequency, offset in labels.items():
        nearest = z[np.argmin(np.abs(np.log(data["frequency"] / frequency)))]
        axes.plot(nearest.real, -nearest.imag, "o", color=colour, markeredgecolor="white")
        axes.annotate(
            _frequency(frequency),
            (nearest.real, -nearest.imag),
            offset,
            textcoords="offset points",
            ha="center" if abs(offset[0]) < 10 else ("left" if offset[0] > 0 else "right"),
            fontsize=SMALL,
            color=colour,
        )


def _frequency(value):
    size, unit = next(pair for pair in UNIT_NAMES if value >= pair[0])
    return f"{value / size:g} {unit}"


def _frame(axes, z, stated):
    """Equal axes around the interface's part of a spectrum, its stated width drawn below."""
    end = z.real[-1]
    left, right = end - 1.15 * stated, end + 0.1 * stated
    left, right = (left, right) if left > 0 else (0.0, end + 0.04 * stated)
    if stated < 0.5 * end:
        left, right = end - 3.0 * stated, end + 0.4 * stated
    width = right - left
    height = 0.38 * width
    level = -0.055 * width
    axes.annotate(
        "",
        (end, level),
        (end - stated, level),
        arrowprops={"arrowstyle": "|-|,widthA=0.35,widthB=0.35", "color": PAPER, "lw": 1.6}
        | {"shrinkA": 0, "shrinkB": 0},
    )
    axes.text(
        end - stated / 2,
        level - 0.012 * width,
        f"{stated:g} Ω cm² stated",
        ha="center",
        va="top",
        fontsize=SMALL,
        color=PAPER,
    )
    axes.set(xlim=(left, right), ylim=(-0.125 * width, height))
    axes.set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]")
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= height])
    axes.set_aspect("equal", adjustable="box")
