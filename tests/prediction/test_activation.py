"""The critical current of a coating at other temperatures than that of the room."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cli.predict import predict as predict_command
from ssb_model.constants import FARADAY
from ssb_model.critical_current import activation_factor, learned_field
from ssb_model.library import load_parameter_set
from ssb_model.library.locate import find_parameter_set
from ssb_model.prediction import (
    activation_energies,
    even_normals,
    forecast_for,
    load_coating,
    predict,
)
from ssb_model.prediction.activation import QUANTITY, at_temperatures, drawn_energies
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


def test_warm_it_is_the_energy_that_the_field_teaches_that_is_added(warm):
    """Narrower than its prior, 0.40 +- 0.15 eV: rows at 40 and 60 degC say something of it."""
    ratio = warm[f"{CRITICAL_CURRENT} at 60 degC"] / warm[CRITICAL_CURRENT]
    energies = learned_field().theta["energy"]
    ends = activation_factor(WARM, FARADAY * np.percentile(energies, [2.5, 50, 97.5]))
    np.testing.assert_allclose(np.percentile(ratio, [2.5, 50, 97.5]), ends, rtol=0.05)
    assert np.std(energies) < 0.13
    assert any("learnt from the cells of the forecast" in text for text in warm.warnings)


@pytest.mark.parametrize("R", [8e-4, 32e-4])
def test_it_is_the_model_s_own_answer_at_that_temperature(R):
    """Energy and level are all but independent in the posterior: one factor does for both."""
    coating, normals = load_coating("zni2-0.5"), even_normals(4000, seed=1)
    forecast, levels = forecast_for(coating), [0.025, 0.16, 0.5, 0.84, 0.975]
    E = activation_energies(coating, "llzto", normals).values
    J = forecast.draw(np.full(4000, R), np.random.default_rng(0)) * activation_factor(WARM, E)
    np.testing.assert_allclose(
        np.quantile(J, levels), forecast.at(WARM).quantile(R, levels), rtol=0.1
    )


def test_own_warm_cells_move_the_energy(tmp_path):
    own = "".join(
        f'[[measured]]\ncell = "coated"\ncritical_current = "{J} mA/cm2"\n'
        f'interface_resistance = "8 ohm cm2"\ntemperature = "{T} degC"\n'
        for J, T in ((1.0, 25), (1.0, 25), (1.05, 60), (1.05, 60))
    )
    (tmp_path / "flat.toml").write_text('name = "flat"\ntype = "mixed"\n' + own)
    normals = even_normals(100, seed=0)
    flat, usual = (
        np.median(activation_energies(load_coating(name), "llzto", normals).values)
        for name in (tmp_path / "flat.toml", "zni2-0.5")
    )
    assert flat < 0.95 * usual


def test_a_garnet_that_states_an_energy_has_it(tmp_path):
    text = find_parameter_set("llzto").read_text(encoding="utf-8")
    head, _, own = text.partition(f'[parameters."{QUANTITY}"]')
    own = own.replace('"assumed"', '"stated"', 1).replace("0.40", "0.50", 1)
    (tmp_path / "own.toml").write_text(f'{head}[parameters."{QUANTITY}"]{own}', encoding="utf-8")
    found = activation_energies(load_coating("zni2-0.5"), str(tmp_path / "own.toml"), np.zeros(1))
    assert found.values == pytest.approx(0.50 * FARADAY)
    assert found.origin.startswith("stated")


def test_a_temperature_that_no_cell_was_measured_at_is_said(founding):
    *_, said = at_temperatures(founding, "llzto", [373.15]).warnings
    assert "measured at 100 °C: they lie at 25 to 60 °C" in said


def test_the_energy_is_named_among_the_causes(warm):
    causes = warm.quantity(f"{CRITICAL_CURRENT} at 60 degC")["causes"]
    assert "activation energy of the critical current" in {cause["unknown"] for cause in causes}


def test_energies_are_spread_as_their_prior_says():
    prior = load_parameter_set("llzto")[QUANTITY]
    energies = drawn_energies(prior, even_normals(2000, seed=1)) / FARADAY
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
