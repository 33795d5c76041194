"""Every supported PyBaMM node, lowered and evaluated, against PyBaMM's own evaluation."""

import numpy as np
import pybamm
import pytest
import scipy.sparse as sparse
from scipy.special import erf

from ssb_model import InputError
from ssb_model.compiled.derivatives.jacobian import SparseJacobian
from ssb_model.compiled.from_pybamm.lower import (
    BINARY_NODES,
    CURES,
    SPECIAL_NODES,
    UNARY_NODES,
    Lowering,
    cure_of,
)
from ssb_model.compiled.from_pybamm.python_functions import COMPOSED
from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.program import Program

SIZE, TIME, INPUTS = 5, 1.7, {"p": 0.6, "q": 1.3}
STATE = np.random.default_rng(3).uniform(0.2, 1.8, 2 * SIZE)
STATE[7], STATE[3] = STATE[2], TIME  # ties, for comparisons
MATRIX = sparse.random(4, SIZE, 0.6, random_state=2, format="csr")

u = pybamm.StateVector(slice(0, SIZE), name="u")
v = pybamm.StateVector(slice(SIZE, 2 * SIZE), name="v")
p, q = pybamm.InputParameter("p"), pybamm.InputParameter("q")
matrix = pybamm.Matrix(MATRIX)

row_of_v = pybamm.Transpose(v)
GRID = np.array([0.1, 0.4, 0.9, 1.1, 1.5])
OPEN_CIRCUIT = np.array([3.9, 3.7, 3.65, 3.4, 2.9])
DRIVE = (np.array([0.0, 1.0, 1.0, 2.0, 2.0]), np.array([0.0, 1.0, -1.0, 0.5, 3.0]))
DATA = pybamm.DiscreteTimeData(np.arange(5.0), OPEN_CIRCUIT, "data")


def interpolants():
    """Every kind of PyBaMM's interpolants of one variable, inside and outside their data."""
    for kind in ("linear", "cubic", "pchip"):
        for extrapolate in (True, False):
            yield (
                f"{kind} interpolant, extrapolated {extrapolate}",
                pybamm.Interpolant(GRID, OPEN_CIRCUIT, u, "ocp", kind, extrapolate),
            )
        several = pybamm.Interpolant(
            GRID, np.stack([OPEN_CIRCUIT, GRID**2], axis=1), p, interpolator=kind
        )
        yield f"{kind} interpolant of two columns", several
    for kind in ("cubic", "pchip"):
        curve = pybamm.Interpolant(GRID, OPEN_CIRCUIT, u, "ocp", kind)
        yield f"slope of a {kind} interpolant", curve.diff(u)
    yield "interpolant of time", u * pybamm.Interpolant(*DRIVE, pybamm.t)
    yield "interpolant between two points", pybamm.Interpolant(GRID[:2], GRID[:2], u)
    surface = np.outer(OPEN_CIRCUIT, GRID**2)
    volume = surface[:, :, None] + np.exp(GRID[:4])
    for extrapolate in (True, False):
        kind = ("linear", extrapolate)
        two = pybamm.Interpolant((GRID, GRID), surface, (u, v), "map", *kind)
        yield f"interpolant of two variables, extrapolated {extrapolate}", two
        yield (
            f"interpolant of three variables, extrapolated {extrapolate}",
            pybamm.Interpolant((GRID, GRID, GRID[:4]), volume, (u, u * v, v), "map", *kind),
        )
    yield "interpolant of two numbers", u * pybamm.Interpolant((GRID, GRID), surface, (p, q))
    backwards = pybamm.Interpolant((GRID[::-1], GRID), surface, (u, v))
    yield "interpolant of a variable whose values fall", backwards
    hole = np.where(np.indices(surface.shape).sum(axis=0) > 7, np.nan, surface)
    yield "interpolant of a table with a hole", pybamm.Interpolant((GRID, GRID), hole, (u, v))
    long = np.linspace(0, 2, 500)
    yield "interpolant of many points", pybamm.Interpolant(long, np.sin(long), u)


def softening(x, y):
    return x * np.exp(-x) / np.sqrt(y)


def bernoulli(x):
    return float(x) / np.expm1(float(x))


def rectified(x):
    return x if x > 0 else 0


def numpy_functions():
    """Elementary functions of numpy that PyBaMM has no node for, where they are defined."""
    beyond = {np.arcsin: u / 2, np.arccos: u / 2, np.arctanh: u / 2, np.arccosh: u + 1}
    for function in COMPOSED:
        arguments = (beyond.get(function, u), v)[: function.nin]
        yield f"numpy's {function.__name__}", pybamm.Function(function, *arguments)
    for function in (np.expm1, np.log1p, np.arctanh):
        yield f"small {function.__name__}", pybamm.Function(function, 1e-9 * u)


POSITIVE = (pybamm.Log, pybamm.Sqrt)
POINTWISE = [kind for kind in BINARY_NODES if kind not in (pybamm.Inner, pybamm.Equality)]
EXPRESSIONS = {
    **{kind.__name__: kind(u if kind in POSITIVE else u - 1) for kind in UNARY_NODES},
    **{kind.__name__: kind(u, v) for kind in POINTWISE},
    "equality of equals": pybamm.Equality(pybamm.t, pybamm.Index(u, 3)),
    "equality of others": pybamm.Equality(pybamm.t, pybamm.Index(u, 1)),
    "inner": pybamm.inner(u, v),
    "square": u**2,
    "cube": u**3,
    "root": u**0.5,
    "reciprocal": u**-1,
    "input to the power of a state": p**u,
    "scalar and column": 2 - u / 3 + p * v,
    "time": pybamm.t * u + pybamm.sin(pybamm.t),
    "inputs alone": p * q - q / p,
    "arcsinh2": pybamm.arcsinh2(u - 1, v - 1),
    "arcsinh2 at zero": pybamm.arcsinh2(u, v - v),
    "regularised power": pybamm.reg_power(u - 1, 0.5, scale=q),
    "regularised power by a state": pybamm.reg_power(u - 1, v, scale=2.0),
    "one row": pybamm.Index(u, 2),
    "some rows": pybamm.Index(u * v, slice(1, 4)),
    "part of the state": pybamm.StateVector(slice(3, 8)) ** 2,
    "state in pieces": pybamm.StateVector(slice(0, 2), slice(6, 9)) * p,
    "matrix product": matrix @ u,
    "matrix product of a product": matrix @ (u * v),
    "scaled matrix product": (p * matrix) @ u,
    "matrix scaled by rows": (pybamm.Index(v, slice(0, 4)) * matrix) @ u,
    "numpy concatenation": pybamm.numpy_concatenation(u * v, pybamm.Scalar(1) * p, v),
    "constant added": u + pybamm.Vector(np.arange(5.0)),
    "zero times": 0 * u + v,
    "tanh step": pybamm.sigmoid(u, v, 10),
    "soft minimum": pybamm.softminus(u, v, 10),
    "largest": pybamm.max(u * v),
    "smallest": pybamm.min(u - v) * u,
    "largest of equals": pybamm.max(0 * u + p) * pybamm.max(pybamm.maximum(u, 0.5)),
    "hypotenuse": pybamm.hypot(u, v),
    "first branch": pybamm.Conditional(p + 0.2, u * v, u - v, u / v),
    "second branch": pybamm.Conditional(pybamm.t, u * v, u - v),
    "no branch": pybamm.Conditional(q + 8, u * v, u - v) + v,
    "undefined branch not taken": pybamm.Conditional(q, u * v, pybamm.sqrt(-u)),
    "scalar branches": pybamm.Conditional(q, p, q) * u,
    "python function": pybamm.Function(softening, u, v),
    "python erf": pybamm.Function(erf, u),
    "lambda function": pybamm.Function(lambda x, y: 2 * x - y // 0.3, u, v),
    "constant python function": u * pybamm.Function(lambda x: 3.0, p),
    "as a function of more": pybamm.Function(np.add, p, u),
    **dict(numpy_functions()),
    "columns scaled": (matrix * row_of_v) @ u,
    "columns divided": (matrix / row_of_v) @ u,
    "sum with weights": row_of_v @ u,
    "stack of columns": pybamm.SparseStack(u * v, v),
    "Kronecker product": pybamm.KroneckerProduct(u, p * v),
    "specific function": pybamm.SpecificFunction(np.tanh, u),
    "two matrices": ((p * matrix) @ (-pybamm.Matrix(np.eye(5)) / v)) @ u,
    "mean spread out": pybamm.Matrix(np.ones((9, 1))) @ (pybamm.Matrix(np.ones((1, 5))) @ (u * v)),
    **dict(interpolants()),
    "shared subtrees": pybamm.exp(u * v) * (u * v) + pybamm.exp(u * v),
}


def lowered(jax, expression):
    program = Program()
    node = Lowering(program)(expression)
    jnp = jax.numpy
    inputs = {name: jnp.array([value]) for name, value in INPUTS.items()}

    def values(y, node=node):
        return evaluate(program, [node], jnp.array([TIME]), y[:, None], inputs)[0][:, 0]

    return program, node, values


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_value_is_pybamms(jax_x64, name):
    expression = EXPRESSIONS[name]
    expected = expression.evaluate(TIME, STATE[:, None], inputs=INPUTS)
    _, _, values = lowered(jax_x64, expression)
    result = np.broadcast_to(values(jax_x64.numpy.asarray(STATE)), np.size(expected))
    np.testing.assert_allclose(result, np.ravel(expected), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_derivative_is_jaxs(jax_x64, name):
    """The sparse derivative of every node, away from kinks and ties."""
    program, node, values = lowered(jax_x64, EXPRESSIONS[name])
    y = np.array(STATE)
    y[7] += 0.1
    y = jax_x64.numpy.asarray(y)
    dense = np.zeros((program.size(node), len(STATE)))
    derivative = SparseJacobian(program)(node)
    if derivative is not None:
        dense[derivative.rows, derivative.columns] = values(y, derivative.values)
    expected = np.asarray(jax_x64.jacfwd(values)(y)).reshape(dense.shape)
    defined = np.isfinite(values(y))
    np.testing.assert_allclose(dense[defined], expected[defined], rtol=1e-12, atol=1e-14)


def test_domain_concatenation_interleaves_its_domains():
    """A broadcast, a column and a column on two electrodes, as PyBaMM's discretisation makes it."""
    model = pybamm.BaseModel()
    a = pybamm.Variable("a", domain="negative electrode")
    b = pybamm.Variable("b", domain="separator")
    whole = pybamm.concatenation(a, b)
    model.rhs = {a: -a, b: -b}
    model.initial_conditions = {a: pybamm.Scalar(1), b: pybamm.Scalar(2)}
    model.variables = {"whole": whole**2}
    geometry = {
        "negative electrode": {pybamm.standard_spatial_vars.x_n: {"min": 0, "max": 1}},
        "separator": {pybamm.standard_spatial_vars.x_s: {"min": 1, "max": 2}},
    }
    submeshes = dict.fromkeys(geometry, pybamm.Uniform1DSubMesh)
    points = {pybamm.standard_spatial_vars.x_n: 3, pybamm.standard_spatial_vars.x_s: 4}
    mesh = pybamm.Mesh(geometry, submeshes, points)
    methods = dict.fromkeys(geometry, pybamm.FiniteVolume())
    built = pybamm.Discretisation(mesh, methods).process_model(model, inplace=False)
    symbol = built.get_processed_variable("whole")
    y = np.linspace(1, 2, 7)
    program = Program()
    node = Lowering(program)(symbol)
    values = evaluate(program, [node], np.zeros(1), y[:, None], {})[0]
    np.testing.assert_allclose(values, symbol.evaluate(0, y[:, None]))


def test_equal_subtrees_are_computed_once():
    program = Program()
    Lowering(program)(EXPRESSIONS["shared subtrees"])
    operations = [node.op for node in program.nodes]
    assert operations.count("exp") == 1
    assert operations.count("mul") == 2


@pytest.mark.parametrize(
    ("expression", "node"),
    [
        (pybamm.ExplicitTimeIntegral(u, pybamm.Scalar(0)), "ExplicitTimeIntegral"),
        (pybamm.DiscreteTimeSum(DATA * p), "DiscreteTimeSum"),
        (pybamm.StateVectorDot(slice(0, SIZE)), "StateVectorDot"),
        (pybamm.VectorField(u, v), "VectorField"),
        (pybamm.VectorField(pybamm.Scalar(1), pybamm.Scalar(2)), "VectorField"),
        (pybamm.TensorProduct(u, v), "TensorProduct"),
        (pybamm.Transpose(u), "Transpose"),
        (pybamm.Variable("undiscretised") * u, "Variable"),
        (pybamm.Parameter("unset") + u, "Parameter"),
    ],
)
def test_an_unknown_node_is_named(expression, node):
    with pytest.raises(InputError, match=f'"{node}"'):
        Lowering(Program())(expression)


NOT_IN_MODELS = (  # base classes, and what stands for a parameter in a file
    "BinaryOperator",
    "UnaryOperator",
    "_Heaviside",
    "StateVectorBase",
    "ExpressionFunctionParameter",
)


def every_node(base=pybamm.Symbol):
    """PyBaMM's own classes of symbols."""
    for kind in base.__subclasses__():
        if kind.__module__.startswith("pybamm."):
            yield kind
            yield from every_node(kind)


@pytest.mark.parametrize("kind", dict.fromkeys(every_node()), ids=lambda kind: kind.__name__)
def test_every_node_is_known_or_refused_with_its_cure(kind):
    """A class that a later PyBaMM adds must be decided upon."""
    values = issubclass(kind, pybamm.Scalar | pybamm.Array)
    known = values or kind in {**UNARY_NODES, **BINARY_NODES, **SPECIAL_NODES}
    decided = cure_of(kind) != CURES[pybamm.Symbol] or kind.__name__ in NOT_IN_MODELS
    assert known or decided


def test_an_input_of_several_values_is_as_many_inputs():
    program = Program()
    node = Lowering(program)(u * pybamm.InputParameter("profile", expected_size=SIZE))
    inputs = {f"profile[{k}]": np.array([k + 1.0]) for k in range(SIZE)}
    (value,) = evaluate(program, [node], np.zeros(1), STATE[:, None], inputs)
    np.testing.assert_allclose(np.asarray(value)[:, 0], STATE[:SIZE] * np.arange(1, SIZE + 1))


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (pybamm.MatrixMultiplication(u, pybamm.Index(v, 0)), "constant matrix"),
        (matrix * pybamm.Index(u, slice(0, 4)), "left of a product"),
        (pybamm.Function(lambda x: x, u) * pybamm.Function(lambda x: x**2, v), "called"),
        (pybamm.Interpolant(np.ones(1), np.ones(1), u, "point"), '"point" has one point only'),
        (pybamm.Function(bernoulli, u), "write it with operators"),
        (pybamm.Function(rectified, u), "without conditions"),
        (pybamm.Function(np.bitwise_count, u), "write it with operators"),
    ],
)
def test_what_cannot_be_lowered_is_told_in_a_sentence(expression, reason):
    with pytest.raises(InputError, match=reason):
        Lowering(Program())(expression)


def test_a_copied_node_is_told_from_all_others_though_its_own_program_is_gone():
    """A place in memory comes back; what was copied from it must not come back with it."""
    copies, numbers = Program(), range(200)
    kept = []
    for number in numbers:
        other = Program()
        node = other.nodes[other.constant(np.array([float(number)]))]
        kept.append(copies.copy(node, []))
        del other, node
    assert [copies.value(n).item() for n in kept] == list(numbers)
