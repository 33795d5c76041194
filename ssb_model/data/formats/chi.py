"""CH Instruments text ("A.C. Impedance"): Z' and Z'' in ohm, |Z| as Z, the phase in degrees."""

import re

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format

FORMAT = Format(
    name="CH Instruments",
    signature=re.compile(r"^Instrument Model:\s*CHI", re.MULTILINE),
    end=UNKNOWN,
    columns={
        "Freq/*": "frequency",
        "Z'/*": "real",
        'Z"/*': "imaginary",
        "Z''/*": "imaginary",
        "Z/*": "modulus",
        "Phase/*": "phase",
        "Time/*": "time",
        "Potential/*": "voltage",
        "Current/*": "current",
    },
)
