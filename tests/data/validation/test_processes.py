"""As many firm processes as there are arcs, whatever noise, leads and drift; loops by size."""

import os
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from ssb_model.data.validation import first_look, relaxation_times

from .circuits import FREQUENCY, LEADS, cell, finite_warburg, noisy, rc, zarc

OMEGA = 2 * np.pi * FREQUENCY
APART = 30  # factor in time constant


def sweep(random):
    """30 to 100 frequencies [Hz], falling, and the ends [s] of what has its top among them."""
    f = np.geomspace(
        10 ** random.uniform(5, 7), 10 ** random.uniform(-2, 0), random.integers(30, 101)
    )
    shortest, longest = 1 / (2 * np.pi * f[0]), 1 / (2 * np.pi * f[-1])
    return f, 5 * shortest, longest / 5


def exponent(random):
    """1 in every second arc, else depressed."""
    return random.choice([1.0, random.uniform(0.7, 1)])


def measured(f, z, random):
    """With leads of 0.1 to 100 Ohm and 10 nH to 1 uH, and noise of 0.1 to 2 %."""
    leads = 10 ** random.uniform(-1, 2) + 2j * np.pi * f * 10 ** random.uniform(-8, -6)
    return noisy(z + leads, 10 ** random.uniform(-3, np.log10(0.02)), random)


def one_arc(seed):
    """Firm processes found beyond the one that is there, and whether its R is within the 95 %."""
    random = np.random.default_rng(seed)
    f, shortest, longest = sweep(random)
    resistance, tau = (
        10 ** random.uniform(1, 3),
        np.exp(random.uniform(*np.log([shortest, longest]))),
    )
    z = measured(f, zarc(f, resistance, tau, exponent(random)), random)
    found = relaxation_times(f, z).processes
    low, high = found[0].resistance_95 if len(found) == 1 else (0, 0)
    return len(found) > 1, len(found) == 1, low < resistance < high


def two_arcs(seed):
    """Whether two arcs are found as two, both resistances within 25 %."""
    random = np.random.default_rng(seed)
    f, shortest, longest = sweep(random)
    tau = np.exp(random.uniform(*np.log([shortest, longest / APART])))
    size = 10 ** random.uniform(1, 3) * np.array([1, 10 ** random.uniform(-0.5, 0.5)])
    arcs = (zarc(f, R, t, exponent(random)) for R, t in zip(size, (tau, APART * tau), strict=True))
    found = relaxation_times(f, measured(f, sum(arcs), random)).processes
    if len(found) != 2:
        return (False,)
    return (bool(np.allclose([one.resistance for one in found], size, rtol=0.25)),)


def wilson(successes, trials, z=1.96):
    """95 % interval of a share (Wilson 1927)."""
    share, spread = successes / trials, z**2 / trials
    middle = share + spread / 2
    width = z * np.sqrt(share * (1 - share) / trials + spread / trials / 4)
    return (middle - width) / (1 + spread), (middle + width) / (1 + spread)


def shares(judge, spectra):
    """Each share of the spectra of which it is true, and its interval."""
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1)) as workers:
        hits = np.array(list(workers.map(judge, range(spectra), chunksize=10)))
    return [(h.mean(), *wilson(h.sum(), spectra)) for h in hits.T]


def test_one_arc_is_one_process_and_two_are_two():
    alone = np.array([one_arc(seed) for seed in range(10_000, 10_040)])
    assert alone[:, 0].sum() <= 1
    assert alone[:, 1].sum() >= 38
    assert sum(two_arcs(seed)[0] for seed in range(10_000, 10_020)) >= 18


@pytest.mark.verify
def test_rates_over_a_thousand_spectra(capsys):
    (false, seen, covered), (both,) = shares(one_arc, 1000), shares(two_arcs, 1000)
    with capsys.disabled():
        rows = {"false": false, "one found": seen, "R in its 95 %": covered, "two found": both}
        for name, (share, low, high) in rows.items():
            print(f"{name}: {100 * share:.2f} % [{100 * low:.2f}, {100 * high:.2f}]")
    assert false[2] < 0.05
    assert both[1] > 0.95
    assert seen[1] > 0.95
    assert 0.93 < covered[0] < 0.99


@pytest.mark.parametrize("course", [np.linspace(0, 1, 81), np.cumsum(1 / FREQUENCY)])
@pytest.mark.parametrize("drift", [-0.03, 0.03])
def test_drift_of_some_per_cent_is_no_process(drift, course, random):
    """Evenly from point to point, or in time, of which the last decade takes nine tenths."""
    growth = 1 + drift * course / course[-1]
    arc = zarc(FREQUENCY, 100, 1e-3, 0.85) * growth
    true = 100 * growth[np.abs(OMEGA * 1e-3 - 1).argmin()]  # when the arc's top was measured
    for size in (1e-3, 1e-2) * 3:
        one, *more = relaxation_times(FREQUENCY, noisy(10 + arc, size, random)).processes
        assert not more
        assert one.resistance == pytest.approx(true, rel=0.03)


def test_an_arc_cut_off_by_the_band_is_told_and_not_numbered(random):
    z = noisy(10 + zarc(FREQUENCY, 100, 1e-8, 0.9) + zarc(FREQUENCY, 50, 1e-2, 0.9), 3e-3, random)
    found = relaxation_times(FREQUENCY, z)
    (one,) = found.processes
    assert one.resistance == pytest.approx(50, rel=0.05)
    assert found.resolved.undetermined
    assert "its resistance is not determined" in found.summary()


@pytest.mark.parametrize("tail", [20 / np.sqrt(1j * OMEGA), 30 / (1j * OMEGA) ** 0.8])
def test_a_tail_is_no_process(tail, random):
    z = noisy(5 + zarc(FREQUENCY, 100, 1e-4, 0.85) + tail, 5e-3, random)
    (one,) = first_look(FREQUENCY, z).relaxation.processes
    assert one.resistance == pytest.approx(100, rel=0.1)


def test_a_ripple_has_no_numbers(random):
    found = relaxation_times(FREQUENCY, noisy(10 + zarc(FREQUENCY, 100, 1e-3, 0.8), 1e-2, random))
    ripples = [peak for peak in found.peaks if not peak.firm]
    assert ripples
    for peak in ripples:
        assert "Ohm" not in peak.sentence() and " F" not in peak.sentence()
        assert f"{peak.resistance:.3g} Ohm" not in found.summary()
    assert "may be a ripple" in found.summary()


def test_a_loop_is_taken_off_and_its_size_told(random):
    z = noisy(5 + rc(FREQUENCY, 20, 1e-3) - rc(FREQUENCY, 6, 1.0), 1e-3, random)
    found = relaxation_times(FREQUENCY, z)
    (loop,), (one,) = found.resolved.loops, found.processes
    assert loop.resistance == pytest.approx(-6, rel=0.05)
    assert one.resistance == pytest.approx(20, rel=0.02)
    lines = found.summary().splitlines()
    assert "cannot show a loop" in lines[1] and "-6" in lines[1]
    assert found.polarisation_resistance == pytest.approx(20, rel=0.02)


def test_a_loop_cut_off_by_the_band_has_no_size(random):
    z = noisy(5 + rc(FREQUENCY, 20, 1e-3) - rc(FREQUENCY, 6, 100.0), 2e-3, random)
    text = relaxation_times(FREQUENCY, z).summary()
    assert "cannot show a loop" in text and "its size is not determined" in text


def test_a_misfit_far_above_the_noise_is_said_before_any_peak(random):
    z = noisy(cell(FREQUENCY, growth=0.5) * np.where(FREQUENCY > 10, 1, 1.2), 1e-3, random)
    lines = relaxation_times(FREQUENCY, z).summary().splitlines()
    assert "times its noise" in lines[1] and "no answer" in lines[1]


def test_loud_noise_gets_a_sentence_and_no_numbers(random):
    found = relaxation_times(FREQUENCY, noisy(10 + rc(FREQUENCY, 100, 1e-3), 0.3, random))
    assert not found.processes
    assert "drowns" in found.summary()


def test_wrong_signs_have_no_distribution():
    for z in (cell(FREQUENCY).conj(), -cell(FREQUENCY)):
        assert first_look(FREQUENCY, z).relaxation is None


def test_the_interval_of_an_effective_capacitance_holds_it(random):
    """tau/R, which for a constant-phase element Q is Q (1/tau)^(n-1)."""
    resistance, tau, n = 100.0, 1e-3, 0.85
    z = noisy(10 + zarc(FREQUENCY, resistance, tau, n) + 1j * OMEGA * LEADS, 5e-3, random)
    (one,) = relaxation_times(FREQUENCY, z).processes
    Q = tau**n / resistance
    assert one.capacitance_95[0] < Q * (1 / tau) ** (n - 1) < one.capacitance_95[1]
    assert one.tau_95[0] < tau < one.tau_95[1]


def test_finite_diffusion_is_seen_as_its_first_mode(random):
    """8 R/pi^2 at 4 tau/pi^2; the higher modes are asked for and not numbered."""
    z = noisy(5 + rc(FREQUENCY, 30, 1e-5) + finite_warburg(FREQUENCY, 50, 1.0), 3e-3, random)
    fast, *_, slow = relaxation_times(FREQUENCY, z).processes
    assert fast.resistance == pytest.approx(30, rel=0.05)
    assert slow.resistance == pytest.approx(400 / np.pi**2, rel=0.1)
    assert slow.tau == pytest.approx(4 / np.pi**2, rel=0.1)
