"""What an experiment may not contain: each is named in one sentence."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError
from ssb_model.compiled import OfInput, Protocol, Step

from .oracle import CURRENT
from .protocols import current_until

step = pybamm.step


def refusal(compiled, experiment, *arguments, **options):
    with pytest.raises(InputError) as error:
        compiled.solve({}, *arguments, experiment=experiment, **options)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


def one(control=step.current, value=1.0, **given):
    return pybamm.Experiment([control(value, **{"duration": 60} | given)])


def unknown_variable(variables):
    return variables["Voltage of the anode [V]"]


def no_expression(variables):
    return "4 V"


class Unsaid(step.BaseStepImplicit):
    """A step of a user's own that does not say what it controls."""


@pytest.mark.parametrize(
    ("experiment", "told"),
    [
        (lambda: one(value=pybamm.InputParameter("unknown")), "unknown"),
        (lambda: one(step.CustomStepExplicit, unknown_variable), "Voltage of the anode"),
        (lambda: one(step.CustomStepImplicit, unknown_variable), "Voltage of the anode"),
        (lambda: one(step.CustomStepImplicit, no_expression), "4 V"),
        (lambda: one(termination=step.CustomTermination("e", unknown_variable)), "of the anode"),
        (lambda: one(termination=step.CustomTermination("e", no_expression)), "4 V"),
        (lambda: one(Unsaid), "get_control_residual"),
    ],
)
def test_what_an_experiment_may_not_contain_is_named(spm, experiment, told):
    assert told in refusal(spm, experiment())


def test_a_capacity_that_no_electrodes_have_ends_nothing(symmetric):
    experiment = pybamm.Experiment(["Rest for 1 minute"], termination="80% capacity")
    assert "Negative electrode capacity" in refusal(symmetric.compiled, experiment)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("charge", 1.0, 60.0), "current"),
        (("current", 1.0, 0.0), "duration"),
        (("current", 1.0, np.inf), "duration"),
        (("current", 1.0, "60 s"), "duration"),
        (("current", 1.0, 60.0, {"voltage under": 3.0}), "voltage below"),
        (("current", 1.0, 60.0, {"voltage below": np.nan}), "voltage below"),
        (("current", 1.0, 60.0, {}, 0.0), "period"),
        (("current", np.nan, 60.0), "value"),
        (("current", "1 A", 60.0), "value"),
        (("current", OfInput("Nominal current [A]"), 60.0), CURRENT),
        (("current", np.array([[1.0, 1.0], [60, 2]]), 60.0), "rise from 0"),
        (("current", np.array([[0.0, 1.0], [60, 2], [30, 3]]), 30.0), "rise from 0"),
        (("current", np.array([[0.0, 1.0], [60, np.nan]]), 60.0), "finite"),
        (("current", np.array([[0.0, 1.0], [30, 2]]), 60.0), "ends at 30"),
        (("current", np.arange(3.0), 60.0), "(N, 2)"),
    ],
)
def test_a_step_that_makes_no_sense_is_told_in_a_sentence(spm, given, told):
    with pytest.raises(InputError) as error:
        spm.solve({}, experiment=Protocol((Step(*given),)))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_protocol_is_a_list_of_steps():
    for steps in ((), Step("current", 1.0, 60.0)):
        with pytest.raises(InputError, match="at least one"):
            Protocol(steps)


def test_either_times_or_an_experiment(spm):
    assert "either" in refusal(spm, None)
    assert "either" in refusal(spm, current_until(1.0, {}), [0, 1.0])
    assert "pybamm.Experiment" in refusal(spm, ["Rest for 1 hour"])


@pytest.mark.parametrize("period", [0, -1.0, np.nan, "1 minute"])
def test_a_period_is_a_positive_number(spm, period):
    assert "period" in refusal(spm, current_until(1.0, {}), period=period)


def test_more_outputs_than_memory_should_hold_are_refused(spm):
    assert "longer period" in refusal(spm, current_until(1.0, {}), period=1e-4)


def test_a_model_without_a_current_follows_no_experiment():
    model = pybamm.BaseModel()
    x = pybamm.Variable("x")
    model.rhs, model.initial_conditions, model.variables = {x: -x}, {x: 1.0}, {"x": x}
    compiled = ssb_model.compile(model, pybamm.ParameterValues({}), outputs=("x",))
    assert "no experiment" in refusal(compiled, current_until(1.0, {}))
