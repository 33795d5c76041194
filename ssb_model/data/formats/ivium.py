"""IviumSoft: text exports of a spectrum, and its data files (.idf; .ids with several measurements).

Z1 and Z2 are real and imaginary part. Which sign Z2 has depends on the export, so it is checked as
for a plain table. In a data file each measurement stands below the line primary_data, behind the
number of its columns and of its rows; the settings above name its method, and no line its columns.
"""

import re
from collections.abc import Iterator

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import UNKNOWN, in_itself
from ssb_model.data.format import Format, line_with, unnamed_table
from ssb_model.data.text import CELL_BY_CELL, Lines, Source, Table
from ssb_model.errors import InputError

FORMAT = Format(
    name="Ivium",
    signature=line_with(r"freq\. ?/ ?Hz", r"Z1 ?/ ?ohm"),
    end=UNKNOWN,
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

METHODS = {
    "impedance": ("real [Ohm]", "imaginary [Ohm]", "frequency [Hz]"),
    "transients": ("time [s]", "current [A]", "voltage [V]"),
}
COUNT = re.compile(r"[0-9]{1,9}")
PADDING = " \t\x00"


def _measurements(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    source.refuse_beyond(CELL_BY_CELL)
    text = source.content.replace(b"\r\n", b"\n")
    return list(_each(source, Lines(source.path, text, "latin-1"), declaration))


def _each(source: Source, lines: Lines, declaration: Declaration) -> Iterator[Table]:
    method = ""
    for index in lines.others.tolist():
        line = lines[index]
        if "Method=" in line:
            method = line.partition("Method=")[2].strip(PADDING)
        elif line.strip(PADDING) == "primary_data":
            if method.lower() not in METHODS:
                raise InputError(
                    f"{source.path}, line {index + 1}: a measurement of the method {method!r:.40} "
                    "is not read: export it from IviumSoft as text."
                )
            yield _below(source, lines, index, METHODS[method.lower()], declaration)


def _below(
    source: Source, lines: Lines, at: int, names: tuple[str, ...], declaration: Declaration
) -> Table:
    width, count = [*(line.strip(PADDING) for line in lines[at + 1 : at + 3]), "", ""][:2]
    points = int(count) if COUNT.fullmatch(count) else 0
    rows = [line.split() for line in lines[at + 3 : at + 3 + points]]
    whole = rows and len(rows) == points and width == str(len(names))
    if not whole or any(len(row) != len(names) for row in rows):
        raise InputError(
            f"{source.path}, line {at + 2}: the {count:.20} rows of {len(names)} numbers that a "
            "measurement of its method has do not follow: export it from IviumSoft again, or as "
            "text."
        )
    return unnamed_table(
        source, at + 1, names, rows, range(at + 4, at + 4 + len(rows)), declaration
    )


DATA = Format(
    name="Ivium data",
    signature=re.compile(
        rb"(?s)(?=.{0,65536}?\nMethod=)(?=.{0,196608}?\nprimary_data[ \t\x00]*\r?\n)"
    ),
    end=in_itself("number of rows of each measurement"),
    settled_imaginary=False,
    tables=_measurements,
)
