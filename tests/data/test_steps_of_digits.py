"""A damaged number lies between the steps of the instrument's converter; none that it gave does."""

import numpy as np
import pytest

from ssb_model.data.consistency import between_steps, between_ticks
from ssb_model.data.formats.nda import off_the_steps, two_clocks

ROWS = 4000
STEP = 8.15e-5  # V


@pytest.fixture(scope="module")
def voltage():
    """A slow discharge with noise, read in steps and kept in single precision."""
    draw = np.random.default_rng(0)
    volts = 4.05 - 0.04 * np.arange(ROWS) / ROWS + 1e-4 * draw.normal(size=ROWS)
    return (3e-5 + STEP * np.round(volts / STEP)).astype(np.float32).astype(float)


def with_byte(values, row, byte, other):
    damaged = values.astype(np.float32)
    content = damaged[row : row + 1].view(np.uint8)
    content[byte] ^= other
    return damaged.astype(float)


def test_what_the_converter_gave_is_not_doubted(voltage):
    assert not between_steps(voltage).size
    assert not between_steps(voltage + 1e-3).size


def test_of_bytes_damaged_in_a_number_95_in_100_are_told(voltage):
    draw, told = np.random.default_rng(1), 0
    test_step = np.arange(ROWS) // 1000
    for _ in range(200):
        row = int(draw.integers(ROWS))
        other = with_byte(voltage, row, int(draw.integers(4)), int(draw.integers(1, 256)))
        told += between_steps(other, test_step).tolist() == [row]
    assert told >= 190


CONTINUOUS = {
    "noise without steps": lambda draw: draw.normal(size=ROWS),
    "a text's last digit": lambda draw: np.round(3 + 0.2 * draw.normal(size=ROWS), 3),
    "a step smaller than the precision": lambda draw: np.float32(4 + 4e-7 * np.arange(ROWS) // 3),
    "two levels": lambda draw: np.where(np.arange(ROWS) % 2, 0.1, 1.7),
    "ends of steps between two levels": lambda draw: np.where(
        np.arange(ROWS) % 100 == 0,
        STEP * np.round(draw.uniform(0, 1, ROWS) / STEP),
        np.arange(ROWS) % 7 * STEP,
    ),
}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_numbers_that_come_in_no_steps_are_not_doubted(name):
    values = CONTINUOUS[name](np.random.default_rng(2)).astype(float)
    assert not between_steps(values, np.arange(ROWS) // 100).size


def test_a_row_early_or_late_by_microseconds_is_told():
    """Pulses of 4 ms in a period of 458 ms, whose clock counts microseconds."""
    time = np.cumsum(np.where(np.arange(ROWS) % 2, 4050e-6, 458_450e-6))
    assert not between_ticks(time).size
    time[77] += 11e-6
    assert between_ticks(time).tolist() == [77]
    [note] = off_the_steps({"time": time, "step": np.zeros(ROWS)})
    assert note.startswith("record 78 holds a time between the steps")


def test_clocks_in_hundredths_part_by_less():
    time = 0.5 * np.arange(100)
    stamps = 1.7e9 + np.round(time + 0.003, 2)
    assert two_clocks(time, stamps) == ()
    early = np.where(np.arange(100) == 7, time - 0.2, time)
    assert "record 8: 0.3 s pass by the test's clock" in two_clocks(early, stamps)[0]
    adjusted = np.where(np.arange(100) > 50, stamps - 0.9, stamps)  # the computer's clock was set
    assert two_clocks(time, adjusted) == ()
