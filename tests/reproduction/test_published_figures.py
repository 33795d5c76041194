"""Published coatings as figures: each number once, its kind told, nothing on top of another."""

import itertools

import pytest

from ssb_model.library import paired, published_coatings
from ssb_model.plotting.names import spread_names
from ssb_model.plotting.style import house_style, new_figure
from ssb_model.reproduction.figures.published import critical_currents, lives
from tests.marks import texts


def boxes(axes):
    """Extents of the names written beside points, as they are drawn."""
    axes.figure.draw_without_rendering()
    return [text.get_window_extent() for text in axes.texts if text.get_text()]


@pytest.mark.parametrize("draw", [critical_currents, lives])
def test_no_name_lies_on_another(reproduction, draw):
    for axes in draw(reproduction).axes:
        for one, other in itertools.combinations(boxes(axes), 2):
            assert not one.padded(-1).overlaps(other.padded(-1))


def test_arrows_rings_and_bars_are_told(reproduction):
    told = critical_currents(reproduction).get_supxlabel().replace("\n", " ")
    for mark in ("Arrows: only a bound", "Rings: without the coating", "Broad bar", "Thin bars"):
        assert mark in told
    assert "Arrows: at least" in lives(reproduction).get_supxlabel()


def test_every_known_critical_current_has_its_row_in_rising_order(reproduction):
    axes = critical_currents(reproduction).axes[0]
    known = [c for one in published_coatings() for c in one.critical_current if c.after]
    values = sorted(c.after.to_si("A.m-2") / 10 for c in known)
    full = [line for line in axes.lines if line.get_marker() == "o" and line.get_mfc() != "white"]
    drawn = [line.get_xdata()[0] for line in full if len(line.get_xdata()) == 1]
    assert drawn == pytest.approx(values)
    assert len(axes.get_yticks()) == len(values)


def test_an_arrow_for_every_bound_and_for_no_number(reproduction):
    axes = critical_currents(reproduction).axes[0]
    bounds = [
        c
        for one in published_coatings()
        for c in one.critical_current
        if c.after and c.after.is_bound
    ]
    assert sum(text.arrow_patch is not None for text in axes.texts) == len(bounds) > 0


def test_only_pairs_stand_against_the_resistance(reproduction):
    figure = critical_currents(reproduction)
    for coating in paired(published_coatings()):
        assert coating.title in texts(figure)
    assert len([name for name in boxes(figure.axes[1])]) == 6  # five pairs and the bare one


def test_a_life_without_a_stated_current_is_named_at_the_foot(reproduction):
    told = lives(reproduction).get_supxlabel().replace("\n", " ")
    assert "liquid metal paint (9930 h)" in told


def test_names_of_points_that_coincide_are_moved_apart():
    with house_style():
        _, axes = new_figure()
        axes.plot([1, 1, 1], [2, 2, 2], "o")
        axes.set(xlim=(0, 2), ylim=(0, 4))
        spread_names(axes, [(1, 2, name) for name in ("first", "second", "third")])
    heights = [box.y0 for box in boxes(axes)]
    assert min(abs(a - b) for a, b in itertools.combinations(heights, 2)) > 0
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes(axes), 2))


def test_a_name_at_the_right_edge_goes_to_the_left_of_its_point():
    with house_style():
        _, axes = new_figure()
        axes.set(xlim=(0, 1), ylim=(0, 1))
        spread_names(axes, [(0.99, 0.5, "a rather long name")])
    (box,) = boxes(axes)
    assert box.x1 < axes.transData.transform((0.99, 0.5))[0]
