"""An impedance that is none is refused or warned of, by the member's number."""

import warnings

import numpy as np
import pytest

from ssb_model.compiled.smallsignal import refuse_or_warn
from ssb_model.errors import Unfinished

HERTZ = np.array([1e6, 1.0])
GOOD, NONE, NEGATIVE = [100 - 5j, 150 - 1j], [np.nan, np.nan], [100 - 5j, -3 - 1j]


def test_a_sound_one_is_no_news():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        refuse_or_warn(np.array([GOOD, [1e-18 - 1j, 0 - 1j]]), HERTZ)


def test_none_at_all_is_refused():
    with pytest.raises(Unfinished, match=r"no impedance there .*out of range"):
        refuse_or_warn(np.array([NONE]), HERTZ)


@pytest.mark.parametrize(
    ("z", "told"),
    [
        ([GOOD, NONE, GOOD], "No impedance of member 1 of 3, NaN instead"),
        ([GOOD, NEGATIVE], "member 1 of 2 has a negative real part, first at 1 Hz"),
        ([NEGATIVE], "The impedance of the model has a negative real part"),
    ],
)
def test_one_among_others_is_a_warning(z, told):
    with pytest.warns(RuntimeWarning, match=told):
        refuse_or_warn(np.array(z), HERTZ)


def test_a_compiled_cell_warns_of_a_conductivity_that_is_negative(symmetric):
    inputs = {"Negative face exchange-current density [A.m-2]": [1.0, -1e-3]}
    with pytest.warns(RuntimeWarning, match="member 1 of 2 has a negative real part"):
        symmetric.compiled.impedance(HERTZ, inputs)
