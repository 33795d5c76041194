"""Scribner ZPlot and ZView (.z), also as Autolab and others write it: Z'(a) and Z''(b) in ohm."""

import re

from ssb_model.data.ends import stated
from ssb_model.data.format import Format

FORMAT = Format(
    name="ZPlot",
    signature=re.compile(r"\A\"?(?:ZPLOT2 ASCII|ZPlotW Data File|Z60W Data File)"),
    end=stated(r"Data Points: +([0-9]{1,6})"),
    columns={
        "Freq(*)": "frequency",
        "Freq (*)": "frequency",
        "Z'(a)": "real [Ohm]",
        "Z''(b)": "imaginary [Ohm]",
    },
)
