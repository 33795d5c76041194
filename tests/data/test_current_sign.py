"""The current's sign: by the caller, by the format, or by physics; never in silence."""

import numpy as np
import pytest

from ssb_model.data import read_cycling
from ssb_model.data.evidence import vote_for_charge
from ssb_model.errors import InputError
from tests.data.synthetic import CURRENT, CYCLING_FILES, VOLTAGE


def test_a_full_cell_votes_with_certainty():
    assert vote_for_charge(-CURRENT, VOLTAGE) == pytest.approx(1.0)
    assert vote_for_charge(CURRENT, VOLTAGE) == pytest.approx(-1.0)


def test_a_symmetric_cell_votes_by_its_resistance_alone():
    current = np.tile(np.repeat([1.0, -1.0], 5), 10)
    assert vote_for_charge(current, 0.013 * current) == pytest.approx(1.0)


def test_noise_smaller_than_the_polarisation_does_not_turn_the_vote():
    noise = np.random.default_rng(1).normal(0, 1e-3, len(VOLTAGE))
    assert vote_for_charge(-CURRENT, VOLTAGE + noise) > 0.9


def test_a_resting_cell_does_not_vote():
    assert vote_for_charge(np.zeros(4), np.array([3.4, 3.3, 3.2, 3.1])) == 0


def test_a_current_without_sign_is_refused(written):
    file = CYCLING_FILES["LAND"]
    text = file.text.replace("\t-", "\t")
    with pytest.raises(
        InputError, match=r"never changes sign .* export the current with its sign.*declare"
    ):
        read_cycling(written(text))


def test_exchanged_leads_are_refused_where_the_format_has_a_sign(written):
    file = CYCLING_FILES["Arbin"]
    for row, current in enumerate(CURRENT):
        file = file.with_cell(row, "current", f"{current:.9E}")
    with pytest.raises(InputError, match=r"leads exchanged.*declare current_positive_on='charge'"):
        read_cycling(written(file.text))
    declared = read_cycling(written(file.text), current_positive_on="discharge")
    assert np.allclose(declared.current, CURRENT)


def test_the_callers_word_holds_and_a_doubt_is_noted(written):
    path = written(CYCLING_FILES["plain table"].text)
    data = read_cycling(path, current_positive_on="charge")
    assert np.allclose(data.current, -CURRENT)
    assert "though the voltage speaks for discharge" in data.notes[-1]


def test_another_word_than_charge_or_discharge_is_refused(written):
    with pytest.raises(InputError, match="write 'charge' or 'discharge'"):
        read_cycling(written(CYCLING_FILES["LAND"].text), current_positive_on="oxidation")


def test_a_voltage_that_does_not_move_decides_nothing(written):
    with pytest.raises(InputError, match=r"header does not tell .* nor does the voltage: declare"):
        read_cycling(written("time/s,I/mA,E/V\n0,10,2\n1,10,2\n"))


def test_without_current_there_is_no_sign_to_settle(written):
    data = read_cycling(written("time/s,I/mA,E/V\n0,0,2\n1,0,2.1\n"))
    assert not data.current.any() and "no current flows" in data.notes[-1]
