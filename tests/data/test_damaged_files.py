"""A damaged file is refused by one sentence with file, line and cure; never a wrong table."""

import os
import re

import pytest

from ssb_model.data import read, read_cycling, read_impedance
from ssb_model.errors import InputError
from ssb_model.files import MEASURED
from tests.data import damage
from tests.data.synthetic import CYCLING_FILES, IMPEDANCE_FILES

OF_SPECTRA = (
    damage.IN_EVERY_TABLE
    | damage.of_a_number("frequency")
    | damage.of_a_number("real")
    | {
        "no frequency": (
            damage.renamed("frequency"),
            r"names no frequency column among|no line that names two columns",
        ),
        "negative frequency": (damage.cell("frequency", "-10"), r"the frequency is negative"),
        "frequency zero": (damage.cell("frequency", "0"), r"the frequency is zero"),
        "an empty cell": (damage.cell("real", ""), r"holds nothing|has \d+ cells"),
        "both decimal marks": (
            damage.cell("real", "1,5"),
            r"with a point in line \d+ and with a comma in line \d+|has \d+ cells",
        ),
        "thousands": (damage.cell("real", "1,234.5"), r"holds '1,234\.5'|has \d+ cells"),
    }
)
OF_RECORDS = (
    damage.IN_EVERY_TABLE
    | damage.of_a_number("time")
    | damage.of_a_number("current")
    | damage.of_a_number("voltage")
    | {
        "no time": (damage.renamed("time"), r"names no time column among"),
        "no current": (damage.renamed("current"), r"names no current column among"),
        "no voltage": (damage.renamed("voltage"), r"names no voltage column among"),
        "time runs back": (damage.cell("time", "0.0"), r"line \d+: time runs back from"),
    }
)


def refusal(call, path) -> str:
    """The sentence with which a call refuses a file."""
    with pytest.raises(InputError) as refused:
        call(path)
    return str(refused.value)


def is_one_sentence_about(sentence: str, path) -> bool:
    """Whether a refusal names the file and is one line that ends as a sentence."""
    return str(path) in sentence and "\n" not in sentence and sentence[-1] in ".?"


@pytest.mark.parametrize("how", OF_SPECTRA)
@pytest.mark.parametrize("form", IMPEDANCE_FILES)
def test_a_damaged_spectrum_is_refused(form, how, written):
    damaged, told = OF_SPECTRA[how]
    path = written(damaged(IMPEDANCE_FILES[form]))
    sentence = refusal(read_impedance, path)
    assert is_one_sentence_about(sentence, path)
    assert re.search(told, sentence), sentence


@pytest.mark.parametrize("how", OF_RECORDS)
@pytest.mark.parametrize("form", CYCLING_FILES)
def test_a_damaged_record_is_refused(form, how, written):
    damaged, told = OF_RECORDS[how]
    path = written(damaged(CYCLING_FILES[form]))
    sentence = refusal(read_cycling, path)
    assert is_one_sentence_about(sentence, path)
    assert re.search(told, sentence), sentence


@pytest.mark.parametrize("form", IMPEDANCE_FILES)
def test_one_frequency_with_two_impedances_is_refused_with_both_lines(form, written):
    file = IMPEDANCE_FILES[form]
    frequency = file.rows[3][file.quantities["frequency"]]
    path = written(file.with_cell(4, "frequency", frequency).text)
    first = file.first_line + 3
    sentence = refusal(read_impedance, path)
    assert f"lines {first} and {first + 1}" in sentence and "two different impedances" in sentence


@pytest.mark.parametrize("form", ["BioLogic text", "Gamry", "CH Instruments"])
@pytest.mark.parametrize("quantity", ["real", "imaginary"])
def test_a_wrong_digit_shows_where_modulus_and_phase_are_there_too(form, quantity, written):
    file = IMPEDANCE_FILES[form].with_cell(7, quantity, "99.0")
    sentence = refusal(read_impedance, written(file.text))
    assert f"line {file.first_line + 7}: real and imaginary part give" in sentence


@pytest.mark.parametrize("form", ["RelaxIS", "PowerSuite"])
def test_an_imaginary_part_that_may_be_minus_its_name_is_refused(form, written):
    file = IMPEDANCE_FILES[form]
    place = file.quantities["imaginary"]
    for row, cells in enumerate(file.rows):
        file = file.with_cell(row, "imaginary", cells[place].removeprefix("-"))
    path = written(file.text)
    assert "declare columns={'minus imaginary'" in refusal(read_impedance, path)
    [declared] = read_impedance(path, columns={"minus imaginary": file.header[place]})
    assert (declared.impedance.imag < 0).all()


@pytest.mark.parametrize("name", IMPEDANCE_FILES)
def test_a_spectrum_cut_in_its_last_row_is_read_without_it(name, written):
    file = IMPEDANCE_FILES[name]
    text = damage.replace(file, footer=()).text.rstrip("\n")
    [data] = read(written(text[: text.rindex(file.separator)]))
    assert len(data.frequency) == len(file.rows) - 1
    assert any("cut short" in note for note in data.notes)


def test_a_file_that_breaks_off_in_its_last_number_says_so(written):
    text = IMPEDANCE_FILES["plain table"].text
    [data] = read(written(text[:-6]))
    assert "the file ends without a line end: its last number may be cut short" in data.notes


def test_what_is_no_file_is_refused(tmp_path, written):
    assert "is a folder: name one of the files in it" in refusal(read, tmp_path)
    assert "cannot be read: No such file" in refusal(read, tmp_path / "missing.mpt")
    assert "cannot be read" in refusal(read, "a\0b")
    assert "is empty" in refusal(read, written(b" \n\n"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such device")
def test_a_device_is_refused_without_being_read():
    assert "is not an ordinary file" in refusal(read, "/dev/zero")


@pytest.mark.skipif(os.name == "nt", reason="Windows writes it out")
def test_an_enormous_file_is_refused_without_being_read(tmp_path):
    path = tmp_path / "enormous.mpt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 50 * MEASURED.size)
    assert "more than the 512 MiB that are read" in refusal(read, path)


def test_text_about_a_measurement_is_no_measurement(written):
    prose = "The current, voltage and time of the cell were measured,\nthen its frequency.\n" * 40
    refusal(read, written(prose))
    refusal(read, written("<html><body><p>404 Not Found: 10, 20, 30</p></body></html>"))
    refusal(read, written(b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
