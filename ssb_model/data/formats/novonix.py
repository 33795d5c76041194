"""Novonix UHPC exports (.csv): a summary and a protocol in brackets, then hours, A and V."""

import re

from ssb_model.data.format import Format

FORMAT = Format(
    name="Novonix",
    signature=re.compile(r"Date and Time,[^\n]*Run Time \("),
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
