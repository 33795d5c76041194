"""What nobody says of the contact is unknown; a wetted cell and a good garnet are predicted."""

import numpy as np
import pytest

from ssb_model.critical_current import FieldForecast
from ssb_model.prediction import forecast_for, load_cell, load_coating, predict
from ssb_model.prediction.files import says_of_wetting

NASIR = 'name = "ether-wetted Ga-LLZO"\ntype = "ionic"\ninterface_resistance = "32 ohm cm2"\n'
MEASURED = 6.0  # A.m-2, EES Batteries 2025, 10.1039/d5eb00026b
CONTACT = "contact fraction"


@pytest.mark.parametrize("type", ["ionic", "electronic", "mixed"])
def test_contact_that_is_not_stated_is_unknown_and_most_probably_full(written, type):
    found = load_coating(written(f'name = "x"\ntype = "{type}"\n')).quantities[CONTACT]
    assert (found.value, found.tag) == (1.0, "assumed")
    assert (found.prior.lower, found.prior.upper) == (0.1, 1.0)


@pytest.mark.parametrize("more", ['contact_fraction = "100 %"\n', 'wetting_angle = "30 deg"\n'])
def test_contact_that_is_stated_is_known(written, more):
    found = load_coating(written('name = "x"\ntype = "mixed"\n' + more))
    assert found.quantities[CONTACT].prior is None
    assert not says_of_wetting(found.quantities, stated=CONTACT in found.stated)


def test_the_set_of_a_coating_does_not_say_it_either():
    assert load_coating("zni2-0.5").quantities[CONTACT].prior is not None
    assert load_coating("lii-znlix").quantities[CONTACT].prior is None


def test_the_output_says_what_was_taken():
    found = load_coating("zni2-0.5")
    [said] = says_of_wetting(found.quantities, stated=False)
    assert "10 to 100 % is taken (assumed)" in said


def _holds(forecast: FieldForecast, R, J):
    return 0.025 < forecast.probability(R, J) < 0.975


@pytest.mark.parametrize("more", ["", 'contact = "wetted"\n'])
def test_a_wetted_cell_lies_inside_whether_or_not_its_file_says_so(written, more):
    assert _holds(forecast_for(load_coating(written(NASIR + more))), 32e-4, MEASURED)


def test_the_best_garnet_that_is_published_is_predicted(written):
    """1.8 mS/cm; what was measured at 1.53 mS/cm, 0.6 mA/cm2, lies inside."""
    cell = load_cell(written('[values]\n"Garnet conductivity" = "1.8 mS/cm"\n', "cell.toml"))
    found = predict(load_coating(written(NASIR)), cell, draws=64)
    J = found["critical current density"]
    assert np.all(np.isfinite(J))
    low, high = np.percentile(J, [2.5, 97.5])
    assert low < 0.6 < high
    for said in ("How much of the layer lithium touches", "Growth and life are of no model"):
        assert any(said in text for text in found.warnings)
