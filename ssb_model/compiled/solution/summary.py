"""A solution as a short text and as HTML: how its members ended, and its outputs at the end."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssb_model.compiled.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.compiled.solution.solution import Solution


MOST_FAILURES = 5  # members whose failure is told


class Table(NamedTuple):
    """Headings and rows of words."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


def as_text(solution: Solution) -> str:
    """Title and tables for a terminal."""
    return "\n\n".join([_title(solution), *map(_aligned, _tables(solution))])


def as_html(solution: Solution) -> str:
    """Title and tables for a notebook; needs jinja2."""
    from jinja2 import Environment

    text = (files("ssb_model.compiled.solution") / "summary.html").read_text("utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
    return template.render(title=_title(solution), tables=_tables(solution))


def _title(solution: Solution) -> str:
    whose = "one set of inputs"
    if solution.members is not None:
        whose = f"{solution.members} member{'s' * (solution.members != 1)}"
    times = solution.t[np.isfinite(solution.t)]
    count = solution.t.shape[-1]
    when = f", {_range(times)} s" if times.size else ""
    return f"Solution of {whose}: {count} time{'s' * (count != 1)}{when}"


def _tables(solution: Solution) -> list[Table]:
    return [_outcomes(solution), *_failures(solution), _outputs(solution)]


def _outcomes(solution: Solution) -> Table:
    """How many members ended in each way, and when."""
    t_end, steps = np.atleast_1d(solution.t_end), np.atleast_1d(solution.statistics["accepted"])
    ways = np.array(_ways(solution))
    batch = solution.members is not None
    rows = []
    for way in dict.fromkeys(ways.tolist()):
        these = ways == way
        count = (str(these.sum()),) if batch else ()
        rows.append((way, *count, _range(t_end[these]), _range(steps[these])))
    return Table(("outcome", *(("members",) if batch else ()), "end [s]", "steps"), rows)


def _failures(solution: Solution) -> list[Table]:
    """Why members failed, of many the first ones."""
    reasons = np.atleast_1d(np.array(solution.termination)).tolist()
    failed = np.flatnonzero(~np.atleast_1d(solution.succeeded)).tolist()
    rows = [(str(n), reasons[n]) for n in failed[:MOST_FAILURES]]
    return [Table(("member", "failed because"), rows)] if rows else []


def _ways(solution: Solution) -> list[str]:
    """How each member ended: of an event its name."""
    names = [solution.termination] if solution.members is None else solution.termination
    outcomes = map(Outcome, np.atleast_1d(solution.outcome).tolist())
    return [
        f"event: {name}" if outcome == Outcome.EVENT else outcome.sentence
        for outcome, name in zip(outcomes, names, strict=True)
    ]


def _outputs(solution: Solution) -> Table:
    final = {name: np.atleast_1d(value) for name, value in solution.final.items()}
    rows = [(name, _range(value[np.isfinite(value)])) for name, value in final.items()]
    return Table(("output", "at the end"), rows)


def _range(values: np.ndarray) -> str:
    """The number, or the smallest and the largest."""
    if not values.size:
        return "none"
    ends = [f"{end:.6g}" for end in (values.min(), values.max())]
    return " to ".join(dict.fromkeys(ends))


def _aligned(table: Table) -> str:
    lines: Sequence[tuple[str, ...]] = [table.headings, *table.rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(map(str.ljust, line, widths)) for line in lines)
    return "\n".join(line.rstrip() for line in padded)
