"""Draw the picture of the first page: two spectra, and a forecast beside the cells it learnt from.

Run ``python docs/figures/landing.py``. The spectra are those of the cells of ``ssb reproduce
zhai2024``, fitted to the numbers of the paper's text; the points on the right are published cells.
"""

from pathlib import Path

import numpy as np

import ssb_model
from ssb_model.critical_current import CellKind, field_forecast, library_cells
from ssb_model.plotting import BARE, COATED, PAPER, house_style, new_figure, plain_ticks
from ssb_model.study import load_study

PICTURE = Path(__file__).with_suffix(".png")
STUDY = Path(__file__).parents[2] / "experiments" / "zhai2024" / "study.toml"
STARTS = 4  # of the fit, as in the command
FREQUENCIES = np.logspace(-2, 7, 200)  # Hz
CELLS = {"bare": (BARE, "bare"), "coated": (COATED, "ZnI₂ 0.5 mol/L")}
WITH_BULK = {"garnet permittivity": "bulk and grain boundary"}
PUBLISHED = {
    "dense-llzto": ("dense LLZTO", (-8, 2)),
    "ito": ("ITO", (8, 4)),
    "li-sr-n": ("Li-Sr-N", (-8, -14)),
    "lii-znlix": ("ZnI₂ 0.5 mol/L", (2, 12)),
    "lii-znlix (bare)": ("the same garnet, bare", (-12, 6)),
    "mos2": ("MoS₂", (10, -10)),
}
IN_OHM_CM2, IN_MA_CM2 = 1e4, 0.1


def spectrum(fit, name):
    """Impedance over the area of one of the fitted cells, its garnet's bulk relaxing [ohm cm2]."""
    values = fit.parameter_values(name)
    cell = ssb_model.SymmetricCell({**fit.study.cells[name].options, **WITH_BULK})
    z = ssb_model.compile(cell, values).impedance(FREQUENCIES)
    return z * values["Cell area [m2]"] * IN_OHM_CM2


def draw_spectra(axes, fit):
    """Both symmetric cells; the coated one again, larger."""
    inset = axes.inset_axes((0.5, 0.6, 0.46, 0.34))
    for name, (colour, label) in CELLS.items():
        z = spectrum(fit, name)
        for target in (axes, inset):
            target.plot(z.real, -z.imag, color=colour, label=label)
    inset.set(xlim=(95, 135), ylim=(0, 18))
    inset.tick_params(labelsize=9)
    axes.indicate_inset_zoom(inset, edgecolor="0.5")
    axes.set(xlim=(0, 1400), ylim=(0, 1070), xlabel="Z' [Ω cm²]", ylabel="-Z'' [Ω cm²]")
    axes.set_title("What a coating does to the interface")
    axes.legend(loc="upper left")


def draw_forecast(axes):
    """Median and intervals of the critical current against the interface resistance."""
    resistance = np.geomspace(2, 2000, 80)
    levels = [0.025, 0.25, 0.5, 0.75, 0.975]
    forecast = field_forecast(CellKind("mixed"))
    found = [forecast.quantile(resistance / IN_OHM_CM2, level) for level in levels]
    low95, low50, middle, high50, high95 = (np.asarray(q) * IN_MA_CM2 for q in found)
    axes.fill_between(resistance, low95, high95, color=COATED, alpha=0.15, lw=0, label="95 %")
    axes.fill_between(resistance, low50, high50, color=COATED, alpha=0.3, lw=0, label="50 %")
    axes.plot(resistance, middle, color=COATED, label="median")
    for cell in library_cells():
        at = cell.resistance * IN_OHM_CM2, cell.current_density * IN_MA_CM2
        name, offset = PUBLISHED[cell.name]
        side = "left" if offset[0] > 0 else "right"
        axes.plot(*at, "o", color=PAPER, markeredgecolor="white")
        axes.annotate(name, at, offset, textcoords="offset points", fontsize=10, ha=side)
    axes.set(xscale="log", yscale="log", xlim=(2, 2000), ylim=(0.05, 8))
    plain_ticks(axes.xaxis, [3, 10, 30, 100, 300, 1000])
    plain_ticks(axes.yaxis, [0.1, 0.3, 1, 3])
    axes.set(xlabel="interface resistance [Ω cm²]", ylabel="critical current density [mA/cm²]")
    axes.set_title("At which current a cell shorts")
    axes.legend(loc="lower left")


@house_style()
def main():
    figure, axes = new_figure(1, 2, size=(12.0, 4.8))
    draw_spectra(axes[0], load_study(STUDY).fit(STARTS))
    draw_forecast(axes[1])
    figure.savefig(PICTURE, dpi=110)
    print(PICTURE)


if __name__ == "__main__":
    main()
