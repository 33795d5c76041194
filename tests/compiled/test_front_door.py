"""Whatever of PyBaMM's is compiled: controls of its own, built models, inputs, against IDAKLU."""

import jax.numpy as jnp
import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError

from .oracle import CURRENT, VOLTAGE

POINTS = {"x_n": 4, "x_s": 4, "x_p": 4, "r_n": 5, "r_p": 5}
TIMES = np.linspace(60, 900, 8)
DIFFUSIVITY = "Negative particle diffusivity [m2.s-1]"
PROFILE = "X-averaged negative particle concentration [mol.m-3]"
EXPERIMENT = pybamm.Experiment(["Rest for 1 hour"])
AIMS = {
    "Voltage function [V]": 3.9,
    "Power function [W]": 8.0,
    "Resistance function [Ohm]": 0.9,
    "CCCV current function [A]": -2.0,
}


def parameters(**changed):
    values = pybamm.ParameterValues("Chen2020")
    values.update(AIMS | changed.pop("values", {}) | changed, check_already_exists=False)
    return values


def simulation(model, values, **settings):
    points = {**model.default_var_pts, **POINTS}
    solver = pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-9)
    return pybamm.Simulation(
        model, parameter_values=values, var_pts=points, solver=solver, **settings
    )


def compiled(model, values, **keywords):
    return ssb_model.compile(model, values, var_pts=POINTS, **keywords)


def agree(solution, oracle, name=VOLTAGE, within=1e-5):
    """At all times asked for; ``within`` is relative to the largest value."""
    before = oracle.t[-1] >= TIMES
    assert before.any()
    exact = oracle[name].entries[..., np.searchsorted(oracle.t, TIMES[before])]
    ours = solution[name][..., before]
    np.testing.assert_allclose(ours, exact, rtol=0, atol=within * np.abs(exact).max())
    assert float(solution.t_end) == pytest.approx(oracle.t[-1], rel=1e-6)


def linear_control(variables):
    return variables["Current [A]"] - 2 - 0.5 * (variables["Voltage [V]"] - 4)


@pytest.mark.parametrize(
    "mode",
    [
        *("voltage", "power", "differential power", "explicit power", "resistance"),
        *("differential resistance", "explicit resistance", "CCCV", linear_control),
    ],
)
def test_a_control_of_the_models_own_is_kept(mode):
    model = pybamm.lithium_ion.SPM({"operating mode": mode})
    own = compiled(model, parameters())
    assert CURRENT not in own.input_names
    agree(
        own.solve({}, TIMES, rtol=1e-7, atol=1e-8),
        simulation(model, parameters()).solve([0, TIMES[-1]], t_interp=TIMES),
    )


def pulse(t):
    return 1.0 + 4.0 * (t > 300) * (t < 301)


def wave(t):
    return 5 * pybamm.sin(t / 60)


def drive_cycle(t):
    s = np.append(np.arange(0, 900, 50.0), 900)
    return pybamm.Interpolant(s, 3 * np.random.default_rng(1).uniform(-0.2, 1, s.size), t)


@pytest.mark.parametrize("current", [pulse, wave, drive_cycle])
def test_a_current_that_is_a_function_of_time_is_kept(current):
    values = parameters(values={CURRENT: current(pybamm.t)})
    model = pybamm.lithium_ion.SPM()
    own = compiled(model, values)
    assert own.input_names == ()
    stops = np.arange(0, 901, 50.0)
    oracle = simulation(model, values).solve(stops, t_interp=TIMES)
    agree(own.solve({}, TIMES, rtol=1e-7, atol=1e-8), oracle)


def test_what_needs_a_current_to_set_says_so():
    own = compiled(pybamm.lithium_ion.SPM(), parameters(values={CURRENT: wave(pybamm.t)}))
    for refused in (
        lambda: own.solve({CURRENT: 1.0}, TIMES),
        lambda: own.solve({}, experiment=EXPERIMENT),
        lambda: own.impedance([1.0]),
        lambda: own.trajectory({CURRENT: np.ones(1)}, TIMES[:, None]),
    ):
        with pytest.raises(InputError, match=r"current .*\.$"):
            refused()


def in_place(values):
    """A model discretised step by step, as in PyBaMM's own scripts."""
    model = pybamm.lithium_ion.SPM()
    geometry = model.default_geometry
    values.process_model(model)
    values.process_geometry(geometry)
    points = {**model.default_var_pts, **POINTS}
    mesh = pybamm.Mesh(geometry, model.default_submesh_types, points)
    pybamm.Discretisation(mesh, model.default_spatial_methods).process_model(model)
    return model


def test_what_is_built_is_taken_as_it_is():
    model = pybamm.lithium_ion.SPM()
    oracle = simulation(model, parameters()).solve([0, TIMES[-1]], t_interp=TIMES)
    one = simulation(model, parameters())
    unbuilt = ssb_model.compile(one)
    assert unbuilt.input_names == (CURRENT,)
    one.build()
    built = ssb_model.compile(one)
    assert built.input_names == ()
    for own in (unbuilt, built, ssb_model.compile(in_place(parameters()))):
        agree(own.solve({}, TIMES, rtol=1e-7, atol=1e-8), oracle)
    for settings in ({"parameter_values": parameters()}, {"var_pts": POINTS}):
        with pytest.raises(InputError, match=f"leave out {next(iter(settings))}"):
            ssb_model.compile(in_place(parameters()), **settings)
    with pytest.raises(InputError, match="no input"):
        ssb_model.compile(one, inputs=[DIFFUSIVITY])
    with pytest.raises(InputError, match="experiment"):
        ssb_model.compile(simulation(model, parameters(), experiment=EXPERIMENT))


def test_a_model_with_parameters_and_without_a_mesh_is_refused():
    model = pybamm.lithium_ion.SPM()
    parameters().process_model(model)
    with pytest.raises(InputError, match="no mesh"):
        ssb_model.compile(model, parameters())


def through_a_function(concentration, temperature):
    return pybamm.InputParameter("D0") * (1 + 0 * concentration)


@pytest.mark.parametrize(
    ("values", "given", "how"),
    [
        ({CURRENT: "[input]", DIFFUSIVITY: "[input]"}, {CURRENT: 5.0, DIFFUSIVITY: 3.3e-14}, {}),
        ({DIFFUSIVITY: through_a_function}, {"D0": 3.3e-14}, {}),
        ({DIFFUSIVITY: through_a_function}, {"D0": 3.3e-14}, {"inputs": ["D0"]}),
        ({CURRENT: 2 * pybamm.InputParameter("I")}, {"I": 2.5}, {}),
    ],
)
def test_inputs_without_a_number_have_to_be_given(values, given, how):
    own = compiled(pybamm.lithium_ion.SPM(), parameters(values=values), **how)
    oracle = simulation(pybamm.lithium_ion.SPM(), parameters())
    oracle = oracle.solve([0, TIMES[-1]], t_interp=TIMES)
    agree(own.solve(given, TIMES, rtol=1e-7, atol=1e-8), oracle)
    columns = {name: jnp.array([value]) for name, value in given.items()}
    assert own.trajectory(columns, jnp.asarray(TIMES)[:, None]).outputs.shape == (1, 8, 1)
    name = list(given)[-1]
    without = {k: v for k, v in columns.items() if k != name}
    calls = [
        lambda: own.solve({k: v for k, v in given.items() if k != name}, TIMES),
        lambda: own.trajectory(without, jnp.asarray(TIMES)[:, None]),
        lambda: own.at_rest(without),
    ]
    if CURRENT in own.input_names:
        calls.append(lambda: own.impedance([1.0]))
    for refused in calls:
        with pytest.raises(InputError) as error:
            refused()
        assert f'"{name}"' in str(error.value)


def test_a_current_without_a_number_is_set_by_an_experiment():
    own = compiled(pybamm.lithium_ion.SPM(), parameters(values={CURRENT: "[input]"}))
    assert own.solve({}, experiment=EXPERIMENT).status == "final time"
    assert own.impedance([1.0]).shape == (1,)
    with pytest.raises(InputError, match=r"Give .Current function"):
        own.solve({}, TIMES)


OUTPUTS = (VOLTAGE, PROFILE, "Negative electrode potential [V]", "x [m]")


@pytest.fixture(scope="module")
def in_space():
    return compiled(pybamm.lithium_ion.SPMe(), parameters(), outputs=OUTPUTS)


def test_outputs_in_space(in_space, tmp_path):
    """Against IDAKLU; shapes, a file and back, and the same model from its file."""
    model = pybamm.lithium_ion.SPMe()
    oracle = simulation(model, parameters()).solve([0, TIMES[-1]], t_interp=TIMES)
    one = in_space.solve({}, TIMES, rtol=1e-8, atol=1e-8)
    for name in OUTPUTS:
        agree(one, oracle, name)
    batch = in_space.solve({CURRENT: [1.0, 5.0, 500.0]}, TIMES, sensitivities=[CURRENT])
    assert batch[VOLTAGE].shape == (3, 8)
    assert batch[PROFILE].shape == batch.sensitivities[CURRENT][PROFILE].shape == (3, 5, 8)
    assert batch.final[PROFILE].shape == (3, 5)
    assert np.isnan(batch[PROFILE][2]).all()
    np.testing.assert_allclose(batch[PROFILE][1], one[PROFILE], rtol=1e-4)
    batch.save(tmp_path / "solution.npz")
    again = ssb_model.compiled.load_solution(tmp_path / "solution.npz")
    np.testing.assert_array_equal(again[PROFILE], batch[PROFILE])
    in_space.save(tmp_path / "model.npz")
    loaded = ssb_model.load_compiled(tmp_path / "model.npz")
    np.testing.assert_allclose(loaded.solve({}, TIMES)[PROFILE], one[PROFILE], rtol=1e-4)


def test_sensitivities_in_space(in_space):
    """Of a profile by the current, against central differences."""
    at = in_space.solve({CURRENT: 2.0}, TIMES, sensitivities=[CURRENT], rtol=1e-9, atol=1e-9)
    up, down = (in_space.solve({CURRENT: i}, TIMES, rtol=1e-9, atol=1e-9) for i in (2.01, 1.99))
    exact = (up[PROFILE] - down[PROFILE]) / 0.02
    ours = at.sensitivities[CURRENT][PROFILE]
    np.testing.assert_allclose(ours, exact, atol=1e-5 * np.abs(exact).max())


def test_outputs_in_space_are_drawn_listed_and_told(in_space):
    batch = in_space.solve({CURRENT: [1.0, 5.0]}, TIMES)
    frame = batch.to_dataframe()
    np.testing.assert_array_equal(frame[f"{PROFILE} at point 4"][:8], batch[PROFILE][0, 4])
    assert list(in_space.solve({}, TIMES).to_dataframe())[:2] == ["Time [s]", VOLTAGE]
    [panel] = batch.plot(PROFILE).axes
    assert len(panel.lines) == 10
    assert PROFILE in repr(batch)
    resting = in_space.by_name(np.asarray(in_space.at_rest({})))
    np.testing.assert_allclose(resting[PROFILE][:, 0], 29866.0)


def test_a_protocol_keeps_outputs_in_space(in_space):
    solution = in_space.solve({}, experiment=pybamm.Experiment(["Discharge at 1C for 60 seconds"]))
    assert solution[PROFILE].shape == (5, 2)


PARTICLES = ("negative particle", "positive particle")
MESHES = {
    "Chebyshev": ({d: pybamm.Chebyshev1DSubMesh for d in PARTICLES}, None),
    "one of them": ({PARTICLES[0]: pybamm.Chebyshev1DSubMesh}, None),
    "stretched": (
        {PARTICLES[0]: pybamm.MeshGenerator(pybamm.Exponential1DSubMesh, {"side": "right"})},
        None,
    ),
    "spectral volumes": (
        {d: pybamm.SpectralVolume1DSubMesh for d in PARTICLES},
        {d: pybamm.SpectralVolume() for d in PARTICLES},
    ),
}


@pytest.mark.parametrize("name", MESHES)
def test_other_meshes_and_methods(name):
    meshes, methods = MESHES[name]
    model = pybamm.lithium_ion.SPM()
    own = compiled(model, parameters(), submesh_types=meshes, spatial_methods=methods)
    oracle = simulation(
        model,
        parameters(),
        submesh_types={**model.default_submesh_types, **meshes},
        spatial_methods={**model.default_spatial_methods, **(methods or {})},
    ).solve([0, TIMES[-1]], t_interp=TIMES)
    agree(own.solve({}, TIMES, rtol=1e-7, atol=1e-8), oracle)


def heat():
    """u_t = u_xx on a rod, its ends at 0: sin(pi x) decays as exp(-pi^2 t)."""
    model = pybamm.BaseModel("heat")
    u = pybamm.Variable("u", domain="rod")
    x = pybamm.SpatialVariable("x", domain="rod", coord_sys="cartesian")
    model.rhs = {u: pybamm.div(pybamm.grad(u))}
    cold = (pybamm.Scalar(0), "Dirichlet")
    model.boundary_conditions = {u: {"left": cold, "right": cold}}
    model.initial_conditions = {u: pybamm.sin(np.pi * x)}
    model.variables = {"u": u, "x": x}
    return model, x


def test_an_equation_on_a_geometry_of_ones_own():
    model, x = heat()
    own = ssb_model.compile(
        model,
        outputs=["u", "x"],
        var_pts={x: 80},
        geometry={"rod": {x: {"min": 0, "max": pybamm.Parameter("Length")}}},
        submesh_types={"rod": pybamm.Uniform1DSubMesh},
        spatial_methods={"rod": pybamm.FiniteVolume()},
        parameter_values={"Length": 1.0},
    )
    t = np.array([0.05, 0.1])
    solution = own.solve({}, t)
    exact = np.sin(np.pi * solution["x"]) * np.exp(-(np.pi**2) * t)
    np.testing.assert_allclose(solution["u"], exact, atol=2e-4)


def diffusivity_of_too_few(concentration):
    return 3e-14


SPM = pybamm.lithium_ion.SPM


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"parameter_values": parameters(values={DIFFUSIVITY: diffusivity_of_too_few})},
            "Negative particle diffusivity",
        ),
        ({"parameter_values": pybamm.ParameterValues({CURRENT: 1.0})}, "needs the parameter"),
        ({"parameter_values": {"Electrode width [m]": "wide"}}, '"Electrode width .m." must be'),
        ({"parameter_values": {"Electrode width [m]": None}}, '"Electrode width .m." must be'),
        ({"var_pts": {"r_n": 0}}, r'var_pts."r_n".'),
        ({"var_pts": {"r_n": "few"}}, r'var_pts."r_n".'),
        ({"var_pts": {"r_n": 1}}, "too few points"),
        ({"submesh_types": {"negative particles": pybamm.Uniform1DSubMesh}}, "negative particle'"),
        ({"submesh_types": {"negative particle": "fine"}}, r'submesh_types."negative particle"'),
        ({"spatial_methods": {"negative particle": "volumes"}}, r"spatial_methods"),
        ({"geometry": {"negative particle": {}}}, "cannot be discretised"),
        ({"outputs": []}, "at least one"),
        ({"outputs": [7]}, "list of names"),
        ({"inputs": ["Negative diffusivity"]}, "no parameter"),
    ],
)
def test_what_pybamm_cannot_build_is_told_in_a_sentence(given, told):
    with pytest.raises(InputError, match=told) as error:
        ssb_model.compile(SPM(), **given)
    assert "\n" not in str(error.value)


def test_what_is_no_model_is_told_in_a_sentence():
    for wrong in ("SPM", None, SPM):
        with pytest.raises(InputError, match="PyBaMM model or simulation"):
            ssb_model.compile(wrong)
    with pytest.raises(InputError, match="empty model"):
        ssb_model.compile(pybamm.BaseModel(), outputs=["x"])
    with pytest.raises(InputError, match="to return"):
        ssb_model.compile(in_place(parameters()), outputs=["Voltage"])
