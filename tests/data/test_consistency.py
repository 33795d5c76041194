"""What must hold within a file is checked, and what does not is said with its line and column."""

from dataclasses import replace

import pytest

from ssb_model.data import read, read_cycling, read_impedance
from ssb_model.data.declaration import Undeclared
from ssb_model.errors import InputError
from tests.data.long_files import LONG_FILES
from tests.data.synthetic import CYCLING_FILES, IMPEDANCE_FILES

RECORD, SPECTRUM = LONG_FILES["LAND record"], LONG_FILES["plain spectrum"]
ARBIN = LONG_FILES["Arbin record"]
ROW = 60  # in the middle of a charge


def notes(file, written) -> str:
    """What is said of a file."""
    [data] = read(written(file.text))
    return "; ".join(data.notes)


def changed(file, quantity, factor, row=ROW):
    """Another number in one cell."""
    value = float(file.rows[row][file.quantities[quantity]])
    return file.with_cell(row, quantity, f"{factor * value:.9E}")


def other(file, header, text, row=ROW):
    """Another text in a column that a record need not have."""
    place = file.header.index(header)
    rows = [[*c[:place], text, *c[place + 1 :]] if i == row else c for i, c in enumerate(file.rows)]
    return replace(file, rows=rows)


@pytest.mark.parametrize("name", LONG_FILES)
def test_of_a_record_with_noise_and_no_damage_nothing_is_said(name, written):
    [data] = read(written(LONG_FILES[name].text))
    assert [note for note in data.notes if "positive current" not in note] == []


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (changed(RECORD, "current", -1), "column 'Current/mA' holds '-2.000000000E+00', far from"),
        (changed(RECORD, "current", 10), "column 'Current/mA' holds '2.000000000E+01', far from"),
        (changed(RECORD, "current", 0.1), "'Current/mA' holds '2.000000000E-01', far from"),
        (changed(RECORD, "voltage", 1.1), "column 'Voltage/V' holds"),
        (changed(RECORD, "voltage", -1), "column 'Voltage/V' holds"),
        (changed(RECORD, "time", 1.002), "off the grid of 60 s of the others"),
        (other(RECORD, "Cycle-Index", "7"), "cycles count by one"),
        (other(RECORD, "Cycle-Index", "1.5"), "the cycle was left out"),
        (other(ARBIN, "Data_Point", "9"), "'Data_Point' holds '9', after 60 in the row before"),
    ],
)
def test_a_damaged_number_is_said_with_its_line(file, told, written):
    said = notes(file, written)
    line = file.first_line + ROW
    assert told in said and f"line {line}, column" in said


def test_a_pulse_of_one_sample_is_no_damage(written):
    """Its voltage answers."""
    file = changed(RECORD, "current", -1)
    file = file.with_cell(ROW, "voltage", f"{float(file.rows[ROW][2]) - 0.16:.9E}")
    assert "far from" not in notes(file, written)


def test_rows_that_are_missing_show_in_their_numbers(written):
    lost = replace(ARBIN, rows=[*ARBIN.rows[:100], *ARBIN.rows[103:]])
    assert "holds '104', after 100 in the row before: rows are missing" in notes(lost, written)
    first = replace(ARBIN, rows=ARBIN.rows[2:])
    assert "the first row is number 3" in notes(first, written)
    thinned = replace(ARBIN, rows=ARBIN.rows[::5])
    assert "row" not in notes(thinned, written)


def test_a_count_of_charge_that_is_not_the_integral_is_said(written):
    file = CYCLING_FILES["BioLogic text"]
    place = file.header.index("(Q-Qo)/mA.h")
    rows = [list(row) for row in file.rows]
    rows[6][place] = "1.2"
    assert "Ah are counted since the row before" in notes(replace(file, rows=rows), written)
    header = tuple(name.replace("I/mA", "I/A") for name in file.header)
    assert "times the integral of the current over time" in notes(
        replace(file, header=header), written
    )


def test_a_time_of_42_years_is_refused_and_a_clock_since_1970_is_said(written):
    file = CYCLING_FILES["Battery Data Format"]
    last = len(file.rows) - 1
    with pytest.raises(InputError, match=r"line 25, column 'Test Time / s'.*lasts 42 years"):
        read(written(file.with_cell(last, "time", f"{42 * 365.25 * 86400:.9E}").text))
    rows = [[f"{float(row[0]) + 1.7e9:.9E}", *row[1:]] for row in file.rows]
    assert "time begins at 53.9 years" in notes(replace(file, rows=rows), written)


def test_one_interval_that_is_far_longer_than_all_others_is_said(written):
    last = len(RECORD.rows) - 1
    file = RECORD.with_cell(last, "time", "9.000000000E+06")
    assert "at most 60 s before any other: was the test stopped there" in notes(file, written)


@pytest.mark.parametrize(
    ("quantity", "text"), [("real", "1e30"), ("imaginary", "1e17"), ("frequency", "1e-9")]
)
def test_what_no_instrument_measures_is_asked_about(quantity, text, written):
    with pytest.raises(Undeclared, match=rf"holds '{text}', beyond any instrument"):
        read(written(IMPEDANCE_FILES["plain table"].with_cell(4, quantity, text).text))


@pytest.mark.parametrize(("unit", "value"), [("degC", -300), ("K", 25), ("degC", 3000)])
def test_a_temperature_that_no_cell_has_is_left_out_and_said(unit, value, written):
    rows = "\n".join(f"{t},{t % 2},{3.3 + t % 2},{value}" for t in range(9))
    data = read_cycling(written(f"time/s,I/mA,U/V,Temperature/{unit}\n{rows}\n"))
    assert data.temperature is None
    assert any("the temperature was left out" in note for note in data.notes)


@pytest.mark.parametrize("quantity", ["real", "imaginary"])
@pytest.mark.parametrize("factor", [10, 0.1, -1])
def test_a_point_off_the_curve_is_said(quantity, factor, written):
    [data] = read_impedance(written(changed(SPECTRUM, quantity, factor, row=50).text))
    line = SPECTRUM.first_line + 50
    assert any(f"line {line}: the impedance at 10 Hz leaves the curve" in n for n in data.notes)


def test_a_frequency_off_the_grid_is_said(written):
    said = notes(changed(SPECTRUM, "frequency", 1.1, row=50), written)
    assert f"line {SPECTRUM.first_line + 50}, column 'Frequency/Hz'" in said


def test_exchanged_columns_are_said(written):
    header = (SPECTRUM.header[0], SPECTRUM.header[2], SPECTRUM.header[1])
    assert "look exchanged" in notes(replace(SPECTRUM, header=header), written)
    record = LONG_FILES["plain record"]
    header = ("time/s", "U/V", "I/mA")
    with pytest.raises(InputError, match="the voltage changes its sign and the current does not"):
        read(written(replace(record, header=header).text))


def test_an_impedance_that_changes_faster_than_any_circuit_is_said(written):
    file = IMPEDANCE_FILES["plain table"]
    said = notes(changed(changed(file, "real", 0.01, row=12), "imaginary", 0.01, row=12), written)
    lines = f"lines {file.first_line + 11} and {file.first_line + 12}: from"
    assert f"{lines} 0.316228 to 0.1 Hz the impedance changes faster" in said


def test_an_imaginary_part_of_another_sign_for_one_point_is_said(written):
    file = IMPEDANCE_FILES["Ivium"]
    said = notes(changed(file, "imaginary", -1, row=8), written)
    assert f"line {file.first_line + 8}: at 10 Hz alone the imaginary part has another sign" in said
