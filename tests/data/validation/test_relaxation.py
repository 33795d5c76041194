"""Distributions of relaxation times recover circuits that are known in closed form."""

import numpy as np
import pytest

from ssb_model.data.validation import relaxation_times

from .circuits import (
    FREQUENCY,
    LEADS,
    cell,
    finite_warburg,
    noisy,
    random_network,
    rc,
    zarc,
    zarc_distribution,
)

OMEGA = 2 * np.pi * FREQUENCY
FINEST = 10 ** (1 / 15)  # two neighbouring time constants


def tallest(found, number):
    return sorted(sorted(found.peaks, key=lambda p: -p.resistance)[:number], key=lambda p: p.tau)


@pytest.mark.parametrize("size", [0, 1e-3, 1e-2])
@pytest.mark.parametrize("tau", [1.3e-3, 2e-5, 0.4])
def test_a_single_arc(tau, size, random):
    found = relaxation_times(FREQUENCY, noisy(10 + rc(FREQUENCY, 100, tau), size, random))
    (peak,) = tallest(found, 1)
    assert peak.resistance == pytest.approx(100, rel=0.02)
    assert tau / FINEST < peak.tau < tau * FINEST
    assert peak.capacitance == pytest.approx(peak.tau / peak.resistance)
    assert peak.firm


@pytest.mark.parametrize("size", [0, 1e-3, 5e-3])
def test_two_depressed_arcs(size, random):
    z = 10 + zarc(FREQUENCY, 30, 1e-5, 0.9) + zarc(FREQUENCY, 100, 1e-2, 0.8)
    fast, slow = tallest(relaxation_times(FREQUENCY, noisy(z, size, random)), 2)
    assert fast.resistance == pytest.approx(30, rel=0.1)
    assert slow.resistance == pytest.approx(100, rel=0.1)
    assert fast.tau == pytest.approx(1e-5, rel=0.15)
    assert slow.tau == pytest.approx(1e-2, rel=0.15)


def test_the_distribution_of_a_depressed_arc_is_the_closed_form():
    found = relaxation_times(FREQUENCY, 10 + zarc(FREQUENCY, 100, 1e-3, 0.8))
    exact = zarc_distribution(found.tau, 100, 1e-3, 0.8)
    inside = (found.tau > 1e-5) & (found.tau < 1e-1)
    np.testing.assert_allclose(found.gamma[inside], exact[inside], atol=0.02 * exact.max())


def test_diffusion_shows_the_first_modes_of_its_series():
    """R_k = 8 R / ((2k-1) pi)^2 and tau_k = 4 tau / ((2k-1) pi)^2."""
    found = relaxation_times(FREQUENCY, 10 + finite_warburg(FREQUENCY, 50, 1.0))
    second, first = found.peaks[-2:]
    assert first.resistance == pytest.approx(400 / np.pi**2, rel=0.02)
    assert first.tau == pytest.approx(4 / np.pi**2, rel=0.05)
    assert second.resistance == pytest.approx(400 / (9 * np.pi**2), rel=0.1)
    assert second.tau == pytest.approx(4 / (9 * np.pi**2), rel=0.1)


def test_resistance_is_conserved(random):
    """Series and polarisation resistance add up to the impedance at rest."""
    for size, tolerance in ((0, 2e-3), (1e-3, 1e-2), (1e-2, 3e-2)):
        found = relaxation_times(FREQUENCY, noisy(cell(FREQUENCY), size, random))
        assert found.total_resistance == pytest.approx(190, rel=tolerance)


def test_gamma_and_the_peaks_add_up_to_the_polarisation_resistance(random):
    for _ in range(5):
        z = noisy(random_network(FREQUENCY, random), 1e-3, random)
        found = relaxation_times(FREQUENCY, z)
        total = found.gamma.sum() * np.log(found.tau[1] / found.tau[0])
        assert found.polarisation_resistance == pytest.approx(total)
        assert sum(peak.resistance for peak in found.peaks) == pytest.approx(total)


def test_gamma_is_never_negative(random):
    found = relaxation_times(FREQUENCY, noisy(cell(FREQUENCY), 1e-2, random))
    assert (found.gamma >= 0).all()


def test_leads_and_a_blocking_electrode_are_told_apart_from_what_relaxes():
    z = 10 + 1j * OMEGA * LEADS + 1 / (1j * OMEGA * 1e-3) + rc(FREQUENCY, 100, 1e-3)
    found = relaxation_times(FREQUENCY, z, capacitance=True)
    assert found.inductance == pytest.approx(LEADS, rel=0.02)
    assert found.elastance == pytest.approx(1e3, rel=0.02)
    assert found.polarisation_resistance == pytest.approx(100, rel=0.02)


def test_noise_asks_for_more_regularisation(random):
    z = 10 + zarc(FREQUENCY, 100, 1e-3, 0.8)
    chosen = [
        relaxation_times(FREQUENCY, noisy(z, size, random)).regularisation
        for size in (1e-5, 1e-3, 3e-2)
    ]
    assert chosen[0] < chosen[1] < chosen[2]


def test_more_regularisation_is_smoother_and_fits_worse(random):
    z = noisy(cell(FREQUENCY), 1e-3, random)
    rough, smooth = (relaxation_times(FREQUENCY, z, regularisation=s) for s in (1e-6, 1.0))

    def bending(found):
        return np.sum(np.diff(found.gamma, n=2) ** 2)

    def misfit(found):
        return np.sum(np.abs(1 - found.fitted / found.impedance) ** 2)

    assert bending(smooth) < bending(rough)
    assert misfit(smooth) > misfit(rough)


def test_what_relaxes_outside_the_band_is_said():
    inside = relaxation_times(FREQUENCY, 10 + rc(FREQUENCY, 100, 1e-3))
    outside = relaxation_times(FREQUENCY, 10 + rc(FREQUENCY, 100, 60.0))
    assert inside.unmeasured < 1e-6
    assert outside.unmeasured > 0.9
    assert not tallest(outside, 1)[0].firm


def test_a_resistor_has_no_peaks():
    found = relaxation_times(FREQUENCY, np.full(len(FREQUENCY), 7 + 0j))
    assert found.series_resistance == pytest.approx(7)
    assert found.polarisation_resistance < 1e-6


def test_points_not_kept_have_no_say():
    z = cell(FREQUENCY)
    clean = relaxation_times(FREQUENCY[1:], z[1:])
    z[0] *= 3
    kept = np.arange(len(z)) > 0
    np.testing.assert_allclose(relaxation_times(FREQUENCY, z, kept=kept).gamma, clean.gamma)
