"""Gamry Framework (.DTA): one ZCURVE table a spectrum, its units in the line below the header.

Zimag and Zphz are negative for a capacitor. A run that was stopped has no ZCURVE after its last
point and is read as far as it goes.
"""

import re

from ssb_model.data.ends import NUMBERED
from ssb_model.data.format import Format
from ssb_model.data.text import Layout

FORMAT = Format(
    name="Gamry",
    signature=re.compile(r"\AEXPLAIN\s*\n"),
    end=NUMBERED,
    columns={
        "Pt": "record",
        "Freq": "frequency [Hz]",
        "Zreal": "real [Ohm]",
        "Zimag": "imaginary [Ohm]",
        "Zmod": "modulus [Ohm]",
        "Zphz": "phase [deg]",
    },
    layout=Layout(begins=re.compile(r"ZCURVE\tTABLE"), ends=re.compile(r"[A-Z]\w*\t")),
    remarks={r"^EXPERIMENTABORTED\tTOGGLE\tT": "the experiment was aborted"},
)
