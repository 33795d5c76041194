"""IviumSoft text exports of a spectrum: Z1 and Z2 are real and imaginary part.

Which sign Z2 has depends on the export, so it is checked as for a plain table.
"""

import re

from ssb_model.data.format import Format

FORMAT = Format(
    name="Ivium",
    signature=re.compile(r"freq\. ?/ ?Hz[^\n]*Z1 ?/ ?ohm", re.IGNORECASE),
    columns={
        "freq. /*": "frequency",
        "freq./*": "frequency",
        "Z1 /*": "real",
        "Z1/*": "real",
        "Z2 /*": "imaginary",
        "Z2/*": "imaginary",
        "-Z2 /*": "minus imaginary",
    },
    settled_imaginary=False,
)
