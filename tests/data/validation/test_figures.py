"""Figures show every point, say what is proposed, and carry units."""

import numpy as np
import pytest

from ssb_model.data.validation import kramers_kronig, mark_processes, relaxation_times, validate

from .circuits import FREQUENCY, cell, noisy


@pytest.fixture(scope="module")
def spectrum():
    z = noisy(cell(FREQUENCY), 1e-3, np.random.default_rng(1))
    z[40] *= 1.05
    return z


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_residuals_of_every_point_in_per_cent(spectrum):
    test = kramers_kronig(FREQUENCY, spectrum)
    (axes,) = test.figure().axes
    real = next(line for line in axes.lines if line.get_label() == "real part")
    np.testing.assert_allclose(real.get_ydata(), 100 * test.residual.real)
    assert "%" in axes.get_ylabel()
    assert "Hz" in axes.get_xlabel()


def test_a_validation_shows_both_tests_and_what_is_proposed(spectrum):
    top, bottom = validate(FREQUENCY, spectrum).figure().axes
    assert "81 points: fails" in top.get_title(loc="left")
    assert "80 points: passes" in bottom.get_title(loc="left")
    assert "outliers" in texts(top)


def test_a_clean_spectrum_needs_one_panel():
    assert len(validate(FREQUENCY, cell(FREQUENCY)).figure().axes) == 1


def test_a_distribution_with_the_processes_of_a_model():
    found = relaxation_times(FREQUENCY, cell(FREQUENCY))
    figure = mark_processes(found, {"interface": (100, 1e-3)}).figure()
    top, bottom = figure.axes
    np.testing.assert_allclose(top.lines[0].get_ydata(), found.gamma)
    assert "interface" in texts(bottom)
    assert "Ω" in top.get_ylabel()
    assert "[s]" in bottom.get_xlabel()
