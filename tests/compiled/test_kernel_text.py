"""The C text of every operation, of its Jacobian and of its tangent against JAX's evaluation."""

import ctypes
import subprocess
from importlib.resources import files

import numpy as np
import pytest

from ssb_model.compiled.evaluate import evaluate
from ssb_model.compiled.jacobian import SparseJacobian
from ssb_model.compiled.kernel.build import FLAGS, _compiler
from ssb_model.compiled.kernel.emit import Function, Tables
from ssb_model.compiled.lower import Lowering
from ssb_model.compiled.matrix import Matrix
from ssb_model.compiled.program import Program
from ssb_model.compiled.tangent import TIME, Tangent

from .test_lowering import EXPRESSIONS, INPUTS, STATE
from .test_lowering import TIME as NOW

WIDTH = 4
NAMES = (*INPUTS, TIME)


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
def library(tmp_path_factory):
    """All cases in one C file: the value of case k by ``first_k``, then the rest by ``then_k``."""
    if _compiler() is None:
        pytest.skip("no C compiler")
    tables, functions, made = Tables(), [], {}
    arguments = "const v *t, const v *y, const v *u, const v *dy, const v *du, v *w"
    for k, (name, (program, results)) in enumerate(CASES.items()):
        first = Function(program, results[:1], NAMES, tables)
        then = Function(program, results, NAMES, tables, known=first)
        for part, function in (("first", first), ("then", then)):
            functions.append(f"void {part}_{k}({arguments}) {{\n{function.body}\n}}")
        made[name] = k, then
    head = (files("ssb_model.compiled.kernel") / "vectors.h").read_text()
    folder = tmp_path_factory.mktemp("kernel")
    (folder / "f.c").write_text("\n".join([head, *tables.lines, *functions]))
    wide = [f"-DWIDTH={WIDTH}", "-DVECTOR_MATH=0", "-O0", "-Wno-psabi"]
    command = [*_compiler(), *FLAGS, *wide, "-o", "f.so", "f.c", "-lm"]
    subprocess.run(command, cwd=folder, check=True)
    return ctypes.CDLL(str(folder / "f.so")), made


@pytest.mark.parametrize("name", CASES)
def test_c_agrees_with_jax(jax_x64, library, name):
    jnp, (code, made), (program, results) = jax_x64.numpy, library, CASES[name]
    k, function = made[name]
    state, random = np.array(STATE), np.random.default_rng(5)
    state[7] += 0.1
    inputs, along = np.array([*INPUTS.values(), NOW]), random.normal(size=3)
    direction = random.normal(size=len(state))
    rows = [np.array([NOW]), state, inputs, direction, along, np.zeros(function.size)]
    arrays = [aligned(r) for r in rows]
    for part in ("first", "then"):
        getattr(code, f"{part}_{k}")(*(a.ctypes.data_as(ctypes.c_void_p) for a in arrays))
    named = [{n: jnp.array([x]) for n, x in zip(NAMES, x, strict=True)} for x in (inputs, along)]
    tangents = jnp.asarray(direction)[:, None], named[1]
    now, state = jnp.array([NOW]), jnp.asarray(state)[:, None]
    expected = evaluate(program, results, now, state, named[0], tangents)
    for node, value in zip(results, expected, strict=True):
        start = function.at[node]
        for lane in (0, WIDTH - 1):
            computed = arrays[-1][start : start + program.size(node), lane]
            np.testing.assert_allclose(computed, np.ravel(value), rtol=1e-12, atol=1e-14)


def aligned(rows):
    """Rows for all members, at an address that vectors may have."""
    memory = np.zeros(len(rows) * WIDTH + 8)
    start = -memory.ctypes.data // 8 % 8
    array = memory[start : start + len(rows) * WIDTH].reshape(-1, WIDTH)
    array[:] = rows[:, None]
    return array
