"""C-rates of made records: by a capacity that is given or inferred, by mass, by area."""

import numpy as np
import pytest

from ssb_model.data.records import rates_of, read_cycles
from ssb_model.errors import InputError
from tests.data.records.cycling import charge, cycled, discharge, recorded, symmetric

Q = 0.4e-3  # A.h


def held_at(rates):
    """Capacity [A.h] of the made cell at C-rates."""
    return [Q * (1 - 0.2 * rate**0.5 / (1 + rate**0.5)) for rate in rates]


def read(rates, nominal=Q, **known):
    """Rates of a made test at C-rates of a nominal capacity."""
    pairs = [rate if isinstance(rate, tuple) else (rate, rate) for rate in rates]
    currents = [(nominal * up, nominal * down) for up, down in pairs]
    record = recorded(cycled(currents, held_at([down for _, down in pairs])))
    return read_cycles(record, **known)


TESTS = {
    "tenths": [0.1, 0.1, 0.2, 0.2, 0.5, 0.5, 1.0, 1.0, 0.1],
    "a third": [0.1, 0.33, 0.33, 1.0, 1.0, 2.0],
    "slow formation": [0.05, 0.05, 0.1, 0.2, 0.5, 1.0],
    "two currents": [0.1, 0.1, 0.5, 0.5],
    "fast": [0.1, 1.0, 2.0, 5.0, 10.0],
    "every charge alike": [(0.1, 0.1), (0.1, 0.2), (0.1, 0.5), (0.1, 1.0)],
    "fast charges": [(0.5, 0.1), (0.5, 0.2), (0.5, 0.5), (0.5, 1.0)],
}


@pytest.mark.parametrize("name", TESTS)
@pytest.mark.parametrize("full", [0.9, 1.0, 1.2], ids=lambda full: f"nominal {full}")
def test_c_rates_are_inferred_where_one_capacity_alone_makes_them_customary(name, full):
    rates = [rate[1] if isinstance(rate, tuple) else rate for rate in TESTS[name]]
    found = rates_of(read(TESTS[name], nominal=full * Q))
    expected = list(dict.fromkeys(rates))
    assert found.nominal == pytest.approx(full * Q, rel=0.01)
    assert [rate.c_rate for rate in found.rates] == expected
    for rate in found.rates:
        assert rate.capacity == pytest.approx(held_at([rate.c_rate])[0])
        assert len(rate.cycles) == rates.count(rate.c_rate)


def test_a_given_capacity_names_the_rates_per_mass_too():
    reading = read([0.1, 0.2, 0.5], mass="2.5 mg", area="0.785 cm2")
    for capacity in ("0.4 mAh", "160 mAh/g", Q):
        found = rates_of(reading, capacity)
        assert [rate.c_rate for rate in found.rates] == [0.1, 0.2, 0.5]
        assert "given capacity, 0.4 mAh" in found.said
    table = found.to_dataframe()
    expected = np.array(held_at([0.1, 0.2, 0.5]))
    assert table["capacity [mAh/g]"].to_numpy() == pytest.approx(expected / 2.5e-6)
    assert table["capacity [mAh/cm2]"].to_numpy() == pytest.approx(1e3 * expected / 0.785)


def test_a_rate_that_is_not_customary_keeps_its_three_digits():
    found = rates_of(read([0.1, 0.137]), Q)
    assert [rate.c_rate for rate in found.rates] == [0.1, 0.137]


def test_one_current_alone_names_no_rate():
    found = rates_of(read([0.1] * 4))
    assert found.nominal is None and found.rates[0].c_rate is None
    assert found.said == "One current only: give the nominal capacity to name the C-rate."


def test_a_stopped_discharge_is_in_no_mean_and_a_whole_one_of_a_stopped_cycle_is():
    steps = cycled([0.1 * Q] * 3 + [0.5 * Q] * 3, [Q] * 3 + [0.9 * Q] * 3)
    flowing = [k for k, step in enumerate(steps) if step.current]
    steps[flowing[7]] = discharge(0.5 * Q, 0.9 * Q, 4, part=0.5)
    steps[flowing[8]] = charge(0.5 * Q, 0.45 * Q, 5)
    slow, fast = rates_of(read_cycles(recorded(steps)), Q).rates
    assert slow.capacity == pytest.approx(Q) and slow.cycles == (1, 2, 3)
    assert fast.capacity == pytest.approx(0.9 * Q) and fast.cycles == (5, 6)


@pytest.mark.parametrize(
    ("capacity", "sentence"),
    [
        ("160 mAh/g", "per mass, and read_cycles was given no mass"),
        ("0.4 mV", "capacity"),
        (-1.0, "capacity must be a positive number of A.h"),
        (float("nan"), "capacity must be a positive number of A.h"),
    ],
)
def test_a_capacity_without_sense_is_refused(capacity, sentence):
    with pytest.raises(InputError, match=sentence):
        rates_of(read([0.1, 0.2]), capacity)


def test_a_symmetric_cell_and_one_without_discharge_have_no_rates():
    with pytest.raises(InputError, match="symmetric cell's: it has no capacity"):
        rates_of(read_cycles(recorded(symmetric([0.1] * 3, 0.785, 100.0))))
    with pytest.raises(InputError, match="has no discharge"):
        rates_of(read_cycles(recorded([*cycled([0.1 * Q], [Q])[:3]])))
