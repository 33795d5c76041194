"""Models that users write themselves: ordinary, differential-algebraic and partial equations."""

from functools import partial

import numpy as np
import pybamm

from .case import Case

PI = 3.141592653589793


def _model(rhs=None, algebraic=None, initial=None, variables=None, events=(), boundary=None):
    model = pybamm.BaseModel()
    model.rhs, model.algebraic = rhs or {}, algebraic or {}
    model.initial_conditions = {v: _symbol(value) for v, value in (initial or {}).items()}
    model.variables = variables or {}
    model.events = list(events)
    model.boundary_conditions = boundary or {}
    return model


def _symbol(value):
    return value if isinstance(value, pybamm.Symbol) else pybamm.Scalar(value)


def _decay():
    x = pybamm.Variable("output")
    return _model({x: -x}, initial={x: 1}, variables={"output": x})


def _two_decays():
    x, y = pybamm.Variable("x"), pybamm.Variable("y")
    return _model({x: -x, y: x - 1000 * y}, initial={x: 1, y: 0}, variables={"output": x + y})


def _oscillator():
    x, v = pybamm.Variable("output"), pybamm.Variable("v")
    return _model({x: v, v: -x - 0.1 * v}, initial={x: 1, v: 0}, variables={"output": x})


def _van_der_pol():
    x, v = pybamm.Variable("output"), pybamm.Variable("v")
    rhs = {x: v, v: 50 * (1 - x**2) * v - x}
    return _model(rhs, initial={x: 2, v: 0}, variables={"output": x})


def _lotka_volterra():
    x, y = pybamm.Variable("output"), pybamm.Variable("y")
    rhs = {x: x * (1.1 - 0.4 * y), y: y * (0.1 * x - 0.4)}
    return _model(rhs, initial={x: 10, y: 5}, variables={"output": x})


def _robertson(as_algebraic):
    x, y, z = (pybamm.Variable(name) for name in ("output", "y", "z"))
    rhs = {x: -0.04 * x + 1e4 * y * z, y: 0.04 * x - 1e4 * y * z - 3e7 * y**2}
    rest = {z: x + y + z - 1} if as_algebraic else {}
    if not as_algebraic:
        rhs[z] = 3e7 * y**2
    return _model(rhs, rest, {x: 1, y: 0, z: 0}, {"output": x})


def _driven():
    x = pybamm.Variable("output")
    return _model({x: -x + pybamm.sin(3 * pybamm.t)}, initial={x: 0}, variables={"output": x})


def _jump():
    x = pybamm.Variable("output")
    return _model({x: -x + 2 * (pybamm.t > 1)}, initial={x: 1}, variables={"output": x})


def _of_an_input():
    x, k = pybamm.Variable("output"), pybamm.InputParameter("k")
    return _model({x: -k * x}, initial={x: 1}, variables={"output": x})


def _initial_input():
    x, x0 = pybamm.Variable("output"), pybamm.InputParameter("x0")
    return _model({x: -x}, initial={x: x0}, variables={"output": x})


def _of_a_parameter():
    x, k = pybamm.Variable("output"), pybamm.Parameter("k")
    return _model({x: -k * x**2}, initial={x: 1}, variables={"output": x})


def _initial_parameter():
    x, x0 = pybamm.Variable("output"), pybamm.Parameter("x0")
    return _model({x: -(x**2)}, initial={x: x0}, variables={"output": x})


def _algebraic_parameter():
    x, y, a = pybamm.Variable("x"), pybamm.Variable("output"), pybamm.Parameter("a")
    return _model({x: -y}, {y: y**3 + y - a * x}, {x: 1, y: 1}, {"output": y})


def _event():
    x, v = pybamm.Variable("output"), pybamm.Variable("speed")
    events = [pybamm.Event("ground", x)]
    return _model({x: v, v: pybamm.Scalar(-9.81)}, None, {x: 10, v: 3}, {"output": x}, events)


def _two_events():
    x, y = pybamm.Variable("output"), pybamm.Variable("y")
    events = [pybamm.Event("x is small", x - 0.2), pybamm.Event("y is large", 600 - y)]
    return _model({x: -x, y: 500 * x}, None, {x: 1, y: 0}, {"output": x}, events)


def _algebraic_alone():
    x = pybamm.Variable("output")
    return _model({}, {x: x**3 + x - 2 - pybamm.t}, {x: 1}, {"output": x})


def _dae():
    x, y = pybamm.Variable("x"), pybamm.Variable("output")
    return _model({x: -y}, {y: pybamm.exp(y) + y - 3 * x - 1}, {x: 1, y: 0}, {"output": y})


def _dae_with_event():
    x, y = pybamm.Variable("output"), pybamm.Variable("y")
    events = [pybamm.Event("y is small", y - 0.3)]
    return _model({x: -x}, {y: y**3 - x}, {x: 1, y: 1}, {"output": x}, events)


def _exchanged_rows():
    """Two algebraic equations, each without the state that it is filed under."""
    x, y, z = (pybamm.Variable(name) for name in ("x", "output", "z"))
    algebraic = {y: z - pybamm.cos(pybamm.t), z: y + z - x}
    return _model({x: -x + 0.1 * y}, algebraic, {x: 1, y: 0, z: 1}, {"output": y})


def _tabulated():
    x = pybamm.Variable("output")
    knots = np.linspace(-2, 2, 21)
    slope = pybamm.Interpolant(knots, np.tanh(2 * knots), x, interpolator="cubic")
    return _model({x: -slope}, initial={x: 1.5}, variables={"output": x})


def _table_of_two():
    x, y = pybamm.Variable("output"), pybamm.Variable("y")
    knots = np.linspace(-2, 2, 9)
    values = np.outer(knots, np.cos(knots))
    slope = pybamm.Interpolant((knots, knots), values, [x, y], interpolator="linear")
    return _model({x: -slope, y: x}, initial={x: 1, y: 0}, variables={"output": x})


def _piecewise():
    x = pybamm.Variable("output")
    rhs = {x: -pybamm.maximum(x, 0.3) + 0.2 * pybamm.sign(pybamm.t - 2)}
    return _model(rhs, initial={x: 1}, variables={"output": x})


def _pendulum():
    """With the force in the rod as an algebraic state."""
    angle, speed, force = (pybamm.Variable(name) for name in ("angle", "speed", "output"))
    algebraic = {force: force - speed**2 - 9.81 * pybamm.cos(angle)}
    rhs = {angle: speed, speed: -9.81 * pybamm.sin(angle) - 0.05 * speed}
    return _model(rhs, algebraic, {angle: 1, speed: 0, force: 5.3}, {"output": force})


ORDINARY = {
    "decay": _decay,
    "a slow and a fast decay": _two_decays,
    "oscillator": _oscillator,
    "van der Pol": _van_der_pol,
    "Lotka-Volterra": _lotka_volterra,
    "Robertson": partial(_robertson, False),
    "Robertson, one equation algebraic": partial(_robertson, True),
    "driven by time": _driven,
    "a jump in time": _jump,
    "thrown": _event,
    "two events": _two_events,
    "algebraic alone": _algebraic_alone,
    "differential-algebraic": _dae,
    "differential-algebraic with an event": _dae_with_event,
    "rows that have to be exchanged": _exchanged_rows,
    "a table": _tabulated,
    "a table of two variables": _table_of_two,
    "maximum and sign": _piecewise,
    "pendulum": _pendulum,
}
ENDS = {"van der Pol": 100.0, "Robertson": 1e4, "Robertson, one equation algebraic": 1e4}
ENDS |= {"Lotka-Volterra": 30.0, "oscillator": 20.0}


def _plain(name, model, end=5.0, values=None, **others):
    others = {"variable": "output"} | others
    return Case(
        f"plain: {name}", model, partial(pybamm.ParameterValues, values or {}), end, **others
    )


# On a rod --------------------------------------------------------------------------------------

ROD = ["rod"]


def _on_a_rod(equation, initial=None, flux=None, coordinates="cartesian"):
    """du/dt = equation(u, x), between boundary conditions (left, right)."""
    u = pybamm.Variable("u", domain=ROD)
    x = pybamm.SpatialVariable("x", domain=ROD, coord_sys=coordinates)
    left, right = flux or ((0, "Neumann"), (0, "Neumann"))
    boundary = {u: {"left": _boundary(left), "right": _boundary(right)}}
    start = pybamm.cos(PI * x) + 2 if initial is None else initial(x)
    model = _model(
        {u: equation(u, x)}, None, {u: start}, {"output": pybamm.Integral(u, x)}, (), boundary
    )
    model.variables["end"] = pybamm.boundary_value(u, "right")
    return model


def _boundary(pair):
    value, kind = pair
    return _symbol(value), kind


def _rod(
    name,
    model,
    end=0.5,
    points=20,
    method=pybamm.FiniteVolume,
    mesh=None,
    coordinates="cartesian",
    **others,
):
    def build():
        x = pybamm.SpatialVariable("x", domain=ROD, coord_sys=coordinates)
        return {
            "geometry": {"rod": {x: {"min": pybamm.Scalar(0), "max": pybamm.Scalar(1)}}},
            "submesh_types": {"rod": mesh or pybamm.Uniform1DSubMesh},
            "spatial_methods": {"rod": method()},
        }

    return _plain(
        name, model, end, build=build, points={"x": points}, **({"variable": "end"} | others)
    )


def _heat(u, x):
    return pybamm.div(pybamm.grad(u))


def _nonlinear(u, x):
    return pybamm.div((1 + u**2) * pybamm.grad(u))


def _reacting(u, x):
    return 0.05 * pybamm.div(pybamm.grad(u)) + u * (1 - u)


def _sourced(u, x):
    return pybamm.div(pybamm.grad(u)) + pybamm.sin(PI * x) * pybamm.cos(5 * pybamm.t)


def _advected(u, x):
    return -pybamm.div(pybamm.upwind(u)) + 0.0 * u


def _brusselator():
    u, v = (pybamm.Variable(name, domain=ROD) for name in "uv")
    x = pybamm.SpatialVariable("x", domain=ROD, coord_sys="cartesian")
    rhs = {
        u: 0.02 * pybamm.div(pybamm.grad(u)) + 1 + u**2 * v - 4 * u,
        v: 0.02 * pybamm.div(pybamm.grad(v)) + 3 * u - u**2 * v,
    }
    walls = {"left": (pybamm.Scalar(0), "Neumann"), "right": (pybamm.Scalar(0), "Neumann")}
    initial = {u: 1 + pybamm.sin(2 * PI * x), v: 3 + 0 * x}
    variables = {"end": pybamm.boundary_value(u, "right")}
    return _model(rhs, None, initial, variables, (), {u: walls, v: walls})


def _poisson():
    """Heat, and a potential that its temperature conducts."""
    u, phi = (pybamm.Variable(name, domain=ROD) for name in ("u", "phi"))
    walls = {"left": (pybamm.Scalar(1), "Dirichlet"), "right": (pybamm.Scalar(0), "Neumann")}
    grounded = {"left": (pybamm.Scalar(0), "Dirichlet"), "right": (pybamm.Scalar(1), "Neumann")}
    rhs = {u: pybamm.div(pybamm.grad(u)) + pybamm.inner(pybamm.grad(phi), pybamm.grad(phi))}
    algebraic = {phi: pybamm.div((1 + u) * pybamm.grad(phi))}
    variables = {"end": pybamm.boundary_value(phi, "right")}
    return _model(
        rhs,
        algebraic,
        {u: pybamm.Scalar(0), phi: pybamm.Scalar(0)},
        variables,
        (),
        {u: walls, phi: grounded},
    )


HELD = ((1, "Dirichlet"), (0, "Dirichlet"))
FLUX = ((0, "Neumann"), (-1, "Neumann"))
OF_RODS = [
    _rod("heat, no flux", partial(_on_a_rod, _heat), variable="output"),
    _rod("heat, held ends", partial(_on_a_rod, _heat, None, ((1, "Dirichlet"), (0, "Neumann")))),
    _rod("heat, a flux", partial(_on_a_rod, _heat, None, FLUX)),
    _rod("heat, a flux, 200 points", partial(_on_a_rod, _heat, None, FLUX), points=200),
    *(
        _rod(
            f"heat in {shown}",
            partial(_on_a_rod, _heat, None, FLUX, coordinates),
            coordinates=coordinates,
        )
        for shown, coordinates in (
            ("a sphere", "spherical polar"),
            ("a cylinder", "cylindrical polar"),
        )
    ),
    _rod("nonlinear diffusion", partial(_on_a_rod, _nonlinear, None, FLUX)),
    _rod("reaction and diffusion", partial(_on_a_rod, _reacting), end=5.0),
    _rod("a source in time and space", partial(_on_a_rod, _sourced, None, HELD), variable="output"),
    _rod(
        "advection",
        partial(_on_a_rod, _advected, None, ((1, "Dirichlet"), (0, "Neumann"))),
        variable="output",
    ),
    _rod("Brusselator", _brusselator, end=5.0),
    _rod("heat and potential", _poisson),
    *(
        _rod(
            f"heat, a flux, spectral volumes of order {order}",
            partial(_on_a_rod, _heat, None, FLUX),
            method=partial(pybamm.SpectralVolume, order=order),
            mesh=pybamm.MeshGenerator(pybamm.SpectralVolume1DSubMesh, {"order": order}),
            points=10,
        )
        for order in (2, 3)
    ),
    *(
        _rod(f"heat, a flux, {name} mesh", partial(_on_a_rod, _heat, None, FLUX), mesh=mesh)
        for name, mesh in (
            ("Chebyshev", pybamm.Chebyshev1DSubMesh),
            ("exponential", pybamm.MeshGenerator(pybamm.Exponential1DSubMesh, {"side": "left"})),
        )
    ),
]

CASES = [
    *(_plain(name, model, ENDS.get(name, 5.0)) for name, model in ORDINARY.items()),
    _plain("an input", _of_an_input, inputs={"k": 0.7}),
    _plain("an input of the initial state", _initial_input, inputs={"x0": 2.0}),
    _plain("a parameter", _of_a_parameter, values={"k": 0.7}),
    _plain(
        "a parameter of the initial state, sensitivity",
        _initial_parameter,
        values={"x0": 2.0},
        sensitivity="x0",
    ),
    _plain(
        "an algebraic parameter, sensitivity",
        _algebraic_parameter,
        values={"a": 3.0},
        sensitivity="a",
    ),
    _plain("a parameter, sensitivity", _of_a_parameter, values={"k": 0.7}, sensitivity="k"),
    *OF_RODS,
]
