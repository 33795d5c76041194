"""Last safe and first failed step of recorded ramps: no cell is called safe above its short."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.data.records import read_ramp
from ssb_model.errors import InputError
from tests.data.records.ramps import Ramp

AREA = 0.785  # cm2
STEPS = tuple(np.round(np.arange(0.05, 1.11, 0.05), 3))
AT = STEPS.index(0.9)


def read(ramp):
    """Last safe and first failed [mA/cm2], and the whole reading."""
    reading = read_ramp(ramp.record(AREA))
    currents = (reading.last_safe, reading.first_failed)
    return [None if i is None else round(1e3 * i / AREA, 3) for i in currents], reading


def right(ramp):
    """What happened."""
    return [None if J is None else pytest.approx(J, abs=2e-3) for J in ramp.right]


@pytest.mark.parametrize("directions", [(1,), (1, -1)])
@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.45, 0.49, 0.51, 0.55, 0.7, 0.9, 0.99])
def test_a_hard_short_is_found_wherever_in_the_step_it_begins(after, directions):
    ramp = Ramp(steps=STEPS, directions=directions, event="hard", at=AT, after=after, every=2.0)
    found, reading = read(ramp)
    assert found == right(ramp)
    assert reading.failure == "hard short"


KINDS = {
    "soft": (Ramp(event="soft", to=0.55), "soft short"),
    "soft, at once": (Ramp(event="soft", to=0.6, after=0.0), "soft short"),
    "gradual": (Ramp(event="gradual", to=0.3, after=0.1), "soft short"),
    "second direction alone": (Ramp(event="soft", to=0.4, only=-1, after=0.2), "soft short"),
    "recovers": (Ramp(event="hard", lasts=0.2, after=0.2), "hard short"),
    "bare and slow": (Ramp(event="hard", charge_transfer=700, time_constant=40.0), "hard short"),
    "open circuit": (Ramp(event="open", after=0.4), "open circuit"),
    "spikes before": (Ramp(event="hard", spikes=8), "hard short"),
    "no rests": (Ramp(event="hard", rest=0.0, time_constant=20.0), "hard short"),
    "two cycles a step": (Ramp(event="soft", cycles=2, to=0.5, after=0.6), "soft short"),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_failure_are_told_apart(name):
    ramp, failure = KINDS[name]
    found, reading = read(ramp)
    assert found == right(ramp)
    assert reading.failure == failure
    assert reading.recovered == (name == "recovers")


HEALTHY = {
    "plain": Ramp(),
    "noise": Ramp(noise=1e-3),
    "spikes": Ramp(spikes=10),
    "slow charging without rests": Ramp(charge_transfer=700, time_constant=60.0, rest=0.0),
    "bends": Ramp(charge_transfer=700, ohmic=30, steps=(0.1, 0.2, 0.4, 0.8)),
    "grows": Ramp(growth=0.15),
    "few samples": Ramp(every=180.0),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_a_whole_cell_has_no_failure(name):
    found, reading = read(HEALTHY[name])
    assert found == [HEALTHY[name].steps[-1], None]
    assert reading.failure == "none" and reading.time is None


def test_the_moment_is_that_of_the_short():
    ramp = Ramp(event="hard", at=3, after=0.25, rest=0.0)
    _, reading = read(ramp)
    assert reading.time == pytest.approx((3 + 0.25) * 2 * ramp.half, abs=3 * ramp.every)


def test_a_short_in_the_first_step_leaves_none_safe():
    found, reading = read(Ramp(event="hard", at=0, after=0.5))
    assert found == [None, 0.1]
    assert str(reading).startswith("last safe none, first failed")


def test_a_test_that_stops_at_the_short_has_few_samples_of_it():
    ramp = Ramp(event="hard", at=6, after=0.6, rest=0.0)
    record = ramp.record(AREA)
    end = int(np.searchsorted(record.time, 6.6 * 2 * ramp.half)) + 2
    cut = replace(
        record, time=record.time[:end], current=record.current[:end], voltage=record.voltage[:end]
    )
    assert round(1e3 * read_ramp(cut).last_safe / AREA, 3) == 0.6


def test_a_short_that_shows_at_a_smaller_current_afterwards_is_the_largest_ones():
    ramp = Ramp(steps=(0.1, 0.2, 0.3, 0.4, 0.1), event="hard", at=4, after=0.1)
    found, _ = read(ramp)
    assert found == [0.3, 0.4]


def test_what_is_no_ramp_is_refused_in_one_sentence():
    record = Ramp(steps=(0.1, 0.1, 0.1)).record(AREA)
    with pytest.raises(InputError, match="ramp is no ramp: its current has one size only"):
        read_ramp(record)
    t = np.arange(0.0, 500.0)
    sweep = replace(record, time=t, current=1e-6 * (1 + t), voltage=1e-5 * (1 + t))
    with pytest.raises(InputError, match="no ramp of steps: its current changes"):
        read_ramp(sweep)


def random_ramp(rng):
    """A ramp as groups run them, with a short of any kind; noise up to 2 % of the voltage."""
    number = int(rng.integers(4, 15))
    first = float(rng.choice([0.02, 0.05, 0.1]))
    event = str(rng.choice(["hard", "soft", "gradual"]))
    resistance = rng.choice([5.0, 80.0, 700.0])
    directions = [(1,), (1, -1), (-1, 1)][rng.integers(3)]
    at = int(rng.integers(1, number))
    ramp = Ramp(
        steps=tuple(np.round(first * np.arange(1, number + 1), 4)),
        half=float(rng.choice([600.0, 1800.0, 3600.0])),
        every=float(rng.choice([1.0, 5.0, 20.0])),
        rest=float(rng.choice([0.0, 300.0])),
        directions=directions,
        cycles=int(rng.integers(1, 3)),
        ohmic=float(rng.choice([60.0, 120.0, 300.0])),
        charge_transfer=float(resistance),
        time_constant=float(rng.choice([0.01, 5.0, 40.0])),
        growth=float(rng.choice([0.0, 0.05, 0.1])),
        event=event,
        at=at,
        after=float(rng.uniform(0, 0.9)),
        to={"hard": rng.uniform(0.01, 0.15), "soft": rng.uniform(0.3, 0.65)}.get(event, 0.25),
        spikes=int(rng.choice([0, 5])),
        seed=int(rng.integers(1 << 30)),
    )
    volts = 1e-3 * first * (ramp.ohmic + ramp.charge_transfer)
    return replace(ramp, noise=float(rng.uniform(0, 0.02)) * volts)


def test_of_two_hundred_random_shorts_none_is_called_safe_above_its_short():
    rng = np.random.default_rng(20)
    exact = 0
    for _ in range(200):
        ramp = random_ramp(rng)
        (safe, failed), _ = read(ramp)
        before, at = ramp.right
        assert (safe or 0.0) <= before + 1e-6, ramp
        exact += failed is not None and abs(failed - at) < 1e-3
    assert exact >= 195, exact
