"""Of the dips, one alone is stated; the others are said to be what they are."""

import numpy as np
import pytest

from ssb_model.plotting.style import COATED, PAPER
from ssb_model.reproduction.figures import FIGURES
from tests.marks import black_widths, lines_of, symbols_of, texts
from tests.reproduction.made_up import DIPS

BANDS = {
    "fig2e_concentration": (10.3, ("11d", "11e", "11f")),
    "figS8_dip_polarisation": (13.0, ("12b", "12c", "12d")),
}


@pytest.mark.parametrize("stem", BANDS)
def test_one_concentration_alone_is_stated(reproduction, stem):
    (point,) = lines_of(FIGURES[stem](reproduction), PAPER)
    assert point.get_xydata().tolist() == [[0.5, BANDS[stem][0]]]


@pytest.mark.parametrize("stem", BANDS)
def test_the_other_tested_dips_are_open_circles_at_the_rows(reproduction, stem):
    (axes,) = FIGURES[stem](reproduction).axes
    models = [reproduction.row(id).model for id in BANDS[stem][1]]
    expected = np.column_stack([[0.1, 1.0, 1.5], models])
    np.testing.assert_allclose(symbols_of(axes, COATED), expected)


@pytest.mark.parametrize("stem", BANDS)
def test_what_constrains_the_band_is_said(reproduction, stem):
    words = texts(FIGURES[stem](reproduction))
    assert "held to the stated 10.3" in words and "one inequality: 75 % of the draws" in words
    assert "prior, " not in words


def test_of_the_spectra_only_the_stated_resistance_is_a_black_width(reproduction):
    figure = FIGURES["fig2d_dip_spectra"](reproduction)
    assert black_widths(figure) == pytest.approx([10.3])
    assert not lines_of(figure, PAPER)


def test_every_spectrum_of_a_dip_is_named_with_its_end(reproduction):
    data = reproduction.curves["dip spectra"]["impedance"]
    words = texts(FIGURES["fig2d_dip_spectra"](reproduction))
    for c, z in zip(DIPS, data, strict=True):
        assert f"{c:g} mol/L: ends at {z.real[-1]:.0f}" in words
