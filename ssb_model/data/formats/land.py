"""LAND / Landt exports (.csv, .txt, .xlsx).

Whether discharge is written negative depends on the software's version and settings, so the sign is
taken from the physics or from the caller.
"""

import re

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format

FORMAT = Format(
    name="LAND",
    signature=re.compile(r"TestTime(?:/Sec)?|^[^\n]*test_time_s\b", re.MULTILINE),
    end=UNKNOWN,
    columns={
        "TestTime/*": "time",
        "TestTime": "time",
        "test_time_s": "time [s]",
        "Voltage/*": "voltage",
        "voltage_v": "voltage [V]",
        "Current/*": "current",
        "current_a": "current [A]",
        "Capacity/*": "capacity",
        "Cycle-Index": "cycle",
        "CycleNo": "cycle",
        "cycle_index": "cycle",
        "Step-Index": "step",
        "StepNo": "step",
        "step_index": "step",
    },
)
