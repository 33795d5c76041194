"""Files of other programs, known by their first bytes: what each is, and how its numbers get out.

They are told apart to be refused in words that help; none of them is opened here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class OtherFile(NamedTuple):
    """What a file is, with an article and its usual ending, and what to do for its numbers."""

    name: str
    cure: str


HEAD = 1024  # bytes in which a file's kind is sought
SHEET = "open it and save the sheet of the measurement as .xlsx or .csv"
TABLE = "copy the table of numbers into a spreadsheet and save that as .csv"
PICTURE = "export the numbers from the program that drew it, as .csv"
UNPACK = "unpack it and name the file of the measurement"
ARRAYS = "write its columns as .csv, with a header that names quantity and unit"
EXPORT = "export the measurement from it as .csv or .txt"
PICKLE = f"it could run programs when it is read, and is not; {ARRAYS}"
PROGRAM = "name a file of the measurement"

#: by the bytes at the beginning; the first that fits counts
_BEGIN = {
    rb"%PDF-": OtherFile("a document (.pdf)", TABLE),
    rb"\{\\rtf": OtherFile("a text document (.rtf)", TABLE),
    rb"%!PS": OtherFile("a page for printing (.ps, .eps)", PICTURE),
    rb"Rar!\x1a\x07": OtherFile("a packed archive (.rar)", UNPACK),
    rb"7z\xbc\xaf\x27\x1c": OtherFile("a packed archive (.7z)", UNPACK),
    rb"\x1f\x8b": OtherFile("a packed file (.gz)", UNPACK),
    rb"BZh[1-9]1AY&SY": OtherFile("a packed file (.bz2)", UNPACK),
    rb"\xfd7zXZ\x00": OtherFile("a packed file (.xz)", UNPACK),
    rb"\x28\xb5\x2f\xfd": OtherFile("a packed file (.zst)", UNPACK),
    rb".{257}ustar[\x00 ]": OtherFile("a packed archive (.tar)", UNPACK),
    rb"\x89PNG\r\n\x1a\n": OtherFile("a picture (.png)", PICTURE),
    rb"\xff\xd8\xff": OtherFile("a picture (.jpg)", PICTURE),
    rb"GIF8[79]a": OtherFile("a picture (.gif)", PICTURE),
    rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+": OtherFile("a picture (.tif)", PICTURE),
    rb"BM.{4}\x00{4}": OtherFile("a picture (.bmp)", PICTURE),
    rb"RIFF.{4}WEBP": OtherFile("a picture (.webp)", PICTURE),
    rb".{4}ftyp(heic|heix|mif1|avif)": OtherFile("a picture (.heic)", PICTURE),
    rb"\x01\x00\x00\x00.{36} EMF": OtherFile("a picture (.emf)", PICTURE),
    rb"\xd7\xcd\xc6\x9a": OtherFile("a picture (.wmf)", PICTURE),
    rb"MATLAB [57]\.\d MAT-file": OtherFile("a file of MATLAB (.mat)", ARRAYS),
    rb"(.{512})?\x89HDF\r\n\x1a\n": OtherFile("a file of arrays (HDF5, .h5)", ARRAYS),
    rb"CDF[\x01\x02\x05]": OtherFile("a file of arrays (NetCDF, .nc)", ARRAYS),
    rb"\x93NUMPY": OtherFile("an array of numpy (.npy)", ARRAYS),
    rb"ARROW1|FEA1": OtherFile("a table of Arrow (.feather)", ARRAYS),
    rb"ORC\x0a?[\x00-\x1f]": OtherFile("a table of ORC", ARRAYS),
    rb"\x80[\x02-\x05]": OtherFile("a pickle of Python (.pkl)", PICKLE),
    rb"RD[AX][23]\n[AX]\n": OtherFile("a workspace of R (.RData)", ARRAYS),
    rb"\$FL[23]@\(#\)": OtherFile("a table of SPSS (.sav)", ARRAYS),
    rb"SQLite format 3\x00": OtherFile("a database (SQLite)", EXPORT),
    rb"\x00\x01\x00\x00Standard (Jet|ACE) DB": OtherFile("a database of Access", EXPORT),
    rb"CPY[AU]": OtherFile("a project of Origin (.opj)", EXPORT),
    rb"TDSm": OtherFile("a file of LabVIEW (.tdms)", EXPORT),
    rb"version https://git-lfs\.github\.com/spec/": OtherFile(
        "a placeholder of Git LFS", "fetch the file itself with git lfs pull"
    ),
    rb"(?i)\s*<(!doctype html|html)\b": OtherFile("a page of the web (.html)", TABLE),
    rb"\s*<\?xml .{0,200}Excel\.Sheet": OtherFile("a workbook of Excel in XML (.xml)", SHEET),
    rb"\x7fELF|MZ.{0,61}\x00|\xcf\xfa\xed\xfe": OtherFile("a program", PROGRAM),
}
#: of a compound file (OLE2) and of a zip archive, by the names that are in it
_COMPOUND = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {
    "EncryptedPackage": OtherFile(
        "a workbook with a password (.xlsx)", "save it without one, or its sheet as .csv"
    ),
    "Workbook": OtherFile("a workbook of an old Excel (.xls)", SHEET),
    "Book": OtherFile("a workbook of an old Excel (.xls)", SHEET),
    "WordDocument": OtherFile("a text document (.doc)", TABLE),
    "PowerPoint Document": OtherFile("a presentation (.ppt)", TABLE),
    "": OtherFile("a compound file of another program (OLE2)", EXPORT),
}
NUMPY = OtherFile("a file of arrays of numpy, such as a saved model (.npz, .ssb)", ARRAYS)
_ZIP = rb"PK(\x03\x04|\x05\x06)"
_MEMBERS = {
    rb"oasis\.opendocument\.spreadsheet": OtherFile("a spreadsheet of LibreOffice (.ods)", SHEET),
    rb"oasis\.opendocument\.text": OtherFile("a text document (.odt)", TABLE),
    rb"oasis\.opendocument\.\w+": OtherFile("a document of LibreOffice", TABLE),
    rb"xl/workbook\.bin": OtherFile("a binary workbook of Excel (.xlsb)", SHEET),
    rb"xl/workbook": OtherFile("a workbook of Excel (.xlsx)", SHEET),
    rb"word/document": OtherFile("a text document (.docx)", TABLE),
    rb"ppt/presentation": OtherFile("a presentation (.pptx)", TABLE),
    rb"Index/Tables/|Index/CalculationEngine": OtherFile("a spreadsheet of Numbers", SHEET),
    rb"Index/Document\.iwa": OtherFile("a document of Pages or Keynote", TABLE),
    rb"\.npy": NUMPY,
    rb"": OtherFile("a packed archive (.zip)", UNPACK),
}


def other_program(content: bytes) -> OtherFile | None:
    """What another program's file is; None if that is not known, or it may be text."""
    return next(_fitting(content), None)


def _fitting(content: bytes) -> Iterator[OtherFile]:
    if re.match(_COMPOUND, content):
        yield next(f for name, f in _STREAMS.items() if name.encode("utf-16-le") in content)
    if re.match(_ZIP, content):
        yield next(f for name, f in _MEMBERS.items() if re.search(name, content))
    for begin, found in _BEGIN.items():
        if re.match(begin, content[:HEAD], re.DOTALL):
            yield found
