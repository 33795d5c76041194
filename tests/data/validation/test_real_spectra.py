"""Measured spectra of other laboratories; skipped where their files are not at hand."""

import numpy as np
import pytest

from ssb_model.data.validation import relaxation_times, validate


@pytest.fixture
def real(repository):
    """Columns of a file, or the test is skipped."""

    def load(name, **form):
        for folder in (repository, repository.parent):
            path = folder / "shared" / "data" / "eis" / name
            if path.exists():
                return np.loadtxt(path, unpack=True, encoding="latin-1", **form)
        pytest.skip(f"{name} is not here")

    return load


@pytest.fixture
def pellet(real):
    """A sulfide pellet between blocking electrodes at -25 C, 7 MHz downwards."""
    frequency, re, minus_im, *_ = real("PEIS_LPSCl_IonBlocking_-25C.txt", skiprows=65)
    return frequency, re - 1j * minus_im


@pytest.fixture
def example(real):
    """A spectrum of unstated chemistry with leads' inductance."""
    frequency, re, im = real("exampleData.csv", delimiter=",")
    return frequency, re + 1j * im


def test_a_measured_pellet_passes_with_the_noise_of_a_good_instrument(pellet):
    check = validate(*pellet)
    assert check.passes
    assert check.measured.noise < 2e-3
    assert np.count_nonzero(~check.kept) <= 2


def test_a_blocking_pellet_fails_without_a_capacitance_of_its_electrodes(pellet):
    with_one, without = (validate(*pellet, capacitance=c).measured for c in (True, False))
    assert without.misfit > with_one.misfit


def test_the_inductive_tail_of_a_measured_spectrum_is_what_is_positive(example):
    frequency, z = example
    (tail,) = (one for one in validate(frequency, z).findings if one.kind == "inductive tail")
    np.testing.assert_array_equal(tail.mask, z.imag > 0)


def test_the_pellets_distribution_fits_within_half_a_per_cent(pellet):
    found = relaxation_times(*pellet, capacitance=True)
    assert np.abs(1 - found.fitted / found.impedance).mean() < 5e-3
    assert found.unmeasured > 0.5
