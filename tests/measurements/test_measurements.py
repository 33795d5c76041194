"""Each measurement has one implementation, and a member without an answer has no number."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import ssb_model
from ssb_model.compiled import CURRENT, Outcome, Tolerances
from ssb_model.measurements import (
    OUTPUTS,
    constant_current,
    discharge_capacity,
    growth,
    measure,
    one_c_current,
    polarisation,
    resistances_at_rest,
    spectrum,
    voltage_curve,
    voltage_record,
)

HOUR = 3600.0
THICKNESS = "Garnet thickness [m]"
INTERFACE = "Interface resistance [Ohm.m2]"


@pytest.fixture(scope="module")
def symmetric():
    values = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")
    model = ssb_model.SymmetricCell()
    return ssb_model.compile(model, values, inputs=[THICKNESS], outputs=OUTPUTS["symmetric"])


@pytest.fixture(scope="module")
def full():
    values = ssb_model.cell_parameters("full", coating="zni2-0.5")
    model = ssb_model.FullCell()
    compiled = ssb_model.compile(model, values, inputs=[THICKNESS], outputs=OUTPUTS["full"])
    return compiled, *one_c_current(values)


def test_a_spectrum_is_the_compiled_models_to_the_last_bit(symmetric):
    f, thickness = np.logspace(6, 0, 13), np.array([5e-4, 8e-4, 1e-3])
    z = measure(spectrum, symmetric, {THICKNESS: thickness}, frequencies=f)
    assert np.array_equal(z.T, symmetric.impedance(f, {THICKNESS: thickness}))


def test_resistances_at_rest_add_up_and_are_the_spectrums_low_end(symmetric):
    R = measure(resistances_at_rest, symmetric, {THICKNESS: 8e-4})
    assert R["cell"] == pytest.approx(R["interface"] + R["garnet"], rel=1e-6)
    z = measure(spectrum, symmetric, {THICKNESS: 8e-4}, frequencies=np.array([1e-9]))
    area = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")["Cell area [m2]"]
    assert z[0].real * area == pytest.approx(R["cell"], rel=1e-3)


def test_growth_is_the_rise_over_the_resistance_at_rest(symmetric):
    J = np.array([1e-3, 1e-2])  # A, far below the exchange current
    times = np.full((2, 2), [[60.0], [HOUR]])
    V, outcome = measure(polarisation, symmetric, {CURRENT: J}, {"times": times})
    R = measure(resistances_at_rest, symmetric, {})
    assert (outcome == Outcome.FINAL_TIME).all()
    assert (np.diff(V, axis=0) >= 0).all()
    rise, _ = measure(growth, symmetric, {CURRENT: J}, {"times": times})
    reached, _ = measure(
        constant_current, symmetric, {CURRENT: J}, {"times": times}, output=INTERFACE
    )
    assert np.array_equal(rise, reached - R["interface"])


def test_a_member_is_the_same_alone_and_among_many(full):
    compiled, one_c, _ = full
    rates = np.linspace(0.1, 2.0, 40)
    whole = measure(discharge_capacity, compiled, {CURRENT: one_c * rates}, {"c_rate": rates})

    def of(members):
        own = rates[members]
        return measure(discharge_capacity, compiled, {CURRENT: one_c * own}, {"c_rate": own}).value

    assert whole.value[7] == of(slice(5, 13))[2]  # whoever its neighbours are
    alone = of(slice(7, 8))[0]  # in a block of another width: vector functions round otherwise
    assert whole.value[7] == pytest.approx(alone, rel=1e-12)
    assert (np.diff(whole.value) <= 0).all()  # a faster discharge gives less


def test_a_discharge_that_reaches_no_cut_off_has_no_capacity(full):
    compiled, one_c, _ = full
    rates = np.array([0.2, 0.2, 50.0])
    longest = np.array([0.2, 20.0, 50.0])  # the second is stopped after a tenth of its charge
    Q, outcome = measure(
        discharge_capacity, compiled, {CURRENT: one_c * rates}, {"c_rate": longest}
    )
    assert outcome.tolist() == [Outcome.EVENT, Outcome.FINAL_TIME, Outcome.EVENT_AT_START]
    assert np.isnan(Q[1])
    assert Q[0] > 0
    assert Q[2] == 0  # below its cut-off from the start


@pytest.mark.parametrize("asked", [polarisation, growth])
def test_a_cell_that_passes_a_cut_off_has_no_number_at_a_later_time(symmetric, asked):
    J = np.array([1e-3, 10.0])
    times = np.full((1, 2), HOUR)
    value, outcome = measure(asked, symmetric, {CURRENT: J}, {"times": times})
    assert outcome.tolist() == [Outcome.FINAL_TIME, Outcome.EVENT_AT_START]
    assert np.isnan(value[:, 1]).all()
    assert np.isfinite(value[:, 0]).all()


@pytest.mark.parametrize("asked", [discharge_capacity, voltage_curve, polarisation])
def test_a_failed_solve_gives_no_number_and_says_that_it_failed(symmetric, full, asked):
    compiled, one_c, _ = full
    give_up = Tolerances(max_steps=1)
    if asked is polarisation:
        compiled, columns = symmetric, {"times": np.full((1, 1), HOUR)}
    elif asked is voltage_curve:
        columns = {"times": np.full((1, 1), 1.5 * HOUR)}
    else:
        columns = {"c_rate": np.ones(1)}
    found = measure(asked, compiled, {CURRENT: one_c}, columns, tolerances=give_up)
    numbers = [found.t_end, found.voltage_end] if asked is voltage_curve else [found.value]
    assert all(np.isnan(number).all() for number in numbers)
    assert found.outcome.tolist() == [Outcome.TOO_MANY_STEPS]
    assert not Outcome(int(found.outcome[0])).succeeded


def test_a_voltage_curve_ends_where_the_capacity_does_and_goes_on_from_there(full):
    compiled, one_c, _ = full
    rates = np.array([0.5, 1.0])
    times = np.linspace(0, 1.5, 61)[1:, None] * HOUR / rates
    down = measure(voltage_curve, compiled, {CURRENT: one_c * rates}, {"times": times})
    charge = measure(discharge_capacity, compiled, {CURRENT: one_c * rates}, {"c_rate": rates})
    assert down.t_end * one_c * rates / HOUR == pytest.approx(charge.value, rel=1e-6)
    past = times > down.t_end
    assert np.isnan(down.voltage[past]).all()
    assert np.isfinite(down.voltage[~past]).all()
    back = {"times": times, "state": down.state}
    up = measure(voltage_curve, compiled, {CURRENT: -one_c * rates}, back)
    assert (up.voltage_end > down.voltage_end).all()
    assert np.isfinite(up.t_end).all()


def test_a_record_of_one_piece_is_a_discharge_and_rests_relax(full):
    compiled, one_c, _ = full
    times = np.array([[600.0], [1200.0], [1800.0], [3000.0]])
    columns = {
        "current": np.array([[one_c], [0.0]]),
        "duration": np.array([[1800.0], [1800.0]]),
        "times": times,
    }
    V, outcome = measure(voltage_record, compiled, {CURRENT: 0.0}, columns)
    curve = measure(
        voltage_curve, compiled, {CURRENT: one_c}, {"times": np.append(times[:3], [[2 * HOUR]], 0)}
    )
    assert V[:3] == pytest.approx(curve.voltage[:3], abs=2e-6)
    assert V[3, 0] > V[2, 0]
    assert outcome.tolist() == [Outcome.FINAL_TIME]


def test_the_capacitys_derivative_is_the_difference_quotients(full):
    compiled, one_c, _ = full
    defaults = {name: jnp.array([x]) for name, x in compiled.system.defaults.items()}

    def capacity(thickness):
        inputs = defaults | {CURRENT: jnp.array([one_c]), THICKNESS: thickness[None]}
        tight = Tolerances(1e-9, 1e-9, 10_000)
        return discharge_capacity(compiled, inputs, jnp.array([1.0]), tight).value[0]

    at, h = jnp.array(8e-4), 1e-6
    slope = float(jax.jvp(capacity, (at,), (jnp.ones(()),))[1])
    quotient = float(capacity(at + h) - capacity(at - h)) / (2 * h)
    assert slope == pytest.approx(quotient, rel=1e-4)
