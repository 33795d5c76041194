"""What names of files say."""

import pytest

from ssb_model.bench.folder.names import name_of

SAID = {
    "LLZTO_bare_25C_C03": (("llzto", "bare"), 25),
    "coated 25 deg": (("coated",), 25),
    "coated 80 deg.": (("coated",), 80),
    "bare_cycling_0.1mA": (("bare",), None),
    "ccd_bare": (("bare",), None),
    "fullcell_rate_neware": (("fullcell",), None),
    "sample1_-20C": (("sample", "1"), -20),
    "coated_298.15K_2": (("coated", "2"), 25),
    "LLZTO-60°C-bare-01": (("llzto", "bare", "01"), 60),
    "PEIS_m10degC_A": (("a",), -10),
    "full_0.5C": (("full",), None),
    "full_2C": (("full",), None),
    "EIS_40_C_bare": (("bare",), 40),
    "80_deg_C coated": (("coated",), 80),
    "bare_2026-03-11_25C": (("bare",), 25),
}


@pytest.mark.parametrize("stem", SAID)
def test_words_and_temperature(stem):
    words, celsius = SAID[stem]
    name = name_of(stem)
    assert name.words == words
    assert name.temperature == (None if celsius is None else pytest.approx(celsius + 273.15))


def test_room_temperature_is_said_without_a_number():
    name = name_of("bare_RT")
    assert name.room and name.temperature is None and name.words == ("bare",)
