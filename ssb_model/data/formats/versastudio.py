"""Princeton Applied Research VersaStudio (.par): segments whose Definition names the columns."""

import re

from ssb_model.data.ends import closed_by
from ssb_model.data.format import Format
from ssb_model.data.text import Layout

FORMAT = Format(
    name="VersaStudio",
    signature=re.compile(r"^Name=VersaStudio|^<Segment\d+>", re.MULTILINE),
    end=closed_by(r"</Segment", "</Segment>"),
    columns={
        "Point #": "record",
        "Frequency(*)": "frequency",
        "Z Real": "real [Ohm]",
        "Z Imag": "imaginary [Ohm]",
        "Elapsed Time(*)": "time",
        "E(*)": "voltage",
        "I(*)": "current",
    },
    layout=Layout(
        # The definition ends with a number that is no column.
        header=re.compile(r"Definition=(?P<names>.*?)(?:, *\d+)?\s*$"),
        ends=re.compile(r"</?\w"),
    ),
)
