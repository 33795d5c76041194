"""Many draws on two meshes: moved by a straight line, or all on the model's own."""

import numpy as np
import pytest

from ssb_model.prediction.coated_cells import COARSE, coated_cells
from ssb_model.prediction.draws import draw
from ssb_model.prediction.files import load_coating
from ssb_model.prediction.questions import questions
from ssb_model.prediction.two_meshes import CHECKED, OF_VALUE, on_two_meshes

DRAWS = 256
X = {"x": np.linspace(0, 150, DRAWS)}


class Counted:
    """A model that notes how many draws it was asked for."""

    def __init__(self, run):
        self.run, self.asked = run, []

    def __call__(self, columns):
        self.asked.append(len(columns["x"]))
        return self.run(columns["x"])[None]


def answered(right, rough, columns=X):
    fine = Counted(right)
    return on_two_meshes(fine, Counted(rough), columns)[0], fine.asked


def test_a_smooth_difference_is_made_good_by_few_draws():
    found, asked = answered(lambda x: x, lambda x: 0.99 * x - 1e-5 * x**2)
    assert asked == [CHECKED]
    np.testing.assert_allclose(found, X["x"], atol=2e-3)
    assert found[0] == 0  # none remains none


def test_draws_on_both_meshes_keep_what_the_own_mesh_gives():
    right = lambda x: x + 0.01 * np.sin(x)  # noqa: E731
    found, asked = answered(right, lambda x: x)
    assert asked == [CHECKED]
    assert np.sum(found == right(X["x"])) >= CHECKED


@pytest.mark.parametrize(
    "rough",
    [
        lambda x: x + 20 * np.sin(x),
        lambda x: np.where(x > 100, np.nan, x),
        lambda x: np.full_like(x, np.nan),
    ],
    ids=["another curve", "no answer above", "no answer at all"],
)
def test_every_draw_is_run_where_the_meshes_do_not_agree(rough):
    found, asked = answered(lambda x: x, rough)
    assert asked == [CHECKED, DRAWS]
    np.testing.assert_array_equal(found, X["x"])


def test_what_has_no_answer_on_either_mesh_has_none():
    right = lambda x: np.where(x > 75, np.nan, x)  # noqa: E731
    found, asked = answered(right, lambda x: 0.999 * right(x))
    assert asked == [CHECKED]
    np.testing.assert_allclose(found, right(X["x"]), rtol=1e-9)


def test_few_draws_are_run_at_once():
    _, asked = answered(lambda x: x, lambda x: x, {"x": np.ones(100)})
    assert asked == [100]


def test_draws_that_do_not_differ():
    found, asked = answered(lambda x: x, lambda x: 0.99 * x, {"x": np.full(DRAWS, 140.0)})
    assert asked == [CHECKED]
    np.testing.assert_allclose(found, 140.0)


def test_capacities_of_a_cell_are_those_of_its_own_mesh(plain_cell):
    coating = load_coating("bare")
    cells = coated_cells(coating, plain_cell)
    assert cells.coarse["full"].points == COARSE
    columns = draw(coating, cells, plain_cell, 128, 0).columns()
    asked = questions(["capacity at 0.2C", "capacity at 1C"])
    found = cells.answer(asked, columns)
    own = type(cells)(cells.cells).answer(asked, columns)
    for name, right in own.items():
        assert np.std(right) > 1.0
        left = found[name] - right
        assert np.sqrt(np.mean(left**2)) < max(0.05 * np.std(right), OF_VALUE * np.median(right))
