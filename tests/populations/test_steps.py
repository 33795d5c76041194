"""Critical currents known to a step: narrow steps, open ends, the same step for all."""

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.populations import CellMeasurement, CellSteps, fit_population, fit_steps


def steps(*ends, group="bare"):
    """A cell a step."""
    return [CellSteps(group, f"{group} {k}", *pair) for k, pair in enumerate(ends)]


def test_narrow_steps_are_values():
    values = [0.5, 0.62, 0.43, 0.55, 0.7]
    narrow = fit_steps(steps(*((v * 0.995, v * 1.005) for v in values)))["bare"].median()
    whole = [CellMeasurement("bare", str(v), v) for v in values]
    plain = fit_population(whole)["bare"].median()
    assert narrow.value == pytest.approx(plain.value, rel=0.01)
    # there the measurements of a cell may scatter besides
    assert np.log(narrow.upper / narrow.lower) == pytest.approx(
        np.log(plain.upper / plain.lower), rel=0.08
    )


def test_one_step_for_all_leaves_the_median_open_within_it():
    group = fit_steps(steps(*[(0.5, 0.6)] * 6))["bare"]
    assert 0.45 < group.median().lower < 0.51 and 0.59 < group.median().upper < 0.66


def test_cells_that_never_failed_raise_the_median():
    ended = fit_steps(steps((0.5, 0.6), (0.6, 0.7), (0.5, 0.6), (0.7, 0.8)))["bare"]
    open_end = fit_steps(steps((0.5, 0.6), (0.6, 0.7), (0.5, 0.6), (0.7, None)))["bare"]
    assert open_end.median().value > ended.median().value
    assert open_end.new_cell().upper > ended.new_cell().upper


def test_cells_all_beyond_the_steps_determine_no_median():
    assert not fit_steps(steps((0.5, None), (0.5, None)))
    assert not fit_steps(steps((None, 0.1), (None, 0.1)))
    assert fit_steps(steps((None, 0.1), (0.2, None)))


def test_a_step_that_does_not_rise_and_a_cell_with_two_are_refused():
    with pytest.raises(InputError, match=r"runs from 0.6 to 0.5"):
        fit_steps(steps((0.6, 0.5)))
    with pytest.raises(InputError, match="'bare 0' has two steps"):
        fit_steps(steps((0.5, 0.6)) * 2)
