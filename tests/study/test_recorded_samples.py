"""Long records keep their corners, and a switch between two samples is no residual."""

from itertools import pairwise

import numpy as np
import pytest

import ssb_model
from ssb_model.compiled import Protocol, Step
from ssb_model.study import load_study
from ssb_model.study.kinds.pieces import beginnings
from ssb_model.study.kinds.samples import switching_error, thinned
from tests.study.test_voltage import LABELS, NOISE, TRUTH, text

SWITCHES = (0.0, 593.3, 1793.8, 3011.8, 4197.6, 5415.5, 6608.0, 7804.9)  # s
CURRENT = 3e-4  # A, on and off


def clocked(every):
    """Times [s] of a clock, and the current [A] that flows at them."""
    t = np.arange(0.0, SWITCHES[-1], every)
    return t, CURRENT * ((np.searchsorted(SWITCHES, t, side="right") - 1) % 2)


@pytest.mark.parametrize("every", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("points", [50, 200])
def test_corners_of_a_long_record_are_kept(every, points):
    t, current = clocked(every)
    first = beginnings(current)
    kept = thinned(t, first, points)
    assert 0.8 * points <= len(kept) <= points and (np.diff(kept) > 0).all()
    for begin, end in pairwise([*first, len(t)]):
        assert begin in kept and end - 1 in kept
        early = t[kept[(kept >= begin) & (kept < end)]] - t[begin]
        assert early[1] < 5 * every or points < 200, "the relaxation after a switch"
        assert np.diff(early).max() < 0.5 * (t[end - 1] - t[begin]), "and the time between"


def test_a_short_record_is_kept_whole_and_one_of_many_pieces_is_thinned():
    t = np.arange(150.0)
    assert (thinned(t, [0, 50], 200) == np.arange(150)).all()
    t = np.arange(4000.0)
    kept = thinned(t, list(range(0, 4000, 10)), 200)
    assert 160 <= len(kept) <= 200 and kept[0] == 0 and kept[-1] == 3999


@pytest.mark.parametrize("tau", [1.0, 10.0, 60.0, 600.0])
@pytest.mark.parametrize("every", [1.0, 10.0, 60.0])
def test_the_error_of_a_switch_between_samples_covers_what_it_does(tau, every):
    """A relaxation whose switch is anywhere before its first sample, whatever its speed."""
    share = []
    for late in np.linspace(0.02, 0.98, 25) * every:
        t = np.arange(-3, 100) * every
        age = t - late + every
        V = np.where(age > every / 1e6, 1 - np.exp(-np.maximum(age, 0) / tau), 0.0)
        first = [0, int(np.argmax(age > every / 1e6))]
        assumed = np.maximum(t - t[first[1] - 1], 0)
        off = 1 - np.exp(-assumed / tau) - V
        error = switching_error(t, V, first)
        assert not error[: first[1]].any()
        share.append(np.abs(off[first[1] :]) / np.maximum(error[first[1] :], 1e-3))
    assert np.max(share) < 2.5


def test_a_sample_at_the_switch_leaves_no_error():
    t = np.array([0.0, 10.0, 20.0, 20.0, 30.0])
    assert not switching_error(t, np.array([1.0, 1.0, 1.0, 2.0, 3.0]), [0, 3]).any()


@pytest.fixture(scope="module")
def true():
    """The cell at the truth: times [s] and voltages [V] within each step, every 0.25 s."""
    values = ssb_model.cell_parameters("full")
    units = (" [m2.s-1]", "", " [Ohm.m2]")
    values.update({f"{n}{u}": v for (n, v), u in zip(TRUTH.items(), units, strict=True)})
    compiled = ssb_model.compile(
        ssb_model.FullCell(), values, outputs=["Voltage [V]", "Current [A]"]
    )
    lasts = np.diff(SWITCHES)
    steps = [Step("current", CURRENT * (k % 2), d, period=0.25) for k, d in enumerate(lasts)]
    solution = compiled.solve(experiment=Protocol(steps))
    return solution.t, solution["Voltage [V]"]


def sampled(true, t):
    """Voltages at times of a clock, each of the step that holds then."""
    at, V = true
    step, found = np.searchsorted(SWITCHES, t, side="right"), np.empty(len(t))
    for k in range(1, len(SWITCHES)):
        inside = (at > SWITCHES[k - 1] + 1e-6) & (at <= SWITCHES[k] + 1e-9)
        found[step == k] = np.interp(t[step == k], at[inside], V[inside])
    return found


@pytest.mark.parametrize("every", [1.0, 10.0, 60.0])
def test_no_first_point_under_current_is_far_off_at_the_truth(every, true, tmp_path):
    """It was -16 sigma where the clock ticks every 60 s."""
    t, current = clocked(every)
    V = sampled(true, t) + NOISE * np.random.default_rng(7).normal(size=len(t))
    rows = "".join(f"{a:.9g},{-b:.9g},{v:.9g}\n" for a, b, v in zip(t, current, V, strict=True))
    (tmp_path / "clock.csv").write_text("# synthetic\ntime/s,I/A,Ecell/V\n" + rows)
    (tmp_path / "study.toml").write_text(text(["clock.csv"]))
    study = load_study(tmp_path / "study.toml")
    [record] = study.experiments
    [simulator] = study.simulators()
    theta = {label: np.array([TRUTH[label]]) for label in LABELS}
    model = np.asarray(simulator.function(theta))[:, 0]
    residual = (model - record.voltage) / record.standard_deviations()
    assert np.abs(residual).max() < 4
    assert 0.7 < np.sqrt(np.mean(residual**2)) < 1.2
    said = [note for note in record.notes if "does not record when its current is switched" in note]
    assert bool(said) == (record.switching_error.max() > 3 * NOISE)
