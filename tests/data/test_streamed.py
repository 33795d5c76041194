"""A long table, which streams into arrays, is what it would be if it were read cell by cell."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from ssb_model.data import read
from ssb_model.data.text import rows, streamed
from ssb_model.errors import InputError
from tests.data.synthetic import CYCLING_FILES, IMPEDANCE_FILES
from tests.data.test_arbitrary_files import TRIED

FILES = {f"impedance, {name}": file for name, file in IMPEDANCE_FILES.items()}
FILES |= {f"cycling, {name}": file for name, file in CYCLING_FILES.items()}
SHARED = Path(__file__).parents[3] / "shared"
REAL = sorted(p for folder in ("data", "cases") for p in (SHARED / folder).rglob("*.*"))
HEADER = "time/s,voltage/V,current/A,step\n"
CELLS = st.sampled_from(
    [
        *("1", "-1.5", "+2", ".5", "5.", "1e3", "1D2", "1,5", '"3"', ' "4" ', " 7 ", "007", "-.5"),
        *("", "nan", "inf", "1e999", "1e-999", "0x10", "1_0", "abc", "#", '"', "'", "µ", "1 2"),
        *("0.1000000000000000055511151231257827", "179769313486231570e291", "4.9e-324", "9" * 400),
    ]
)
CLOCKS = {
    "clock": [f"{k // 60}:{k % 60:02d}:{k % 7}.5" for k in range(200)],
    "clock with a comma": [f"0:{k // 60:02d}:{k % 60:02d},25" for k in range(200)],
    "days": [f"{k // 24}d {k % 24:02d}:00:00" for k in range(200)],
    "stamp": [f"2024-02-{1 + k // 24:02d} {k % 24:02d}:00:00.125" for k in range(200)],
    "stamp in words": [f"{1 + k // 24}-Feb-2024 {k % 24}:00:00" for k in range(200)],
    "half days": [
        f"2/{13 + k // 24}/2024 {k % 12 or 12}:30:00 {'ap'[k % 24 // 12]}m" for k in range(200)
    ],
}


def outcome(path, **said):
    """Everything that a file is read as: columns to the last bit, notes; or the refusal."""
    try:
        datasets = read(path, **said)
    except InputError as refused:
        return str(refused)
    return [
        (
            data.notes,
            {name: values.to_numpy().tobytes() for name, values in data.to_dataframe().items()},
        )
        for data in datasets
    ]


@pytest.fixture
def both(monkeypatch):
    """What a file is, cell by cell and streamed in pieces of a few rows."""

    def read_twice(path, piece=150, **said):
        before = outcome(path, **said)
        with monkeypatch.context() as patch:
            patch.setattr(rows, "LEAST", 0)
            patch.setattr(streamed, "PIECE", piece)
            return before, outcome(path, **said)

    return read_twice


@pytest.mark.parametrize("name", FILES)
def test_every_format_is_the_same(name, both, written):
    before, after = both(written(FILES[name].text))
    assert before == after and not isinstance(after, str)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_every_real_file_is_the_same(path, both):
    before, after = both(path)
    assert before == after


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends_are_the_same(encoding, end, both, written):
    text = FILES["cycling, plain table"].text + "# 25 °C, 3 µm\n"
    before, after = both(written(text.replace("\n", end).encode(encoding)))
    assert before == after and not isinstance(after, str)


@pytest.mark.parametrize(
    "gap", ["", "\n", "# a comment\n", " \n", ",,\n", "words\n", "1\n", HEADER]
)
@pytest.mark.parametrize("place", [0, 1, 20, 39, 40])
def test_what_lies_between_rows_is_the_same(gap, place, both, written):
    lines = [f"{k}.5,3.{k % 7},{(-1) ** (k // 8)},{k // 8}\n" for k in range(40)]
    lines.insert(place, gap)
    before, after = both(written(HEADER + "".join(lines)))
    assert before == after


@TRIED
@given(changed=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 3), CELLS), max_size=3))
@pytest.mark.parametrize("separator", [",", "\t", ";", " ", "   "])
def test_whatever_is_in_the_cells_is_the_same(changed, separator, both, written):
    cells = [[f"{k}.5", f"3.{k % 7}", f"{(-1) ** (k // 8)}", f"{k // 8}"] for k in range(30)]
    for row, column, cell in changed:
        cells[row][column] = cell
    text = "".join(separator.join(row) + "\n" for row in cells)
    before, after = both(written(HEADER.replace(",", separator) + text))
    assert before == after


@TRIED
@given(
    cells=st.lists(st.lists(st.text("0123456789+-.,eE \"'", max_size=6), max_size=5), max_size=9)
)
def test_rows_of_any_characters_of_numbers_are_the_same(cells, both, written):
    text = "".join(",".join(row) + "\n" for row in cells)
    before, after = both(written(f"{HEADER}0,3,1,1\n1,3.1,1,1\n{text}"), piece=20)
    assert before == after


@pytest.mark.parametrize(
    "damage", ["", "12:61:00", "31.2.2024 1:00:00", "2024-02-30 01:00:00", "1.5"]
)
@pytest.mark.parametrize("name", CLOCKS)
def test_times_on_the_clock_are_the_same(name, damage, both, written):
    times = [*CLOCKS[name]]
    times[150] = damage or times[150]
    table = "".join(f"{t};3.{k % 7};{(-1) ** (k // 8)}\n" for k, t in enumerate(times))
    before, after = both(
        written(f"time;voltage/V;current/A\n{table}"), current_positive_on="charge"
    )
    assert before == after and isinstance(after, str) == bool(damage)


def test_a_current_is_signed_by_words_in_a_long_table_too(both, written):
    table = "".join(
        f"{k}\t3.{k % 7}\t0.001\t{'CC DChg' if k // 10 % 2 else 'CC Chg'}\n" for k in range(90)
    )
    before, after = both(written(f"time/s\tvoltage/V\tcurrent/A\tstep type\n{table}"))
    assert before == after and "the kind of step says" in str(after)


def test_spectra_and_the_record_between_them_are_the_same(both, written):
    text = "freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm,time/s,Ewe/V,I/mA\n"
    for k in range(12):
        text += "".join(f"{10 ** (5 - f)},{10 + f},{f + 1},{k * 100 + f},3.4,0\n" for f in range(6))
        text += "".join(f"0,0,0,{k * 100 + 10 + s},3.{k},{(-1) ** k}\n" for s in range(5))
    before, after = both(written(text), current_positive_on="charge")
    assert before == after and len(after) == 13


@pytest.mark.skipif(os.name == "nt", reason="memory is counted otherwise")
def test_columns_are_not_kept_twice(monkeypatch, written):
    """The dataset's own arrays are those that the text streamed into."""
    monkeypatch.setattr(rows, "LEAST", 0)
    table = "".join(f"{k},3.{k % 7},{(-1) ** (k // 8)}\n" for k in range(50))
    path = written(f"time/s,voltage/V,current/A\n{table}")
    [data] = read(path, current_positive_on="discharge")
    assert data.voltage.base is not None and not data.voltage.flags.writeable
    with pytest.raises(ValueError):
        data.voltage[0] = np.nan
