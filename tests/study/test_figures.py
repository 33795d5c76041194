"""A fitted spectrum is drawn so that points, ticks and words can be read."""

from types import SimpleNamespace

import numpy as np
import pytest

from ssb_model.study.kinds.figures import spectrum_fit

FREQUENCY = np.logspace(5, -1, 41)


def spectrum(large, small):
    """A resistor and an RC element, as a study holds a spectrum."""
    impedance = large + small / (1 + 2j * np.pi * FREQUENCY * 1e-3)
    return SimpleNamespace(
        frequency=FREQUENCY,
        impedance=impedance,
        name="pellet",
        temperature=298.15,
        synthetic=True,
    )


@pytest.fixture(params=[(130.0, 6.0), (1.0, 4000.0)], ids=["a little arc", "decades"])
def figure(request):
    made = spectrum(*request.param)
    rng = np.random.default_rng(0)
    noise = 0.01 * rng.normal(size=FREQUENCY.shape)
    figure = spectrum_fit(made, made.impedance * (1 + noise), 0.01)
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
