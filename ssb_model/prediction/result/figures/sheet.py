"""One sheet of a prediction: what a coating would do, how surely, and what leaves it open."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D

from ssb_model.plotting import (
    BARE,
    COATED,
    IONIC,
    MIDDLE,
    QUIET,
    THICK,
    PlainFigure,
    footer,
    house_style,
)
from ssb_model.prediction.result.figures.curves import (
    HEIGHT,
    LOW,
    draw_capacities,
    draw_nyquist,
    draw_polarisations,
    draw_survival,
    split_by_size,
)
from ssb_model.prediction.result.figures.intervals import (
    draw_causes,
    draw_critical_currents,
    draw_resistances,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import HashableList

    from ssb_model.prediction.result.figures.curves import Shown
    from ssb_model.prediction.result.prediction import Prediction

OWN = (COATED, MIDDLE, THICK, IONIC)
LONGEST_NAME = 42  # letters
SIZE = (15.0, 13.0)
PANELS = (
    ("spectra", "large", "resistance"),
    ("polarisation", "capacity", "current"),
    ("causes", "causes", "survival"),
)
SPECTRA = (
    ("spectra", "Impedance, symmetric cell"),
    ("large", "Impedance of what resists far more"),
)
ORIGIN = "Lines and dots: medians of the model; bands and bars: the central 95 % of {}."


@house_style()
def prediction_sheet(found: Sequence[Prediction], references: Sequence[Prediction] = ()) -> Figure:
    """Impedance, resistance, polarisation, rates, critical current, and what leaves them open.

    Parameters
    ----------
    found
        One to four; the causes are those of the first.
    references
        At most two, which they stand beside.
    """
    shown = [*zip(found, OWN, strict=False)]
    shown += [(one, QUIET) for one in references]
    shown = _bare_in_its_colour(shown)
    groups = split_by_size(shown)
    figure, axes = _panels(groups)
    for (panel, title), group in zip(SPECTRA, groups, strict=True):
        if group:
            draw_nyquist(axes[panel], group, title, HEIGHT if groups[1] else LOW)
    draw_resistances(axes["resistance"], shown)
    draw_polarisations(axes["polarisation"], shown)
    draw_capacities(axes["capacity"], shown)
    draw_critical_currents(axes["current"], shown)
    draw_survival(axes["survival"], shown)
    draw_causes(axes["causes"], found[0])
    _names(figure, shown)
    footer(figure, *_origins(found), origin=ORIGIN.format(_whose(found[0])))
    return figure


def _bare_in_its_colour(shown: Shown) -> Shown:
    """The first bare garnet has the colour that it has on all figures."""
    bare = next((one for one, _ in shown if not one.coating.layered), None)
    return [(one, BARE if one is bare else colour) for one, colour in shown]


def _panels(groups: Sequence[Shown]) -> tuple[Figure, dict[str, Axes]]:
    """The figure and its axes by name; all spectra of one size share a wide panel."""
    figure = PlainFigure(figsize=SIZE, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
    rows: list[HashableList] = [list(row) for row in PANELS]
    if not groups[1]:
        rows[0][1] = rows[0][0]
    axes = figure.subplot_mosaic(rows, height_ratios=(1, 1, 0.9))
    return figure, axes


def _names(figure: Figure, shown: Shown) -> None:
    """Whose colour is whose, above all panels."""
    handles = [Line2D([], [], color=colour, lw=4) for _, colour in shown]
    names = [textwrap.shorten(one.coating.name, LONGEST_NAME, placeholder=" …") for one, _ in shown]
    figure.legend(handles, names, loc="outside upper left", ncols=3, fontsize=13)


def _origins(found: Sequence[Prediction]) -> tuple[str, ...]:
    """What is measured, what is of a prior, and what no curve knows of."""
    measured = [one.coating.name for one in found if one.coating.resistance is not None]
    source = f"Interface resistance measured, with its error: {', '.join(measured) or 'none'}."
    if len(measured) < len(found):
        source += " Else of the priors, scattered as bare garnets scatter."
    return (
        source,
        "What a coating's file does not state keeps the prior of its type's parameter set; "
        f"garnet and cathode are those of the cell {found[0].cell}.",
        "Spectra: the draw of median resistance; fine lines, the central 95 % by resistance. "
        "Dashed: above the median critical current, where a short circuit is expected. "
        "Capacities are those of cells that do not short; a short by the critical current and the "
        "assumed filament charge.",
    )


def _whose(found: Prediction) -> str:
    return "mean cells" if found.of_the_mean else "further cells, as they would be measured"
