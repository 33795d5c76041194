"""Every format declares how a whole file is known; a file that is not whole is told."""

import re
from dataclasses import replace

import numpy as np
import pytest

from ssb_model.data import read, read_cycling
from ssb_model.data.ends import UNKNOWN
from ssb_model.data.formats import FORMATS
from ssb_model.data.formats.nda import check_whole, two_clocks
from ssb_model.errors import InputError
from tests.data.mutants import numbers
from tests.data.nda import BEGIN, nda
from tests.data.synthetic import CURRENT, CYCLING_FILES, IMPEDANCE_FILES, TIME, VOLTAGE

RECORD = {8: 59, 29: 86}  # bytes


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_documentation_says_how_a_whole_file_is_known(form, repository):
    page = (repository / "docs" / "how-to" / "measured-files.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]
    assert [c[-1] for c in cells if form.name in _formats(c[0])] == [form.end.known_by]


def _formats(cell: str) -> set[str]:
    """The formats that a cell of the documentation names, the longest names first."""
    found = set()
    for name in sorted((form.name for form in FORMATS), key=len, reverse=True):
        if re.search(rf"(^|, ){re.escape(name)}( \(|,|:|$)", cell):
            found.add(name)
            cell = cell.replace(name, "")
    return found


@pytest.mark.parametrize("version", RECORD)
def test_a_synthetic_file_of_neware_is_whole_and_the_cell(version, written):
    pytest.importorskip("fastnda")
    data = read_cycling(written(nda(version), name="cell.nda"))
    for mine, true in ((data.time, TIME), (data.current, CURRENT), (data.voltage, VOLTAGE)):
        assert np.allclose(mine, true, atol=1e-4)
    assert data.notes == ("positive current means charge in this format",)


@pytest.mark.parametrize("version", RECORD)
def test_a_file_of_neware_that_is_cut_is_told_but_between_records_without_a_length(version):
    content = nda(version)
    untold = []
    for length in range(256, len(content)):
        try:
            told = check_whole("cell.nda", content[:length])
        except InputError as error:
            assert "is cut short" in str(error)
            continue
        untold += [length] * (not told)
    between = range(BEGIN, len(content), RECORD[version])
    assert untold == ([] if version == 29 else [k for k in untold if k in between])


def test_a_byte_of_a_record_with_a_checksum_is_always_told():
    content = nda(8)
    for place in range(BEGIN, len(content), 7):
        damaged = bytearray(content)
        damaged[place] ^= 0x10
        number = (place - BEGIN) // RECORD[8] + 1
        [note, *_] = check_whole("cell.nda", bytes(damaged))
        assert note.startswith("record") and note.endswith("the file is damaged")
        assert f"record {number} " in note or place - BEGIN - RECORD[8] * (number - 1) in range(5)


@pytest.mark.parametrize("version", RECORD)
def test_a_byte_of_a_file_of_neware_is_told_or_changes_little(version, written):
    """At least 95 in 100, a change of a hundredth of a column's range not counted."""
    pytest.importorskip("fastnda")
    content, draw, untold = nda(version), np.random.default_rng(version), 0
    whole = read_cycling(written(content, name="cell.nda"))
    for _ in range(100):
        damaged = bytearray(content)
        damaged[draw.integers(len(content))] = draw.integers(256)
        try:
            data = read_cycling(written(bytes(damaged), name="cell.nda"))
        except InputError:
            continue
        true, found = numbers(whole), numbers(data)
        same = (
            true.shape == found.shape
            and (np.abs(found - true) <= 0.01 * np.ptp(true, axis=0)).all()
        )
        untold += not (same or set(data.notes) - set(whole.notes))
    assert untold <= 5


def test_two_clocks_that_part_are_said():
    stamps = TIME + 1.7e9
    assert two_clocks(TIME, stamps) == ()
    later = np.where(np.arange(len(TIME)) > 9, stamps + 4000, stamps)
    assert "record 11: 300 s pass by the test's clock and 4300 s by its date" in str(
        two_clocks(TIME, later)
    )


def test_a_file_of_our_own_states_its_rows(tmp_path, written):
    [data] = read(written(IMPEDANCE_FILES["plain table"].text))
    path = data.to_csv(tmp_path / "own.csv")
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-2]))
    [cut] = read(path)
    assert "the file states 13 points and holds 11" in cut.notes


def test_a_segment_without_its_closing_line_is_said(written):
    file = replace(IMPEDANCE_FILES["VersaStudio"], footer=())
    [data] = read(written(file.text))
    assert any("the file ends without </Segment>" in note for note in data.notes)


@pytest.mark.parametrize("form", ["plain table", "Arbin", "PEC"])
def test_rows_that_stand_outside_every_table_are_said(form, written):
    """Behind a line of words that a layout takes for the end, or above a header."""
    lines = CYCLING_FILES[form].text.split("\n")
    lines[0], lines[6] = lines[6], lines[0]
    data = read_cycling(written("\n".join(lines)))
    assert any("may be rows and were not read" in note for note in data.notes)


def test_where_nothing_tells_the_end_the_format_says_so():
    unknown = {form.name for form in FORMATS if form.end is UNKNOWN}
    assert "plain table" in unknown and "Battery Data Format" in unknown
