"""Spectra that cannot be judged are refused in one sentence, by every function alike."""

import numpy as np
import pytest

from ssb_model.data.validation import find, kramers_kronig, relaxation_times, validate
from ssb_model.errors import InputError

from .circuits import FREQUENCY, cell

Z = cell(FREQUENCY)
JUDGES = [kramers_kronig, find, validate, relaxation_times]


def changed(values, value):
    return np.concatenate([values[:3], [value], values[4:]])


REFUSED = {
    "unequal lengths": (FREQUENCY, Z[1:], "equal length"),
    "a table": (FREQUENCY[None], Z[None], "one-dimensional"),
    "four points": (FREQUENCY[:4], Z[:4], "at least 5"),
    "frequency zero": (changed(FREQUENCY, 0), Z, "frequency is 0 Hz"),
    "negative frequency": (changed(FREQUENCY, -5), Z, "frequency is -5 Hz"),
    "frequency not a number": (changed(FREQUENCY, np.nan), Z, "frequency is nan Hz"),
    "repeated frequency": (changed(FREQUENCY, FREQUENCY[9]), Z, "occurs more than once"),
    "impedance not a number": (FREQUENCY, changed(Z, np.nan), "is not finite"),
    "infinite impedance": (FREQUENCY, changed(Z, np.inf), "is not finite"),
    "zero impedance": (FREQUENCY, changed(Z, 0), "is zero"),
    "words": (FREQUENCY, ["a"] * 81, "must be numbers"),
}


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence(judge, name):
    frequency, impedance, words = REFUSED[name]
    with pytest.raises(InputError, match=words) as refusal:
        judge(frequency, impedance)
    text = str(refusal.value)
    assert text.endswith(".")
    assert ". " not in text


@pytest.mark.parametrize("judge", [kramers_kronig, relaxation_times])
@pytest.mark.parametrize("kept", [np.ones(80, bool), np.ones(81), np.arange(81) < 4])
def test_masks_that_do_not_fit_are_refused(judge, kept):
    with pytest.raises(InputError):
        judge(FREQUENCY, Z, kept=kept)


@pytest.mark.parametrize("strength", [0, -1, np.nan, "much"])
def test_a_regularisation_that_is_not_positive_is_refused(strength):
    with pytest.raises(InputError, match=r"regularisation must be positive .* or leave it out"):
        relaxation_times(FREQUENCY, Z, regularisation=strength)


@pytest.mark.parametrize("judge", JUDGES)
def test_five_points_are_enough_to_be_answered(judge):
    f = np.geomspace(1e4, 1, 5)
    judge(f, cell(f))
