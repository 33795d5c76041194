"""The sentence with which a call is refused."""

import pytest

from ssb_model import InputError


def refusal(call, *arguments):
    with pytest.raises(InputError) as error:
        call(*arguments)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence
