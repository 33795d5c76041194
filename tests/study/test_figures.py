"""Fits are drawn so that points, ticks and words can be read."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.study import Spectrum
from ssb_model.study.kinds.critical_current import CriticalCurrent
from ssb_model.study.kinds.figures import numbers_fit, spectrum_fit

FREQUENCY = np.logspace(5, -1, 41)


def spectrum(large, small, noise=0.01):
    """A resistor and an RC element, as a study holds a spectrum."""
    return Spectrum(
        name="pellet",
        cell="cell",
        noise=noise,
        synthetic=True,
        frequency=FREQUENCY,
        impedance=large + small / (1 + 2j * np.pi * FREQUENCY * 1e-3),
        temperature=298.15,
    )


@pytest.fixture(params=[(130.0, 6.0), (1.0, 4000.0)], ids=["a little arc", "decades"])
def figure(request):
    made = spectrum(*request.param)
    rng = np.random.default_rng(0)
    noise = 0.01 * rng.normal(size=FREQUENCY.shape)
    figure = spectrum_fit(made, made.impedance * (1 + noise))
    figure.draw_without_rendering()
    return figure


def test_the_legend_lies_beside_the_residuals(figure):
    residuals = figure.axes[2]
    legend = residuals.get_legend().get_window_extent()
    assert not legend.overlaps(residuals.bbox)
    assert not any(legend.overlaps(other.get_tightbbox()) for other in figure.axes[:2])


def test_the_modulus_has_plain_ticks(figure):
    axis = figure.axes[1].yaxis
    low, high = axis.get_view_interval()
    shown = [t for t in axis.get_major_ticks() if low <= t.get_loc() <= high]
    assert len(shown) >= 2
    assert not axis.get_minor_ticks() or not any(
        tick.label1.get_text() for tick in axis.get_minor_ticks()
    )
    if high < 300 * low:
        assert all(float(tick.label1.get_text()) == tick.get_loc() for tick in shown)


def test_a_synthetic_spectrum_says_so(figure):
    assert "synthetic" in figure.get_supxlabel()


def test_an_estimated_noise_is_called_so():
    made = spectrum(130.0, 6.0, noise=None)
    estimated = spectrum_fit(made, made.impedance * 1.004, 0.013)
    assert "Noise 1.3 % of |Z|, estimated" in " ".join(estimated.get_supxlabel().split())
    stated = spectrum_fit(replace(made, noise=0.013), made.impedance * 1.004)
    assert "estimated" not in stated.get_supxlabel()


def test_single_numbers_share_a_figure_a_row_each():
    first = CriticalCurrent(
        name="coated",
        cell="coated",
        noise=0.5,
        current_density=np.array([22.5]),
        temperature=298.15,
    )
    second = replace(first, name="bare", bound="at least", current_density=np.array([3.0]))
    figure = numbers_fit([(first, np.array([22.0])), (second, np.array([4.0]))])
    [axes] = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["coated", "bare"]
    low, high = axes.get_xlim()
    assert low < 0.3 < 2.25 < high
    assert "critical current density [mA/cm²]" in axes.get_xlabel()
    figure.draw_without_rendering()
