"""Draw the published cells beside what the model says of each without its lab.

Run ``python docs/figures/field_cells.py``, after ``python -m benchmarks.field_model``, whose record
has the forecasts. Left: critical current over interface resistance, with the band of a coated cell.
Right: every row with a number or a bound, and the 68 and 95 % of its forecast from other labs.
"""

import json
from pathlib import Path

import numpy as np

from ssb_model.critical_current import CellKind, field_forecast
from ssb_model.library import field_cells
from ssb_model.plotting import house_style, new_figure, plain_ticks

PICTURE = Path(__file__).with_suffix(".png")
RECORD = Path(__file__).parents[2] / "benchmarks" / "results" / "field_model.json"
COLOURS = {
    "coated": "#0072b2",
    "bare": "#d55e00",
    "bare control": "0.45",
    "wetted": "#009e73",
}
IN_OHM_CM2, IN_MA_CM2 = 1e4, 0.1


def draw_cells(axes):
    """Cells with both numbers, over the band of coated and the median of bare cells."""
    R = np.geomspace(0.5, 2e4, 80)
    forecast = field_forecast(CellKind("mixed"))
    low95, low, middle, high, high95 = (
        forecast.quantile(R / IN_OHM_CM2, p) * IN_MA_CM2 for p in (0.025, 0.16, 0.5, 0.84, 0.975)
    )
    blue = COLOURS["coated"]
    axes.fill_between(R, low95, high95, color=blue, alpha=0.12, lw=0, label="coated, 95 %")
    axes.fill_between(R, low, high, color=blue, alpha=0.2, lw=0, label="68 %")
    axes.plot(R, middle, color=blue, label="median")
    bare = field_forecast(CellKind("none")).quantile(R / IN_OHM_CM2, 0.5) * IN_MA_CM2
    axes.plot(R, bare, color=COLOURS["bare"], ls="--", label="bare, median")
    for cell in field_cells():
        if cell.learnt_from and cell.R:
            mark = {"<=": "v", "<": "v", ">": "^", ">=": "^"}.get(cell.J.sign, "o")
            at = cell.R.value * IN_OHM_CM2, cell.J.value * IN_MA_CM2
            axes.plot(*at, mark, color=COLOURS[cell.contact], markeredgecolor="white")
    axes.set(xscale="log", yscale="log", xlim=(0.5, 2e4), ylim=(0.03, 12))
    plain_ticks(axes.xaxis, [1, 10, 100, 1000, 10000])
    plain_ticks(axes.yaxis, [0.1, 0.3, 1, 3, 10])
    axes.set(xlabel="interface resistance [Ω cm²]", ylabel="critical current density [mA/cm²]")
    axes.set_title("Published cells and the model at 25 °C")
    axes.legend(loc="lower left")


def draw_left_out(axes, rows):
    """Each row's forecast from the other labs, in order of its median within its class."""
    order = sorted(rows, key=lambda r: ([*COLOURS].index(r["contact"]), r["quantiles [mA/cm2]"][2]))
    cells = {cell.name: cell for cell in field_cells()}
    for k, row in enumerate(order):
        low95, low, _, high, high95 = row["quantiles [mA/cm2]"]
        colour = COLOURS[row["contact"]]
        axes.plot([low95, high95], [k, k], color=colour, lw=1, alpha=0.5)
        axes.plot([low, high], [k, k], color=colour, lw=3.2, alpha=0.45)
        J = cells[row["name"]].J
        mark = {"<=": "<", "<": "<", ">": ">", ">=": ">"}.get(J.sign, "o")
        ends = [J.value * IN_MA_CM2] + ([J.upper * IN_MA_CM2] if J.upper else [])
        axes.plot(ends, [k] * len(ends), color="black", marker=mark, ms=3.6, lw=1.2)
    axes.set(xscale="log", xlim=(0.02, 500), ylim=(-1, len(order)), yticks=[])
    plain_ticks(axes.xaxis, [0.1, 1, 10])
    for contact, colour in COLOURS.items():
        axes.plot([], [], color=colour, lw=3.2, alpha=0.6, label=contact)
    axes.plot([], [], "o", color="black", ms=3.6, label="published (a wedge: a bound)")
    axes.set(xlabel="critical current density [mA/cm²]")
    axes.set_title("Each cell forecast without its lab: 68 and 95 %")
    axes.legend(loc="upper right")


@house_style()
def main():
    figure, axes = new_figure(1, 2, size=(12.4, 6.0))
    draw_cells(axes[0])
    draw_left_out(axes[1], json.loads(RECORD.read_text())["left out"]["cells"])
    figure.savefig(PICTURE, dpi=110)
    print(PICTURE)


if __name__ == "__main__":
    main()
