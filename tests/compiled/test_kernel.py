"""The C core against the same solves by JAX's own operations."""

from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, cell_parameters
from ssb_model.compiled import CURRENT, Protocol, Step
from ssb_model.compiled.integration import Recorder, consistent_state
from ssb_model.compiled.integration.integrate import Tolerances
from ssb_model.compiled.integration.system import System
from ssb_model.compiled.kernel import Kernel, compiler
from ssb_model.compiled.model import CompiledModel

from .oracle import VOLTAGE

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler")

DFN_POINTS = {"x_n": 3, "x_s": 2, "x_p": 3, "r_n": 3, "r_p": 3}
DIFFUSIVITY = "Positive particle diffusivity [m2.s-1]"


def full_cell():
    values = cell_parameters("full")
    return ssb_model.compile(
        FullCell(), values, ("Garnet thickness [m]",), var_pts={"x_p": 3, "r_p": 3}
    )


def single_particles():
    """Outputs that are also the terminals: one node in two places."""
    outputs = (VOLTAGE, "Current [A]", "Discharge capacity [A.h]")
    values = pybamm.ParameterValues("Chen2020")
    points = {"r_n": 3, "r_p": 3}
    return ssb_model.compile(pybamm.lithium_ion.SPM(), values, (DIFFUSIVITY,), outputs, points)


def doyle_fuller_newman():
    """Algebraic states."""
    values = pybamm.ParameterValues("Chen2020")
    model = pybamm.lithium_ion.DFN()
    return ssb_model.compile(model, values, (DIFFUSIVITY,), var_pts=DFN_POINTS)


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


def growth():
    """No algebraic state, no event."""
    x, k = pybamm.Variable("x"), pybamm.InputParameter("k")
    model = pybamm.BaseModel()
    model.rhs = {x: k * x * (1 - x)}
    model.initial_conditions = {x: 0.1 * k}
    model.variables = {"x": x}
    return ssb_model.compile(model, pybamm.ParameterValues({"k": 1.0}), ("k",), ("x",))


def coupled():
    """An algebraic state and explicit time."""
    x, y, k = pybamm.Variable("x"), pybamm.Variable("y"), pybamm.InputParameter("k")
    model = pybamm.BaseModel()
    model.rhs = {x: -k * y + pybamm.sin(pybamm.t)}
    model.algebraic = {y: y + y**3 - x}
    model.initial_conditions = {x: pybamm.Scalar(1), y: pybamm.Scalar(0.5)}
    model.variables = {"x": x, "y": y}
    return ssb_model.compile(model, pybamm.ParameterValues({"k": 1.0}), ("k",), ("x", "y"))


# Controlled by current, voltage and power, ended by a voltage, a current, a capacity, a time.
PROTOCOL = Protocol(
    [
        Step("current", 5.0, duration=600.0, limits={"voltage below": 3.9}),
        Step("voltage", 3.95, duration=1800.0, limits={"current magnitude below": 1.0}),
        Step("power", 8.0, duration=3600.0, limits={"capacity": 0.2}),
        Step("current", 0.0, duration=300.0),
        Step("current", -2.0, duration=3600.0, limits={"voltage above": 4.0}),
    ]
)
FACTORS = np.array([0.8, 1.0, 1.1, 1.25, 1.3])
SOLVES = {
    "growth": (growth, "k", {"t_eval": np.linspace(0, 8, 9)}),
    "driven": (driven, "k", {"t_eval": np.linspace(0, 2.5, 9)}),
    "driven to its event": (driven, "k", {"t_eval": np.linspace(0, 9, 9)}),
    "full cell": (full_cell, "Garnet thickness [m]", {"t_eval": np.linspace(0, 3900, 20)}),
    "protocol": (single_particles, DIFFUSIVITY, {"experiment": PROTOCOL, "period": 60.0}),
    "Doyle-Fuller-Newman": (doyle_fuller_newman, DIFFUSIVITY, {"t_eval": np.linspace(0, 4000, 20)}),
}
LONG = dict.fromkeys(["driven", "full cell", "Doyle-Fuller-Newman"], pytest.mark.verify)


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=LONG.get(name, ())) for name in SOLVES]
)
def case(request, jax_x64):
    """A model, its input with values for a batch, and what to solve."""
    make, name, arguments = SOLVES[request.param]
    compiled = make()
    assert compiled.system.kernel(1) is not None
    return compiled, name, compiled.system.defaults[name] * FACTORS, arguments


@contextmanager
def without_the_core(jax):
    """Plain JAX, compiled in a hurry."""
    quick = {"xla_backend_optimization_level": 0}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(System, "kernel", lambda *_, **__: None)
        patch.setattr(jax, "jit", partial(jax.jit, compiler_options=quick))
        yield


@pytest.fixture(scope="module")
def plain(case, jax_x64):
    """The same model by plain JAX, solved with sensitivities."""
    compiled, name, values, arguments = case
    with without_the_core(jax_x64):
        model = CompiledModel(replace(compiled.system))
        return model.solve({name: values}, sensitivities=(name,), **arguments)


def close(ours, theirs, tolerance=1e-10):
    """To 1e-10 of each row's largest number, or of one."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert (np.isnan(ours) == np.isnan(theirs)).all()
    size = np.maximum(np.nanmax(np.abs(theirs), axis=-1, keepdims=True, initial=0), 1)
    assert np.nanmax(np.abs(ours - theirs) / size, initial=0) < tolerance


def test_solves_are_plain_jaxs(case, plain):
    """Outputs, times, ends, statuses, steps; and all derivatives, to what their sizes leave."""
    compiled, name, values, arguments = case
    ours = compiled.solve({name: values}, sensitivities=(name,), **arguments)
    assert ours.status == plain.status
    for key in ("accepted", "tried"):
        np.testing.assert_array_equal(ours.statistics[key], plain.statistics[key])
    close(ours.t_end, plain.t_end)
    close(ours.t, plain.t)
    for output in compiled.output_names:
        close(ours[output], plain[output])
        close(ours.final[output], plain.final[output])
        d, e = (solution.sensitivities[name][output] for solution in (ours, plain))
        close(values * d.T, values * e.T, 1e-8)


def test_no_neighbour_no_width_and_no_direction_changes_a_bit(case):
    """Alone, in a block that is full or not, and beside sensitivities."""
    compiled, name, values, arguments = case
    whole = compiled.solve({name: np.tile(values, 4)[:19]}, **arguments)
    moved = compiled.solve({name: values}, sensitivities=(name,), **arguments)
    for n, value in enumerate(values):
        alone = compiled.solve({name: value}, **arguments)
        for output in compiled.output_names:
            filled = slice(alone[output].shape[-1])
            np.testing.assert_array_equal(whole[output][n][filled], alone[output])
            np.testing.assert_array_equal(whole[output][n], whole[output][n + 5])
            np.testing.assert_array_equal(moved[output][n][filled], alone[output])


def test_derivatives_one_by_one_and_all_at_once(jax_x64):
    """And under a map over points, of which each is as alone."""
    import jax.numpy as jnp

    compiled = driven()
    times = jnp.linspace(0, 9, 7)[:, None] * jnp.ones(3)

    def end(k, scale):
        result = compiled.trajectory({"k": k}, scale * times)
        return jnp.concatenate([result.final, result.t_end[None]])

    at, directions = (jnp.array([0.8, 1.0, 1.2]), 1.0), (jnp.ones(3), 0.5)

    def moved(*directions):
        return jax_x64.jvp(end, at, directions)[1]

    both = moved(*directions)
    parts = moved(directions[0], 0.0) + moved(0 * directions[0], directions[1])
    close(both, parts, 1e-9)
    two = jax_x64.vmap(moved, in_axes=(0, 0))(
        jnp.stack([directions[0], 0 * directions[0]]), jnp.array([0.0, 0.5])
    )
    close(two.sum(0), parts, 1e-9)
    points = jnp.stack([at[0], 1.1 * at[0]])
    mapped = jax_x64.vmap(lambda k: jax_x64.jvp(lambda x: end(x, 1.0), (k,), (k,)))(points)
    for n, k in enumerate(points):
        value, tangent = jax_x64.jvp(lambda x: end(x, 1.0), (k,), (k,))
        close(mapped[0][n], value)
        close(mapped[1][n], tangent)


def test_whole_numbers_are_numbers(jax_x64):
    """Durations, values, times and states that are integers reach the core as what they mean."""
    compiled = single_particles()
    steps = [Step("current", 5, duration=600), Step("current", 0, duration=60)]
    real = [Step("current", 5.0, duration=600.0), Step("current", 0.0, duration=60.0)]
    ours, expected = (compiled.solve(experiment=Protocol(given)) for given in (steps, real))
    np.testing.assert_array_equal(ours[VOLTAGE], expected[VOLTAGE])
    growing, state = growth(), np.array([1])
    ours, expected = (
        growing.solve({"k": kind(1)}, [kind(0), kind(3)], initial_state=state.astype(kind))["x"]
        for kind in (int, float)
    )
    np.testing.assert_array_equal(ours, expected)
    whole = np.arange(4)[:, None]
    traced, expected = (
        growing.trajectory({"k": np.array([2], kind)}, whole.astype(kind)).final
        for kind in (int, float)
    )
    np.testing.assert_array_equal(traced, expected)


def test_output_times_move_outputs(jax_x64):
    """x(t) of an output whose time moves: dx/dt."""
    import jax.numpy as jnp

    compiled = growth()
    times, k = jnp.linspace(0, 8, 9)[:, None], jnp.array([0.9])

    def outputs(shift):
        return compiled.trajectory({"k": k}, times + shift * (times < 8)).outputs[0, 1:-1, 0]

    value, slope = jax_x64.jvp(outputs, (0.0,), (1.0,))
    np.testing.assert_allclose(slope, k[0] * value * (1 - value), rtol=1e-4)


@pytest.mark.parametrize("core", [True, False])
def test_the_last_output_is_at_the_last_time(jax_x64, core):
    """Whatever the steps before add up to."""
    ends = np.round(10 ** np.random.default_rng(0).uniform(0, 7, 400 if core else 60), 3)
    ends = np.append(ends, 8021.084)
    with nullcontext() if core else without_the_core(jax_x64):
        x = pybamm.Variable("x")
        slow = pybamm.BaseModel()
        slow.rhs, slow.initial_conditions, slow.variables = {x: -1e-6 * x}, {x: 1.0}, {"x": x}
        model = ssb_model.compile(slow, outputs=["x"])
        for end in ends:
            solution = model.solve({}, [0, end], rtol=1e-9, atol=1e-9)
            assert solution.t_end == end
            assert np.isfinite(solution["x"]).all()


def test_recorded_steps_are_plain_jaxs(jax_x64):
    """Every step of every state, with derivatives by an input and by the initial state."""
    system = replace(coupled().system)
    times, tolerances = np.array([0.0, 0.7, 2.0]), Tolerances(1e-7, 1e-7)
    inputs = {"k": np.array([0.9, 1.1])}
    state, seeds = np.array([[1.0, 1.1], [0.5, 0.5]]), np.ones((1, 2, 2))

    def paths(system):
        return Recorder(system).solve(times, inputs, state, tolerances, ("k",), seeds)

    ours = paths(system)
    with without_the_core(jax_x64):
        theirs = paths(replace(system))
    for one, other in zip(ours, theirs, strict=True):
        assert (one.accepted, one.outcome) == (other.accepted, other.outcome)
        for key in ("states", "t", "h", "segment", "final", "tangents"):
            close(getattr(one, key), getattr(other, key), 1e-8)


def test_a_record_without_room_is_made_again_and_a_large_one_in_chunks(jax_x64, monkeypatch):
    system, tolerances = coupled().system, Tolerances(1e-7, 1e-7)
    times, inputs = np.array([0.0, 0.7, 2.0]), {"k": np.linspace(0.9, 1.1, 11)}
    state, seeds = np.ones((2, 11)) * [[1.0], [0.5]], np.ones((1, 2, 11))

    def paths():
        return Recorder(system).solve(times, inputs, state, tolerances, ("k",), seeds)

    at_once = paths()
    for name, value in {"SLOTS": 2, "MOST_SLOTS": 2, "MOST_BYTES": 2000}.items():
        monkeypatch.setattr(f"ssb_model.compiled.integration.recording.{name}", value)
    for one, other in zip(paths(), at_once, strict=True):
        for key in ("states", "t", "h", "segment", "final", "tangents"):
            np.testing.assert_array_equal(getattr(one, key), getattr(other, key))


def test_a_record_needs_no_compilation_but_the_cores(jax_x64, monkeypatch):
    """Experiments by PyBaMM solve many models once each."""

    def compiled(*_):
        raise AssertionError("XLA was asked to compile")

    monkeypatch.setattr(Recorder, "_solve", compiled)
    state, tolerances = np.array([[1.0], [0.5]]), Tolerances()
    for names in ((), ("k",)):  # the initial state does not move
        recorder = Recorder(coupled().system)
        (path,) = recorder.solve(np.array([0.0, 1.0]), {"k": np.ones(1)}, state, tolerances, names)
        assert path.outcome.succeeded
        assert path.tangents.shape == (len(names), path.accepted, 4, 2)


AT_ONCE = {
    "an event": (driven, ("k",), np.linspace(0, 9, 9)),
    "equations that bend by the clock": (driven, ("k",), np.linspace(0, 1.7, 5)),
    "a current": (single_particles, (DIFFUSIVITY, CURRENT), np.linspace(0, 4000, 7)),
    "no event": (growth, ("k",), np.linspace(0, 8, 9)),
}


@pytest.mark.parametrize("case", AT_ONCE)
@pytest.mark.parametrize("batch", [None, 3, 11])
def test_a_solve_at_once_is_xlas_to_the_last_bit(jax_x64, monkeypatch, case, batch):
    """With derivatives, from the model's own state and from a given one."""
    make, names, times = AT_ONCE[case]
    compiled = make()
    factors = 1.0 if batch is None else np.linspace(0.9, 1.2, batch)
    values = {name: compiled.system.defaults[name] * factors for name in names}

    def solutions():
        model = CompiledModel(replace(compiled.system))
        first = model.solve(values, times, sensitivities=names)
        state = first.final_state if batch is None else first.final_state[0]
        return (
            first,
            model.solve(values, times / 2),
            model.solve(values, times / 9, initial_state=state),
        )

    at_once = solutions()
    monkeypatch.setattr(Kernel, "is_direct", False)
    by_xla = solutions()
    for ours, theirs in zip(at_once, by_xla, strict=True):
        for known, other in zip(*map(jax_x64.tree.leaves, (vars(ours), vars(theirs))), strict=True):
            np.testing.assert_array_equal(known, other)


@pytest.mark.parametrize("make", [pytest.param(full_cell, marks=pytest.mark.verify), coupled])
def test_consistent_states_and_what_is_observed(jax_x64, make):
    """With derivatives; members that are not active may be anything, and disturb nobody."""
    system, members = make().system, 9
    random = np.random.default_rng(1)
    u = {n: v * random.uniform(0.7, 1, members) for n, v in system.defaults.items()}
    y = np.asarray(system.initial_state(u)) * random.uniform(0.999, 1, members)
    t, active = random.uniform(0.1, 1.0, members), np.arange(members) != 4
    du = {n: np.ones(members) for n in u}

    def functions():
        @jax_x64.jit
        def state(t, y, u):
            return consistent_state(system, t, y, u, active)[0]

        def seen(t, y, u):
            part = system.observed(y)
            groups = system.observer.groups
            return np.concatenate([system.observe(group, t, part, u) for group in groups])

        found = [jax_x64.jvp(state, (t, y, u), (t, y, du))]
        assert consistent_state(system, t, y, u, active)[2][active].max() == 0
        return [*found, (seen(t, found[0][0], u),)]

    ours = functions()
    with without_the_core(jax_x64):
        theirs = functions()
    ruined = np.where(active, y, np.nan)
    for one, other in zip(ours, theirs, strict=True):
        for value, expected in zip(one, other, strict=True):
            close(value[..., active], expected[..., active], 1e-8)
    beside = consistent_state(system, t, ruined, u, active)[0]
    np.testing.assert_array_equal(beside[..., active], ours[0][0][..., active])
