"""The compiled program as a PyBaMM solver, against IDAKLU: voltage to 0.1 mV, cut-off to 1e-5."""

import pickle
import subprocess
import sys
import warnings

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.compiled.integration.recording import SLOTS

from .oracle import CURRENT, VOLTAGE

POINTS = {"x_n": 4, "x_s": 4, "x_p": 4, "r_n": 5, "r_p": 5}
DIFFUSIVITY = "Negative particle diffusivity [m2.s-1]"
INITIAL = "Initial concentration in negative electrode [mol.m-3]"
INPUTS = {CURRENT: 5.0, DIFFUSIVITY: 3.3e-14, INITIAL: 29866.0}
STEPS = [
    "Discharge at 1C for 20 minutes or until 3.3 V",
    "Charge at 1C until 4.1 V",
    "Hold at 4.1 V until C/5",
    "Rest for 10 minutes",
]


def idaklu(**keywords):
    return pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8, **keywords)


def simulation(solver, model=pybamm.lithium_ion.SPM, values="Chen2020", **keywords):
    if isinstance(values, str):
        values = pybamm.ParameterValues(values)
    model = model()
    points = {**model.default_var_pts, **POINTS}
    return pybamm.Simulation(
        model, solver=solver, parameter_values=values, var_pts=points, **keywords
    )


def with_inputs():
    values = pybamm.ParameterValues("Chen2020")
    values.update(dict.fromkeys(INPUTS, "[input]"))
    return values


def difference(solution, oracle, name=VOLTAGE):
    """Largest difference of a variable between and at the times of the solution."""
    last = min(solution.t[-1], oracle.t[-1])
    t = np.linspace(max(solution.t[0], oracle.t[0]), last, 500)
    return np.abs(solution[name](t) - oracle[name](t)).max()


@pytest.mark.parametrize("kind", ["SPM", "DFN"])
def test_a_discharge_to_its_cut_off(kind):
    """Between the solver's own steps, and at times asked for."""
    model = getattr(pybamm.lithium_ion, kind)
    oracle = simulation(idaklu(), model).solve([0, 5000])
    ours = simulation(ssb_model.CompiledSolver(), model)
    solution = ours.solve([0, 5000])
    assert solution.termination == oracle.termination == "event: Minimum voltage [V]"
    assert solution.t[-1] == pytest.approx(oracle.t[-1], rel=1e-5)
    assert len(solution.t) < 200
    assert difference(solution, oracle) < 1e-4
    asked = np.linspace(0, 5000, 51)
    solution, before = ours.solve([0, 5000], t_interp=asked), asked[asked < oracle.t[-1]]
    np.testing.assert_array_equal(solution.t[:-1], before)
    voltage = solution[VOLTAGE].entries[:-1]
    np.testing.assert_allclose(voltage, oracle[VOLTAGE](before), rtol=0, atol=1e-4)


@pytest.mark.parametrize("mode", ["legacy", "unified"])
def test_an_experiment(mode):
    """Charge, hold and rest go on from each other; every step ends as IDAKLU's does."""

    def solved(solver):
        experiment = pybamm.Experiment([tuple(STEPS)])
        one = simulation(solver, experiment=experiment, experiment_model_mode=mode)
        return one.solve(calc_esoh=False).cycles[0].steps

    for ours, oracle in zip(solved(ssb_model.CompiledSolver()), solved(idaklu()), strict=True):
        assert ours.termination == oracle.termination
        assert ours.t[-1] == pytest.approx(oracle.t[-1], rel=1e-5)
        assert difference(ours, oracle) < 1e-4


def test_a_drive_cycle_bends_where_its_data_do():
    t = np.arange(0, 200, 10.0)
    current = 5 * np.random.default_rng(0).uniform(0, 1, t.size)
    values = pybamm.ParameterValues("Chen2020")
    values[CURRENT] = pybamm.Interpolant(t, current, pybamm.t)
    oracle = simulation(idaklu(), values=values).solve()
    solution = simulation(ssb_model.CompiledSolver(), values=values).solve()
    assert np.isin(t, solution.t).all()
    assert difference(solution, oracle) < 1e-4
    np.testing.assert_allclose(solution["Current [A]"](t), current, atol=1e-9)


@pytest.fixture(scope="module")
def ours_with_inputs():
    return simulation(ssb_model.CompiledSolver(), values=with_inputs())


def test_a_list_of_inputs_is_one_batch(ours_with_inputs):
    """One ends at its cut-off, one at the final time; each is what it is alone."""
    inputs = [INPUTS | {CURRENT: 2.0}, INPUTS | {CURRENT: 10.0, DIFFUSIVITY: 4e-14}]
    together = ours_with_inputs.solve([0, 3000], inputs=inputs)
    endings = ["final time", "event: Minimum voltage [V]"]
    assert [solution.termination for solution in together] == endings
    for solution, one in zip(together, inputs, strict=True):
        alone = ours_with_inputs.solve([0, 3000], inputs=one)
        np.testing.assert_allclose(solution.y[:, -1], alone.y[:, -1], rtol=1e-9)
        oracle = simulation(idaklu(), values=with_inputs()).solve([0, 3000], inputs=one)
        assert difference(solution, oracle) < 1e-4


@pytest.mark.parametrize("outputs", [None, [VOLTAGE, "X-averaged negative particle concentration"]])
def test_sensitivities(outputs):
    """By a parameter of the equations and by one of the initial state alone."""
    t = np.linspace(0, 2500, 11)
    by = [DIFFUSIVITY, INITIAL]

    def solved(kind):
        one = simulation(kind(output_variables=outputs), values=with_inputs())
        return one.solve([0, 2500], inputs=INPUTS, calculate_sensitivities=by, t_interp=t)

    solution, oracle = solved(ssb_model.CompiledSolver), solved(idaklu)
    for name in outputs or [VOLTAGE]:
        np.testing.assert_allclose(solution[name].entries, oracle[name].entries, rtol=1e-4)
        for parameter in by:
            exact = oracle[name].sensitivities[parameter]
            np.testing.assert_allclose(
                solution[name].sensitivities[parameter], exact, atol=1e-4 * np.abs(exact).max()
            )


def test_output_variables_are_those_of_the_states():
    times, tiny = np.linspace(0, 600, 4), 1e-6  # beside which differences are roundings

    def solved(outputs):
        model = pybamm.lithium_ion.SPMe({"thermal": "lumped"})
        solver = ssb_model.CompiledSolver(output_variables=outputs)
        return pybamm.Simulation(model, solver=solver).solve([0, 600], t_interp=times)

    names = sorted(pybamm.lithium_ion.SPMe({"thermal": "lumped"}).variables)[::9]
    names.append("Electrode transport efficiency")
    states, solution = solved(None), solved(names)
    for name in names:
        expected = states[name].entries
        scale = np.abs(expected).max() + tiny
        np.testing.assert_allclose(solution[name].entries, expected, atol=1e-9 * scale, rtol=1e-9)


def test_the_full_cell():
    def solved(solver):
        values = ssb_model.cell_parameters("full")
        return simulation(solver, ssb_model.FullCell, values).solve([0, 3600])

    assert difference(solved(ssb_model.CompiledSolver()), solved(idaklu())) < 1e-4


def clock():
    """u' = cos t - u + 3 (t < 2), w = u + 5 (t >= 1): both jump, w at once."""
    model = pybamm.BaseModel("clock")
    u, w = pybamm.Variable("u"), pybamm.Variable("w")
    model.rhs = {u: pybamm.cos(pybamm.t) - u + 3 * (pybamm.t < 2)}
    model.algebraic = {w: w - u - 5 * (pybamm.t >= 1)}
    model.initial_conditions = {u: 1, w: 1}
    model.variables = {"u": u, "w": w}
    return model


def closed_form(t):
    """u of :func:`clock`."""
    steady = (np.cos(t) + np.sin(t)) / 2
    before = 3 + steady + (1 - 3.5) * np.exp(-t)
    at_two = 3 - 2.5 * np.exp(-2)
    return np.where(t < 2, before, steady + at_two * np.exp(-(t - 2)))


@pytest.mark.parametrize("stepped", [False, True])
def test_explicit_time_and_its_jumps(stepped):
    """Against the closed form; a solve from t0 > 0 reads the same clock."""
    solver, model, solution = ssb_model.CompiledSolver(), clock(), None
    if stepped:
        for _ in range(3):
            solution = solver.step(solution, model, 1.5)
    else:
        solution = solver.solve(model, [0, 4.5])
    t = np.array([0.3, 0.9, 1.1, 1.9, 2.1, 3.2, 4.5])
    np.testing.assert_allclose(solution["u"](t), closed_form(t), atol=2e-5)
    np.testing.assert_allclose(solution["w"](t), closed_form(t) + 5 * (t >= 1), atol=2e-4)


def explosion():
    """u' = b u^2, u(0) = 1: infinite at t = 1/b."""
    model = pybamm.BaseModel("explosion")
    u = pybamm.Variable("u")
    model.rhs = {u: pybamm.InputParameter("b") * u**2}
    model.initial_conditions = {u: 1}
    model.variables = {"u": u}
    return model


def test_a_failed_solve_says_why():
    inputs = [{"b": 0.1}, {"b": 1.0}]
    with pytest.raises(pybamm.SolverError, match=r"input set 1: step size too small at t = 1 s"):
        ssb_model.CompiledSolver().solve(explosion(), [0, 3], inputs=inputs)
    solver = ssb_model.CompiledSolver(on_failure="ignore")
    good, failed = solver.solve(explosion(), [0, 3], inputs=inputs)
    assert (good.termination, failed.termination) == ("final time", "failure")
    assert good["u"](2.0) == pytest.approx(1.25, rel=1e-5)


def test_more_steps_than_there_was_room_for():
    """Against u = 1/(1 - t)."""
    solver = ssb_model.CompiledSolver(rtol=1e-12, atol=1e-12)
    solution = solver.solve(explosion(), [0, 0.9], inputs={"b": 1.0})
    assert solution.solver_statistics.number_of_steps > SLOTS
    np.testing.assert_allclose(solution.y[0], 1 / (1 - solution.t), rtol=1e-9)


def test_steps_have_a_time_of_their_own():
    """A function of time begins with each step: its start time is an input like any other."""

    def voltage(t):
        return 3.9 + 0.1 * np.sin(t / 10)

    step = pybamm.step.voltage(voltage, duration=30)
    experiment = pybamm.Experiment([step, step], period=1.0)
    solved = simulation(ssb_model.CompiledSolver(), experiment=experiment).solve()
    for part in solved.sub_solutions:
        own = part.t - part.t[0]
        np.testing.assert_allclose(part[VOLTAGE].entries, voltage(own), atol=1e-6)


def test_inputs_may_be_called_what_a_control_calls_its_own():
    u = pybamm.Variable("u")
    model = pybamm.BaseModel()
    names = ("start time", "Control slope", "Control of voltage")
    rates = [pybamm.InputParameter(name) for name in names]
    model.rhs, model.initial_conditions = {u: sum(rates)}, {u: pybamm.Scalar(0)}
    model.variables = {"u": u}
    values = dict(zip(names, (1.0, 2.0, 4.0), strict=True))
    solution = ssb_model.CompiledSolver().solve(model, [0, 1], inputs=values)
    assert solution["u"](1.0) == pytest.approx(7)
    compiled = ssb_model.compile(model, outputs=["u"])
    assert compiled.solve(values, [0, 1], sensitivities=names).final["u"] == pytest.approx(7)


def test_wrong_questions_are_refused_as_by_pybamm():
    with pytest.raises(pybamm.SolverError, match="No value provided for input"):
        ssb_model.CompiledSolver().solve(explosion(), [0, 1])
    with pytest.raises(pybamm.SolverError, match="after the last t_eval at 1"):
        ssb_model.CompiledSolver().solve(explosion(), [0, 1], t_interp=np.array([0.5, 2.0]))
    values = pybamm.ParameterValues("Chen2020")
    values["Lower voltage cut-off [V]"] = 4.5
    with pytest.raises(pybamm.SolverError, match=r"Minimum voltage \[V\].*at initial conditions"):
        simulation(ssb_model.CompiledSolver(), values=values).solve([0, 1])


def test_copies_share_what_is_compiled_and_pickles_leave_it_behind(ours_with_inputs):
    ours_with_inputs.solve([0, 60], inputs=INPUTS | {CURRENT: 2.0})
    solver = ours_with_inputs.solver
    assert solver._recorders
    assert solver.copy()._recorders is solver._recorders
    loaded = pickle.loads(pickle.dumps(solver))
    assert not loaded._recorders
    assert loaded.solve(explosion(), [0, 0.5], inputs={"b": 1.0})["u"](0.5) == pytest.approx(2)


def test_profiles_without_a_matrix():
    """The equations of a quadratic profile do not depend on the state at all."""

    def solved(solver):
        profile = pybamm.lithium_ion.SPM({"particle": "quadratic profile"})
        return simulation(solver, lambda: profile).solve([0, 4000])

    ours, oracle = solved(ssb_model.CompiledSolver()), solved(idaklu())
    assert ours.t[-1] == pytest.approx(oracle.t[-1], rel=1e-5)
    assert difference(ours, oracle) < 1e-4


def test_the_room_is_entered_without_pybamm():
    code = "import sys, ssb_model.compiled; print('pybamm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_times_asked_for_may_be_a_list():
    solution = ssb_model.CompiledSolver().solve(
        explosion(), [0, 0.5], inputs={"b": 1.0}, t_interp=[0.2, 0.1]
    )
    np.testing.assert_array_equal(solution.t, [0, 0.1, 0.2, 0.5])
    np.testing.assert_allclose(solution["u"].entries, 1 / (1 - solution.t), rtol=1e-5)


def root():
    """u' = -u, w^2 = b: no consistent w where b is negative."""
    model = pybamm.BaseModel("root")
    u, w = pybamm.Variable("u"), pybamm.Variable("w")
    model.rhs = {u: -u}
    model.algebraic = {w: w**2 - pybamm.InputParameter("b")}
    model.initial_conditions = {u: 1, w: 1}
    model.variables = {"u": u, "w": w}
    return model


@pytest.mark.parametrize("asked", [None, np.array([0.5])])
@pytest.mark.parametrize("failing", ["ignore", "warn"])
def test_a_member_without_a_consistent_state_leaves_the_others_alone(failing, asked):
    solver = ssb_model.CompiledSolver(on_failure=failing)
    inputs = [{"b": -0.7}, {"b": 4.0}]
    with warnings.catch_warnings():
        warnings.simplefilter("error" if failing == "ignore" else "ignore")
        failed, good = solver.solve(root(), [0, 1], inputs=inputs, t_interp=asked)
    assert (failed.termination, good.termination) == ("failure", "final time")
    np.testing.assert_array_equal(failed.t, [0])
    assert failed["u"].entries == pytest.approx([1])
    np.testing.assert_allclose(good["w"](np.array([0.2, 0.9])), 2, rtol=1e-6)
    with pytest.raises(pybamm.SolverError, match=r"input set 0: (singular|no consistent)"):
        ssb_model.CompiledSolver().solve(root(), [0, 1], inputs=inputs, t_interp=asked)


def test_an_input_of_several_values():
    """Against exp(-b t), b different for each of two variables."""
    model = pybamm.BaseModel()
    u, v = pybamm.Variable("u"), pybamm.Variable("v")
    b = pybamm.InputParameter("b", expected_size=2)
    model.rhs = {u: -pybamm.Index(b, 0) * u, v: -pybamm.Index(b, 1) * v}
    model.initial_conditions = {u: 1, v: 1}
    model.variables = {"u": u, "v": v}
    rates = np.array([1.0, 3.0])
    solution = ssb_model.CompiledSolver().solve(model, [0, 1], inputs={"b": rates[:, None]})
    np.testing.assert_allclose(solution.y[:, -1], np.exp(-rates), rtol=1e-5)
    own = ssb_model.compile(model, outputs=["u", "v"])
    final = own.solve({"b[0]": 1.0, "b[1]": 3.0}, [1.0]).final
    np.testing.assert_allclose([final["u"], final["v"]], np.exp(-rates), rtol=1e-5)
    with pytest.raises(ssb_model.InputError, match="several values"):
        ssb_model.CompiledSolver().solve(
            model, [0, 1], inputs={"b": rates[:, None]}, calculate_sensitivities=["b"]
        )


def stepped_by(roundings):
    """exp(-t/100) by a step, one of so many roundings, and one to 100 s."""
    u = pybamm.Variable("u")
    model = pybamm.BaseModel()
    model.rhs, model.initial_conditions, model.variables = {u: -u / 100}, {u: 1}, {"u": u}
    pybamm.Discretisation().process_model(model)
    solver = ssb_model.CompiledSolver()
    solution = solver.step(None, model, dt=36.0)
    solution = solver.step(solution, model, dt=roundings * np.spacing(36.0))
    return solver.step(solution, model, dt=64.0)


@pytest.mark.parametrize("roundings", [2, 3, 8, 20, 1000])
def test_a_step_of_a_few_roundings_is_taken(roundings):
    """As between two neighbouring times of another solution."""
    assert stepped_by(roundings)["u"](100.0) == pytest.approx(np.exp(-1.0), rel=1e-5)


def test_a_step_of_one_rounding_is_refused_as_by_idaklu():
    with pytest.raises(pybamm.SolverError, match="two times that differ"):
        stepped_by(1)
