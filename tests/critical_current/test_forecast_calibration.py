"""Whether the forecast's intervals hold what they promise."""

import numpy as np
import pytest

from benchmarks.calibration import LEVELS, binomial_interval, coverage, others, synthetic_libraries
from ssb_model.critical_current.forecast import (
    CANDIDATES,
    LibraryCell,
    learn,
    leave_one_out,
    library_cells,
)
from ssb_model.critical_current.forecast.evidence import Evidence
from ssb_model.critical_current.forecast.students import predictive
from ssb_model.errors import InputError


@pytest.fixture(scope="module")
def left_out():
    return leave_one_out(library_cells())


def test_a_cell_left_out_is_forecast_by_what_the_others_teach(left_out):
    """Nested: weights too are learnt without it; unknown faces are both tried."""
    ito = next(row for row in left_out if row.cell.name == "ito")
    alone = learn([row.cell for row in left_out if row.cell.name != "ito"])
    assert list(ito.weights.values()) == pytest.approx(list(alone.weights.values()))
    R, J = ito.cell.resistance, ito.cell.current_density
    either = [alone.probability(faces * R, J) for faces in (1, 2)]
    assert ito.pit == pytest.approx(np.mean(either), abs=1e-9)


def test_hits_are_where_the_measured_current_lies(left_out):
    for row in left_out:
        J = row.cell.current_density
        assert row.interval95[0] < row.interval50[0] < row.median
        assert row.median < row.interval50[1] < row.interval95[1]
        assert row.hit50 == (row.interval50[0] <= J <= row.interval50[1])
        assert row.hit95 == (row.interval95[0] <= J <= row.interval95[1])


def test_the_mean_alone_misses_the_four_outside_cells_by_what_is_known():
    """rms ln 0.43, each from the other three."""
    errors = [row.mean_error for row in leave_one_out(others(library_cells()))]
    assert len(errors) == 4
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(0.43, abs=0.005)


def test_four_cells_are_needed_to_leave_one_out():
    cells = [LibraryCell(f"c{i}", 1e-3 * (i + 1), 2, 10.0 + i) for i in range(3)]
    with pytest.raises(InputError, match="4 or more"):
        leave_one_out(cells)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 10, 0.1871, 0.8129)],
)
def test_binomial_intervals_are_clopper_and_pearson_s(k, n, low, high):
    assert binomial_interval(k, n) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.verify
@pytest.mark.parametrize("law", CANDIDATES)
def test_intervals_of_a_law_are_exact_when_nature_draws_from_its_prior(law):
    """Constants and faces from their priors, the scatter from 1/s over eight e-folds.

    Then coverage is nominal for any level; a hundredth and a half is three binomial errors.
    """
    rng, number = np.random.default_rng(5), 10_000
    cells = library_cells()
    x = Evidence((*cells, cells[0]._replace(name="x", resistance=1e-2, faces=2)), [law])
    shape, pits = x.shapes[law], []
    for scatter in np.exp(rng.uniform(np.log(0.02), np.log(50), number)):
        truth = shape[rng.integers(len(shape)), rng.integers(shape.shape[1])]
        residuals = truth + scatter * rng.standard_normal(len(truth)) - shape
        pits.append(predictive(residuals[..., :-1]).probability(residuals[..., -1]))
    for level, hits in zip(LEVELS, coverage(pits).values(), strict=True):
        error = np.sqrt(level * (1 - level) / number)
        assert hits["share"] == pytest.approx(level, abs=3 * error)


@pytest.mark.verify
def test_intervals_hold_what_they_promise_on_synthetic_libraries():
    """Within 3 percentage points of 50 and of 95 %, whichever law is true."""
    levels = synthetic_libraries(library_cells(), 1000)["overall"]
    for level, each in zip(LEVELS, levels.values(), strict=True):
        assert each["of"] == 1000 * len(CANDIDATES)
        assert each["share"] == pytest.approx(level, abs=0.03)
