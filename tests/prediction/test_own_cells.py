"""Cells of one's own batch: as a file states them, as a forecast takes them, what they choose."""

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.prediction import chances, forecast_of, load_coating
from ssb_model.prediction.design.batch import batch_ramps
from ssb_model.prediction.published_resistance import published_resistance

HEAD = 'name = "mine"\ntype = "mixed"\ninterface_resistance = "8 ohm cm2"\n'
BARE = '[[measured]]\ncell = "bare"\ncritical_current = "0.2 mA/cm2"\n'
COATED = '[[measured]]\ncell = "coated"\ncritical_current = "≥ 0.8 mA/cm2"\n'
R = 8e-4  # Ohm.m2


def coating(tmp_path, text, name="mine"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return load_coating(path)


def test_a_file_states_cells_of_its_batch(tmp_path):
    bare, coated = coating(tmp_path, HEAD + BARE + COATED).measured
    assert (bare.layer, bare.contact, bare.J.value) == ("none", "bare", 2.0)
    assert (coated.layer, coated.J.sign) == ("mixed", ">=")
    assert bare.lab == coated.lab
    assert bare.garnet == coated.garnet


def test_one_table_stands_for_a_list_of_one(tmp_path):
    one = coating(tmp_path, HEAD + BARE.replace("[[measured]]", "[measured]"))
    assert one.measured == coating(tmp_path, HEAD + BARE).measured


def test_a_poor_bare_cell_lowers_the_forecast_of_its_batch(tmp_path):
    own = coating(tmp_path, HEAD + BARE + 'interface_resistance = "20 ohm cm2"\n')
    with_it = forecast_of(own.type, own.contact, own.known)
    assert with_it.quantile(R, 0.5) < forecast_of("mixed").quantile(R, 0.5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (BARE.replace("0.2 mA/cm2", "0.2"), "the unit is missing"),
        (BARE + 'temperature = "25 K"\n', "write 298.15 K"),
        (BARE.replace('"bare"', '"other"'), "needs the type of its layer"),
        (BARE + 'reported = "last safe"\nstep = "3 mA/cm2"\n', "does not end at"),
        ('contact = "bare"\n', "does not go with"),
        ('[[measured]]\ncell = "bare"\n', "critical_current is missing"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_in_one_sentence(tmp_path, text, sentence):
    with pytest.raises(InputError, match=sentence) as told:
        coating(tmp_path, HEAD + text)
    assert "mine.toml" in str(told.value)


def test_coatings_alike_are_alike_probably_the_best(tmp_path):
    pair = [coating(tmp_path, HEAD, name) for name in ("one", "other")]
    found = chances(pair, [np.full(64, R)] * 2)
    assert sum(chance.best for chance in found) == pytest.approx(1)
    assert found[0].best == pytest.approx(0.5, abs=0.04)
    assert found[0].improvement > 0


def test_a_better_contact_is_more_probably_the_best(tmp_path):
    pair = [coating(tmp_path, HEAD, name) for name in ("one", "other")]
    good, bad = chances(pair, [np.full(64, R), np.full(64, 1000 * R)])
    assert good.best > 0.9
    assert bad.improvement < good.improvement


def test_one_coating_is_no_choice(tmp_path):
    with pytest.raises(InputError, match="give two or more"):
        chances([coating(tmp_path, HEAD)], [np.full(4, R)])


def test_more_cells_of_the_batch_leave_less_of_the_interval(tmp_path):
    found = {
        ramp.name.rpartition(": ")[2]: ramp for ramp in batch_ramps(coating(tmp_path, HEAD), R)
    }
    three, one = found["three cells with this coating"], found["one cell with this coating"]
    bare = found["one bare cell of the batch"]
    assert three.left < one.left < bare.left <= 1
    assert three.hours == pytest.approx(3 * one.hours)
    assert three.weight(1.0) > one.weight(1.0)  # of a standard deviation of ln J of 1


def test_a_measured_cell_of_the_coating_is_its_resistance_where_the_file_states_none(tmp_path):
    cells = '[[measured]]\ncell = "coated"\ninterface_resistance = "{}"\nfaces = {}\n'
    head = 'name = "mine"\ntype = "mixed"\n'
    found = coating(tmp_path, head + cells.format("10 ohm cm2", 1) + cells.format("20 ohm cm2", 2))
    assert found.resistance.value == pytest.approx(20e-4)
    assert coating(tmp_path, HEAD + cells.format("20 ohm cm2", 2)).resistance.value == (
        pytest.approx(8e-4)
    )


def test_published_resistances_stand_beside_one_that_nobody_measured(tmp_path):
    bare = BARE + 'interface_resistance = "60 ohm cm2"\n'
    found = published_resistance(coating(tmp_path, 'name = "m"\ntype = "mixed"\n' + bare), 64, 0)
    [(R, unit)] = found.values.values()
    assert unit == "ohm cm2"
    assert R.min() < 15 < R.max()
    assert "46 published resistances, 1 of your own among them" in found.warnings[0]
    assert not published_resistance(coating(tmp_path, HEAD + bare), 64, 0).values
