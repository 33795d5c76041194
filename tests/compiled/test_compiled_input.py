"""Bad input of compile, solve and impedance: one sentence, before anything runs."""

import numpy as np
import pytest

import ssb_model
from ssb_model import InputError, SymmetricCell

from .oracle import CURRENT, VOLTAGE

TIMES = [0, 10, 20]
THICKNESS = "Garnet thickness [m]"


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch, symmetric):
    """The integrator and the spectrum must not be reached."""

    def reached(*_):
        raise AssertionError("the input was not checked before the solve")

    monkeypatch.setattr(symmetric.compiled, "batched_trajectory", reached)
    monkeypatch.setattr(symmetric.compiled, "batched_spectrum", reached)
    monkeypatch.setattr(symmetric.compiled, "_jitted", {})


def refusal(call, *arguments, **named):
    with pytest.raises(InputError) as error:
        call(*arguments, **named)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"Garnet thicknes [m]": 1e-3}, f"Did you mean '{THICKNESS}'"),
        ({THICKNESS: [1e-3, 2e-3], CURRENT: [1e-4, 2e-4, 3e-4]}, "one common length"),
        ({THICKNESS: np.nan}, "not finite"),
        ({THICKNESS: [1e-3, np.inf]}, "not finite"),
        ({THICKNESS: "thick"}, "must be a number"),
        ({THICKNESS: []}, "must be a number"),
        ({THICKNESS: [[1e-3]]}, "shape"),
        ({THICKNESS: None}, "not finite"),
    ],
)
def test_solve_and_impedance_refuse_bad_inputs(symmetric, inputs, told):
    assert told in refusal(symmetric.compiled.solve, inputs, TIMES)
    inputs = {name: value for name, value in inputs.items() if name != CURRENT or len(inputs) > 1}
    if CURRENT not in inputs:
        assert told in refusal(symmetric.compiled.impedance, [1.0], inputs)


@pytest.mark.parametrize(
    "times",
    [
        None,
        [],
        [0],
        [0, 2, 1],
        [0, 1, 1],
        [-1, 1],
        [0, np.nan],
        [0, np.inf],
        [[0, 1], [0, 1], [0, 1]],
        "late",
    ],
)
def test_solve_refuses_times_that_do_not_rise_from_zero(symmetric, times):
    refusal(symmetric.compiled.solve, {CURRENT: [1e-4, 2e-4]}, times)


@pytest.mark.parametrize("frequencies", [[0.0], [-1.0], [np.nan], [np.inf], [[1.0]], None, "fast"])
def test_impedance_refuses_frequencies_that_are_not_positive_numbers(symmetric, frequencies):
    assert "Hz" in refusal(symmetric.compiled.impedance, frequencies)


def test_unknown_sensitivity_is_refused_with_the_nearest_name(symmetric):
    sentence = refusal(symmetric.compiled.solve, {}, TIMES, sensitivities=["Garnet thickness [mm]"])
    assert THICKNESS in sentence


@pytest.mark.parametrize(
    "options",
    [{"rtol": 0.0}, {"rtol": -1e-6}, {"atol": np.nan}, {"max_steps": 0}, {"rtol": "tight"}],
)
def test_tolerances_that_make_no_sense_are_refused(symmetric, options):
    refusal(symmetric.compiled.solve, {}, TIMES, **options)


@pytest.mark.parametrize("state", [np.zeros(3), np.zeros((2, 3)), np.full(48, np.nan)])
def test_a_state_of_another_model_is_refused(symmetric, state):
    refusal(symmetric.compiled.solve, {}, TIMES, initial_state=state)
    refusal(symmetric.compiled.impedance, [1.0], {}, state=state)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"inputs": ["Garnet thicknes [m]"]}, THICKNESS),
        ({"outputs": ["Voltge [V]"]}, VOLTAGE),
        ({"inputs": "Garnet thickness [m]"}, "inputs as a list"),
        ({"outputs": VOLTAGE}, "outputs as a list"),
        ({"parameter_values": "Chen2021"}, "Chen2020"),
        ({"parameter_values": {"Lead resistance [Ohm]": 1.0}}, "needs the parameter"),
        ({"var_pts": {"x_q": 3}}, "x_q"),
    ],
)
def test_compile_refuses_unknown_names_with_the_nearest(given, told):
    assert told in refusal(ssb_model.compile, SymmetricCell(), **given)


def test_an_output_that_was_not_compiled_is_refused_with_the_nearest(symmetric, monkeypatch):
    monkeypatch.undo()
    solution = symmetric.compiled.solve({CURRENT: 0.0}, np.linspace(0, 36000.0, 121))
    assert VOLTAGE in refusal(solution.__getitem__, "Voltage [mV]")


def test_single_precision_is_refused(symmetric, jax_x64):
    """These models span nanoseconds to years: 32 bits cannot hold them."""
    jax_x64.config.update("jax_enable_x64", False)
    try:
        assert "32-bit" in refusal(symmetric.compiled.solve, {}, TIMES)
        assert "32-bit" in refusal(symmetric.compiled.impedance, [1.0])
    finally:
        jax_x64.config.update("jax_enable_x64", True)
