"""The generated C kernel against the same functions by JAX's own operations."""

from contextlib import contextmanager
from functools import partial

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, cell_parameters
from ssb_model.compiled.integration import system as system_module
from ssb_model.compiled.integration.integrate import Tolerances
from ssb_model.compiled.integration.system import System
from ssb_model.compiled.kernel import build
from ssb_model.compiled.stepping import step as stepping

from .oracle import VOLTAGE

pytestmark = pytest.mark.skipif(build._compiler() is None, reason="no C compiler")

DFN_POINTS = {"x_n": 3, "x_s": 2, "x_p": 3, "r_n": 3, "r_p": 3}


def full_cell():
    values = cell_parameters("full")
    return ssb_model.compile(
        FullCell(), values, ("Garnet thickness [m]",), var_pts={"x_p": 5, "r_p": 5}
    )


def single_particles():
    """Outputs that are also the terminals: one node in two places."""
    outputs = (VOLTAGE, "Current [A]", "Discharge capacity [A.h]")
    values = pybamm.ParameterValues("Chen2020")
    points = {"r_n": 5, "r_p": 5}
    return ssb_model.compile(pybamm.lithium_ion.SPM(), values, (), outputs, points)


def doyle_fuller_newman():
    """Algebraic states; no inputs but the current."""
    values = pybamm.ParameterValues("Marquis2019")
    return ssb_model.compile(pybamm.lithium_ion.DFN(), values, (), var_pts=DFN_POINTS)


def driven():
    """Explicit time, interpolants of states, inputs and time, and an algebraic state."""
    x, y, k = pybamm.Variable("x"), pybamm.Variable("y"), pybamm.InputParameter("k")
    grid = np.linspace(-3, 3, 13)
    curve = pybamm.Interpolant(grid, np.sin(grid), x, interpolator="cubic")
    drive = pybamm.Interpolant(grid, grid**2, pybamm.t)
    surface = np.add.outer(np.cos(grid), grid)[..., None] * np.ones(3)
    table = pybamm.Interpolant((grid, grid, np.arange(3.0)), surface, (x, y, k), "s", "linear")
    bent = pybamm.Interpolant((grid, grid), surface[..., 0], (x, y), "b", "cubic")
    model = pybamm.BaseModel()
    model.rhs = {x: -k * curve + drive * pybamm.cos(pybamm.t) + 0.1 * table * bent}
    model.algebraic = {y: y + y**3 - x * pybamm.exp(-pybamm.t)}
    model.initial_conditions = {x: pybamm.Scalar(1), y: pybamm.Scalar(0.5)}
    model.variables = {"x": x, "y": y, "curve": curve * y}
    model.events = [pybamm.Event("low", x + 3 - pybamm.t)]
    return ssb_model.compile(model, pybamm.ParameterValues({"k": 1.0}), ("k",), ("x", "y", "curve"))


MODELS = {  # with the size of a step [s]
    "full cell": (full_cell, 10.0),
    "single particles": (single_particles, 10.0),
    "Doyle-Fuller-Newman": (doyle_fuller_newman, 10.0),
    "driven": (driven, 0.1),
}


@contextmanager
def in_pieces(jax, pieces):
    """JAX's side compiled a function at a time, which is quicker to make than a whole step.

    ``pieces`` keeps them from one use to the next.
    """

    def compiled(key, function):
        if key not in pieces:
            quick = {"xla_backend_optimization_level": 0}
            pieces[key] = jax.jit(function, compiler_options=quick)
        return pieces[key]

    def of_node(system, node, t, y, inputs):
        return compiled(node, partial(evaluate_node, system, node))(t, y, inputs)

    def of_plan(name, function):
        return lambda plan, *arrays: compiled(name, partial(function, plan))(*arrays)

    evaluate_node = System._evaluate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(System, "_evaluate", of_node)
        for name in ("factorise", "solve"):
            patch.setattr(system_module, name, of_plan(name, getattr(system_module, name)))
        yield


MEMBERS, DIRECTIONS = 17, 3
FUNCTIONS = ("step", "newton", "observe")
MOVING = {  # what has a tangent
    "step": lambda result: (result.y, result.dense),
    "newton": lambda result: result.correction,
    "observe": lambda result: result,
}


class Case:
    """A model with its kernel, and points and directions at which to compare it with JAX.

    A point is (times, states, inputs, step sizes, active); a direction is of the first three.
    """

    def __init__(self, jax, make, seconds):
        self.jax, self.compiled = jax, make()
        self.system = self.compiled.system
        assert self.system.kernel(MEMBERS) is not None
        random = np.random.default_rng(1)
        t, h = random.uniform(0.1, 1.0, MEMBERS), seconds * random.uniform(0.5, 1, MEMBERS)
        u = {n: v * random.uniform(0.7, 1, MEMBERS) for n, v in self.system.defaults.items()}
        y = np.asarray(self.system.initial_state(u)) * random.uniform(0.999, 1, MEMBERS)
        active = np.ones(MEMBERS, dtype=bool)
        self.consistent = (t, self.made_consistent(t, y, u, active), u, h, active)
        near = self.consistent[1] * random.uniform(0.9999, 1, y.shape)
        self.point = (t, near, u, h, active)
        self.directions = (
            random.normal(size=(DIRECTIONS, MEMBERS)),
            y * random.normal(size=(DIRECTIONS, *y.shape)),
            {n: (1e-3 + v) * random.normal(size=(DIRECTIONS, MEMBERS)) for n, v in u.items()},
        )
        self._known, self._pieces = {}, {}

    def made_consistent(self, t, y, u, active):
        """``y`` after thirty corrections."""

        def correct(_, y):
            return y + self.system.kernel(MEMBERS).newton(t, y, u, active).correction

        return np.asarray(self.jax.lax.fori_loop(0, 30, correct, y))

    def kernels(self, name, t, y, u, h, active):
        """One of the kernel's functions."""
        kernel, tolerances = self.system.kernel(len(t)), Tolerances(1e-6, 1e-6)
        if name == "step":
            return kernel.step(t, h, y, u, tolerances, active)
        if name == "newton":
            return kernel.newton(t, y, u, active)
        return kernel.observe(t, self.system.observed(y), u)

    def jaxs(self, name, t, y, u, h, active):
        """The same by JAX's operations."""
        system, tolerances = self.system, Tolerances(1e-6, 1e-6)
        if name == "step":
            return stepping.step(system, t, h, y, u, tolerances, active)
        if name == "newton":
            return stepping.newton(system, t, y, u, active)
        part, observer = system.observed(y), system.observer
        return self.jax.numpy.concatenate([observer(g, t, part, u) for g in observer.groups])

    def reference(self, name, point):
        """JAX's values and tangents."""
        key = name, point is self.point
        if key not in self._known:
            with in_pieces(self.jax, self._pieces):
                self._known[key] = self.with_tangents(self.jaxs, name, point, self.directions)
        return self._known[key]

    def with_tangents(self, function, name, point, directions):
        """Values, and tangents (directions, ...) of what has one, in one map."""

        def moved(along):
            return self.jax.jvp(lambda *at: function(name, *at, *point[3:]), point[:3], along)

        values, tangents = self.jax.vmap(moved, out_axes=(None, 0))(directions)
        return values, MOVING[name](tangents)


LONG = {"Doyle-Fuller-Newman": pytest.mark.verify}


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=LONG.get(name, ())) for name in MODELS]
)
def case(request, jax_x64):
    return Case(jax_x64, *MODELS[request.param])


def members(x, chosen):
    """Of every array, some members."""
    import jax

    return jax.tree.map(lambda a: np.asarray(a)[..., chosen], x)


def entry(x, n):
    """Entry ``n`` of every array."""
    import jax

    return jax.tree.map(lambda a: a[n], x)


def agree(ours, theirs):
    """To 1e-10 of each row's largest number, or of one."""
    import jax

    for one, other in zip(jax.tree.leaves(ours), jax.tree.leaves(theirs), strict=True):
        assert one.shape == other.shape
        size = np.maximum(np.abs(other).max(axis=-1, keepdims=True), 1)
        assert np.isfinite(size).all()
        assert np.max(np.abs(one - other) / size) < 1e-10


def values_agree(name, ours, theirs):
    """The error estimate is a small difference of states: to 1e-4 of the tolerance."""
    if name == "step":
        assert np.max(np.abs(ours.error - theirs.error)) < 1e-4 * max(1, np.max(theirs.error))
        ours, theirs = ours._replace(error=ours.y), theirs._replace(error=theirs.y)
    agree(ours, theirs)


@pytest.mark.parametrize("batch", [1, 7, 8, 9, 17])
def test_values_are_jaxs(case, batch):
    """A part of a block of eight, a whole one, and both."""
    point = members(case.point, slice(batch))
    for name in FUNCTIONS:
        expected = members(case.reference(name, case.point)[0], slice(batch))
        values_agree(name, case.kernels(name, *point), expected)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_tangents_are_jaxs(case, name):
    """One by one and all at once. A correction's tangent holds where it has ended, near zero."""
    point = case.consistent if name == "newton" else case.point
    _, expected = case.reference(name, point)
    _, tangents = case.with_tangents(case.kernels, name, point, case.directions)
    agree(tangents, expected)
    few = members(point, slice(9))

    def function(*at):
        return case.kernels(name, *at, *few[3:])

    for n in range(DIRECTIONS):
        along = members(entry(case.directions, n), slice(9))
        _, one = case.jax.jvp(function, few[:3], along)
        agree(MOVING[name](one), members(entry(expected, n), slice(9)))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_map_over_points_is_each_point(case, name):
    """Values, and tangents of several points in several directions."""
    point = case.point
    t, y, u = point[:3]
    other = (0.9 * t, 0.9999 * y, {n: 0.99 * v for n, v in u.items()}, *point[3:])
    both = case.jax.tree.map(lambda *x: np.stack(x), point, other)

    def function(*point):
        return case.with_tangents(case.kernels, name, point, case.directions)

    mapped = case.jax.vmap(function)(*both)
    for n, at in enumerate((point, other)):
        agree(entry(mapped, n), function(*at))


def test_members_that_are_not_active_change_nothing(case):
    """A block with none is left at zero; in a block with one, only that one counts."""
    active = np.isin(np.arange(MEMBERS), [2, 16])
    t, y, u, h, _ = case.point
    ruined = np.where(active, y, np.nan)
    for name in ("step", "newton"):
        ours = case.kernels(name, t, ruined, u, h, active)
        expected = case.reference(name, case.point)[0]
        values_agree(name, members(ours, active), members(expected, active))
        assert (members(ours[0], slice(8, 16)) == 0).all()
