"""Solves start wherever IDAKLU's do: algebraic states far from their stated values are found."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.compiled import Outcome
from ssb_model.compiled.integration import consistent_state
from ssb_model.compiled.stepping import step as stepping

from .oracle import CURRENT, VOLTAGE, Pair

FEW = {"x_n": 4, "x_s": 3, "x_p": 4, "r_n": 4, "r_p": 4}
COMPOSITE = {"x_n": 4, "x_s": 3, "x_p": 4, "r_n_prim": 4, "r_n_sec": 4, "r_p": 4}
TIMES = (0.0, 1.0, 10.0)

#: model, parameter set, points, currents [A]
STARTS = {
    "DFN to 5C": (pybamm.lithium_ion.DFN, "Chen2020", FEW, (1.0, 10.0, 25.0)),
    "DFN to 6C": (pybamm.lithium_ion.DFN, "Marquis2019", FEW, (0.68, 2.72, 4.08)),
    "SPMe with an algebraic surface": (
        lambda: pybamm.lithium_ion.SPMe({"surface form": "algebraic"}),
        *("Marquis2019", FEW, (0.68, 2.0)),
    ),
    "two phases in an electrode": (
        lambda: pybamm.lithium_ion.DFN({"particle phases": ("2", "1")}),
        *("Chen2020_composite", COMPOSITE, (5.0, 10.0)),
    ),
    "basic composite": (
        pybamm.lithium_ion.BasicDFNComposite,
        *("Chen2020_composite", COMPOSITE, (5.0, 10.0)),
    ),
    "sodium": (pybamm.sodium_ion.BasicDFN, "Chayambuka2022", FEW, (3e-3, 9e-3)),
}


@pytest.mark.parametrize("name", STARTS)
def test_it_starts_with_idaklus_voltage(name):
    make, values, points, currents = STARTS[name]
    pair = Pair(make(), pybamm.ParameterValues(values), var_pts=points)
    solution = pair.compiled.solve({CURRENT: list(currents)}, TIMES)
    assert solution.succeeded.all(), solution.status
    for member, current in enumerate(currents):
        theirs = pair.idaklu({CURRENT: current}, TIMES)[VOLTAGE].entries
        np.testing.assert_allclose(
            solution[VOLTAGE][member, : len(theirs)], theirs, atol=1e-4, err_msg=f"{current} A"
        )


def test_where_a_cell_has_no_voltage_at_a_current_it_is_said():
    """Beyond its limiting current; the neighbour in the batch starts."""
    values = pybamm.ParameterValues("Chen2020")
    pair = Pair(pybamm.lithium_ion.DFN(), values, var_pts=FEW)
    solution = pair.compiled.solve({CURRENT: [5.0, 1e6]}, TIMES)
    assert solution.status[0] == "final time"
    assert solution.status[1] != "final time"


def stiff():
    """Root of atan, at which the plain method diverges from 1.4 on, and of a steep exponential."""
    y, z, x, at = *(pybamm.Variable(n) for n in "yzx"), pybamm.InputParameter("at")
    model = pybamm.BaseModel()
    model.rhs = {x: -x}
    model.algebraic = {y: pybamm.arctan(y - at), z: pybamm.exp(30 * z) - 1e6 * x}
    model.initial_conditions = {x: pybamm.Scalar(1), y: pybamm.Scalar(0), z: pybamm.Scalar(0)}
    model.variables = {"y": y, "z": z}
    values = pybamm.ParameterValues({"at": 0.0})
    return ssb_model.compile(model, values, ("at",), ("y", "z"))


@pytest.mark.parametrize("at", [0.5, 3.0, 30.0, -1e4])
def test_a_root_from_afar_is_found_by_the_kernel_and_by_jax(at):
    compiled = stiff()
    inputs = {"at": np.array([at, 0.0])}
    y = np.asarray(compiled.system.initial_state(inputs))
    t, active = np.zeros(2), np.array([True, True])
    found, _, outcome = consistent_state(compiled.system, t, y, inputs, active)
    by_jax = stepping.search(compiled.system, t, y, inputs, active)
    by_jax += stepping.newton(compiled.system, t, by_jax, inputs, active).correction
    np.testing.assert_allclose(found, by_jax, rtol=1e-9, atol=1e-9)
    assert (np.asarray(outcome) == Outcome.RUNNING).all()
    solution = compiled.solve(inputs, [0.0, 0.1])
    assert solution.succeeded.all()
    np.testing.assert_allclose(solution["y"][:, 0], inputs["at"], atol=1e-6)
    np.testing.assert_allclose(solution["z"][:, 0], np.log(1e6) / 30, rtol=1e-6)


def test_members_that_are_not_active_stay_where_they_are():
    compiled = stiff()
    inputs = {"at": np.full(9, 3.0)}
    y = np.asarray(compiled.system.initial_state(inputs))
    active = np.arange(9) % 2 == 0
    found = np.asarray(stepping.search(compiled.system, np.zeros(9), y, inputs, active))
    np.testing.assert_array_equal(found[:, ~active], y[:, ~active])
    assert (np.abs(found[:, active] - y[:, active]).max(axis=0) > 0.1).all()


#: model, parameter set, lowest and highest current [A]
BATCHES = {
    "DFN, Chen2020": (pybamm.lithium_ion.DFN, "Chen2020", 1.0, 25.0),
    "DFN, Marquis2019": (pybamm.lithium_ion.DFN, "Marquis2019", 0.1, 6.0),
    "DFN, OKane2022": (pybamm.lithium_ion.DFN, "OKane2022", 0.5, 25.0),
    "two phases": (STARTS["two phases in an electrode"][0], "Chen2020_composite", 0.5, 15.0),
    "sodium": (pybamm.sodium_ion.BasicDFN, "Chayambuka2022", 1e-4, 1.2e-2),
}


@pytest.mark.verify
@pytest.mark.parametrize("name", BATCHES)
def test_every_current_of_a_batch_starts(name):
    make, values, lowest, highest = BATCHES[name]
    pair = Pair(make(), pybamm.ParameterValues(values))
    currents = np.random.default_rng(0).uniform(lowest, highest, 64)
    solution = pair.compiled.solve({CURRENT: currents}, TIMES)
    print(f"{name}: {solution.succeeded.sum()} of {len(currents)} start")
    assert solution.succeeded.all()
