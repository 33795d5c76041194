"""Ramps, holds, lives and laws: what is simulated never looks like what is stated."""

import dataclasses

import numpy as np
import pytest

from ssb_model.plotting.style import BARE, COATED, IONIC, PAPER, QUIET, THICK, shades
from ssb_model.reproduction.figures import FIGURES
from tests.marks import black_widths, lines_of, symbols_of, texts

RAMPS = {  # stem and column -> cell, colour, stated critical current
    ("fig3a_ramps", 0): ("bare", BARE, 0.15),
    ("fig3a_ramps", 1): ("coated", COATED, 2.3),
    ("figS10_thick_ramp", 0): ("ZnI2 1.5 mol/L", THICK, 1.0),
    ("figS11_ionic_ramp", 0): ("I2", IONIC, 0.5),
}


def changed(reproduction, **models):
    """The reproduction with other values of the model, by row."""
    rows = tuple(
        dataclasses.replace(row, model=models.get(row.id.replace("-", "_"), row.model))
        for row in reproduction.rows
    )
    return dataclasses.replace(reproduction, rows=rows)


def column(figure, place):
    """Upper and lower panel of a column."""
    width = len(figure.axes) // 2
    return figure.axes[place], figure.axes[place + width]


@pytest.mark.parametrize("key", RAMPS, ids=str)
def test_a_ramp_is_zero_after_its_short_and_black_only_where_stated(reproduction, key):
    cell, colour, stated = RAMPS[key]
    voltage, current = column(FIGURES[key[0]](reproduction), key[1])
    after = [line for line in voltage.lines if line.get_color() == colour][-1].get_xydata()
    assert after[-1, 1] == 0 and after[-2, 0] == reproduction.curves["ramps"][cell]["short"]
    black = [line for line in current.lines if line.get_color() == PAPER]
    assert sorted(line.get_ydata()[0] for line in black) == [-stated, stated]
    assert not [line for line in voltage.lines if line.get_color() == PAPER]


def test_grey_begins_with_the_first_failed_step_and_says_it(reproduction):
    for failed, hours in ((0.1, 2.0), (0.15, 4.0)):
        figure = FIGURES["fig3a_ramps"](changed(reproduction, **{"14_ramp": failed}))
        voltage, _ = column(figure, 0)
        grey = [patch for patch in voltage.patches if patch.get_alpha() == 0.18]
        assert grey[0].get_x() == pytest.approx(hours)
        assert f"first failed step {failed:g} mA" in texts(figure)


def test_a_bound_on_the_critical_current_is_called_one(reproduction):
    assert "stated: at most 1 mA" in texts(FIGURES["figS10_thick_ramp"](reproduction))
    assert "at most" not in texts(FIGURES["figS11_ionic_ramp"](reproduction))


def laws_panels(reproduction):
    return FIGURES["fig_critical_laws"](reproduction).axes


def test_every_law_but_the_one_of_one_constant_passes_through_both_cells(reproduction):
    curves = [line for line in laws_panels(reproduction)[0].lines if len(line.get_xdata()) > 50]
    missed = []
    for R, J in ((10.3, 2.3), (1173.4, 0.15)):
        for line in curves:
            x, y = np.log(line.get_xdata()), np.log(line.get_ydata())
            near = np.interp(np.log(R), x, y)
            missed += [line.get_label()] if abs(near - np.log(J)) > 0.02 else []
    assert len(curves) == 5 and set(missed) == {"A0 (constant cell voltage)"}


def test_the_resistance_that_a_law_requires_lies_on_its_curve(reproduction):
    axes = laws_panels(reproduction)[0]
    for colour in shades(5):
        curve = next(line for line in axes.lines if line.get_color() == colour)
        diamonds = symbols_of(axes, colour, "D")
        assert sorted(diamonds[:, 1]) == [0.5, 1.0]
        x, y = np.log(curve.get_xdata()), np.log(curve.get_ydata())
        at = np.interp(np.log(diamonds[:, 0]), x, y)
        np.testing.assert_allclose(at, np.log(diamonds[:, 1]), atol=0.02)


def test_closed_forms_and_simulated_ramps_are_told_apart(reproduction):
    models = {"16_B": 1.4, "16_B_ramp": 1.3}
    axes = laws_panels(changed(reproduction, **models))[1]
    colour = shades(5)[2]
    assert symbols_of(axes, colour, "o")[:, 1] == pytest.approx([1.4])
    assert symbols_of(axes, colour, "s")[:, 1] == pytest.approx([1.3])


def test_long_cycling_goes_to_and_fro_and_says_whether_the_stated_life_is_reached(reproduction):
    stem = "fig3cd_s13_polarisation"
    figure = FIGURES[stem](reproduction)
    for axes in figure.axes[:3]:
        up, down = [line.get_ydata() for line in axes.lines if line.get_color() == COATED]
        assert (up > 0).all() and (down < 0).all()
    assert texts(figure).count("no short") == 3
    assert "short after 700 h" in texts(FIGURES[stem](changed(reproduction, **{"20a": 700.0})))


def test_filaments_grow_from_where_the_critical_current_falls_below_the_current(reproduction):
    _, contact, critical = FIGURES["figS12_bare_hold"](reproduction).axes
    for axes in (contact, critical):
        (grey,) = axes.patches
        assert grey.get_x() == pytest.approx(20.0, abs=0.1)  # 0.15 - 0.0025 t = 0.1
        assert grey.get_x() + grey.get_width() == pytest.approx(25.0)


def test_a_current_below_the_critical_one_throughout_grows_no_filament(reproduction):
    hold = reproduction.curves["bare hold"] | {"critical": np.full(301, 0.15)}
    other = dataclasses.replace(reproduction, curves=reproduction.curves | {"bare hold": hold})
    figure = FIGURES["figS12_bare_hold"](other)
    assert not any(axes.patches for axes in figure.axes) and "filaments grow" not in texts(figure)


def test_the_hold_is_called_calibrated_and_its_current_presumed(reproduction):
    words = texts(FIGURES["figS12_bare_hold"](reproduction))
    assert "no prediction" in words and "0.1 mA/cm² presumed" in words


def test_no_black_mark_stands_on_the_cycled_bare_cell(reproduction):
    figure = FIGURES["fig4f_bare_spectra"](reproduction)
    assert not lines_of(figure, PAPER) and not black_widths(figure)
    assert "gives no number" in texts(figure)


def test_growth_is_marked_from_the_new_cells_end_with_both_stated_rises(reproduction):
    figure = FIGURES["figS15_aged_spectra"](reproduction)
    assert black_widths(figure) == pytest.approx([3.2, 7.3])
    new, *aged = [line.get_xdata()[-1] for line in figure.axes[0].lines]
    assert [end - new for end in aged] == pytest.approx([3.2, 7.3])
    assert lines_of(figure, QUIET) and "presumed" in texts(figure)
