"""Scores of predicted rows as tables, on the terminal and in ``scores.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ssb_model.cli.terminal import Columns, make_table

if TYPE_CHECKING:
    from rich.table import Table

    from ssb_model.reproduction import RowResult, Scores

TOTALS: Columns = {
    "predicted": "left",
    "held against": "left",
    "numbers": "right",
    "rows": "right",
    "ln p": "right",
    "above the constant's": "right",
    "CRPS or Brier": "right",
    "skill": "right",
}
ROWS: Columns = {
    "row": "left",
    "ln p": "right",
    "CRPS or Brier": "right",
    "probability below, or of the bound": "right",
    "the constant's ln p": "right",
    "its CRPS or Brier": "right",
    "its 95 % interval": "right",
}


def score_table(scores: Scores) -> Table:
    """Means by kind and baseline."""
    title = "Scores of the predicted rows"
    return make_table(title, TOTALS, totals(scores), unbroken=("predicted",))


def score_text(scores: Scores, rows: Iterable[RowResult], told: Iterable[str]) -> str:
    """``scores.md``: the means, what they mean, and each row's."""
    parts = [
        "# Scores of the predicted rows",
        markdown(TOTALS, totals(scores)),
        *told,
        markdown(ROWS, each(scores, rows)),
    ]
    return "\n\n".join(parts) + "\n"


def markdown(columns: Columns, rows: Iterable[Sequence[str]]) -> str:
    """A table as Markdown text."""
    rule = ["---" if side == "left" else "---:" for side in columns.values()]
    return "\n".join("| " + " | ".join(line) + " |" for line in ([*columns], rule, *rows))


def totals(scores: Scores) -> Iterator[list[str]]:
    """Cells of :data:`TOTALS`."""
    for t in scores.totals:
        means = (t.log_score, t.log_skill, t.error, t.skill)
        yield [t.what, t.baseline, str(t.numbers), str(t.rows), *map(_two, means)]


def each(scores: Scores, rows: Iterable[RowResult]) -> Iterator[list[str]]:
    """Cells of :data:`ROWS`."""
    of = {row.id: row for row in rows}
    for s in scores.rows:
        share = s.probability if s.pit is None else s.pit
        constant = of[s.id].baseline
        interval = "" if constant is None else f"{constant[1]:.3g} … {constant[2]:.3g}"
        numbers = (s.log_score, s.error, share, s.baseline_log_score, s.baseline_error)
        yield [s.id, *map(_two, numbers), interval]


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"
