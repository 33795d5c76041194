"""Autolab FRA (.dfr): no table but one number a line, nine of each frequency.

They are frequency, real and negative imaginary part, and six of the instrument; the lines above
state the version and the number of frequencies, those below are settings.
"""

import re

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import in_itself
from ssb_model.data.format import Format, unnamed_table
from ssb_model.data.text import CELL_BY_CELL, Source, Table
from ssb_model.errors import InputError

ABOVE, EACH = 3, 9  # lines
NAMES = ("frequency [Hz]", "real [Ohm]", "minus imaginary [Ohm]")


def _points(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    source.refuse_beyond(CELL_BY_CELL)
    count = int(source.lines[1])
    if len(source.lines) < ABOVE + EACH * count:
        raise InputError(
            f"{source.path}, line 2 states {count} frequencies, of which not all follow: "
            "export the measurement again."
        )
    lines = range(ABOVE + 1, ABOVE + 1 + EACH * count, EACH)
    rows = [[cell.strip() for cell in source.lines[i - 1 : i - 1 + len(NAMES)]] for i in lines]
    return [unnamed_table(source, 1, NAMES, rows, lines, declaration)]


FORMAT = Format(
    name="Autolab FRA",
    signature=re.compile(r"\AVERSION\d+\.\d+[ \t]*\n[ \t]*\d{1,9}[ \t]*\n[ \t]*\d{1,9}[ \t]*\n"),
    end=in_itself("number of rows in its head"),
    tables=_points,
)
