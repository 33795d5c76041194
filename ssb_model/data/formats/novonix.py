"""Novonix UHPC exports (.csv): a summary and a protocol in brackets, then hours, A and V."""

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format, line_with

FORMAT = Format(
    name="Novonix",
    signature=line_with(r"Run Time \(", r"Potential \("),
    end=UNKNOWN,
    columns={
        "Run Time (*)": "time",
        "Current (*)": "current",
        "Potential (*)": "voltage",
        "Capacity (*)": "capacity",
        "Cycle Number": "cycle",
        "Step Number": "step",
        "Temperature (*)": "temperature",
    },
)
