"""What is learnt from libraries drawn from the model is the truth, as often as it should be."""

import jax
import numpy as np
import pytest

from ssb_model.critical_current import learned_field
from ssb_model.critical_current.field_model.calibration import (
    anchored_batches,
    calibrate_field,
    covered,
    even,
)
from ssb_model.critical_current.field_model.data import data_of, learnt_from
from ssb_model.critical_current.field_model.left_out import labs_left_out
from ssb_model.critical_current.field_model.priors import PRIORS, values
from ssb_model.critical_current.field_model.sampling import Tuning, sample
from ssb_model.critical_current.field_model.simulated import simulated
from ssb_model.library import field_cells


@pytest.fixture(scope="module")
def library():
    return data_of(field_cells())


def test_a_drawn_library_has_the_shape_of_the_real_one(library):
    """Bounds stay bounds or become numbers; ranges hold what was drawn."""
    drawn, theta = simulated(library, np.random.default_rng(0))
    assert theta.keys() == PRIORS.keys()
    assert np.all(drawn.low <= drawn.high)
    exact = library.low == library.high
    assert np.all(drawn.low[exact] == drawn.high[exact])
    assert [x.shape for x in drawn] == [x.shape for x in library]


def test_quick_calibration_on_fifty_small_libraries():
    """Eight rows; the sampler starts from the priors. Half of the truths lie in the 50 % ends."""
    cells = field_cells()
    few = [cell.name for cell in learnt_from(cells) if cell.contact == "coated"][:8]
    kept = [cell for cell in cells if not cell.learnt_from or cell.name in few]
    data = data_of(kept)
    size = len(PRIORS) + len(data.level)
    with jax.enable_x64(True):
        found = calibrate_field(data, Tuning(np.zeros(size), np.eye(size)), 50, draws=80)
    ranks = np.concatenate([*found.ranks.values()])
    assert covered(ranks, 0.5) == pytest.approx(0.5, abs=0.06)
    assert covered(ranks, 0.95) == pytest.approx(0.95, abs=0.03)
    assert even(found.pit) > 1e-3
    assert found.divergent < 40


def test_quick_batches_hold_the_third_cell_as_often_as_said():
    found = anchored_batches(learned_field(), 12)
    assert 0.2 < covered(found.pit, 0.5) < 0.8
    assert found.half_width.mean() < 1.3 * found.noise


@pytest.mark.verify
def test_labs_left_out_are_held_as_often_as_said_and_better_than_by_a_constant(library):
    with jax.enable_x64(True):
        tuning = sample(library, draws=500).tuning
        found = labs_left_out(field_cells(), tuning)
    pit = np.array([one.pit[0] for one in found if one.read])
    assert covered(pit, 0.95) > 0.85
    assert np.mean([one.log_score for one in found]) > -1.2


@pytest.mark.verify
def test_calibration_on_libraries_like_the_real_one(library):
    with jax.enable_x64(True):
        tuning = sample(library, draws=500).tuning
        found = calibrate_field(library, tuning, 200)
    assert min(found.p_values().values()) > 1e-4
    assert covered(found.pit, 0.5) == pytest.approx(0.5, abs=0.1)


def test_coordinates_of_the_priors_cover_them():
    """The share of a uniform parameter below a third is a third."""
    u = np.random.default_rng(1).normal(size=(20000, len(PRIORS)))
    assert np.mean(values(u, PRIORS)["fall"] < 1 / 3) == pytest.approx(1 / 3, abs=0.01)
