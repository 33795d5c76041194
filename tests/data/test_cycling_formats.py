"""Every cycler's file gives back the cell it was written from, current positive on discharge."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.data import read, read_cycling
from ssb_model.errors import InputError
from tests.data.synthetic import (
    CAPACITY,
    CURRENT,
    CYCLE,
    CYCLING_FILES,
    IMPEDANCE_FILES,
    STEP,
    TIME,
    VOLTAGE,
)

FORMATS = pytest.mark.parametrize("form", CYCLING_FILES)


def is_the_cell(data) -> bool:
    """Whether a dataset is the synthetic cell, to the digits written."""
    pairs = ((data.time, TIME), (data.current, CURRENT), (data.voltage, VOLTAGE))
    return all(np.allclose(read_back, true, rtol=1e-8, atol=1e-12) for read_back, true in pairs)


@FORMATS
def test_content_alone_tells_the_format_and_the_cell_comes_back(form, written):
    [data] = read(written(CYCLING_FILES[form].text))
    assert data.metadata["format"] == form
    assert is_the_cell(data)


@FORMATS
def test_the_sign_of_the_current_is_settled_and_said(form, written):
    data = read_cycling(written(CYCLING_FILES[form].text))
    assert data.current[3] > 0 and data.voltage[4] < data.voltage[3], "the voltage falls"
    assert "positive current" in data.notes[-1]


@pytest.mark.parametrize("form", ["LAND", "Neware CSV", "plain table"])
def test_where_no_header_tells_the_sign_the_voltage_does(form, written):
    file = CYCLING_FILES[form]
    place = file.quantities["current"]
    rows = [[f"{-float(c)}" if i == place else c for i, c in enumerate(r)] for r in file.rows]
    data = read_cycling(written(replace(file, rows=rows).text))
    assert is_the_cell(data), "the same cell, whichever way the file counts"
    assert "because the voltage moves so" in data.notes[-1]


def test_what_the_cycler_counts_is_read_with_its_unit(written):
    land = read_cycling(written(CYCLING_FILES["LAND"].text))
    assert np.allclose(land.capacity, abs(CAPACITY)) and (land.cycle == CYCLE).all()
    arbin = read_cycling(written(CYCLING_FILES["Arbin"].text))
    assert np.allclose(arbin.discharge_capacity, CAPACITY) and (arbin.step == STEP).all()
    biologic = read_cycling(written(CYCLING_FILES["BioLogic text"].text))
    assert np.allclose(biologic.temperature, 298.15) and np.allclose(biologic.capacity, -CAPACITY)
    assert biologic.charge_capacity is None


def test_the_battery_data_formats_machine_names_are_its_labels(written):
    names = {
        "Test Time / s": "test_time_second",
        "Current / A": "current_ampere",
        "Voltage / V": "voltage_volt",
        "Cycle Count / 1": "cycle_count",
        "Ambient Temperature / degC": "ambient_temperature_celsius",
    }
    text = CYCLING_FILES["Battery Data Format"].text
    for label, name in names.items():
        text = text.replace(label, name)
    data = read_cycling(written(text))
    assert is_the_cell(data) and np.allclose(data.temperature, 298.15)


def test_times_on_the_clock_are_seconds(written):
    file = CYCLING_FILES["Neware CSV"].with_header("time", "Total Time")
    for row, time in enumerate(TIME.astype(int)):
        clock = f"{time // 3600}:{time // 60 % 60:02}:{time % 60:02}.000"
        file = file.with_cell(row, "time", clock)
    assert is_the_cell(read_cycling(written(file.text)))


@FORMATS
def test_a_record_survives_its_own_csv_to_the_last_bit(form, written, tmp_path):
    [data] = read(written(CYCLING_FILES[form].text))
    [again] = read(data.to_csv(tmp_path / "again.csv"))
    assert again.columns.keys() == data.columns.keys()
    assert all((again.columns[name] == data.columns[name]).all() for name in data.columns)


@FORMATS
def test_a_run_cut_in_its_last_row_is_read_without_it(form, written):
    text = CYCLING_FILES[form].text.rstrip("\n")
    cut = text[: text.rindex(CYCLING_FILES[form].separator)]
    data = read_cycling(written(cut))
    assert len(data.time) == len(TIME) - 1
    assert any("cut short" in note for note in data.notes)


@FORMATS
def test_impedance_is_refused_as_cycling_and_the_other_way(form, written):
    from ssb_model.data import read_impedance

    with pytest.raises(InputError, match="read it with read_cycling"):
        read_impedance(written(CYCLING_FILES[form].text))
    with pytest.raises(InputError, match="read it with read_impedance"):
        read_cycling(written(IMPEDANCE_FILES["BioLogic text"].text))


def test_an_optional_column_that_cannot_be_read_is_left_out_and_said(written):
    file = CYCLING_FILES["Battery Data Format"]
    rows = [[*row[:4], "n/a"] for row in file.rows]
    data = read_cycling(written(replace(file, rows=rows).text))
    assert is_the_cell(data) and data.temperature is None
    assert any(note.startswith("the temperature was left out") for note in data.notes)
