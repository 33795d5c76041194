"""What no measurement holds is told in a sentence, before time or memory goes into it."""

import io
import zipfile

import numpy as np
import pytest

from ssb_model import packed
from ssb_model.data import read
from ssb_model.data.formats import palmsens, workbook
from ssb_model.data.text import lines, source, table
from ssb_model.errors import InputError
from ssb_model.files import Bound

HEADER = "time/s,voltage/V,current/A\n"
ROWS = "".join(f"{k},3.{min(k, 9 - k)},{1 - k // 5 * 2}\n" for k in range(10))


def refusal(path):
    with pytest.raises(InputError) as refused:
        read(path)
    assert str(path) in str(refused.value) and len(str(refused.value)) < 1_000
    return str(refused.value)


@pytest.mark.parametrize(
    ("module", "limit", "value", "text", "told"),
    [
        (lines, "MOST", 100, HEADER + "\n" * 100, "has 102 lines, more than the 100"),
        (lines, "LONGEST", 100, HEADER + "1" * 103 + "\n", "line 2 is 0.0 MiB long"),
        (lines, "MOST_OTHER", 20, "Test 1\n" * 21, "21 lines that do not begin with a number"),
        (lines, "MOST_SHAPES", 20, "\n".join("x" * k for k in range(40)), "20 lines of words"),
        (table, "MOST_SENTENCES", 20, "\n".join(f"of {k}x" for k in range(40)), "lines of words"),
        (table, "MOST_TABLES", 20, (HEADER + "1,2,3\n") * 21, "columns in more than 20 lines"),
        (table, "WIDEST", 20, "time/s" + ",x" * 20 + "\n", "line 1 has 21 columns, more than the"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isupper() else "",
)
def test_lines_and_columns_are_bounded(module, limit, value, text, told, written, monkeypatch):
    monkeypatch.setattr(module, limit, value)
    assert told in refusal(written(text))


@pytest.mark.parametrize("limit", ["MOST_OTHER", "MOST_SHAPES"])
def test_lines_of_numbers_and_blank_lines_do_not_count(limit, written, monkeypatch):
    monkeypatch.setattr(lines, limit, 2)
    [data] = read(written(HEADER + ROWS.replace("\n", "\n\n\n")))
    assert len(data.time) == 10


@pytest.mark.parametrize(
    "name",
    [
        *(
            "[",
            "(",
            "/",
            "a[",
            "a/",
            "|",
            "' ",
            '"',
            "time/s,",
            "V;",
            "Test Time (s)",
            "Step_Index",
        ),
        *("Total Time ", "TestTime", "\nMethod=", "\nprimary_data", "Freq. [", "Data: Z'\t"),
    ],
)
def test_a_header_of_any_length_is_looked_at_once(name, written):
    refusal(written(name * (80_000 // len(name)) + "\n1,2,3\n"))


@pytest.mark.parametrize("cell", ["9" * 10**6, "1." + "9" * 10**6 + "x", "-" * 10**6])
def test_a_number_of_a_million_digits_is_told_by_its_beginning(cell, written):
    path = written(f"{HEADER}{ROWS}{cell},3,1\n11,3,1\n")
    assert f"line 12, column 'time/s' holds '{cell[:40]}'" in refusal(path)


def test_a_number_with_a_million_decimals_is_one(written):
    [data] = read(written(f"{HEADER}{ROWS}9.{'3' * 10**6},3,-1\n"))
    assert data.time[-1] == 9 + 1 / 3


@pytest.mark.parametrize(
    "text",
    [
        "x\nMethod=impedance\nprimary_data\n3\n" + "9" * 5_000 + "\n1 2 3\n",
        "VERSION4.9\n" + "9" * 5_000 + "\n1\n",
        "VERSION4.9\n999999999\n1\n",
        '{"Type": "PalmSens.DataFiles.SessionFile", "x": ' + "[" * 10**6,
        '{"Type": "PalmSens.DataFiles.SessionFile", "x": ' + "9" * 10**6 + "}",
    ],
    ids=["Ivium", "Autolab", "Autolab, of nine digits", "PalmSens, deep", "PalmSens, long"],
)
def test_what_a_file_states_of_itself_is_bounded(text, written):
    refusal(written(text))


def test_what_is_read_cell_by_cell_is_smaller(written, monkeypatch):
    monkeypatch.setattr(palmsens, "SESSIONS", Bound(100, "export it as CSV"))
    text = '{"Type": "PalmSens.DataFiles.SessionFile"}' + " " * 100
    assert "that are read of its format: export it as CSV" in refusal(written(text))


@pytest.mark.parametrize("name", ["a.gz", "a.h5", "a.ods", "a.zip", "a.rar"])
def test_other_packed_files_are_not_unpacked(name, written):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("content.xml", '<table:table-cell table:number-columns-repeated="16384"/>')
    starts = {"a.gz": b"\x1f\x8b\x08", "a.h5": b"\x89HDF\r\n\x1a\n\0", "a.rar": b"Rar!\x1a\7\0"}
    path = written(starts.get(name, content.getvalue()), name=name)
    assert "unpack it" in refusal(path) or "write its columns as .csv" in refusal(path)


def book(sheet, **others):
    """A workbook with this text as its sheet, and other members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {"xl/workbook.xml": "<workbook/>", "sheet": sheet, **others}.items():
            file.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        book("<c/>" * 500_000),
        book("", strings="<si/>" * 500_000),
        book("<!DOCTYPE x [<!ENTITY a 'b'>]>"),
        book("<!DOCTYPE x [<!ENTITY a 'b'>]>".encode("utf-16")),
        book(" " * (2**20 - 4) + "<!DOCTYPE x>"),
        book(" " * (2**27)),
    ],
    ids=["cells", "strings", "entities", "of two bytes", "at the edge of a piece", "blanks"],
)
def test_a_workbook_unfolds_to_what_its_size_can_hold(content, written):
    swollen = source.open_source(written(content, name="cell.xlsx"))
    with pytest.raises(InputError, match=r"cell\.xlsx unfolds to more .* of its size"):
        workbook._refuse_swollen(swollen)


@pytest.mark.parametrize(
    ("row", "what"), [((None,) * 16_384, "cells"), (("a" * 10**6,) * 50, "characters")]
)
def test_the_cells_of_a_workbook_are_bounded_as_they_come(row, what, written):
    class Sheet:
        def iter_rows(self, values_only):
            return iter([row] * 10**6)

    swollen = source.open_source(written(book(""), name="cell.xlsx"))
    with pytest.raises(InputError, match=f"unfolds to more {what} than a workbook of its size"):
        list(workbook._lines(swollen, [Sheet()]))


def test_a_workbook_of_numbers_is_as_large_as_it_needs_to_be(written):
    """A sheet of a record, whose cells take the least that numbers of three digits can."""
    random = np.random.default_rng(0).integers(1000, size=(20_000, 8)).tolist()
    cells = ("".join(f'<c r="A{k}"><v>{v}</v></c>' for v in row) for k, row in enumerate(random))
    content = book("".join(f"<row>{row}</row>" for row in cells))
    workbook._refuse_swollen(source.open_source(written(content, name="cell.xlsx")))


def test_a_table_of_parquet_is_bounded(tmp_path, monkeypatch):
    import pyarrow as pa
    from pyarrow import parquet

    monkeypatch.setattr(packed, "NUMBERS", 100)
    path = tmp_path / "cell.parquet"
    parquet.write_table(pa.table({"test_time_second": np.zeros(101)}), path)
    assert "holds 101 rows of 1 columns, more than the 100 cells" in refusal(path)
    parquet.write_table(pa.table({"test_time_second": ["1", "2"]}), path)
    assert "'test_time_second' holds no numbers" in refusal(path)
