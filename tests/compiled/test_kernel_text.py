"""The C text of every operation, of its Jacobian and of its tangent against JAX's evaluation."""

import ctypes
import subprocess
from functools import cache

import numpy as np
import pytest

from ssb_model.compiled.derivatives.jacobian import SparseJacobian
from ssb_model.compiled.derivatives.tangent import TIME, Tangent
from ssb_model.compiled.from_pybamm.lower import Lowering
from ssb_model.compiled.kernel import compilers
from ssb_model.compiled.kernel.emit import Function, Tables
from ssb_model.compiled.kernel.source import text_of
from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.matrix import Matrix
from ssb_model.compiled.program.program import Program

from .test_lowering import EXPRESSIONS, GRID, INPUTS, STATE, TIME as NOW

pytestmark = pytest.mark.skipif(compilers.compiler() is None, reason="no C compiler")

NAMES = (*INPUTS, TIME)
KINDS = (1, 2, 4, 8)
WIDEST = 8


def ragged(program):
    """Rows of none to many entries, of the state, an input and computed rows, stacked twice."""
    state, computed = program.state([0, 1, 2]), program.unary("exp", program.state([3, 4, 5]))
    stack = program.concatenate([computed, program.input("p"), state, program.constant(1.0)])
    rows = np.repeat(np.arange(6), [0, 1, 2, 3, 8, 1])
    columns = [7, 0, 3, 1, 4, 7, *range(8), 6]
    matrix = Matrix.from_triplets(rows, columns, np.arange(1.0, 16), (6, 8))
    product = program.linear(matrix, stack)
    whole = program.concatenate([product, program.constant([2.0, 3.0])])
    return program.concatenate([whole, program.unary("sin", whole), whole])


def scaled(program):
    """Uneven sums times numbers: an input, one that is computed, two of them, of one row, read
    besides."""
    computed = program.unary("exp", program.state([3, 4, 5, 0, 1, 2]))
    rows, columns = np.repeat([0, 1, 2], [1, 6, 2]), [4, *range(6), 0, 3]
    uneven = Matrix.from_triplets(rows, columns, np.arange(1.0, 10), (3, 6))
    p = program.input("p")
    q = program.unary("sin", program.state([1]))

    def times(number, k):
        matrix = Matrix(uneven.shape, uneven.indptr, uneven.indices, uneven.data * k)
        return program.binary("mul", number, program.linear(matrix, computed))

    whole = program.linear(Matrix.from_triplets([0] * 6, range(6), np.ones(6), (1, 6)), computed)
    besides = program.linear(uneven, computed)
    return program.concatenate(
        [
            times(p, 2),
            times(q, 3),
            program.binary("mul", p, times(q, 5)),
            program.binary("mul", q, whole),
            program.binary("add", program.binary("mul", q, besides), besides),
            program.unary("cos", times(p, 7)),
        ]
    )


def taken_along(program):
    """Uneven sums with what is done to them: the rows of four particles' diffusion, whose last
    ones have a flux, in two nested loops; states, products, tables and computed rows are added
    or taken off, from either side."""
    size, each = 40, 10
    i = np.arange(size)
    u, flux = program.state(i % each), program.unary("exp", program.state([0, 3, 5, 6]))
    left, right = i[i % each > 0], i[i % each < each - 1]
    rows = np.concatenate([i, left, right, i[each - 1 :: each]])
    columns = np.concatenate([i, left - 1, right + 1, size + np.arange(4)])
    entries = np.where(rows == columns, -2.0, 1.0)

    def spread(k):
        matrix = Matrix.from_triplets(rows, columns, k * entries, (size, size + 4))
        return program.linear(matrix, program.concatenate([u, flux]))

    p, q = program.input("p"), program.unary("cos", u)
    table, turned = program.constant(np.linspace(1, 2, size)), program.state((size - i) % each)
    binary = program.binary
    return program.concatenate(
        [
            binary("add", binary("mul", p, spread(2)), binary("mul", p, turned)),
            binary("sub", binary("mul", turned, u), spread(3)),
            binary("mul", binary("sub", spread(5), table), q),
            program.unary("neg", binary("add", q, spread(7))),
            binary("add", spread(11), spread(13)),
            program.unary("sin", binary("add", spread(17), q)),
        ]
    )


def runs(program):
    """Numbers that repeat and end in zeros, alone and times a state."""
    column = program.constant(np.repeat([0.5, 0.0, -1.6], [20, 24, 16]))
    ending = program.constant(np.repeat([0.5, 0.0], [12, 12]))
    state = program.state(np.zeros(60, dtype=int))
    return program.concatenate([column, program.binary("mul", column, state), ending])


def program_of(expression):
    """A program, its value, and the results to compare: value, tangent, Jacobian."""
    program = Program()
    node = expression(program) if expression in MADE else Lowering(program)(expression)
    jacobian = SparseJacobian(program)(node)
    more = [Tangent(program)(node), jacobian and jacobian.values]
    return program, [node, *(n for n in more if n is not None)]


MADE = (ragged, runs, scaled, taken_along)
CASES = {n: program_of(e) for n, e in EXPRESSIONS.items()}
CASES |= {made.__name__: program_of(made) for made in MADE}


@pytest.fixture(scope="module")
def source():
    """C of all cases: the value of case k by ``first_k``, then the rest by ``then_k``.

    With it, by a case's name, those two and the places of its results.
    """
    tables, functions, places = Tables(), [], {}
    arguments = "const v *t, const v *y, const v *u, const v *dy, const v *du, v *w"
    for k, (name, (program, results)) in enumerate(CASES.items()):
        first = Function(program, results[:1], NAMES, tables)
        then = Function(program, results, NAMES, tables, known=first)
        for part, function in (("first", first), ("then", then)):
            functions.append(f"void {part}_{k}({arguments}) {{\n{function.body}\n}}")
        places[name] = (f"first_{k}", f"then_{k}"), then
    head = text_of("lanes.h") + text_of("vectors.h")
    return "\n".join([head, *tables.lines, *functions]), places


@pytest.fixture(scope="module")
def compiled(source, tmp_path_factory):
    """Of a kind: what computes a case's results (rows, width) from ``t, y, u, dy, du``."""
    text, places = source

    @cache
    def compiled(width):
        if width > compilers.widest():
            pytest.skip("this processor has no such vectors")
        folder = tmp_path_factory.mktemp("kernel")
        (folder / "f.c").write_text(text)
        kind = [f"-DWIDTH={width}", "-O0", "-Wno-psabi"]
        command = [*compilers.compiler(), *compilers.FLAGS, *kind, "-o", "f.so", "f.c", "-lm"]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        library = ctypes.CDLL(str(folder / "f.so"))

        def results(name, *arrays):
            parts, function = places[name]
            rows = [aligned(x, width) for x in (*arrays, np.zeros((function.size, width)))]
            for part in parts:
                getattr(library, part)(*(r.ctypes.data_as(ctypes.c_void_p) for r in rows))
            program, nodes = CASES[name]
            return [rows[-1][function.at[n] :][: program.size(n)] for n in nodes]

        return results

    return compiled


def aligned(array, width):
    """Rows for all members, at an address that vectors may have."""
    rows = np.asarray(array, dtype=float).reshape(-1, width)
    memory = np.zeros(rows.size + WIDEST)
    start = -memory.ctypes.data // 8 % WIDEST
    view = memory[start : start + rows.size].reshape(rows.shape)
    view[:] = rows
    return view


def different_members():
    """``t, y, u, dy, du`` (rows, members).

    The first member has ties, the second lies on the knots of interpolants.
    """
    random = np.random.default_rng(5)
    y = STATE[:, None] * random.uniform(0.8, 1.2, (len(STATE), WIDEST))
    y[:, 0], y[: len(GRID), 1] = STATE, GRID
    t = np.full((1, WIDEST), NOW)
    t[:, 1] = 1.0
    p = np.array([*INPUTS.values()])[:, None] * random.uniform(0.9, 1.1, (len(INPUTS), WIDEST))
    u = np.concatenate([p, t])
    return t, y, u, random.normal(size=y.shape), random.normal(size=u.shape)


def by_jax(name, t, y, u, dy, du):
    """The case's results (rows, members)."""
    import jax.numpy as jnp

    program, nodes = CASES[name]
    (t,), y, u, dy, du = map(jnp.asarray, (t, y, u, dy, du))
    inputs, along = (dict(zip(NAMES, x, strict=True)) for x in (u, du))
    found = evaluate(program, nodes, t, y, inputs, (dy, along))
    return [
        np.broadcast_to(x, (program.size(n), t.size)) for n, x in zip(nodes, found, strict=True)
    ]


MEMBERS = different_members()
known = cache(lambda name: by_jax(name, *MEMBERS))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("width", KINDS)
def test_c_agrees_with_jax(jax_x64, compiled, width, name):
    ours = compiled(width)(name, *(x[:, :width] for x in MEMBERS))
    for one, other in zip(ours, known(name), strict=True):
        np.testing.assert_allclose(one, other[:, :width], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("row", [0, 2, 6, 9])
def test_what_is_not_a_number_stays_so(jax_x64, compiled, row):
    """In every operation that one bad state passes through, so that a bad input is told."""
    width, told = 2, 0
    t, y, *others = (x[:, :width].copy() for x in MEMBERS)
    y[row, 1] = np.nan
    for name in CASES:
        ours = compiled(width)(name, t, y, *others)[0]
        expected = by_jax(name, t, y, *others)[0]
        np.testing.assert_array_equal(np.isnan(ours), np.isnan(expected), name)
        told += np.isnan(expected).any()
    assert told > 20


FUNCTIONS = {  # with the interval in which it is neither denormal nor infinite
    "exp": (-708, 709),
    "log": (5e-324, 1e308),
    "tanh": (-30, 30),
    "sinh": (-709, 709),
    "cosh": (-709, 709),
    "arcsinh": (-1e307, 1e307),
}


@pytest.fixture(scope="module")
def elementary(tmp_path_factory):
    """Of a width: what computes one of the functions of many numbers."""
    folder = tmp_path_factory.mktemp("elementary")
    head = text_of("lanes.h") + text_of("vectors.h")
    lines = [
        f"void f_{name}(const v *x, v *y, int count)"
        f" {{ for (int i = 0; i < count; i++) y[i] = v_{name}(x[i]); }}"
        for name in FUNCTIONS
    ]
    lines.append(
        "void f_pow(const v *x, const v *power, v *y, int count)"
        " { for (int i = 0; i < count; i++) y[i] = v_pow(x[i], power[i]); }"
    )
    (folder / "f.c").write_text("\n".join([head, *lines]))

    def of_width(width):
        made = folder / f"f{width}.so"
        command = [*compilers.compiler(), *compilers.FLAGS, f"-DWIDTH={width}", "-Wno-psabi"]
        subprocess.run([*command, "-o", made, folder / "f.c", "-lm"], check=True)
        library = ctypes.CDLL(str(made))

        def function(name, x, *more):
            rows = [aligned(a, width) for a in (x, *more, np.zeros(len(x)))]
            pointers = (row.ctypes.data_as(ctypes.c_void_p) for row in rows)
            getattr(library, f"f_{name}")(*pointers, len(x) // width)
            return rows[-1].ravel()

        return function

    return of_width


def numbers(low, high):
    """Of every size within an interval."""
    random = np.random.default_rng(3)
    sizes = 2.0 ** random.uniform(-1000, 1000, 4000)
    found = np.concatenate(
        [random.uniform(low, high, 4000), sizes, -sizes, random.normal(size=992)]
    )
    return np.where((found >= low) & (found <= high), found, np.clip(1.0, low, high))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_elementary_functions_are_right_and_the_same_in_every_width(elementary, name):
    """To three units in the last place of longer numbers; and to the last bit among widths."""
    x = numbers(*FUNCTIONS[name])
    exact = getattr(np, name)(x.astype(np.longdouble))
    alone = elementary(1)(name, x)
    off = np.abs(alone - exact) / np.spacing(np.abs(exact).astype(float))
    assert off.max() < 3
    for width in KINDS[1:]:
        np.testing.assert_array_equal(elementary(width)(name, x), alone)


def test_elementary_functions_at_the_ends(elementary):
    x = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 710.0, -750.0, 1.0])
    for width in KINDS:
        function = elementary(width)
        np.testing.assert_array_equal(function("exp", x)[:7], [1, 1, np.inf, 0, np.nan, np.inf, 0])
        logs = [-np.inf, -np.inf, np.inf, np.nan, np.nan, np.log(710.0), np.nan, 0]
        np.testing.assert_array_equal(function("log", x), logs)
        for name in ("tanh", "arcsinh"):
            np.testing.assert_array_equal(function(name, x)[:5], getattr(np, name)(x[:5]))


def test_powers_are_right_and_the_same_in_every_width(elementary):
    """To three units in the last place, and one more for each 8 of the exponent."""
    random = np.random.default_rng(4)
    x = np.concatenate([2.0 ** random.uniform(-1000, 1000, 4000), random.uniform(0, 3, 4000)])
    power = np.concatenate([random.uniform(-3, 3, 4000), random.uniform(-400, 400, 4000)])
    exact = x.astype(np.longdouble) ** power.astype(np.longdouble)
    inside = (np.abs(np.log(exact)) < 700).astype(bool)
    x, power = np.where(inside, x, 1.0), np.where(inside, power, 2.0)
    exact = x.astype(np.longdouble) ** power.astype(np.longdouble)
    alone = elementary(1)("pow", x, power)
    off = np.abs(alone - exact) / np.spacing(exact.astype(float))
    assert (off < 3 + np.abs(power) / 8).all()
    for width in KINDS[1:]:
        np.testing.assert_array_equal(elementary(width)("pow", x, power), alone)


def test_powers_that_are_not_ordinary_are_those_of_the_library(elementary):
    special = [0.0, -0.0, 1.0, -1.0, 2.5, -2.5, 3.0, -3.0, 1e-310, 1e300, np.inf, -np.inf, np.nan]
    pairs = np.array([(a, b) for a in special for b in special])
    x, power = np.append(pairs, np.ones((-len(pairs) % WIDEST, 2)), axis=0).T
    with np.errstate(all="ignore"):
        known = x**power
    for width in KINDS:
        np.testing.assert_allclose(elementary(width)("pow", x, power), known, rtol=1e-15)
