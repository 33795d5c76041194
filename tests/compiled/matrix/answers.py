"""A case solved by IDAKLU and in our two ways, all as one kind of answer."""

from typing import NamedTuple

import casadi
import numpy as np
import pybamm

import ssb_model

from ..oracle import VOLTAGE, central_difference

TIMES = 61  # output times of a solve
TIGHT = 1e-8  # tolerances of the reference
FREQUENCIES = np.logspace(-3, 4, 15)  # Hz
STEP = 4e-3  # of the central differences, relative


class Answer(NamedTuple):
    """The variable at times [s], the ends of the steps [s], and what ended the last of them."""

    t: np.ndarray
    values: np.ndarray
    ends: np.ndarray
    ending: str


class Failed(Exception):
    """A solve that says itself that it failed."""


def times_of(case):
    """Output times [s] of a case that follows no experiment."""
    return np.linspace(0, case.end, TIMES)


def reference(case):
    """By IDAKLU at rtol = atol = 1e-8."""
    return _by_pybamm(case, pybamm.IDAKLUSolver(rtol=TIGHT, atol=TIGHT))


def in_pybamm(case):
    """By ``CompiledSolver`` in a ``pybamm.Simulation``."""
    return _by_pybamm(case, ssb_model.CompiledSolver())


def compiled(case):
    """By ``ssb_model.compile(...).solve(...)``."""
    model = compiled_model(case)
    if case.experiment:
        solution = model.solve(case.inputs, experiment=case.experiment())
    else:
        solution = model.solve(case.inputs, times_of(case))
    if not solution.succeeded:
        raise Failed(solution.status)
    end = float(solution.t_end)
    t, values = solution.t[solution.valid], solution[case.variable][solution.valid]
    return Answer(t, values, np.array([end]), _ending(solution))


def compiled_model(case):
    """The case's model, compiled with its inputs."""
    return _compile(case, _numbers(case))


def _ending(solution):
    return "final time" if solution.status == "final time" else f"event: {solution.termination}"


def _by_pybamm(case, solver):
    simulation = simulation_of(case, solver)
    inputs = dict(case.inputs)
    if case.experiment:
        solution = simulation.solve(inputs=inputs)
    else:
        solution = simulation.solve([0, case.end], t_interp=times_of(case), inputs=inputs)
    if solution.termination == "failure":
        raise Failed("PyBaMM's solution ends by failure")
    steps = [s for cycle in solution.cycles for s in cycle.steps] if case.experiment else [solution]
    steps = [s for s in steps if not isinstance(s, pybamm.EmptySolution)]
    t = np.concatenate([s.t for s in steps])
    values = np.concatenate([np.ravel(s[case.variable].entries) for s in steps])
    return Answer(t, values, np.array([s.t[-1] for s in steps]), solution.termination)


def simulation_of(case, solver, values=None):
    """The case as a ``pybamm.Simulation``, with other parameter ``values`` if any are given."""
    return pybamm.Simulation(
        case.model(),
        parameter_values=values or _given(case, tuple(case.inputs)),
        experiment=case.experiment and case.experiment(),
        solver=solver,
        var_pts=case.points,
        **case.build(),
    )


def _numbers(case):
    """The inputs that are numbers in the parameter set; the others are inputs by themselves."""
    values = case.values()
    return tuple(n for n in case.inputs if isinstance(values.get(n), int | float))


def _compile(case, inputs):
    values = case.values()
    outputs = (case.variable,)
    return ssb_model.compile(case.model(), values, inputs, outputs, case.points, **case.build())


def _given(case, inputs):
    values = case.values()
    values.update(dict.fromkeys(inputs, "[input]"), check_already_exists=False)
    return values


# Sensitivities ---------------------------------------------------------------------------------


def differences(case):
    """Derivative of the variable at the output times, by central differences of IDAKLU."""
    name, values = case.sensitivity, _given(case, (case.sensitivity,))
    solver = pybamm.IDAKLUSolver(rtol=1e-10, atol=1e-10)
    simulation, times = simulation_of(case, solver, values), times_of(case)

    def run(value):
        solution = simulation.solve([0, case.end], t_interp=times, inputs={name: value})
        return (solution[case.variable](times),)

    return central_difference(run, float(case.values()[name]), STEP)[0]


def compiled_sensitivity(case):
    """The same, by ``CompiledModel.solve``."""
    model = _compile(case, (case.sensitivity,))
    solution = model.solve({}, times_of(case), sensitivities=[case.sensitivity])
    if not solution.succeeded:
        raise Failed(solution.status)
    return np.asarray(solution.sensitivities[case.sensitivity][case.variable])


def sensitivity_in_pybamm(case):
    """The same, by ``CompiledSolver``."""
    name, values = case.sensitivity, _given(case, (case.sensitivity,))
    simulation, times = simulation_of(case, ssb_model.CompiledSolver(), values), times_of(case)
    inputs = {name: float(case.values()[name])}
    solution = simulation.solve(
        [0, case.end], t_interp=times, inputs=inputs, calculate_sensitivities=True
    )
    return np.ravel(solution[case.variable].sensitivities[name])


# Impedance -------------------------------------------------------------------------------------


def dense_impedance(case):
    """Impedance [Ohm] at rest, from a dense solve of PyBaMM's matrices at a consistent state.

    ``EISSimulation`` itself linearises at the stated initial values, which in models with
    algebraic states (SPMe) are not consistent; so only its model is taken.
    """
    simulation = pybamm.EISSimulation(
        case.model(), case.values(), var_pts=case.points, skip_surface_form_check=True
    )
    simulation.build()
    model = simulation.built_model
    solver = pybamm.BaseSolver(root_method="casadi", root_tol=1e-10)
    solver.set_up(model, inputs={})
    y = np.ravel(solver.calculate_consistent_state(model, inputs={}))
    J = model.jac_rhs_algebraic_eval(0, y, []).full()
    M = model.mass_matrix.entries.toarray()
    dV, dI = (_gradient(model.get_processed_variable(name), y) for name in (VOLTAGE, "Current [A]"))
    e = np.zeros(len(y))
    e[_place_of_current(model)] = -1
    x = [np.linalg.solve(2j * np.pi * f * M - J, e) for f in FREQUENCIES]
    return np.array([-(dV @ column) / (dI @ column) for column in x])


def compiled_impedance(case):
    """The same, by ``CompiledModel.impedance``."""
    return np.asarray(_compile(case, ()).impedance(FREQUENCIES))


def _place_of_current(model):
    places = {variable.name: slices for variable, slices in model.y_slices.items()}
    return places["Current variable [A]"][0].start


def _gradient(symbol, y):
    state = casadi.MX.sym("y", y.size)
    function = casadi.Function("dV", [state], [casadi.gradient(symbol.to_casadi(0, state), state)])
    return np.ravel(function(y).full())
