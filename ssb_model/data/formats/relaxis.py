"""RelaxIS text export: columns "Data: ...", tab-separated, and one line about them below.

Frequency is taken in Hz and impedance in ohm; the sign of Z'' is checked as for a plain table.
"""

import re

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format

FORMAT = Format(
    name="RelaxIS",
    signature=re.compile(r"(?:^|\t)Data: (?:Frequency|Z')", re.MULTILINE),
    end=UNKNOWN,
    columns={
        "Data: Frequency": "frequency [Hz]",
        "Data: Z'": "real [Ohm]",
        "Data: Z''": "imaginary [Ohm]",
        "Data: |Z|": "modulus [Ohm]",
    },
    settled_imaginary=False,
)
