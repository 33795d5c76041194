"""The critical current of a coating at other temperatures than that of the room."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cli.predict import predict as predict_command
from ssb_model.constants import FARADAY
from ssb_model.critical_current import activation_factor
from ssb_model.prediction import activation_energy, drawn_energies, even_normals, predict
from ssb_model.prediction.activation import at_temperatures
from ssb_model.prediction.questions import CRITICAL_CURRENT

WARM = 333.15


@pytest.fixture(scope="module")
def warm(founding):
    """The founding coating, asked for its critical current at two temperatures."""
    return at_temperatures(founding, "llzto", [298.15, WARM])


def test_asking_for_a_temperature_moves_nothing_else(founding, warm):
    for name in founding.values:
        np.testing.assert_array_equal(warm[name], founding[name])
    assert len(warm.values) == len(founding.values) + 2


def test_at_the_room_s_temperature_it_is_the_critical_current(warm):
    np.testing.assert_allclose(
        warm[f"{CRITICAL_CURRENT} at 25 degC"], warm[CRITICAL_CURRENT], rtol=1e-12
    )


def test_warm_it_is_the_energy_s_prior_that_is_added(warm):
    ratio = warm[f"{CRITICAL_CURRENT} at 60 degC"] / warm[CRITICAL_CURRENT]
    ends = activation_factor(WARM, FARADAY * np.array([0.106, 0.4, 0.694]))
    np.testing.assert_allclose(np.percentile(ratio, [2.5, 50, 97.5]), ends, rtol=0.1)
    assert any("0.40 eV (0.11 to 0.69 eV), assumed" in text for text in warm.warnings)


def test_the_energy_is_named_among_the_causes(warm):
    causes = warm.quantity(f"{CRITICAL_CURRENT} at 60 degC")["causes"]
    assert "activation energy of the critical current" in {cause["unknown"] for cause in causes}


def test_a_garnet_that_states_no_energy_has_llzto_s():
    assert activation_energy("latp") == activation_energy("llzto")


def test_energies_are_spread_as_their_prior_says():
    energies = drawn_energies(activation_energy("llzto"), even_normals(2000, seed=1)) / FARADAY
    assert np.mean(energies) == pytest.approx(0.40, abs=0.005)
    assert np.std(energies) == pytest.approx(0.15, rel=0.02)
    assert energies.min() >= 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("60 K", "--temperature: .*write 333.15 K if 60 °C is meant"),
        ("60", "--temperature: "),
        ("333 degC", "--temperature: .*lithium melts"),
        ("hot", "--temperature: "),
        ("60 mV", "--temperature: "),
    ],
)
def test_a_temperature_that_is_none_is_refused(text, told):
    with pytest.raises(InputError, match=told) as refusal:
        predict_command(["lii-znlix"], "zhai2024", json=True, temperature=[text])
    assert "\n" not in str(refusal.value)


def test_a_prediction_is_refused_before_it_is_made(plain_cell):
    with pytest.raises(InputError, match=r"write 333.15 K"):
        predict("lii-znlix", plain_cell, temperatures=[60.0])
