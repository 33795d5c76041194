"""Maccor text exports: "Rec", "Cyc#" or "Cycle C", then time, amperes and volts.

Where the header names no units they are A, V and Ah. Current is written without its sign: a column
"State" or "MD" says whether it charges (C) or discharges (D).
"""

from ssb_model.data.ends import NUMBERED
from ssb_model.data.format import Format, line_with

FORMAT = Format(
    name="Maccor",
    signature=line_with(r"\bRec(?:ord)?#?(?![\w.])", r"\bCyc(?:le)?(?:#| C\b)"),
    end=NUMBERED,
    columns={
        "Rec#": "record",
        "Rec": "record",
        "Record#": "record",
        "Record": "record",
        "Test Time (*)": "time",
        "TestTime(*)": "time",
        "Test (*)": "time",
        "TestTime": "time",
        "Test Time": "time",
        "Current (*)": "current",
        "Current(*)": "current",
        "Amps": "current [A]",
        "Current": "current [A]",
        "Voltage (*)": "voltage",
        "Voltage(*)": "voltage",
        "Volts": "voltage [V]",
        "Voltage": "voltage [V]",
        "Capacity (*)": "capacity",
        "Amp-hr": "capacity [A.h]",
        "Capacity": "capacity [A.h]",
        "Cycle C": "cycle",
        "Cycle#": "cycle",
        "Cyc#": "cycle",
        "Cycle": "cycle",
        "Step": "step",
        "State": "direction",
        "MD": "direction",
        "Temp 1": "temperature [degC]",
    },
)
