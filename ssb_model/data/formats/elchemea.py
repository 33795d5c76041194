"""Elchemea Analytical (.i2b): some lines of words, the number of rows, and rows without names.

They hold frequency, real and imaginary part. No words tell the format, so its file must end so.
"""

import re

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import in_itself
from ssb_model.data.format import Format, unnamed_table
from ssb_model.data.text import CELL_BY_CELL, Source, Table
from ssb_model.errors import InputError

NAMES = ("frequency [Hz]", "real [Ohm]", "imaginary [Ohm]")
COUNT = re.compile(r"[ \t]*\d{1,9}[ \t]*")


def _rows(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    source.refuse_beyond(CELL_BY_CELL)
    at = next(i for i, line in enumerate(source.lines) if COUNT.fullmatch(line))
    below = enumerate(source.lines[at + 1 :], at + 2)
    numbered = [(i, line.split()) for i, line in below if line.strip()]
    odd = next((i for i, row in numbered if len(row) != len(NAMES)), None)
    if odd:
        raise InputError(
            f"{source.path}, line {odd} does not hold the {len(NAMES)} numbers of a point: "
            "export the measurement again."
        )
    count = int(source.lines[at])
    if count != len(numbered):
        raise InputError(
            f"{source.path}, line {at + 1} states {count} rows and {len(numbered)} follow: "
            "export the measurement again."
        )
    rows, lines = [row for _, row in numbered], [i for i, _ in numbered]
    return [unnamed_table(source, at + 1, NAMES, rows, lines, declaration)]


FORMAT = Format(
    name="Elchemea Analytical",
    signature=re.compile(r"^[ \t]*\d{1,9}[ \t]*\n", re.MULTILINE),
    end=in_itself("number of rows in its head"),
    ending=".i2b",
    settled_imaginary=False,
    tables=_rows,
)
