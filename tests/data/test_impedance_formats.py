"""Every impedance format gives back the spectrum it was written from, in Hz and ohm."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.data import read, read_impedance
from ssb_model.data.datasets import SYNTHETIC
from tests.data.synthetic import FREQUENCY, IMPEDANCE, IMPEDANCE_FILES

FORMATS = pytest.mark.parametrize("form", IMPEDANCE_FILES)


def is_the_spectrum(data) -> bool:
    """Whether a dataset is the synthetic spectrum, to the digits written."""
    return np.allclose(data.frequency, FREQUENCY, rtol=1e-8) and np.allclose(
        data.impedance, IMPEDANCE, rtol=1e-8
    )


@FORMATS
def test_content_alone_tells_the_format_and_the_spectrum_comes_back(form, written):
    [data] = read(written(IMPEDANCE_FILES[form].text))
    assert data.metadata["format"] == form
    assert is_the_spectrum(data)
    assert set(data.notes) <= {SYNTHETIC}
    assert (data.impedance.imag <= 0).all(), "a capacitor's imaginary part is negative"


@FORMATS
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_tell_the_encoding(form, encoding, written):
    [data] = read(written(IMPEDANCE_FILES[form].text, encoding))
    assert data.metadata["format"] == form and is_the_spectrum(data)


@pytest.mark.parametrize("form", ["BioLogic text", "Gamry"])
def test_latin_1_of_instruments_is_read(form, written):
    [data] = read(written(IMPEDANCE_FILES[form].text, "latin-1"))
    assert is_the_spectrum(data)


@FORMATS
@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\r\r\n"])
def test_line_ends_of_every_system_are_read(form, line_end, written):
    [data] = read(written(IMPEDANCE_FILES[form].text.replace("\n", line_end)))
    assert is_the_spectrum(data)


@pytest.mark.parametrize("form", ["BioLogic text", "Gamry", "ZPlot", "RelaxIS", "plain table"])
def test_decimal_commas_are_read_where_commas_do_not_separate(form, written):
    file = IMPEDANCE_FILES[form]
    commas = [[cell.replace(".", ",") for cell in row] for row in file.rows]
    [data] = read(written(replace(file, rows=commas).text))
    assert is_the_spectrum(data)


@FORMATS
def test_the_order_of_columns_does_not_matter(form, written):
    file = IMPEDANCE_FILES[form]
    turned = {"header": file.header[::-1], "rows": [row[::-1] for row in file.rows]}
    if form == "PowerSuite":
        pytest.skip("its three names in their order are all that tells its units")
    if form == "RelaxIS":
        turned["header"] = file.header[:1] + file.header[:0:-1]
        turned["rows"] = [row[:1] + row[:0:-1] for row in file.rows]
    [data] = read(written(replace(file, **turned).text))
    assert is_the_spectrum(data)


@FORMATS
def test_rows_out_of_order_are_sorted_and_noted(form, written):
    file = IMPEDANCE_FILES[form]
    rows = [*file.rows[:4], file.rows[5], file.rows[4], *file.rows[6:]]
    [data] = read(written(replace(file, rows=rows).text))
    assert is_the_spectrum(data)
    assert any("sorted" in note for note in data.notes)


@FORMATS
def test_a_repeated_row_is_left_out_and_noted(form, written):
    file = IMPEDANCE_FILES[form]
    rows = [*file.rows[:4], file.rows[3], *file.rows[4:]]
    [data] = read(written(replace(file, rows=rows).text))
    assert is_the_spectrum(data)
    assert any("repeat" in note for note in data.notes)


@FORMATS
def test_two_sweeps_in_one_table_are_two_spectra(form, written):
    file = IMPEDANCE_FILES[form]
    twice = read_impedance(written(replace(file, rows=file.rows * 2).text))
    assert [data.name for data in twice] == ["cell (1)", "cell (2)"]
    assert all(map(is_the_spectrum, twice))


@pytest.mark.parametrize("form", ["BioLogic text", "Gamry", "plain table"])
def test_two_exports_pasted_together_are_two_spectra(form, written):
    twice = read(written(IMPEDANCE_FILES[form].text * 2))
    assert len(twice) == 2 and all(map(is_the_spectrum, twice))


@FORMATS
def test_a_spectrum_survives_its_own_csv_to_the_last_bit(form, written, tmp_path):
    [data] = read(written(IMPEDANCE_FILES[form].text))
    [again] = read(data.to_csv(tmp_path / "again.csv"))
    assert (again.frequency == data.frequency).all() and (again.impedance == data.impedance).all()


def test_a_dataset_cannot_be_changed(written):
    [data] = read(written(IMPEDANCE_FILES["Gamry"].text))
    with pytest.raises(ValueError, match="read-only"):
        data.frequency[0] = 1.0
    with pytest.raises(AttributeError):
        data.name = "another"


def test_an_aborted_gamry_run_is_read_as_far_as_it_goes_and_noted(written):
    text = IMPEDANCE_FILES["Gamry"].text.replace("TOGGLE\tF", "TOGGLE\tT")
    [data] = read(written(text))
    assert is_the_spectrum(data) and "the experiment was aborted" in data.notes


def test_waiting_at_frequency_zero_is_no_point_of_the_spectrum(written):
    file = IMPEDANCE_FILES["plain table"]
    rows = [["0", "0", "0"], ["0", "0", "0"], *file.rows]
    [data] = read(written(replace(file, rows=rows).text))
    assert is_the_spectrum(data)
    assert any(note.startswith("2 rows at frequency 0") for note in data.notes)


def test_a_zplot_run_of_fewer_points_than_it_states_says_so(written):
    file = IMPEDANCE_FILES["ZPlot"]
    [data] = read(written(replace(file, rows=file.rows[:9]).text))
    assert "the file states 13 points and holds 9" in data.notes
