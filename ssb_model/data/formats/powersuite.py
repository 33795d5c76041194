"""PowerSuite text: three columns, Frequency, Zre and Zimg, in Hz and ohm without saying so."""

import re

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format

FORMAT = Format(
    name="PowerSuite",
    signature=re.compile(r"\AFrequency\s*\t\s*Zre\s*\t\s*Zimg\s*\n"),
    end=UNKNOWN,
    columns={
        "Frequency": "frequency [Hz]",
        "Zre": "real [Ohm]",
        "Zimg": "imaginary [Ohm]",
    },
    settled_imaginary=False,
)
