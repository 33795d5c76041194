"""A prediction of the founding cells is what was measured on them, with honest intervals."""

import json

import numpy as np
import pytest

from ssb_model.constants import TO_OHM_CM2
from ssb_model.critical_current.forecast.tables import HIGHEST
from ssb_model.fitting import FitError
from ssb_model.prediction.predict import answered
from ssb_model.prediction.questions import RESISTANCE

CURRENT = "critical current density"
#: of the founding coating: quantity, value, and the most by which the median may differ
STATED = [
    (RESISTANCE, 10.3, 0.3),
    (f"{RESISTANCE} at 40 degC", 7.1, 0.28),
    (f"{RESISTANCE} at 60 degC", 4.6, 0.18),
    (f"{RESISTANCE} at 80 degC", 3.1, 0.12),
    ("interface activation energy", 19.2, 0.3),
    ("polarisation at 0.1 mA/cm2", 13, 0.3),
    (f"growth of {RESISTANCE} at 0.1 mA/cm2 in 200 h", 3.2, 0.16),
    (f"growth of {RESISTANCE} at 1 mA/cm2 in 200 h", 7.3, 0.36),
    ("capacity at 0.1C", 155, 2),
    ("capacity at 0.2C", 150.7, 2),
    ("capacity at 0.3C", 146.2, 2),
    ("capacity at 0.5C", 137.3, 2),
    ("capacity at 0.8C", 123.9, 2),
    ("capacity at 1C", 115.4, 2),
    (CURRENT, 2.3, 0.02),
    *((f"{CURRENT}, law {law} through the founding cells", 2.3, 0.046) for law in "ABCD"),
]


@pytest.mark.parametrize(("name", "value", "most"), STATED)
def test_the_founding_coating_is_predicted_as_it_was_measured(founding, name, value, most):
    assert founding.quantity(name)["median"] == pytest.approx(value, abs=most)


def test_the_interval_of_a_measured_resistance_is_that_of_its_noise(founding):
    told = founding.quantity(RESISTANCE)
    assert told["lower95"] == pytest.approx(0.9 * 10.3, rel=0.03)
    assert told["upper95"] == pytest.approx(1.1 * 10.3, rel=0.03)
    assert told["causes"][0] == {
        "unknown": "measured interface resistance",
        "share": pytest.approx(1, abs=0.01),
    }


def test_the_garnet_causes_most_of_the_polarisation(founding):
    """Ten of 130 ohm cm2 are the interfaces'."""
    [cause, *_] = founding.quantity("polarisation at 0.1 mA/cm2")["causes"]
    assert cause["unknown"] == "garnet" and cause["share"] > 0.9


def test_the_cathode_causes_most_of_the_capacity(founding):
    for rate in ("0.1", "1"):
        [cause, *_] = founding.quantity(f"capacity at {rate}C")["causes"]
        assert cause["unknown"] == "cathode" and cause["share"] > 0.9


def test_the_polarisation_is_that_of_the_cells_resistance(founding):
    """At 0.1 mA/cm2 every face is straight: V = J R, draw by draw."""
    np.testing.assert_allclose(
        founding["polarisation at 0.1 mA/cm2"], 0.1 * founding["cell resistance"], rtol=0.02
    )


def test_the_spectrum_ends_at_the_cells_resistance(founding):
    lowest = founding.spectrum[np.argmin(founding.frequency)]
    np.testing.assert_allclose(lowest.real, founding["cell resistance"], rtol=0.02)
    assert np.all(-founding.spectrum.imag > -1e-6)


def test_the_bare_garnet_is_predicted_as_it_was_measured(bare):
    assert bare.quantity(RESISTANCE)["median"] == pytest.approx(1173.4, rel=0.03)
    assert bare.quantity(CURRENT)["median"] == pytest.approx(0.15, rel=0.08)
    for law in "ABCD":
        told = bare.quantity(f"{CURRENT}, law {law} through the founding cells")
        assert told["median"] == pytest.approx(0.15, rel=0.1)


def test_a_better_interface_counts_the_more_the_faster_the_discharge(founding, bare):
    lost = [
        founding.quantity(name)["median"] - bare.quantity(name)["median"]
        for name in ("capacity at 0.1C", "capacity at 0.5C", "capacity at 1C")
    ]
    assert 0 < lost[0] < lost[1] < lost[2]


def test_every_interval_is_finite_and_holds_its_median(founding, bare):
    for prediction in (founding, bare):
        for told in prediction.quantities:
            ends = told["lower95"], told["median"], told["upper95"]
            assert np.all(np.isfinite(ends)) and ends[0] <= ends[1] <= ends[2], told["name"]


def test_a_prediction_says_what_it_was_made_of(founding):
    content = json.loads(founding.to_json())
    assert content["file"]["name"] == "lii-znlix.toml" and len(content["file"]["sha256"]) == 64
    assert content["cell"] == "zhai2024" and content["draws"] == 128
    assert len(content["spectrum"]["frequency_Hz"]) == len(content["spectrum"]["real"]["median"])


class Numbered:
    """Draws of which only their number is asked."""

    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def taken(self, rows):
        return Numbered(self.rows[rows])


def test_a_few_draws_without_an_answer_are_left_out_and_told():
    values = np.arange(100.0)
    values[[3, 7]] = np.nan
    drawn, answers, told = answered(Numbered(np.arange(100)), {"capacity": values}, False)
    np.testing.assert_array_equal(answers["capacity"], drawn.rows)
    assert len(drawn) == 98 and told == (
        "2 of 100 draws have no answer to capacity; they are left out.",
    )


def test_draws_whose_resistance_the_forecast_does_not_cover_are_left_out_and_told():
    resistance = np.full(100, 1.0) * TO_OHM_CM2
    resistance[5] = 2 * HIGHEST * TO_OHM_CM2
    drawn, _, told = answered(Numbered(np.arange(100)), {RESISTANCE: resistance}, True)
    assert 5 not in drawn.rows and len(drawn) == 99
    assert "no answer to critical current density" in told[0]


def test_many_draws_without_an_answer_are_an_error():
    values = np.full(100, np.nan)
    with pytest.raises(FitError, match="100 of 100 draws have no answer to capacity"):
        answered(Numbered(np.arange(100)), {"capacity": values}, False)
