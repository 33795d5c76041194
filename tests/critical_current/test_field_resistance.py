"""Resistances of published cells: limits of the model, and rows of one's own among them."""

import numpy as np
import pytest

from ssb_model.critical_current import resistance_forecast
from ssb_model.critical_current.field_model.resistance import resistance_rows
from ssb_model.library import OWN_LAB, FieldCell, field_cells

LEVELS = np.array([0.025, 0.5, 0.975])


def cell(name, R, lab=OWN_LAB, **keys):
    given = {"treatment": "x", "layer": "mixed", "contact": "coated", "source": "s", "garnet": "g"}
    given |= {"faces": 2, "temperature": "25 degC", "resistance": f"{R} ohm cm2"}
    return FieldCell(name=name, lab=lab, **(given | keys))


def of(layer, contact, *own):
    return resistance_forecast(layer, contact, [*field_cells(), *own])


def test_controls_resist_most_and_layers_least():
    control, bare, coated = (
        of(layer, contact).quantile(0.5)
        for layer, contact in (("none", "bare control"), ("none", "bare"), ("mixed", "coated"))
    )
    assert control > 10 * bare > 10 * coated


def test_most_published_layers_lie_inside_and_not_all():
    """Of those with a number, in the 95 % interval of their kind: about 95 % do."""
    ends = {type: of(type, "coated").quantile(LEVELS) for type in ("ionic", "mixed", "electronic")}
    known = [one for one in field_cells() if one.contact == "coated" and one.R]
    known = [one for one in known if not one.R.is_bound]
    inside = [ends[one.layer][0] < one.R.value * 1e4 < ends[one.layer][2] for one in known]
    assert (len(inside), sum(inside)) == (21, 20)


def test_many_cells_of_ones_own_are_what_the_next_one_resists():
    """Of 60 cells at 400 to 600 ohm cm2 the field's own level is forgotten, its scatter too."""
    rng = np.random.default_rng(0)
    own = [cell(f"c{k}", R) for k, R in enumerate(500 * np.exp(0.2 * rng.normal(size=60)))]
    low, middle, high = of("mixed", "coated", *own).quantile(LEVELS)
    assert middle == pytest.approx(500, rel=0.4)
    before = of("mixed", "coated").quantile(LEVELS)
    assert high / low < before[2] / before[0]


def test_a_bare_cell_says_little_of_a_coated_one():
    """In the 13 papers that have both, ln R before and after do not go together."""
    alone = of("mixed", "coated").quantile(0.5)
    anchored = of("mixed", "coated", cell("b", 5, layer="none", contact="bare")).quantile(0.5)
    assert anchored < alone
    assert anchored == pytest.approx(alone, rel=0.25)


def test_one_face_is_half_and_an_unknown_number_a_spread():
    one, unknown = resistance_rows([cell("a", 10, faces=1), cell("b", 10, faces="unknown")])
    assert np.exp(one.y) == pytest.approx(20)
    assert np.exp(unknown.y) == pytest.approx(10 * 2**0.5)
    assert unknown.unsaid > one.unsaid == 0


def test_bounds_are_left_out_and_a_garnet_before_counts_once():
    rows = resistance_rows(
        [
            cell("a", 10, resistance="< 10 ohm cm2", resistance_before="900 ohm cm2"),
            cell("b", 12, resistance_before="900 ohm cm2"),
        ]
    )
    assert sorted(np.exp([row.y for row in rows])) == pytest.approx([12, 900])
