"""Fig. 5b: discharge capacity against C-rate, coated and bare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.plotting import (
    BARE,
    COATED,
    PAPER,
    footer,
    house_style,
    mark_paper,
    mark_rows,
    new_figure,
)
from ssb_model.reproduction.figures.numbers import number, numbers, row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


FITTED = tuple(f"27{letter}" for letter in "abcdef")
LEFT_OUT = tuple(f"27{letter}" for letter in "ghijkl")
CRITICAL_RATE = "31b"
RECOVERY = "28"
TOP = 168  # mAh/g: near the capacity of LFP


@house_style()
def rate_capability(reproduction: Reproduction) -> Figure:
    """Capacity against C-rate; the bare cell as an ohmic prediction.

    The bare curve is solid up to the C-rate at which its current passes its critical current at
    the assumed loading, dashed beyond: there a short circuit is expected.
    """
    data = reproduction.curves["rate"]
    fitted = [row_of(reproduction, id) for id in FITTED]
    recovery = row_of(reproduction, RECOVERY)
    stated = reproduction.experiment.protocols["full-cell rate test"].settings
    C = np.array(numbers(stated["discharge C-rates"])[: len(fitted)])
    figure, axes = new_figure(size=(8.6, 6.2))
    axes.plot(data["rate"], data["coated"], color=COATED, label="ZnI₂ 0.5 mol/L, fitted")
    critical_current = number(reproduction.experiment.statements[14])
    _bare(axes, data, row_of(reproduction, CRITICAL_RATE), critical_current)
    left_out = [row_of(reproduction, id) for id in LEFT_OUT]
    mark_rows(axes, C + 0.012, left_out, COATED, "each from the other five, 95 %")
    noise = [row.noise for row in fitted]
    mark_paper(axes, C, [row.paper for row in fitted], "stated (bars: 3 mAh/g, assumed)", noise)
    axes.plot(
        C[0] - 0.03,
        recovery.paper,
        "^",
        color=PAPER,
        markeredgecolor="white",
        markersize=10,
        label=f"stated: back at {C[0]:g}C, {recovery.paper:g} mAh/g",
    )
    axes.set(xlim=(0.0, 1.08), ylim=(100, TOP), xticks=np.arange(0, 1.01, 0.2))
    axes.set(xlabel="C-rate [1/h]", ylabel="discharge capacity [mAh/g of LFP]")
    axes.set_title("Capacity against rate (paper: Fig. 5b)")
    axes.legend(loc="lower left")
    loading = stated["areal loading"]
    footer(
        figure,
        f"Assumed: {loading.value:g} mg/cm² of LFP, 1C = "
        f"{stated['1C specific current'].value:g} mA/g. The bare cell is the coated one with "
        f"{data['extra_resistance']:.0f} Ω cm² in series; its capacities are not in the text. "
        "Open circles and the triangle stand beside their rate.",
    )
    return figure


def _bare(axes: Axes, data: Mapping[str, Any], row: NumberedRow, current: float) -> None:
    """Solid to the critical rate, dashed beyond."""
    critical = np.clip(row.model, data["rate"][0], data["rate"][-1])
    below = data["rate"] <= critical
    at_critical = np.interp(critical, data["rate"], data["bare"])
    solid = np.append(data["rate"][below], critical), np.append(data["bare"][below], at_critical)
    dashed = np.append(critical, data["rate"][~below]), np.append(at_critical, data["bare"][~below])
    axes.plot(*solid, color=BARE, label="bare, ohmic prediction")
    axes.plot(*dashed, "--", color=BARE, label="bare beyond its critical current: short expected")
    if critical == row.model:
        axes.plot([critical] * 2, [at_critical, TOP], ":", color=BARE, lw=1.4)
    early = critical < data["rate"].mean()
    axes.annotate(
        f"bare cell passes {current:g} mA/cm² at {row.model:.2f}C\n"
        f"({row.lower95:.2f} to {row.upper95:.2f}C: the loading is not stated)",
        (critical, TOP),
        (8 if early else -8, 0),
        ha="left" if early else "right",
        textcoords="offset points",
        va="top",
        color=BARE,
    )
