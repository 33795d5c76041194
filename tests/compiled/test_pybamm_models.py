"""PyBaMM's own lithium-ion models, lowered: values are PyBaMM's, derivatives are casadi's."""

import casadi
import numpy as np
import pybamm
import pytest

from ssb_model.compiled.derivatives.jacobian import SparseJacobian
from ssb_model.compiled.derivatives.tangent import TIME as SEED_OF_TIME, Tangent
from ssb_model.compiled.from_pybamm.lower import Lowering
from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.program import Program

from .pybamm_cases import EVERY, QUICK
from .pybamm_parameters import control, parameter_values

TIME = 12.0
AXES = ("x_n", "x_s", "x_p", "y", "z", "R_n", "R_p")
POINTS = dict.fromkeys(AXES, 4) | {f"r_{k}{n}": 4 for k in "np" for n in ("", "_prim", "_sec")}
GEOMETRY = {
    "Current function [A]": 2.0,
    "Negative electrode thickness [m]": 8e-5,
    "Separator thickness [m]": 1.2e-5,
    "Negative particle radius [m]": 5e-6,
    "Ambient temperature [K]": 300.0,
}


class Lowered:
    """A discretised model and its program, evaluated at a point and along a direction.

    ``values`` are the program's: "f", its derivatives "entries" and "along", "initial", and others.
    """

    def __init__(self, model, inputs, others=("Voltage [V]",)):
        self.model, self.inputs, self.program = model, inputs, Program()
        self.equations = [
            e for e in (model.concatenated_rhs, model.concatenated_algebraic) if e.size
        ]
        self.others = {e.name: e.expression for e in model.events}
        self.others |= {n: model.get_processed_variable(n) for n in others if n in model.variables}
        self.start = np.ravel(model.concatenated_initial_conditions.evaluate(0, inputs=inputs))
        random = np.random.default_rng(0)
        noise = random.uniform(0.99, 1, self.start.size)
        self.state = np.where(self.start == 0, 1e-4, self.start) * noise
        self.direction = random.normal(size=self.start.size) * np.abs(self.state)
        self.pushes = random.normal(size=len(inputs))
        self.values = self._evaluated(self._nodes())

    def _nodes(self):
        p, lower = self.program, Lowering(self.program)
        f = p.concatenate([lower(e) for e in self.equations])
        self.derivative = SparseJacobian(p)(f)
        entries = p.constant([]) if self.derivative is None else self.derivative.values
        initial = lower(self.model.concatenated_initial_conditions)
        nodes = {"f": f, "entries": entries, "along": Tangent(p)(f), "initial": initial}
        return nodes | {name: lower(symbol) for name, symbol in self.others.items()}

    def _evaluated(self, nodes):
        """Values at the point by JAX, in one compilation."""
        import jax

        by_name = [
            dict(zip(self.inputs, v, strict=True)) for v in (self.inputs.values(), self.pushes)
        ]
        inputs, pushes = ({k: np.array([v]) for k, v in d.items()} for d in by_name)
        pushes[SEED_OF_TIME] = np.zeros(1)
        at = (np.array([TIME]), self.state[:, None], inputs, (self.direction[:, None], pushes))
        quick = {"xla_backend_optimization_level": 0}
        run = jax.jit(
            lambda *at: evaluate(self.program, nodes.values(), *at), compiler_options=quick
        )
        values = (np.broadcast_to(v, (v.shape[0], 1))[:, 0] for v in run(*at))
        return dict(zip(nodes, values, strict=True))

    def expected(self, symbol):
        return np.ravel(symbol.evaluate(TIME, self.state[:, None], inputs=self.inputs))

    def jacobian(self):
        """The dense Jacobian of the right-hand side from the program's sparse one."""
        dense = np.zeros((self.state.size, self.state.size))
        if self.derivative is not None:
            dense[self.derivative.rows, self.derivative.columns] = self.values["entries"]
        return dense

    def casadi_jacobians(self):
        """Derivatives of the right-hand side by state and by inputs, by casadi."""
        t, y = casadi.MX.sym("t"), casadi.MX.sym("y", self.state.size)
        inputs = {name: casadi.MX.sym(name) for name in self.inputs}
        f = casadi.vertcat(*[e.to_casadi(t, y, inputs=inputs) for e in self.equations])
        by = [casadi.jacobian(f, x) for x in (y, casadi.vertcat(*inputs.values()))]
        function = casadi.Function("jacobians", [t, y, *inputs.values()], by)
        return [m.full() for m in function(TIME, self.state, *self.inputs.values())]


def built(model, values, inputs, **keywords):
    values.update(dict.fromkeys(inputs, "[input]"), check_already_exists=False)
    points = {**model.default_var_pts, **POINTS}
    simulation = pybamm.Simulation(model, parameter_values=values, var_pts=points, **keywords)
    simulation.build(inputs=inputs)
    return simulation.built_model


def lowered(case):
    kind, options, parameters = case
    model = getattr(pybamm.lithium_ion, kind)(*([] if options is None else [options]))
    values = parameter_values(parameters)
    inputs = control(model, values)
    return Lowered(built(model, values, inputs), inputs)


def check_values(case):
    """Right-hand side to rounding of its largest terms; events, voltage and initial state."""
    terms = np.abs(case.jacobian()) @ np.abs(case.state)
    expected = np.concatenate([case.expected(e) for e in case.equations])
    assert np.isfinite(expected).all()
    assert (np.abs(case.values["f"] - expected) <= 1e-11 * (terms + np.abs(expected))).all()
    np.testing.assert_allclose(case.values["initial"], case.start, rtol=1e-13, atol=1e-300)
    for name, symbol in case.others.items():
        expected = case.expected(symbol)
        np.testing.assert_allclose(case.values[name], expected, 1e-8, 1e-10, err_msg=name)


def check_derivatives(case):
    """The sparse Jacobian and a directional derivative, by row."""
    by_state, by_input = case.casadi_jacobians()
    largest = np.abs(by_state).max(axis=1, keepdims=True) + 1e-300
    np.testing.assert_allclose(case.jacobian() / largest, by_state / largest, rtol=0, atol=1e-9)
    along = by_state @ case.direction + by_input @ case.pushes
    terms = np.abs(by_state) @ np.abs(case.direction) + np.abs(by_input) @ np.abs(case.pushes)
    assert (np.abs(case.values["along"] - along) <= 1e-9 * terms + 1e-300).all()


@pytest.mark.parametrize("name", QUICK)
def test_a_model_of_every_kind(jax_x64, name):
    case = lowered(QUICK[name])
    check_values(case)
    check_derivatives(case)


@pytest.mark.verify
@pytest.mark.parametrize("name", EVERY)
def test_every_option(jax_x64, name):
    case = lowered(EVERY[name])
    check_values(case)
    check_derivatives(case)


def test_lengths_as_inputs(jax_x64):
    """On PyBaMM's symbolic meshes the matrices are scaled by inputs."""
    model = pybamm.lithium_ion.SPMe({"thermal": "lumped"})
    symbolic = {
        domain: pybamm.SymbolicUniform1DSubMesh if "current" not in domain else submesh
        for domain, submesh in model.default_submesh_types.items()
    }
    values = parameter_values("Chen2020")
    case = Lowered(built(model, values, GEOMETRY, submesh_types=symbolic), GEOMETRY)
    check_values(case)
    check_derivatives(case)


def test_every_step_of_an_experiment(jax_x64):
    model, drive = pybamm.lithium_ion.SPM(), np.linspace(0, 60, 20)
    steps = [
        "Discharge at 1C for 10 minutes or until 3.3 V",
        "Hold at 4.1 V until 50 mA",
        "Discharge at 2 W for 5 minutes",
        "Discharge at 4 Ohm for 5 minutes",
        pybamm.step.current(np.stack([drive, np.sin(drive)], axis=1)),
    ]
    points = {**model.default_var_pts, **POINTS}
    simulation = pybamm.Simulation(model, experiment=steps, var_pts=points)
    simulation.build_for_experiment()
    assert len(simulation.steps_to_built_models) == len(steps)
    for step in simulation.steps_to_built_models.values():
        case = Lowered(step, {"start time": 3.0, "Current function [A]": 1.0})
        check_values(case)
        check_derivatives(case)


def test_every_variable_of_a_model(jax_x64):
    """Whatever PyBaMM can evaluate can be an output."""
    model = pybamm.lithium_ion.SPM()
    inputs = {"Current function [A]": 2.0}
    discretised = built(model, parameter_values("Chen2020"), inputs)
    check_values(Lowered(discretised, inputs, others=tuple(discretised.variables)))
