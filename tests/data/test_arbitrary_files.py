"""Whatever the bytes, a reader refuses with an InputError or returns a sound table."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from ssb_model.data import ImpedanceData, read
from ssb_model.errors import InputError
from tests.data.synthetic import (
    CURRENT,
    CYCLING_FILES,
    FREQUENCY,
    IMPEDANCE,
    IMPEDANCE_FILES,
    TIME,
    VOLTAGE,
)

FILES = {f"impedance, {name}": file for name, file in IMPEDANCE_FILES.items()}
FILES |= {f"cycling, {name}": file for name, file in CYCLING_FILES.items()}
TRIED = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CELLS = st.sampled_from(
    ["", "nan", "-", "1", "-1", "1e400", "1,5", "1.5", "Freq/Hz", "time/s", "Z'", "#", '"', "\x00"]
)


def outcome(path) -> list:
    """The datasets of a file, or none where it is refused; any other exception fails the test."""
    try:
        return read(path)
    except InputError as refused:
        assert str(path) in str(refused) and "\n" not in str(refused)
        return []


def assert_sound(data) -> None:
    """No dataset holds a number that is not finite, a frequency out of order or time run back."""
    if isinstance(data, ImpedanceData):
        assert np.isfinite(data.impedance).all() and (data.frequency > 0).all()
        assert (np.diff(data.frequency) < 0).all() and len(data.frequency) == len(data.impedance)
    else:
        assert all(np.isfinite(v).all() and len(v) == len(data.time) for v in data.columns.values())
        assert (np.diff(data.time) >= 0).all()


def are_rows_of_the_truth(data) -> bool:
    """Whether every row of a dataset is one that was measured."""
    if isinstance(data, ImpedanceData):
        rows = np.column_stack([data.frequency, data.impedance.real, data.impedance.imag])
        true = np.column_stack([FREQUENCY, IMPEDANCE.real, IMPEDANCE.imag])
    else:
        rows = np.column_stack([data.time, data.current, data.voltage])
        true = np.column_stack([TIME, CURRENT, VOLTAGE])
    return all(np.isclose(row, true, rtol=1e-7, atol=1e-12).all(axis=1).any() for row in rows)


@TRIED
@given(content=st.binary(max_size=400))
def test_random_bytes_are_refused(content, written):
    for data in outcome(written(content)):
        assert_sound(data)


@TRIED
@given(text=st.lists(st.lists(CELLS, max_size=5).map("\t".join), max_size=12).map("\n".join))
def test_random_tables_are_refused_or_sound(text, written):
    for data in outcome(written(text)):
        assert_sound(data)


@pytest.mark.parametrize("name", FILES)
@TRIED
@given(data=st.data())
def test_a_changed_byte_never_gives_an_unsound_table(name, data, written):
    content = bytearray(FILES[name].text.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    for dataset in outcome(written(bytes(content))):
        assert_sound(dataset)


@pytest.mark.parametrize("name", FILES)
@TRIED
@given(data=st.data())
def test_a_file_cut_anywhere_gives_measured_rows_or_says_that_it_is_cut(name, data, written):
    text = FILES[name].text
    cut = text[: data.draw(st.integers(0, len(text)))]
    for dataset in outcome(written(cut)):
        assert_sound(dataset)
        assert are_rows_of_the_truth(dataset) or any("cut short" in n for n in dataset.notes)


@pytest.mark.parametrize("name", FILES)
@TRIED
@given(data=st.data())
def test_lost_lines_never_give_rows_that_were_not_measured(name, data, written):
    lines = FILES[name].text.split("\n")
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=5))
    kept = [line for number, line in enumerate(lines) if number not in lost]
    for dataset in outcome(written("\n".join(kept))):
        assert_sound(dataset)
        assert are_rows_of_the_truth(dataset)


@pytest.mark.parametrize("name", FILES)
@TRIED
@given(data=st.data())
def test_lost_cells_never_give_rows_that_were_not_measured(name, data, written):
    file = FILES[name]
    row = data.draw(st.integers(0, len(file.rows) - 1))
    place = data.draw(st.integers(0, len(file.header) - 1))
    rows = [list(cells) for cells in file.rows]
    del rows[row][place]
    damaged = type(file)(**{**vars(file), "rows": rows})
    for dataset in outcome(written(damaged.text)):
        assert_sound(dataset)
        assert are_rows_of_the_truth(dataset)
