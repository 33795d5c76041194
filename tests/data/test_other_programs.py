"""A file of another program is told what it is and how its numbers get out, whatever its name."""

import io
import pickle
import zipfile

import numpy as np
import pytest

from ssb_model.data import read
from ssb_model.errors import InputError
from ssb_model.prediction import load_coating


def archive(*members, first=None):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr("mimetype", first, zipfile.ZIP_STORED)
        for member in members:
            file.writestr(member, "<numbers/>")
    return buffer.getvalue()


def saved(save, *content):
    buffer = io.BytesIO()
    save(buffer, *content)
    return buffer.getvalue()


def compound(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


OPEN = "application/vnd.oasis.opendocument."
ROWS = b"1000,10,1\n100,12,3\n"
FILES = {
    "ods": (archive("content.xml", first=OPEN + "spreadsheet"), "spreadsheet of LibreOffice"),
    "odt": (archive("content.xml", first=OPEN + "text"), "text document"),
    "xlsb": (archive("xl/workbook.bin"), "binary workbook"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), "text document"),
    "pptx": (archive("ppt/presentation.xml"), "presentation"),
    "numbers": (archive("Index/Document.iwa", "Index/Tables/Tile.iwa"), "spreadsheet of Numbers"),
    "zip": (archive("cell 1.csv"), "packed archive"),
    "empty.zip": (archive(), "packed archive"),
    "npz": (saved(np.savez, ROWS), "arrays of numpy"),
    "npy": (saved(np.save, np.arange(9.0)), "array of numpy"),
    "xls": (compound("Workbook"), "an old Excel"),
    "locked.xlsx": (compound("EncryptedPackage"), "a password"),
    "doc": (compound("WordDocument"), "text document"),
    "msi": (compound("Else"), "compound file"),
    "pkl": (pickle.dumps({"f": [1.0, 2.0]}), "could run programs"),
    "old.pkl": (pickle.dumps({"f": [1.0, 2.0]}, protocol=2), "could run programs"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + ROWS, "document (.pdf)"),
    "rtf": (b"{\\rtf1\\ansi " + ROWS + b"}", "text document (.rtf)"),
    "ps": (b"%!PS-Adobe-3.0\n" + ROWS, "page for printing"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + ROWS, "packed archive (.rar)"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04" + ROWS, "packed archive (.7z)"),
    "gz": (b"\x1f\x8b\x08\x00" + ROWS, "packed file (.gz)"),
    "tar": (b"cell.csv".ljust(257, b"\0") + b"ustar\x0000" + ROWS, "packed archive (.tar)"),
    "png": (b"\x89PNG\r\n\x1a\n" + ROWS, "picture (.png)"),
    "jpg": (b"\xff\xd8\xff\xe0" + ROWS, "picture (.jpg)"),
    "tif": (b"II*\x00" + ROWS, "picture (.tif)"),
    "bmp": (b"BM" + b"\x10\x20\x00\x00" + bytes(4) + ROWS, "picture (.bmp)"),
    "mat": (b"MATLAB 5.0 MAT-file, Platform: GLNXA64".ljust(128) + ROWS, "of MATLAB"),
    "new.mat": (b"MATLAB 7.3 MAT-file".ljust(512) + b"\x89HDF\r\n\x1a\n" + ROWS, "of MATLAB"),
    "h5": (b"\x89HDF\r\n\x1a\n\x00" + ROWS, "HDF5"),
    "nc": (b"CDF\x01" + ROWS, "NetCDF"),
    "feather": (b"ARROW1\x00\x00" + ROWS, "Arrow"),
    "db": (b"SQLite format 3\x00" + ROWS, "database (SQLite)"),
    "opj": (b"CPYA 4.2673 668 W64#\n" + ROWS, "project of Origin"),
    "tdms": (b"TDSm\x0e\x00\x00\x00" + ROWS, "LabVIEW"),
    "mpr": (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "Git LFS"),
    "html": (b"\n<!DOCTYPE HTML><table><tr><td>Freq/Hz</td></tr></table>", "page of the web"),
    "xml": (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "Excel in XML"),
    "exe": (b"MZ" + bytes(58) + ROWS, "a program"),
}


@pytest.fixture(params=FILES)
def file(request, tmp_path):
    content, words = FILES[request.param]
    path = tmp_path / f"cell.{request.param}"
    path.write_bytes(content)
    return path, words


def refusal(call, *arguments):
    with pytest.raises(InputError) as refused:
        call(*arguments)
    sentence = str(refused.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("ending", [None, ".csv"])
def test_it_is_named_and_the_way_out_is_said(file, ending):
    path, words = file
    path = path.rename(path.with_suffix(ending)) if ending else path
    sentence = refusal(read, path)
    assert words in sentence and sentence.startswith(f"{path} is a")


def test_as_a_coating_too(file):
    """Only what may be a measured file by its ending is called that."""
    path, _ = file
    sentence = refusal(load_coating, path)
    assert "is a" in sentence and "wanted here" in sentence, sentence


def test_a_text_that_begins_alike_is_read(tmp_path):
    """No first bytes of text that a measurement may have are taken for another program's."""
    for begin in ("BMW cell 3", "MZ 4", "ORC 1", "RIFF", "Rar", "PK 7", "CDF of cell 2", "II* 4"):
        path = tmp_path / "cell.csv"
        path.write_text(f"{begin}\nFreq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n1000,10,1\n100,12,3\n10,13,2\n")
        assert len(read(path)[0].frequency) == 3
