"""Two columns that have changed places, their names not, are refused; what is right is read."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from ssb_model.data import read_cycling
from ssb_model.errors import InputError
from tests.data.synthetic import CYCLING_FILES

REQUIRED = ("time", "current", "voltage")


def swapped(file, one, other):
    rows = [list(row) for row in file.rows]
    for row in rows:
        row[one], row[other] = row[other], row[one]
    return replace(file, rows=rows)


def pairs():
    """Of each format every measured column with every other column."""
    for name, file in CYCLING_FILES.items():
        for one, other in combinations(range(len(file.header)), 2):
            if {one, other} & {file.quantities[quantity] for quantity in REQUIRED}:
                yield pytest.param(file, one, other, id=f"{name}-{one}-{other}")


@pytest.mark.parametrize(("file", "one", "other"), list(pairs()))
def test_a_measured_column_that_is_another_is_refused(file, one, other, written):
    """Or, where it could be either, the numbers are the file's own."""
    whole = read_cycling(written(file.text))
    try:
        found = read_cycling(written(swapped(file, one, other).text))
    except InputError as error:
        assert "\n" not in str(error)
        return
    for quantity in REQUIRED:
        assert np.allclose(getattr(found, quantity), getattr(whole, quantity))


@pytest.mark.parametrize("name", ["LAND", "Neware CSV"])
@pytest.mark.parametrize("one", ["current", "voltage"])
def test_the_sentence_names_both_and_what_says_that_they_are_right(name, one, written):
    file = CYCLING_FILES[name]
    capacity = next(k for k, header in enumerate(file.header) if "Cap" in header)
    place = file.quantities[one]
    path = written(swapped(file, place, capacity).text)
    with pytest.raises(InputError, match="look exchanged") as refused:
        read_cycling(path)
    headers = file.header[place], file.header[capacity]
    assert all(f"'{header}'" in str(refused.value) for header in headers)
    quantity = "discharge capacity" if name == "Neware CSV" else "capacity"
    declared = dict(zip((one, quantity), headers, strict=True))
    read_cycling(path, columns=declared, current_positive_on="charge")


RIGHT = {
    "whole seconds and whole mV": (np.arange(40.0), np.full(40, 1.0), 3000 + np.arange(40.0)),
    "a constant current": (10.0 * np.arange(40), np.full(40, 2.0), np.linspace(3, 4, 40)),
    "a rest": (10.0 * np.arange(40), np.zeros(40), np.full(40, 3.0)),
}


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("counter", ["1", "k", "k * 0.5", "10 * k"])
def test_an_odd_counter_alone_exchanges_nothing(name, counter, written):
    time, current, voltage = RIGHT[name]
    rows = [
        f"{t},{i},{v},{eval(counter, {'k': k})},25.0"
        for k, (t, i, v) in enumerate(zip(time, current, voltage, strict=True))
    ]
    head = "Time/s,Current/mA,Voltage/mV,Cycle,Temperature/degC"
    path = written("\n".join([head, *rows]) + "\n")
    assert len(read_cycling(path, current_positive_on="charge").time) == 40
