"""Records of cycling give back what the made cell moved, in each cycler's layout and sampling."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.data import read_cycling
from ssb_model.data.records import kind_of, read_cycles
from ssb_model.errors import InputError
from tests.data.records.cycling import (
    CHARGED,
    EMPTY,
    LAYOUTS,
    LOWER,
    OHM,
    UPPER,
    Step,
    charge,
    cycled,
    discharge,
    exported,
    recorded,
    rest,
    symmetric,
)

Q = 0.4e-3  # A.h
RATES = [0.1, 0.1, 0.2, 0.2, 0.5, 0.5, 1.0, 1.0, 0.1]
CAPACITY = [Q * part for part in (1, 1, 0.97, 0.96, 0.9, 0.9, 0.8, 0.8, 0.99)]
TEST = cycled([Q * rate for rate in RATES], CAPACITY)
AREA = 0.785  # cm2


def of(cycles, direction, name):
    """One number of every half cycle in a direction."""
    return np.array([getattr(getattr(cycle, direction), name) for cycle in cycles])


@pytest.mark.parametrize("form", LAYOUTS)
def test_every_cyclers_file_gives_the_cell_back(form, written):
    record = read_cycling(written(exported(form, TEST)))
    reading = read_cycles(record, mass="2 mg")
    assert record.metadata["format"] == form
    assert kind_of(record, reading) == "rate test" and not reading.symmetric and not reading.notes
    currents, cycles = Q * np.array(RATES), reading.cycles
    assert of(cycles, "discharge", "charge") == pytest.approx(CAPACITY, rel=1e-6)
    assert of(cycles, "charge", "charge") == pytest.approx(1.01 * np.array(CAPACITY), rel=1e-6)
    assert [c.efficiency for c in cycles] == pytest.approx([1 / 1.01] * len(RATES), rel=1e-6)
    begins = {"charge": EMPTY + OHM * currents, "discharge": CHARGED - OHM * currents}
    for direction, end in (("charge", UPPER), ("discharge", LOWER)):
        mean = (begins[direction] + end) / 2
        assert of(cycles, direction, "mean_voltage") == pytest.approx(mean, abs=1e-4)
        assert of(cycles, direction, "resistance") == pytest.approx(OHM, rel=1e-5)
        assert of(cycles, direction, "end_voltage") == pytest.approx(end)
        energy = of(cycles, direction, "charge") * mean
        assert of(cycles, direction, "energy") == pytest.approx(energy, rel=1e-4)
    table = reading.to_dataframe()
    assert table["discharge [mAh/g]"].to_numpy() == pytest.approx(np.array(CAPACITY) / 2e-6)
    assert table["hysteresis [V]"][0] == pytest.approx(
        of(cycles, "charge", "mean_voltage")[0] - 2.992
    )


@pytest.mark.parametrize("sampling", ["begins", "ends", "clock"])
@pytest.mark.parametrize("every", [1.0, 10.0, 60.0])
def test_charge_is_known_to_a_sample_wherever_an_instrument_samples(sampling, every):
    cycles = read_cycles(recorded(TEST, every, sampling)).cycles
    sample = 0.0 if sampling == "begins" else every * Q * np.array(RATES) / 3600
    found = of(cycles, "discharge", "charge")
    assert (np.abs(found - CAPACITY) <= 1e-9 + sample).all()


def test_charges_that_a_sample_leaves_open_are_called_so():
    quick = cycled([0.1 * Q] * 3 + [5 * Q] * 3, [Q] * 3 + [0.4 * Q] * 3)
    [note] = [n for n in read_cycles(recorded(quick, 60.0, "clock")).notes if "known to" in n]
    assert "known to 25 % in the discharge" in note, "one of four samples"
    assert not read_cycles(recorded(quick, 60.0, "begins")).notes


def test_stretches_of_two_samples_are_left_out_and_counted():
    quick = cycled([0.1 * Q] * 3 + [10 * Q] * 2, [Q] * 3 + [0.2 * Q] * 2)
    reading = read_cycles(recorded(quick, 60.0, "ends"))
    assert len(reading.cycles) == 3
    assert any("fewer than 3 samples 4 times" in note for note in reading.notes)


@pytest.mark.parametrize("falls", [60.0, 1800.0])
def test_a_held_voltage_is_counted_and_its_falling_current_is_no_rate(falls):
    held = cycled([0.5 * Q] * 4, [0.9 * Q] * 4, falls=falls)
    cycles = read_cycles(recorded(held, 10.0, noise=2e-3)).cycles
    assert of(cycles, "charge", "held").all() and not of(cycles, "discharge", "held").any()
    total = 1.01 * 0.9 * Q + 0.95 * 0.5 * Q * falls / 3600
    assert of(cycles, "charge", "charge") == pytest.approx(total, rel=1e-3)
    assert of(cycles, "charge", "current") == pytest.approx(0.5 * Q, rel=2e-3)


def test_a_current_that_is_held_for_a_minute_before_its_voltage_is_known():
    """Nearly all of the charge is at the held voltage."""
    short = cycled([(2 * Q, 0.5 * Q)] * 4, [0.03 * Q] * 4, falls=1800.0)
    cycles = read_cycles(recorded(short, 5.0)).cycles
    assert of(cycles, "charge", "current") == pytest.approx(2 * Q, rel=0.02)


def stopped(where, part=0.5):
    """The test with one half cycle stopped; its counterpart moves as much."""
    steps, flowing = list(TEST), [k for k, step in enumerate(TEST) if step.current]
    k = flowing[where]
    make, other = (discharge, charge) if steps[k].current > 0 else (charge, discharge)
    size, whole = abs(steps[k].current), abs(steps[k].moved(steps[k].duration))
    steps[k] = make(size, whole, steps[k].cycle, part)
    if where != -1:
        after = flowing[where + 1]
        moves = part * abs(steps[after].moved(steps[after].duration))
        steps[after] = other(abs(steps[after].current), moves, steps[after].cycle)
    else:
        steps = steps[: k + 1]
    return recorded(steps)


@pytest.mark.parametrize("where", range(2, 16))
def test_a_half_cycle_that_was_stopped_and_its_counterpart_are_not_whole(where):
    reading = read_cycles(stopped(where))
    halves = [half for cycle in reading.cycles for half in (cycle.charge, cycle.discharge)]
    assert [k for k, half in enumerate(halves) if not half.complete] == [where, where + 1]
    [note] = reading.notes
    assert note.startswith("Not whole, and in no mean: the ")
    cycle = reading.cycles[where // 2]
    assert cycle.efficiency is None and not cycle.complete


def test_a_record_that_ends_or_begins_within_a_half_cycle_says_so():
    reading = read_cycles(stopped(-1))
    assert [c.complete for c in reading.cycles] == [True] * 8 + [False]
    assert "the last discharge" in reading.notes[0]
    whole = recorded(TEST)
    columns = {name: getattr(whole, name)[500:] for name in ("time", "current", "voltage")}
    reading = read_cycles(replace(whole, **columns))
    assert [c.complete for c in reading.cycles] == [False] + [True] * 8
    assert reading.cycles[0].discharge.complete and "the first charge" in reading.notes[0]


def test_a_first_charge_of_formation_is_whole_and_has_its_own_efficiency():
    steps = [rest(2.9), Step(-0.05 * Q, 3600 * 1.3 / 0.05, (3.0, UPPER)), *TEST[2:]]
    reading = read_cycles(recorded(steps[1:]))
    first = reading.cycles[0]
    assert first.complete and first.charge.charge == pytest.approx(1.3 * Q)
    assert first.efficiency == pytest.approx(1 / 1.3)


def test_pauses_and_switching_within_a_half_cycle_do_not_part_it():
    half = [discharge(0.1 * Q, Q, part=0.5)]
    rested = [rest(3.0), replace(half[0], voltage=(half[0].voltage[1], LOWER))]
    reading = read_cycles(recorded([*TEST[:3], *half, *rested, *TEST[4:]]))
    assert [c.discharge.charge for c in reading.cycles] == pytest.approx(CAPACITY)
    record = recorded(TEST)
    current = record.current.copy()
    current[np.flatnonzero(current < 0)[100]] = 1e-6  # one stored average of the other sign
    cycles = read_cycles(replace(record, current=current)).cycles
    assert len(cycles) == len(RATES)
    assert cycles[0].charge.charge == pytest.approx(1.01 * Q, rel=2e-3)


def test_a_cell_that_is_discharged_first_has_its_efficiency_the_other_way():
    steps = [rest(CHARGED), discharge(0.1 * Q, Q), rest(EMPTY), charge(0.1 * Q, 0.98 * Q)]
    reading = read_cycles(recorded([*steps, *steps]))
    assert [c.efficiency for c in reading.cycles] == pytest.approx([0.98, 0.98])
    assert "begins with a discharge" in reading.notes[0]


@pytest.mark.parametrize("sampling", ["begins", "ends"])
def test_a_symmetric_cell_has_polarisations_and_no_capacity(sampling):
    record = recorded(symmetric([0.1] * 6, AREA, 100.0), 10.0, sampling)
    reading = read_cycles(record, area=f"{AREA} cm2")
    table = reading.to_dataframe()
    assert reading.symmetric and kind_of(record, reading) == "symmetric cycling"
    for way, V in (("charge", -10.0), ("discharge", 10.0)):
        assert table[f"polarisation, {way} [mV]"].to_numpy() == pytest.approx(V)
        assert table[f"V/I, {way} [ohm cm2]"].to_numpy() == pytest.approx(100.0)
        assert table[f"dV/dI, {way} [ohm]"].to_numpy() == pytest.approx(100.0 / AREA)
    assert reading.growth == pytest.approx(0.0, abs=1e-12)


def test_a_symmetric_cells_growth_is_its_rise_over_time():
    steps, per_hour = symmetric([0.1] * 20, AREA, 100.0), 1e-4
    start, grown = 0.0, []
    for step in steps:
        rises = per_hour * np.array([start, start + step.duration]) / 3600 * np.sign(step.current)
        grown.append(replace(step, voltage=tuple(np.array(step.voltage) + rises)))
        start += step.duration
    growth = read_cycles(recorded(grown)).growth
    assert 3600 * growth == pytest.approx(per_hour, rel=0.02)


def test_half_cycles_by_the_clock_are_short_when_they_stop_before_it():
    steps = symmetric([0.1] * 4, AREA, 100.0)[:-2]
    steps.append(
        replace(steps[-2], current=-steps[-2].current, duration=1000.0, voltage=(-0.01,) * 2)
    )
    reading = read_cycles(recorded(steps))
    assert [c.complete for c in reading.cycles] == [True, True, True, False]
    ramp = read_cycles(recorded(symmetric([0.1, 0.2, 0.3, 0.4], AREA, 100.0)[1:]))
    assert all(c.complete for c in ramp.cycles), "a smaller current moves less in the same time"


def test_a_ramp_is_told_from_cycling():
    ramp = recorded(symmetric([0.1, 0.2, 0.3, 0.4], AREA, 100.0))
    assert kind_of(ramp, read_cycles(ramp)) == "ramp"
    formation = recorded(cycled([0.1 * Q] * 2 + [0.5 * Q] * 6, [Q] * 2 + [0.9 * Q] * 6))
    assert kind_of(formation, read_cycles(formation)) == "cycling"
    equal = recorded(cycled([(0.5 * Q, rate * Q) for rate in RATES], CAPACITY))
    assert kind_of(equal, read_cycles(equal)) == "rate test", "the charges are all alike"


def test_nonsense_is_refused_in_one_sentence():
    record = recorded(TEST)
    with pytest.raises(InputError, match="made has no cycles: no current flows"):
        read_cycles(replace(record, current=0 * record.current))
    broken = np.array(record.voltage)
    broken[6] = np.nan
    with pytest.raises(InputError, match="the voltage of row 7 is not a number"):
        read_cycles(replace(record, voltage=broken))
    with pytest.raises(InputError, match="mass"):
        read_cycles(record, mass="2 cm")
    with pytest.raises(InputError, match="area must be a positive number of m2"):
        read_cycles(record, area=0.0)
