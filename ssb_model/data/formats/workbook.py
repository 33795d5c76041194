"""Workbooks (.xlsx) of cyclers, read by openpyxl, an optional package.

Every sheet's rows become lines of text and go to the format whose header they carry; sheets of
statistics repeat columns without being a record of them and are passed over.

A workbook is a zip archive of XML. What it unfolds to, its elements, its cells, empty ones
included, and its text are bounded by its size on disk: a cell that holds a number takes a byte.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ssb_model.data.format import refuse_missing
from ssb_model.data.text import Source
from ssb_model.errors import InputError, in_short
from ssb_model.files import MEASURED
from ssb_model.packed import SMALL, TIMES, unfold

_SUMMARY = re.compile(r"statistic|info|summary|cycle_?data", re.IGNORECASE)
_ENTITIES = b"<!DOCTYPE"
#: elements of XML in any workbook, and for each byte of it
ELEMENTS, ELEMENTS_A_BYTE = 400_000, 4
#: cells, of which a row that begins far to the right has many empty ones
CELLS, CELLS_A_BYTE = 10_000_000, 4


def is_workbook(source: Source) -> bool:
    """Whether a file is a workbook, which is a zip archive with a folder xl, of XML."""
    return source.content.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in source.content


def as_text(source: Source) -> Source:
    """The same file as text: the rows of every sheet of records, cells parted by tabs.

    Raises InputError if openpyxl is missing or cannot read the file, or the file holds more than
    a workbook of its size can.
    """
    try:
        import openpyxl
    except ImportError:
        raise refuse_missing("openpyxl", source, "save the sheet as CSV") from None
    try:
        _refuse_swollen(source)
        book = openpyxl.load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if not _SUMMARY.search(sheet.title)]
        lines = list(_lines(source, sheets))
    except InputError:
        raise
    except Exception as error:
        # openpyxl answers a damaged file with errors of zip, XML and its own.
        raise InputError(
            f"{source.path} is not a workbook that can be read ({in_short(error)}): save it as CSV."
        ) from None
    return replace(source, content="\n".join(lines).encode())


def _refuse_swollen(source: Source) -> None:
    """Refuse XML that would take hours, or that unfolds itself by entities."""
    size = len(source.content)
    elements, before = 0, b""

    def count(piece: bytes) -> None:
        nonlocal elements, before
        elements += piece.count(b"<")
        seen = before + piece.replace(b"\0", b"")  # as in UTF-16
        before = seen[-len(_ENTITIES) :]
        if elements > ELEMENTS + ELEMENTS_A_BYTE * size or _ENTITIES in seen:
            raise _swollen(source, "elements")

    unfold(source.path, io.BytesIO(source.content), size, count)


def _lines(source: Source, sheets: Iterable[Any]) -> Iterator[str]:
    """The rows of sheets as lines."""
    cells, characters = 0, 0
    for row in (row for sheet in sheets for row in sheet.iter_rows(values_only=True)):
        cells += 1 + len(row)
        if cells > CELLS + CELLS_A_BYTE * len(source.content):
            raise _swollen(source, "cells")
        line = _line(row)
        characters += len(line)
        if characters > min(MEASURED.size, SMALL + TIMES * len(source.content)):
            raise _swollen(source, "characters")
        yield line


def _line(cells: Iterable[object]) -> str:
    return "\t".join("" if cell is None else str(cell).replace("\t", " ") for cell in cells)


def _swollen(source: Source, what: str) -> InputError:
    return InputError(
        f"{source.path} unfolds to more {what} than a workbook of its size can hold: save the "
        "sheet of the record as CSV."
    )
