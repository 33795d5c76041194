"""Planned sparse elimination against scipy's SuperLU."""

import numpy as np
import pytest
import scipy.sparse as sparse
from scipy.sparse.linalg import spsolve

from ssb_model import InputError
from ssb_model.compiled.linear.elimination import plan_elimination
from ssb_model.compiled.linear.factorisation import factorise, solve


def tridiagonal(size):
    return sparse.diags([np.ones(size - 1), np.ones(size), np.ones(size - 1)], [-1, 0, 1])


def arrow(size):
    """A dense last row and column, as a cell's current in every equation."""
    pattern = sparse.eye(size, format="lil")
    pattern[-1, :] = pattern[:, -1] = 1
    return pattern


def scattered(size):
    return sparse.random(size, size, 0.06, random_state=1) + sparse.eye(size)


def unsymmetric(size):
    """Upper bidiagonal with one long row: pattern and transpose differ."""
    pattern = sparse.lil_matrix(sparse.eye(size) + sparse.eye(size, k=1))
    pattern[size // 2, :] = 1
    return pattern


PATTERNS = [tridiagonal, arrow, scattered, unsymmetric]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(
    ("size", "fewest"), [(1, "operations"), (2, "operations"), (40, "operations"), (20, "levels")]
)
@pytest.mark.parametrize("kind", [float, complex])
def test_solution_is_superlus(jax_x64, pattern, size, fewest, kind):
    """Three matrices of one pattern in one batch, to 1e-10."""
    rng = np.random.default_rng(size)
    entries = sparse.coo_matrix(pattern(size))
    rows, columns = entries.row, entries.col
    values = rng.normal(size=(len(rows), 3)).astype(kind)
    if kind is complex:
        values += 1j * rng.normal(size=values.shape)
    values[rows == columns] += 4 * np.sqrt(size)
    b = rng.normal(size=(size, 3)).astype(kind)
    plan = plan_elimination(size, rows, columns, fewest=fewest)
    x = jax_x64.jit(lambda values, b: solve(plan, factorise(plan, values), b))(values, b)
    for n in range(3):
        matrix = sparse.csc_matrix((values[:, n], (rows, columns)), shape=(size, size))
        np.testing.assert_allclose(
            x[:, n], np.atleast_1d(spsolve(matrix, b[:, n])), rtol=1e-10, atol=1e-13
        )


def test_zero_on_the_diagonal_waits_for_fill_in(jax_x64):
    """A saddle point, [[A, B], [B', 0]]: algebraic unknowns without an entry of their own."""
    dense = np.array([[4.0, 1, 1, 0], [1, 5, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])
    rows, columns = np.nonzero(dense)
    plan = plan_elimination(4, rows, columns)
    jnp = jax_x64.numpy
    x = solve(plan, factorise(plan, jnp.asarray(dense[rows, columns])[:, None]), jnp.ones((4, 1)))
    np.testing.assert_allclose(x[:, 0], np.linalg.solve(dense, np.ones(4)), rtol=1e-12)


def by_rows(plan, dense, b):
    """Solve as the kernel does: row by row, from the plan's lists alone."""
    rows, columns = np.nonzero(dense)
    values = np.append(dense[rows, columns], 0.0)
    size = len(b)
    work = np.zeros((size, size))
    for i in range(size):
        here = slice(plan.starts[i], plan.starts[i + 1])
        work[i, plan.columns[here]] = values[plan.source[here]]
        for k in plan.columns[here][plan.columns[here] < i]:
            work[i, k] /= work[k, k]
            work[i, k + 1 :] -= work[i, k] * work[k, k + 1 :]
    lower, upper = np.tril(work, -1) + np.eye(size), np.triu(work)
    x = np.empty(size)
    x[plan.order] = np.linalg.solve(upper, np.linalg.solve(lower, b[plan.equations]))
    return x


@pytest.mark.parametrize("seed", range(40))
def test_rows_are_exchanged_where_the_diagonal_has_no_pivots(seed):
    """A sparse lower triangle, its rows shuffled, has one pivot order only; entries beside it
    let fill-in come to the diagonal that cancels. Random pivots cost digits, not all of them."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 60))
    dense = 0.3 * np.tril(rng.normal(size=(size, size)) * (rng.random((size, size)) < 0.2), -1)
    dense = (dense + np.diag(rng.uniform(1, 2, size)))[rng.permutation(size)]
    b = rng.normal(size=size)
    plan = plan_elimination(size, *np.nonzero(dense))
    np.testing.assert_allclose(by_rows(plan, dense, b), np.linalg.solve(dense, b), rtol=1e-4)


def test_exchanged_rows_are_solved_by_jax(jax_x64):
    dense = np.array([[0.0, 2.0, 0.0], [4.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    rows, columns = np.nonzero(dense)
    plan = plan_elimination(3, rows, columns)
    b = jax_x64.numpy.ones((3, 1))
    x = solve(plan, factorise(plan, jax_x64.numpy.asarray(dense[rows, columns])[:, None]), b)
    np.testing.assert_allclose(x, np.linalg.solve(dense, b), rtol=1e-12)


@pytest.mark.parametrize("pattern", [tridiagonal, arrow])
def test_a_tridiagonal_or_arrow_matrix_fills_in_nowhere(pattern):
    """L and U together have the matrix's own entries: the order is the best there is."""
    size = 400
    entries = sparse.coo_matrix(pattern(size))
    plan = plan_elimination(size, entries.row, entries.col)
    assert plan.entries == entries.nnz


def test_a_chain_is_halved_again_and_again_where_levels_count():
    """From its two ends a chain of 400 takes 200 levels; by halves, log2(400)."""
    entries = sparse.coo_matrix(tridiagonal(400))
    pattern = (400, entries.row, entries.col)
    assert len(plan_elimination(*pattern).levels) >= 200
    plan = plan_elimination(*pattern, fewest="levels")
    assert len(plan.levels) <= 10
    assert plan.entries < 2 * entries.nnz


def test_unknowns_can_be_kept_for_the_end():
    entries = sparse.coo_matrix(tridiagonal(50))
    plan = plan_elimination(50, entries.row, entries.col, last=[3, 20])
    assert set(plan.order[-2:]) == {3, 20}


@pytest.mark.parametrize(
    ("rows", "columns"),
    [([0, 1], [0, 0]), ([0, 0], [0, 1]), ([], [])],
)
def test_a_matrix_without_pivots_is_refused(rows, columns):
    with pytest.raises(InputError, match="structurally singular"):
        plan_elimination(2, np.array(rows, dtype=int), np.array(columns, dtype=int))
