"""Passive, causal, linear, stationary spectra pass, the others fail, and noise has a number."""

import numpy as np
import pytest

from ssb_model.data.validation import kramers_kronig

from .circuits import FREQUENCY, LEADS, cell, finite_warburg, noisy, random_network, rc, zarc

OMEGA = 2 * np.pi * FREQUENCY
PASSIVE = {
    "one resistor": np.full(len(FREQUENCY), 10 + 0j),
    "one sharp arc between two time constants": 10 + rc(FREQUENCY, 100, 1.3e-3),
    "a depressed arc": 10 + zarc(FREQUENCY, 100, 1e-3, 0.6),
    "an arc cut at high frequency": zarc(FREQUENCY, 100, 1e-7, 0.7),
    "an arc cut at low frequency": 5 + zarc(FREQUENCY, 100, 1e2, 0.7),
    "finite diffusion": 10 + finite_warburg(FREQUENCY, 100, 10.0),
    "endless diffusion": 10 + 50 / np.sqrt(1j * OMEGA),
    "a blocking electrode": 10 + 1 / (1j * OMEGA * 1e-6) + zarc(FREQUENCY, 300, 1e-5, 0.9),
    "leads": cell(FREQUENCY) + 1j * OMEGA * LEADS,
    "an inductive loop": 100 - rc(FREQUENCY, 30, 0.3) + rc(FREQUENCY, 50, 1e-4),
}
BROKEN = {
    "the wrong sign of the imaginary part": cell(FREQUENCY).conj(),
    "growth while it is measured": cell(FREQUENCY, growth=0.2),
    "decay while it is measured": cell(FREQUENCY, growth=-0.2),
    "a clipped imaginary part": cell(FREQUENCY).real + 1j * np.maximum(cell(FREQUENCY).imag, -30),
    "a clipped real part": np.minimum(cell(FREQUENCY).real, 120) + 1j * cell(FREQUENCY).imag,
    "an overload": cell(FREQUENCY) * np.minimum(1, 100 / np.abs(cell(FREQUENCY))),
    "a gain that changes with the range": cell(FREQUENCY) * np.where(FREQUENCY > 1e3, 1.05, 1),
    "time before cause": cell(FREQUENCY) * np.exp(2j * np.pi * FREQUENCY * 2e-7),
}


@pytest.mark.parametrize("name", PASSIVE)
def test_a_passive_causal_spectrum_passes(name):
    assert kramers_kronig(FREQUENCY, PASSIVE[name]).misfit < 5e-4


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_spectrum_fails(name, random):
    assert not kramers_kronig(FREQUENCY, BROKEN[name]).passes
    assert not kramers_kronig(FREQUENCY, noisy(BROKEN[name], 3e-4, random)).passes


def test_random_networks_pass_with_and_without_noise(random):
    for size in (0, 1e-4, 1e-3, 1e-2) * 10:
        z = noisy(random_network(FREQUENCY, random), size, random)
        assert kramers_kronig(FREQUENCY, z).passes


def test_the_compiled_cell_passes(coated_cell):
    frequency, z, _ = coated_cell
    test = kramers_kronig(frequency, z)
    assert test.passes
    assert test.misfit < 1e-4


@pytest.mark.parametrize("size", [1e-4, 1e-3, 1e-2])
@pytest.mark.parametrize("a_decade", [8, 10, 20])
def test_noise_is_estimated_within_a_factor_of_1_3(size, a_decade, random):
    f = np.geomspace(1e6, 1e-2, 8 * a_decade + 1)
    for _ in range(5):
        found = kramers_kronig(f, noisy(random_network(f, random), size, random)).noise
        assert size / 1.3 < found < 1.3 * size


def test_drift_is_not_taken_for_noise(random):
    """Its residuals are four times the noise, of which the estimate hardly takes note."""
    for _ in range(5):
        test = kramers_kronig(FREQUENCY, noisy(cell(FREQUENCY, growth=0.3), 1e-3, random))
        assert test.noise == pytest.approx(1e-3, rel=0.5)
        assert np.abs(test.residual[FREQUENCY < 1]).mean() > 4e-3


def test_ten_times_the_drift_is_about_ten_times_the_misfit():
    small, large = (kramers_kronig(FREQUENCY, cell(FREQUENCY, g)).misfit for g in (0.02, 0.2))
    assert large / small == pytest.approx(10, rel=0.3)


def test_the_misfit_of_a_drift_is_found_where_the_drift_is():
    assert kramers_kronig(FREQUENCY, cell(FREQUENCY, growth=0.3)).misfit_frequency < 1


def test_the_order_of_the_points_does_not_matter(random):
    z = noisy(cell(FREQUENCY), 1e-3, random)
    shuffled = random.permutation(len(z))
    one, other = kramers_kronig(FREQUENCY, z), kramers_kronig(FREQUENCY[shuffled], z[shuffled])
    np.testing.assert_allclose(other.residual, one.residual[shuffled], atol=1e-9)


def test_the_size_of_the_impedance_does_not_matter(random):
    z = noisy(cell(FREQUENCY), 1e-3, random)
    one, other = kramers_kronig(FREQUENCY, z), kramers_kronig(FREQUENCY, 1e6 * z)
    np.testing.assert_allclose(other.residual, one.residual, atol=1e-9)


def test_without_a_capacitance_a_blocking_electrode_fails():
    """Its charge lies far below the measured band, where no RC element reaches."""
    z = 10 + 1 / (1j * OMEGA * 1e-6)
    assert kramers_kronig(FREQUENCY, z).passes
    assert not kramers_kronig(FREQUENCY, z, capacitance=False).passes


def test_without_an_inductance_leads_fail():
    z = 10 + 1j * OMEGA * LEADS
    assert kramers_kronig(FREQUENCY, z).passes
    assert not kramers_kronig(FREQUENCY, z, inductance=False).passes


def test_points_not_kept_have_no_residual_and_no_say():
    z = cell(FREQUENCY)
    kept = np.arange(len(z)) != 30
    z[30] *= 2
    test = kramers_kronig(FREQUENCY, z, kept=kept)
    assert test.passes
    np.testing.assert_array_equal(np.isnan(test.residual), ~kept)


def test_the_summary_says_verdict_noise_and_place(random):
    text = kramers_kronig(FREQUENCY, noisy(cell(FREQUENCY, growth=0.5), 1e-3, random)).summary()
    for words in ("81 points from 0.01 to 1e+06 Hz", "fails", "% of |Z|", "Hz, where"):
        assert words in text
