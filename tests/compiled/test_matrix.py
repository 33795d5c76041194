"""The compiler's own sparse matrix against scipy's."""

from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sparse

from ssb_model.compiled.program.matrix import Matrix
from ssb_model.compiled.program.products import multiply


def triplets(shape, count, seed):
    """Random entries, several on the same place and some zero."""
    random = np.random.default_rng(seed)
    rows, columns = (random.integers(0, size, count) for size in shape)
    return rows, columns, np.round(random.normal(size=count), 1), shape


def both(shape, count, seed=0):
    rows, columns, data, shape = triplets(shape, count, seed)
    theirs = sparse.csr_matrix((data, (rows, columns)), shape)
    return Matrix.from_triplets(rows, columns, data, shape), theirs


def dense(matrix):
    result = np.zeros(matrix.shape)
    result[matrix.rows, matrix.indices] = matrix.data
    return result


@pytest.mark.parametrize(("shape", "count"), [((5, 7), 12), ((30, 4), 90), ((3, 3), 0)])
def test_repeated_entries_add_up_and_zeros_go(shape, count):
    ours, theirs = both(shape, count)
    np.testing.assert_allclose(dense(ours), theirs.toarray(), atol=1e-15)
    assert (ours.data != 0).all()
    assert all((np.diff(ours.indices[a:b]) > 0).all() for a, b in pairwise(ours.indptr))


def test_products_and_rows_are_scipys():
    (a, their_a), (b, their_b) = both((6, 8), 20), both((8, 5), 17, seed=1)
    column, rows = np.arange(8.0), np.array([4, 0, 0, 5])
    np.testing.assert_allclose(dense(a @ b), (their_a @ their_b).toarray(), atol=1e-14)
    np.testing.assert_allclose(a.times(column), their_a @ column, atol=1e-14)
    np.testing.assert_allclose(dense(a.take(rows)), their_a[rows].toarray(), atol=1e-15)


@pytest.mark.parametrize(
    ("shape", "count"),
    [((20, 30), 25), ((12, 40), 300), ((60, 900), 2000), ((4, 3), 0)],
    ids=["few entries a row", "shared columns", "long scattered rows", "empty"],
)
def test_multiply_in_jax(jax_x64, shape, count):
    ours, theirs = both(shape, count)
    x = np.random.default_rng(5).normal(size=(shape[1], 3))
    np.testing.assert_allclose(multiply(ours, jax_x64.numpy.asarray(x)), theirs @ x, atol=1e-12)
