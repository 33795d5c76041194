"""Novocontrol WinDETA and WinDATA text: Zs' and Zs'' of the series circuit, in ohm.

Zs'' is the imaginary part itself, negative for a capacitor; its sign is checked as for a plain
table.
"""

import re

from ssb_model.data.format import Format

FORMAT = Format(
    name="Novocontrol",
    signature=re.compile(r"Freq\. ?\[Hz\][^\n]*(?:Zs' ?\[|\|Z\| ?\[)"),
    columns={
        "Freq. [*]": "frequency",
        "Zs' [*]": "real",
        "Zs'' [*]": "imaginary",
        "-Zs'' [*]": "minus imaginary",
        "|Z| [*]": "modulus",
        "|Zs| [*]": "modulus",
    },
    settled_imaginary=False,
)
