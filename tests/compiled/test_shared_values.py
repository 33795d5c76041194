"""Entries of a matrix and of its factors that are equal are found, and no others."""

import numpy as np
import pybamm
import pytest
import scipy.sparse as sparse

import ssb_model
from ssb_model.compiled.linear import plan_elimination, shared
from ssb_model.compiled.program import Matrix, Program, alike, evaluate, picked


def particles(count, points):
    """The pattern of chains side by side, all of whose ends feed one last unknown."""
    size = count * points + 1
    chain = sparse.diags([1.0, 1, 1], [-1, 0, 1], shape=(points, points))
    pattern = sparse.lil_matrix(sparse.block_diag([*[chain] * count, [[1]]]))
    ends = np.arange(points - 1, size - 1, points)
    pattern[-1, ends] = pattern[ends, -1] = 1
    return sparse.coo_matrix(pattern), size


def factors(plan, values):
    """L, the pivots' inverses and U by the plan's places, entry by entry."""
    lu = np.where(plan.source >= 0, values[plan.source], 0.0)
    for i in range(len(plan.order)):
        start, pivot, end = plan.starts[i], plan.pivots[i], plan.starts[i + 1]
        place = {plan.columns[p]: p for p in range(start, end)}
        for p in range(start, pivot):
            k = plan.columns[p]
            lu[p] *= lu[plan.pivots[k]]
            for q in range(plan.pivots[k] + 1, plan.starts[k + 1]):
                lu[place[plan.columns[q]]] -= lu[p] * lu[q]
        lu[pivot] = 1 / lu[pivot]
    return lu


def test_factors_of_chains_are_shared():
    """Twenty equal chains of ten: a chain's rows and the last one are computed, no more; entries
    in one place are equal to the last bit."""
    pattern, size = particles(20, 10)
    chain = pattern.row // 10 != 20
    same = np.where(chain, pattern.row % 10 * size + pattern.col % 10, -1 - pattern.col % 10)
    same = np.unique(np.where(pattern.col == size - 1, -20 - pattern.row % 10, same), False, True)[
        1
    ]
    plan = plan_elimination(size, pattern.row, pattern.col, last=[size - 1])
    found = shared(plan, same)
    assert len(found.rows) <= 12
    assert found.places < plan.entries / 10
    rng = np.random.default_rng(0)
    values = (rng.uniform(0.1, 1, same.max() + 1) + 5 * (np.arange(same.max() + 1) == 0))[same]
    values[pattern.row == pattern.col] += 5
    lu = factors(plan, values)
    kept = np.empty(found.places)
    kept[found.at] = lu
    np.testing.assert_array_equal(kept[found.at], lu)


def test_nothing_is_shared_by_unlike_entries():
    pattern, size = particles(3, 5)
    plan = plan_elimination(size, pattern.row, pattern.col, last=[size - 1])
    found = shared(plan, np.arange(len(pattern.row)))
    assert found.places == plan.entries
    assert len(found.rows) == size


def test_alike_rows_have_equal_values():
    """Rows of all kinds of operation: those with one number are equal to the last bit, and those
    that are equal by their making have one number."""
    program = Program()
    y = program.state([0, 1, 0, 1])
    a = program.input("a")
    matrix = Matrix.from_triplets([0, 0, 1, 1, 2], [0, 1, 2, 3, 2], [2.0, 3, 2, 3, 4], (4, 4))
    rows = program.linear(matrix, program.binary("mul", program.unary("exp", y), y))
    scaled = program.binary("mul", a, rows)
    constant = program.constant([1.0, 2.0, 1.0])
    extreme = program.broadcast(program.extreme("max", y), 2)
    whole = program.concatenate([scaled, program.binary("add", a, constant), y, extreme])
    numbers = alike(program, whole)
    rng = np.random.default_rng(3)
    batch = rng.uniform(0.5, 2, (3, 5)), {"a": rng.uniform(1, 2, 5)}
    value = np.asarray(evaluate(program, [whole], np.zeros(5), *batch)[0])
    same = numbers[:, None] == numbers
    np.testing.assert_array_equal(same, (value[:, None] == value).all(axis=2))


def test_picked_rows_are_those_of_the_whole():
    program = Program()
    y, a = program.state(np.arange(6)), program.input("a")
    difference = Matrix.from_triplets(
        np.repeat(np.arange(5), 2), [0, 1, 1, 2, 2, 3, 3, 4, 4, 5], [-1.0, 1] * 5, (5, 6)
    )
    slopes = program.binary("mul", a, program.linear(difference, program.unary("exp", y)))
    whole = program.concatenate([program.unary("neg", slopes), program.constant([1.0, 2]), y])
    rows = np.array([1, 3, 6, 7, 12])
    part = picked(program, whole, rows)
    t, state, inputs = np.zeros(2), np.linspace(0, 1, 12).reshape(6, 2), {"a": np.array([2.0, 3])}
    values = evaluate(program, [whole, part], t, state, inputs)
    np.testing.assert_array_equal(values[1], np.asarray(values[0])[rows])


@pytest.mark.parametrize("diffusivity", [3e-14, lambda c, T: 3e-14 * (1 + c / 1e5)])
def test_particles_share_only_where_they_are_alike(diffusivity):
    """With a constant diffusivity a DFN's particles share their factors; with one that depends on
    the concentration they do not."""
    values = pybamm.ParameterValues("Chen2020")
    for side in ("Negative", "Positive"):
        values[f"{side} particle diffusivity [m2.s-1]"] = diffusivity
    model = ssb_model.compile(pybamm.lithium_ion.DFN(), parameter_values=values)
    system = model.system
    assert (len(system.shared.rows) < system.states / 3) == (not callable(diffusivity))
    assert len(np.unique(system.value)) < len(system.value)
