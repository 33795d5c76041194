"""What must hold within a record of cycling."""

from ssb_model.constants import DAY
from ssb_model.data.consistency.charge import odd_charges
from ssb_model.data.consistency.columns import Columns
from ssb_model.data.consistency.counters import missing_rows, odd_counters
from ssb_model.data.consistency.grid import odd_times
from ssb_model.data.consistency.lone import lone_rows
from ssb_model.data.consistency.possible import YEAR

__all__ = ["doubts_of_record"]


def doubts_of_record(columns: Columns) -> list[str]:
    """Sentences about what does not hold; current positive on discharge."""
    rows = [said for table in columns.tables for said in missing_rows(table)]
    return [
        *rows,
        *_begins_late(columns),
        *odd_times(columns),
        *lone_rows(columns),
        *odd_counters(columns),
        *odd_charges(columns),
    ]


def _begins_late(columns: Columns) -> list[str]:
    """A time since another moment than the test's beginning, such as 1970."""
    begin = float(columns.values["time"][0])
    if abs(begin) < YEAR:
        return []
    return [
        f"time begins at {begin / YEAR:.3g} years ({begin / DAY:.6g} days), as of another clock"
    ]
