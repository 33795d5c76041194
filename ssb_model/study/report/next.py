"""What the page shows of what to measure next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssb_model.study.analysis import FLAGGED
from ssb_model.study.report.rows import Rows, rows_of

if TYPE_CHECKING:
    from ssb_model.study.design import Outlook

SHOWN = 5  # candidates listed for each parameter
HEAD = ("further measurement", "hours", "width over prior's", "information [nat]")


def next_measurements(outlook: Outlook | None) -> dict[str, Any] | None:
    """A sentence and the best candidates for each open parameter."""
    if outlook is None or not (outlook.advice or outlook.left_out):
        return None
    return {
        "advice": [(str(a), _candidates(outlook, a.parameter)) for a in outlook.advice],
        "left_out": outlook.left_out,
    }


def _candidates(outlook: Outlook, parameter: str) -> Rows:
    best = outlook.ranked(parameter)[:SHOWN]
    return rows_of(
        HEAD,
        [
            (
                candidate.name,
                "" if candidate.hours is None else f"{candidate.hours:.2g}",
                f"{candidate.widths[parameter]:.2f}",
                f"{candidate.information:.2g}",
            )
            for candidate in best
        ],
        opened=[k for k, c in enumerate(best) if c.widths[parameter] >= FLAGGED],
    )
