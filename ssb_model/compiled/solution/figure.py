"""A solution's outputs over time as a figure of matplotlib, imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float, Int
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.compiled.solution.solution import Solution

MOST_LINES = 20  # members drawn, and points of an output in space
MOST_NAMED = 8  # lines that a legend tells apart
LONG = 7200.0  # seconds; what lasts longer is drawn in hours


def draw(solution: Solution, names: Sequence[str]) -> Figure:
    """A panel for each output of ``names``, a line for each member, or for some of many."""
    from matplotlib.figure import Figure

    single = solution.members is None
    values = [solution[name] for name in names]  # refuses what is no output
    final = [np.asarray(solution.final[name]) for name in names]
    if single:
        values, final = [x[None] for x in values], [x[None] for x in final]
    figure = Figure(figsize=(6.4, 0.6 + 2.9 * len(names)), layout="constrained")
    panels = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
    members = _drawn(solution)
    for panel, name, value, last in zip(panels, names, values, final, strict=True):
        _lines(panel, solution, members, value, last)
        panel.set_ylabel(name)
    panels[-1].set_xlabel(f"Time [{_unit(solution)[0]}]")
    panels[0].set_title(_title(solution, len(members)), loc="left")
    if 1 < len(members) <= MOST_NAMED:
        panels[0].legend(title=_varied(solution), frameon=False)
    return figure


def _drawn(solution: Solution) -> Int[np.ndarray, " drawn"]:
    """Members to draw: those that did not fail, evenly chosen where there are too many."""
    good = np.flatnonzero(solution.succeeded)
    return good[_some(len(good))]


def _some(count: int) -> Int[np.ndarray, " drawn"]:
    """Up to :data:`MOST_LINES` of ``count``, evenly chosen."""
    return np.linspace(0, count - 1, min(count, MOST_LINES)).round().astype(int)


def _lines(
    panel: Axes,
    solution: Solution,
    members: Int[np.ndarray, " drawn"],
    values: Float[np.ndarray, "members ... times"],
    final: Float[np.ndarray, "members ..."],
) -> None:
    """Each member's values up to its end, which may lie behind its last output.

    Those of an output in space are lines of one colour, a line a point.
    """
    from matplotlib import colormaps

    valid, t, t_end = np.atleast_2d(solution.valid), np.atleast_2d(solution.t), solution.t_end
    seconds = _unit(solution)[1]
    name = _varied(solution)
    colours = colormaps["viridis"](np.linspace(0.0, 0.85, max(len(members), 1)))
    for member, colour in zip(members, colours, strict=False):
        label = f"member {member}"
        if name is not None:
            label = f"{np.atleast_1d(solution.inputs[name])[member]:.4g}"
        at = np.append(t[member][valid[member]], np.atleast_1d(t_end)[member]) / seconds
        before = np.atleast_2d(values[member])[:, valid[member]]
        value = np.column_stack([before, np.atleast_1d(final[member])])
        for number, point in enumerate(value[_some(len(value))]):
            panel.plot(at, point, color=colour, label=None if number else label)


def _unit(solution: Solution) -> tuple[str, float]:
    """Unit of the time axis, and how many seconds it has."""
    return ("h", HOUR) if np.max(solution.t_end) > LONG else ("s", 1.0)


def _varied(solution: Solution) -> str | None:
    """The one input that differs between the members, if it is one."""
    names = [name for name, value in solution.inputs.items() if len(np.unique(value)) > 1]
    return names[0] if len(names) == 1 else None


def _title(solution: Solution, drawn: int) -> str:
    """How many members are drawn, and how many cannot be."""
    if solution.members is None:
        return "" if drawn else f"not drawn: {solution.status}"
    good = int(np.sum(solution.succeeded))
    failed = f", {solution.members - good} failed" if good < solution.members else ""
    return (f"{drawn} of {good} members drawn" if drawn < good else f"{good} members") + failed
