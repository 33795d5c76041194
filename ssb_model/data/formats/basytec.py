"""Basytec text: lines that begin with ~, the last of them the header; positive on charge."""

import re

from ssb_model.data.ends import NUMBERED
from ssb_model.data.format import Format

FORMAT = Format(
    name="Basytec",
    signature=re.compile(r"\A\W*Resultfile from Basytec|^~Time ?\[", re.MULTILINE),
    end=NUMBERED,
    columns={
        "DataSet": "record",
        "~Time[*]": "time",
        "Time[*]": "time",
        "I[*]": "current",
        "U[*]": "voltage",
        "Ah[*]": "capacity",
        "Ah-Cyc-Charge": "charge capacity [A.h]",
        "Ah-Cyc-Discharge": "discharge capacity [A.h]",
        "Cyc-Count": "cycle",
        "Line": "step",
        # The degree sign is often lost on the way.
        "T1[*C]": "temperature [degC]",
    },
    current_positive_on="charge",
)
