"""A browser's message is a numbered state in words; whatever else arrives is none."""

import pytest

from ssb_model.explore.visit.message import LONGEST, Message, opening_of, read_message

KNOWN = ("lii-znlix", "i2")


def test_a_message_is_a_link_s_query_with_a_number():
    found = read_message("number=17&coating=i2&layer+thickness=250+nm", KNOWN)
    assert found == Message(17, "i2", (("layer thickness", "250 nm"),))


@pytest.mark.parametrize(
    "text",
    [
        *("", "number=", "number=0&coating=i2", "number=-1&coating=i2", "number=1e3&coating=i2"),
        *(
            "number=1",
            "number=1&coating=i3",
            "coating=i2&number=1",
            "number=1&coating=i2&coating=i2",
        ),
        *(
            "number=" + "9" * 30 + "&coating=i2",
            "number=1&coating=i2&a=1&a=2",
            b"number=1&coating=i2",
        ),
        *("number=1&coating=i2&a=" + "9" * 81, "number=1&coating=i2" + "&a=1" * 60, None, 7),
        "number=1&coating=i2&a=" + "9" * LONGEST,
    ],
)
def test_whatever_else_is_no_message(text):
    assert read_message(text, KNOWN) is None


def test_a_link_opens_as_a_message_without_what_none_can_hold():
    query, said = opening_of("token=x&coating=i2&number=3&a=1&b=" + "9" * 90, KNOWN)
    assert query == "coating=i2&a=1"
    assert said == ['The link: "b" has too many letters; it is left out.']
    assert opening_of("&".join(["a=1"] * 99), KNOWN)[0] == "coating=lii-znlix"
