"""The C text of every operation, of its Jacobian and of its tangent against JAX's evaluation."""

import ctypes
import subprocess
from functools import cache
from importlib.resources import files

import numpy as np
import pytest

from ssb_model.compiled.derivatives.jacobian import SparseJacobian
from ssb_model.compiled.derivatives.tangent import TIME, Tangent
from ssb_model.compiled.from_pybamm.lower import Lowering
from ssb_model.compiled.kernel import build
from ssb_model.compiled.kernel.emit import Function, Tables
from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.matrix import Matrix
from ssb_model.compiled.program.program import Program

from .test_lowering import EXPRESSIONS, GRID, INPUTS, STATE, TIME as NOW

pytestmark = pytest.mark.skipif(build._compiler() is None, reason="no C compiler")

NAMES = (*INPUTS, TIME)
PLAIN, VECTOR_MATH = 0, 1
KINDS = [(width, math) for width in (2, 4, 8) for math in (PLAIN, VECTOR_MATH)]
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


def program_of(expression):
    """A program, its value, and the results to compare: value, tangent, Jacobian."""
    program = Program()
    node = expression(program) if expression is ragged else Lowering(program)(expression)
    jacobian = SparseJacobian(program)(node)
    more = [Tangent(program)(node), jacobian and jacobian.values]
    return program, [node, *(n for n in more if n is not None)]


CASES = {name: program_of(e) for name, e in {**EXPRESSIONS, "ragged": ragged}.items()}


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
    head = (files("ssb_model.compiled.kernel") / "vectors.h").read_text()
    return "\n".join([head, *tables.lines, *functions]), places


@pytest.fixture(scope="module")
def compiled(source, tmp_path_factory):
    """Of a kind: what computes a case's results (rows, width) from ``t, y, u, dy, du``."""
    text, places = source

    @cache
    def compiled(width, math):
        widest = build.WIDTHS[next(flag for flag in build.WIDTHS if flag in build._cpu())]
        if width > widest:
            pytest.skip("this processor has no such vectors")
        folder = tmp_path_factory.mktemp("kernel")
        (folder / "f.c").write_text(text)
        kind = [f"-DWIDTH={width}", f"-DVECTOR_MATH={math}", "-O0", "-Wno-psabi"]
        links = ["-lmvec"] * math + ["-lm"]
        command = [*build._compiler(), *build.FLAGS, *kind, "-o", "f.so", "f.c", *links]
        if subprocess.run(command, cwd=folder, capture_output=True).returncode:
            assert math is VECTOR_MATH, "plain C must compile"
            pytest.skip("no vector functions here")
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
@pytest.mark.parametrize(("width", "math"), KINDS)
def test_c_agrees_with_jax(jax_x64, compiled, width, math, name):
    ours = compiled(width, math)(name, *(x[:, :width] for x in MEMBERS))
    for one, other in zip(ours, known(name), strict=True):
        np.testing.assert_allclose(one, other[:, :width], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("row", [0, 2, 6, 9])
def test_what_is_not_a_number_stays_so(jax_x64, compiled, row):
    """In every operation that one bad state passes through, so that a bad input is told."""
    width, told = 2, 0
    t, y, *others = (x[:, :width].copy() for x in MEMBERS)
    y[row, 1] = np.nan
    for name in CASES:
        ours = compiled(width, PLAIN)(name, t, y, *others)[0]
        expected = by_jax(name, t, y, *others)[0]
        np.testing.assert_array_equal(np.isnan(ours), np.isnan(expected), name)
        told += np.isnan(expected).any()
    assert told > 20
