"""Sliders say their values in units, and a link says the state."""

import pytest

from ssb_model.errors import InputError
from ssb_model.explore.sliders import STEPS, Slider, State, coating_of_query, state_of_query

THICKNESS = Slider("layer thickness", ("h",), "coating", "m", "log", 1e-8, 1e-5, 2e-7)
TEMPERATURE = Slider("temperature", ("T",), "conditions", "K", "linear", 273.15, 373.15, 298.15)
SHARE = Slider("contact fraction", ("c",), "coating", "-", "log", 1e-3, 1.0, 1.0)
SLIDERS = {slider.name: slider for slider in (THICKNESS, TEMPERATURE, SHARE)}


@pytest.mark.parametrize(
    ("slider", "value", "text"),
    [
        (THICKNESS, 2.5e-7, "250 nm"),
        (THICKNESS, 1e-6, "1 um"),
        (THICKNESS, 9.9999e-7, "1 um"),
        (TEMPERATURE, 333.15, "60 degC"),
        (SHARE, 0.25, "0.25"),
    ],
)
def test_a_value_is_said_in_the_unit_that_suits_it_and_read_back(slider, value, text):
    assert slider.text(value) == text
    assert slider.read(slider.exact(value)) == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize("slider", SLIDERS.values())
def test_a_slider_s_ends_are_its_first_and_last_place(slider):
    assert [slider.place(end) for end in (slider.start, slider.end)] == [0, STEPS]


@pytest.mark.parametrize("text", ["0 m", "-1 nm", "9 nm", "10.1 um"])
def test_a_value_beyond_an_end_is_not_taken_for_the_end(text):
    with pytest.raises(InputError, match="beyond the slider's ends"):
        THICKNESS.read(text)


@pytest.mark.parametrize("text", ["9" * 5000, "1 " + "m**" * 20, "1e9999 m", "\x00", "1 m\ud800"])
def test_a_hostile_value_is_one_short_sentence(text):
    with pytest.raises(InputError) as refused:
        THICKNESS.read(text)
    assert len(str(refused.value)) < 200


def test_a_stated_value_s_slider_goes_more_than_a_decade_either_way(coated):
    slider = coated.sliders["layer thickness"]
    assert slider.start < slider.value / 20 and slider.end > slider.value * 20


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5 m", "layer thickness = 5 m is beyond the slider's ends, 10 nm to 10 um"),
        ("5", "layer thickness: the unit is missing"),
        ("5 kg", "layer thickness: the unit 'kg' cannot be converted"),
        ("nan nm", "layer thickness: 'nan nm' is not a number with a unit"),
    ],
)
def test_what_no_slider_can_show_is_one_sentence(text, told):
    with pytest.raises(InputError, match="^" + told):
        THICKNESS.read(text)


def test_a_link_restores_the_state():
    state = State("lii-znlix").with_moved("layer thickness", 3.21e-7).with_moved("temperature", 330)
    query = state.query(SLIDERS)
    assert query == "coating=lii-znlix&layer+thickness=321+nm&temperature=56.85+degC"
    found, told = state_of_query(query, "lii-znlix", SLIDERS)
    assert not told and dict(found.moved) == pytest.approx(dict(state.moved))


def test_a_bad_part_of_a_link_is_said_and_the_rest_is_used():
    query = "layer+thickness=5+m&temperature=60+degC&tickness=1+nm"
    state, told = state_of_query(query, "x", SLIDERS)
    assert dict(state.moved) == {"temperature": 333.15}
    assert told == [
        "The link: layer thickness = 5 m is beyond the slider's ends, 10 nm to 10 um. The slider "
        "stays where it was.",
        "The link: x has no slider \"tickness\"; it is left out. Did you mean 'layer thickness'?",
    ]


def test_a_link_to_an_unknown_coating_opens_the_first():
    assert coating_of_query("coating=i2", ("a", "i2")) == ("i2", [])
    name, [told] = coating_of_query("coating=i3", ("a", "i2"))
    assert name == "a" and told.startswith('The link names a coating "i3" that is not here.')


def test_a_slider_moved_back_is_no_longer_part_of_the_state():
    state = State("a").with_moved("temperature", 300.0)
    assert state.without("temperature") == State("a")
