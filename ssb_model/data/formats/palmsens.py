"""PalmSens PSTrace exports (.csv): phase and imaginary part with their signs turned.

Some versions write "Z''" over what their others call "-Z''", so its sign is checked.
"""

from ssb_model.data.format import Format, line_with

FORMAT = Format(
    name="PalmSens",
    signature=line_with("freq / Hz|Frequency", r"neg\. Phase / |Zdashneg"),
    columns={
        "freq / *": "frequency",
        "Z' / *": "real",
        "-Z'' / *": "minus imaginary",
        "Z'' / *": "imaginary",
        "Z / *": "modulus",
        "neg. Phase / *": "minus phase",
        "Frequency": "frequency [Hz]",
        "Zdash": "real [Ohm]",
        "Zdashneg": "minus imaginary [Ohm]",
    },
    settled_imaginary=False,
)
