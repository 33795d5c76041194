"""Numbers that go into formulas: taken in any shape, or refused in one sentence with the unit."""

import jax
import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.library import (
    non_negative,
    one_positive,
    parse_positive,
    positive,
    positive_array,
    share,
)

ASKED = "layer thickness", "m"
REFUSED = [0.0, -1e-9, np.nan, np.inf, [1.0, 0.0], "thin", "2", None, 1 + 1j, np.ones(2) + 1j]


@pytest.mark.parametrize("wrong", REFUSED, ids=repr)
@pytest.mark.parametrize("judge", [positive, positive_array, one_positive])
def test_what_is_not_positive_is_refused_with_name_value_and_unit(judge, wrong):
    with pytest.raises(InputError, match=r"The layer thickness must be .*, not .*in m\.") as caught:
        judge(wrong, *ASKED)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("given", [2e-7, 2, np.float64(2e-7), np.array(3.0)])
def test_one_number_becomes_a_float_of_the_same_value(given):
    found = one_positive(given, *ASKED)
    assert isinstance(found, float) and found == given


@pytest.mark.parametrize("given", [[1.0], np.ones(2), np.ones((1, 1))])
def test_several_numbers_are_not_one(given):
    with pytest.raises(InputError, match="give one number in m"):
        one_positive(given, *ASKED)


def test_no_number_at_all_is_refused_where_an_array_is_needed():
    with pytest.raises(InputError, match="layer thickness is empty"):
        positive_array([], *ASKED)


@pytest.mark.parametrize("judge", [positive_array, one_positive])
def test_what_must_be_known_is_refused_while_jax_traces_it(judge):
    with pytest.raises(InputError, match="still tracing"):
        jax.jit(lambda x: judge(x, *ASKED))(1.0)


def test_a_law_may_be_traced_and_its_arrays_stay_what_they_are():
    assert jax.grad(lambda x: 2 * positive(x, *ASKED))(1.0) == 2
    values = jax.numpy.ones(3)
    assert positive(values, *ASKED) is values


@pytest.mark.parametrize("wrong", [-1e-9, np.nan, np.inf, "none"])
def test_zero_is_not_negative_and_infinity_is_no_number(wrong):
    assert non_negative(0.0, *ASKED) == 0
    with pytest.raises(InputError, match="must be finite and not negative"):
        non_negative(wrong, *ASKED)


@pytest.mark.parametrize("wrong", [-0.01, 1.01, np.nan, "half"])
def test_a_share_lies_between_none_and_all(wrong):
    assert list(share(np.array([0.0, 1.0]), "coated share")) == [0, 1]
    with pytest.raises(InputError, match="coated share must lie between 0 and 1"):
        share(wrong, "coated share")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0 h", "duration must be positive, not 0 h"),
        ("-1 h", "duration must be positive, not -1 h"),
        ("1", "duration: the unit is missing"),
        ("1 V", "duration: the unit 'V' cannot be converted to s"),
        ("soon", "duration: 'soon' is not a number with a unit"),
    ],
)
def test_a_number_written_with_its_unit_is_read_or_refused_with_the_place_it_stands_in(text, told):
    assert parse_positive("1 h", "s", "duration") == 3600
    with pytest.raises(InputError, match=told):
        parse_positive(text, "s", "duration")
