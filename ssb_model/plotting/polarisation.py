"""Figs. 3c, 3d and S13: polarisation of the coated symmetric cell on cycling."""

import numpy as np

from ssb_model.plotting.style import (
    COATED,
    PAPER,
    footer,
    house_style,
    mark_rows,
    new_figure,
    note,
)

ROUNDING = 0.5  # mV: half of the last digit of 13 mV
#: Rows of the polarisation when new and at the end of life, at the second and third current.
PREDICTED = (None, ("19b", "19c"), ("20b", "20c"))
COUNTERPART = ("Fig. 3c", "Fig. S13", "Fig. 3d")


@house_style()
def polarisation(reproduction):
    """Polarisation against time at each current, up to the stated life.

    The three vertical axes span the same share of their first value, so that slopes compare.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction

    Returns
    -------
    matplotlib.figure.Figure
    """
    data = reproduction.curves["polarisation"]
    figure, panels = new_figure(1, 3, size=(11.0, 5.4))
    for i, axes in enumerate(panels):
        life = data["lives"][i]
        alive = data["hours"] <= life
        hours, mV = data["hours"][alive], data["polarisation"][i, alive]
        axes.plot(hours, mV, color=COATED)
        if PREDICTED[i]:
            rows = [reproduction.row(id) for id in PREDICTED[i]]
            mark_rows(axes, [0, life], rows, COATED, "predicted")
        else:
            _stated_plateau(axes, reproduction, life)
        axes.set(xlim=(-0.06 * life, 1.06 * life), ylim=(0.92 * mV[0], 1.19 * mV[0]))
        axes.set(xlabel="time [h]", xticks=np.linspace(0, life, 3))
        axes.set_title(f"{data['current'][i]:.1f} mA/cm²  ({COUNTERPART[i]})")
        axes.legend(loc="upper left")
    panels[0].set_ylabel("polarisation [mV]")
    footer(
        figure,
        "Bars: 95 %. Times end at the stated lives. The vertical axes span the same share of the "
        "first value.",
    )
    return figure


def _stated_plateau(axes, reproduction, life):
    row = reproduction.row("12")
    stated = row.paper
    axes.axhspan(stated - ROUNDING, stated + ROUNDING, color=PAPER, alpha=0.10, lw=0)
    axes.plot([0, life], [stated, stated], color=PAPER, lw=1.4, label=f"stated: {stated:g} mV")
    mark_rows(axes, [0], [row], COATED)
    rise = reproduction.row("18b")
    note(
        axes,
        f"grey: all that rounds to {stated:g} mV\n"
        f"rise in {life:g} h: {rise.model:.2f} mV, 95 % from\n"
        f"{rise.lower95:.2f} to {rise.upper95:.2f} (bound: at most {rise.paper:g})",
        (0.06, 0.89),
    )
