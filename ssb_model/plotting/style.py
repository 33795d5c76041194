"""The house style: one look, one colour a cell, and a line that says where each mark comes from."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, Protocol

import numpy as np
from jaxtyping import Float
from matplotlib import colormaps, rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from matplotlib.typing import ColorType

from ssb_model.plotting.plain_text import AS_IT_IS, PlainFigure

# Okabe and Ito's palette: told apart with every kind of colour vision and in grey.
COATED = "#0072B2"
BARE = "#D55E00"
#: The other dips and the layer of LiI alone.
THIN, MIDDLE, THICK, IONIC = "#56B4E9", "#009E73", "#CC79A7", "#E69F00"
PAPER = "#000000"
QUIET = "#6E6E6E"

SMALL = 10  # pt: the smallest text on any figure

ORIGIN = (
    "Lines: model fitted to the text's numbers. Black symbols: Zhai et al. 2024, stated in the "
    "text; no point is read off a graph."
)

SIMULATED = (
    "Lines: simulated with the model fitted to the text's numbers. Black: Zhai et al. 2024, stated "
    "in the text; no point is read off a graph."
)

RC: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.9,
    "axes.axisbelow": True,
    "axes.formatter.useoffset": False,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "errorbar.capsize": 4,
    "mathtext.default": "regular",
    "savefig.dpi": 160,
    "savefig.facecolor": "white",
    "figure.facecolor": "white",
}


#: a number, or one a mark
Numbers = float | Sequence[float] | Float[np.ndarray, " marks"]


class Row(Protocol):
    """What is drawn of a row that compares the model with the paper."""

    @property
    def model(self) -> float: ...

    @property
    def lower95(self) -> float: ...

    @property
    def upper95(self) -> float: ...


@contextmanager
def house_style() -> Iterator[None]:
    """Everything drawn or saved inside looks alike and shows texts as they are; outside, nothing
    changes.

    As a decorator, ``@house_style()``, it holds for the whole function.
    """
    with rc_context(RC | AS_IT_IS):
        yield


def new_figure(
    rows: int = 1,
    columns: int = 1,
    size: tuple[float, float] = (8.0, 5.6),
    layout: Literal["constrained", "compressed"] = "constrained",
    **kwargs: Any,
) -> tuple[Figure, Any]:
    """A figure that pyplot does not know of, and its axes: one, or an array of them.

    ``layout`` "compressed" is for axes of one scale both ways.
    """
    figure = PlainFigure(figsize=size, layout=layout)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)  # of both layouts
    engine.set(w_pad=0.08, h_pad=0.08)
    return figure, figure.subplots(rows, columns, **kwargs)


def footer(figure: Figure, *sentences: str, origin: str = ORIGIN) -> None:
    """State at the foot what is model, stated and assumed; the layout keeps room for it."""
    width = int(figure.get_figwidth() * 13.2)
    text = textwrap.fill(" ".join((origin, *sentences)).strip(), width)
    figure.supxlabel(text, x=0.01, ha="left", fontsize=SMALL, color=QUIET, linespacing=1.3)


def mark_paper(
    axes: Axes, x: Numbers, y: Numbers, label: str | None = None, error: Any = None
) -> ErrorbarContainer:
    """The paper's number, with the error that its digits or the fit allow it."""
    return axes.errorbar(
        np.atleast_1d(x),
        np.atleast_1d(y),
        yerr=error,
        fmt="o",
        color=PAPER,
        markeredgecolor="white",
        markersize=9,
        zorder=5,
        label=label,
    )


def mark_model(
    axes: Axes,
    x: Numbers,
    middle: Numbers,
    low: Numbers,
    high: Numbers,
    colour: ColorType,
    label: str | None = None,
) -> ErrorbarContainer:
    """Model values as open circles; ``low`` and ``high`` are the lengths of their bars."""
    return axes.errorbar(
        np.atleast_1d(x),
        middle,
        yerr=np.maximum(np.array([low, high]), 0.0),
        fmt="o",
        color=colour,
        markerfacecolor="white",
        markeredgewidth=1.8,
        zorder=4,
        label=label,
    )


def mark_rows(
    axes: Axes,
    x: Numbers,
    rows: Sequence[Row],
    colour: ColorType,
    label: str | None = None,
    scale: float = 1.0,
) -> ErrorbarContainer:
    """Rows of the comparison, times ``scale``, as open circles with their 95 % intervals."""
    model = np.array([row.model for row in rows])
    low = model - [row.lower95 for row in rows]
    high = np.array([row.upper95 for row in rows]) - model
    return mark_model(axes, x, scale * model, scale * low, scale * high, colour, label)


def shades(number: int) -> list[tuple[float, float, float, float]]:
    """Colours from dark to light for rising C-rates of the coated cell."""
    return [colormaps["viridis"](share) for share in np.linspace(0.0, 0.85, number)]


def plain_ticks(axis: Axis, ticks: Sequence[float]) -> None:
    """These ticks alone, without powers of ten, on a logarithmic axis."""
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(NullLocator())


def note(axes: Axes, text: str, position: tuple[float, float], **kwargs: Any) -> Text:
    """A remark inside the axes, at a position in shares of its width and height."""
    style = {"fontsize": SMALL, "color": QUIET, "va": "top", "linespacing": 1.3} | kwargs
    return axes.text(*position, text, transform=axes.transAxes, **style)
