"""IviumSoft text exports of a spectrum: Z1 and Z2 are real and imaginary part.

Which sign Z2 has depends on the export, so it is checked as for a plain table.
"""

from ssb_model.data.format import Format, line_with

FORMAT = Format(
    name="Ivium",
    signature=line_with(r"freq\. ?/ ?Hz", r"Z1 ?/ ?ohm"),
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
