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

MOST_LINES = 20  # members drawn
MOST_NAMED = 8  # lines that a legend tells apart
LONG = 7200.0  # seconds; what lasts longer is drawn in hours


def draw(solution: Solution, names: Sequence[str]) -> Figure:
    """A panel for each output of ``names``, a line for each member, or for some of many."""
    from matplotlib.figure import Figure

    values = [np.atleast_2d(solution[name]) for name in names]  # refuses what is no output
    figure = Figure(figsize=(6.4, 0.6 + 2.9 * len(names)), layout="constrained")
    panels = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
    members = _drawn(solution)
    for panel, name, value in zip(panels, names, values, strict=True):
        _lines(panel, solution, members, value, np.atleast_1d(solution.final[name]))
        panel.set_ylabel(name)
    panels[-1].set_xlabel(f"Time [{_unit(solution)[0]}]")
    panels[0].set_title(_title(solution, len(members)), loc="left")
    if 1 < len(members) <= MOST_NAMED:
        panels[0].legend(title=_varied(solution), frameon=False)
    return figure


def _drawn(solution: Solution) -> Int[np.ndarray, " drawn"]:
    """Members to draw: those that did not fail, evenly chosen where there are too many."""
    good = np.flatnonzero(solution.succeeded)
    if len(good) <= MOST_LINES:
        return good
    return good[np.linspace(0, len(good) - 1, MOST_LINES).round().astype(int)]


def _lines(
    panel: Axes,
    solution: Solution,
    members: Int[np.ndarray, " drawn"],
    values: Float[np.ndarray, "members times"],
    final: Float[np.ndarray, " members"],
) -> None:
    """Each member's values up to its end, which may lie behind its last output."""
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
        value = np.append(values[member][valid[member]], final[member])
        panel.plot(at, value, color=colour, label=label)


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
