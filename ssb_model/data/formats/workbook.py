"""Workbooks (.xlsx) of cyclers, read by openpyxl, an optional package.

Every sheet's rows become lines of text and go to the format whose header they carry; sheets of
statistics repeat columns without being a record of them and are passed over.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import replace

from ssb_model.data.format import refuse_missing
from ssb_model.data.text import Source
from ssb_model.errors import InputError

_SUMMARY = re.compile(r"statistic|info|summary|cycle_?data", re.IGNORECASE)


def is_workbook(source: Source) -> bool:
    """Whether a file is a workbook, which is a zip archive with a folder xl."""
    return source.content.startswith(b"PK\x03\x04") and b"xl/workbook" in source.content


def as_text(source: Source) -> Source:
    """The same file as text: the rows of every sheet of records, cells parted by tabs.

    Raises InputError if openpyxl is missing or cannot read the file.
    """
    try:
        import openpyxl
    except ImportError:
        raise refuse_missing("openpyxl", source, "save the sheet as CSV") from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if not _SUMMARY.search(sheet.title)]
        lines = [_line(row) for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    except Exception as error:
        # openpyxl answers a damaged file with errors of zip, XML and its own.
        raise InputError(
            f"{source.path} is not a workbook that can be read ({error!s:.80}): save it as CSV."
        ) from None
    return replace(source, content="\n".join(lines).encode())


def _line(cells: Iterable[object]) -> str:
    return "\t".join("" if cell is None else str(cell).replace("\t", " ") for cell in cells)
