"""Novocontrol WinDETA and WinDATA text: Zs' and Zs'' of the series circuit, in ohm.

Zs'' is the imaginary part itself, negative for a capacitor; its sign is checked as for a plain
table.
"""

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format, line_with

FORMAT = Format(
    name="Novocontrol",
    signature=line_with(r"Freq\. ?\[", r"(?:Zs' ?\[|\|Zs?\| ?\[)"),
    end=UNKNOWN,
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
