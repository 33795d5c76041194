"""Figures of a sweep: Pareto fronts of two columns, and maps of one over two varied quantities."""

from pathlib import Path
from typing import Literal

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from ssb_model.plotting import (
    COATED,
    FEW_DECADES,
    footer,
    house_style,
    new_figure,
    plain_decades,
    save_figure,
    scale_axis,
    typeset,
)
from ssb_model.sweep.file import FrontTable, MapTable
from ssb_model.sweep.maps import map_of
from ssb_model.sweep.pareto import Cloud, cloud_of, front_of
from ssb_model.sweep.plan import Plan
from ssb_model.sweep.store import columns_by_chunk
from ssb_model.sweep.variables import DECADE, Variable, bare_name

CLOUD, MEDIANS = "Greys", "viridis"


def save_sweep_figures(sweep: Plan, folder: Path) -> list[Path]:
    """Draw every front and map of a sweep file and write it to the sweep's folder as PNG."""
    figures = {}
    for k, front in enumerate(sweep.table.front):
        figures[f"front-{k + 1}"] = front_figure(sweep, folder, front)
    for k, table in enumerate(sweep.table.map):
        figures[f"map-{k + 1}"] = map_figure(sweep, folder, table)
    return [save_figure(figure, folder / f"{stem}.png") for stem, figure in figures.items()]


@house_style()
def front_figure(sweep: Plan, folder: Path, front: FrontTable) -> Figure:
    """All candidates in grey, darker where there are more, and those that none beats."""
    x, y = sweep.column(front.x.output), sweep.column(front.y.output)
    best = (front.x.best, front.y.best)
    cloud = cloud_of(folder, x, y)
    figure, axes = new_figure(size=(8.6, 6.4))
    if cloud is None:
        axes.set_title("No candidate has both outputs")
    else:
        found = front_of(folder, x, y, best)
        _draw_cloud(figure, axes, cloud)
        axes.step(found[x], found[y], where="post" if best[0] == "low" else "pre", color=COATED)
        axes.plot(found[x], found[y], "o", color=COATED, markeredgecolor="white")
        axes.set_title(f"{len(found[x]):,} of {cloud.candidates:,} candidates that none beats")
    _in_own_unit(sweep, axes.xaxis, front.x.output)
    _in_own_unit(sweep, axes.yaxis, front.y.output)
    footer(
        figure,
        f"Wanted: {front.x.output} {best[0]}, {front.y.output} {best[1]}. Blue: candidates to "
        "which no other is better in one of them without being worse in the other.",
        _origin(sweep),
        origin="",
    )
    return figure


@house_style()
def map_figure(sweep: Plan, folder: Path, table: MapTable) -> Figure:
    """Medians of an output over two varied quantities, all others as the design spreads them."""
    column = sweep.column(table.colour)
    found = map_of(folder, sweep, table.x, table.y, column)
    figure, axes = new_figure(size=(8.6, 6.4))
    across, up = sweep.variable(table.x), sweep.variable(table.y)
    low, high = _ends(found.medians)
    logarithmic = high > DECADE * low > 0
    image = axes.pcolormesh(
        found.x / across.factor,
        found.y / up.factor,
        np.ma.masked_invalid(found.medians),
        norm=LogNorm(low, high) if logarithmic else Normalize(low, high),
        cmap=MEDIANS,
        rasterized=True,
    )
    bar = figure.colorbar(image, ax=axes, label=typeset(column))
    if logarithmic and high < FEW_DECADES * low:
        plain_decades(bar.ax.yaxis)
    sides: list[tuple[Literal["x", "y"], Variable]] = [("x", across), ("y", up)]
    for axis, variable in sides:
        scale_axis(axes, axis, variable.scale == "log", (variable.lower, variable.upper))
    axes.set(xlabel=_axis(across), ylabel=_axis(up))
    axes.grid(False)
    axes.set_title(_map_title(sweep, table))
    note = "Of the candidates in a cell that have this output; white: none has."
    footer(figure, note, _origin(sweep), origin="")
    return figure


@house_style()
def curve_figure(sweep: Plan, folder: Path, x: str, y: str) -> Figure:
    """An output over a varied quantity, candidate by candidate."""
    across, column = sweep.variable(x), sweep.column(y)
    parts = list(columns_by_chunk(folder, [across.name, column]))
    values, outputs = (np.concatenate([p[name] for p in parts]) for name in (across.name, column))
    order = np.argsort(values, kind="stable")
    figure, axes = new_figure(size=(8.6, 6.4))
    axes.plot(values[order] / across.factor, outputs[order], color=COATED)
    ends = across.lower / across.factor, across.upper / across.factor
    scale_axis(axes, "x", across.scale == "log", ends)
    axes.set(xlabel=_axis(across), ylabel=typeset(column))
    axes.set_title(f"{y[:1].upper()}{y[1:]}")
    footer(figure, "A gap: the candidates there have no output.", _origin(sweep), origin="")
    return figure


def _draw_cloud(figure: Figure, axes: Axes, cloud: Cloud) -> None:
    counts = np.ma.masked_equal(cloud.counts, 0)
    most = max(float(counts.max()), 2.0)
    # The palest greys would not be seen on white: begin below one candidate.
    norm = LogNorm(0.2, most)
    image = axes.pcolormesh(cloud.x, cloud.y, counts, norm=norm, cmap=CLOUD, rasterized=True)
    names: tuple[Literal["x", "y"], ...] = ("x", "y")
    for axis, logarithmic, edges in zip(names, cloud.logarithmic, (cloud.x, cloud.y), strict=True):
        scale_axis(axes, axis, logarithmic, (edges[0], edges[-1]))
    axes.use_sticky_edges = False  # the best candidates lie on the edges
    axes.margins(0.03)
    bar = figure.colorbar(image, ax=axes, label="candidates in a cell [1]")
    bar.ax.set_ylim(1, most)


def _ends(values: Float[np.ndarray, "ny nx"]) -> tuple[float, float]:
    """The lowest and the highest number; 0 and 1 without any."""
    good = values[np.isfinite(values)]
    return (float(good.min()), float(good.max())) if good.size else (0.0, 1.0)


def _map_title(sweep: Plan, table: MapTable) -> str:
    others = [bare_name(v.name).lower() for v in sweep.variables]
    shown = [bare_name(name).lower() for name in (table.x, table.y)]
    others = [name for name in others if name not in shown]
    if not others:
        return f"{table.colour[:1].upper()}{table.colour[1:]}"
    return f"Median {table.colour} over {' and '.join(others)}"


def _origin(sweep: Plan) -> str:
    coating = f"; coating {sweep.table.coating}" if sweep.table.coating else ""
    return f"Model; {sweep.candidates:,} candidates, {sweep.table.design.kind}{coating}."


def _in_own_unit(sweep: Plan, axis: Axis, name: str) -> None:
    """Label an axis of a front; a varied quantity is shown in the sweep file's unit."""
    if (column := sweep.column(name)) not in [variable.name for variable in sweep.variables]:
        axis.set_label_text(typeset(column))
        return
    variable = sweep.variable(name)
    axis.set_label_text(_axis(variable))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / variable.factor:g}"))


def _axis(variable: Variable) -> str:
    return typeset(f"{bare_name(variable.name).lower()} [{variable.unit}]")
