"""Intervals of groups and of a coating's effect hold the truth as often as they say."""

import numpy as np
import pytest

from ssb_model.populations import compare, fit_population, fit_steps
from tests.populations.batches import batch, ramps, warm_batch


def _held(interval, true):
    return interval.lower <= true <= interval.upper


def judged(medians, rows):
    """Whether each interval of a batch holds: ratio, difference, two medians, a new cell's."""
    found = fit_population(rows)
    bare, coated = medians["bare"], medians["coated"]
    effect = found.difference("coated", "bare")
    yield "ratio", _held(effect.ratio, coated / bare)
    yield "difference", _held(effect.difference, coated - bare)
    for name, median in medians.items():
        yield "median", _held(found[name].median(), median)


def judged_ramps(medians, steps):
    """The same of ramps."""
    groups = fit_steps(steps)
    if len(groups) == 2:
        both = compare(("coated", "bare"), (groups["coated"].logarithm, groups["bare"].logarithm))
        yield "ratio", _held(both.ratio, medians["coated"] / medians["bare"])
    for name, group in groups.items():
        yield "median", _held(group.median(), medians[name])


def coverage(draw, judge, count, seed, **given):
    """Shares of the intervals that hold, by name."""
    rng, held = np.random.default_rng(seed), {}
    for _ in range(count):
        for name, holds in judge(*draw(rng, **given)):
            held.setdefault(name, []).append(holds)
    return {name: float(np.mean(each)) for name, each in held.items()}


def test_intervals_of_a_hundred_batches_hold_the_truth():
    chance = np.sqrt(0.05 * 0.95 / 100)
    assert min(coverage(batch, judged, 100, 1).values()) > 0.95 - 3 * chance


@pytest.mark.verify
@pytest.mark.parametrize(
    ("draw", "judge", "count"),
    [(batch, judged, 2000), (warm_batch, judged, 300), (ramps, judged_ramps, 600)],
)
def test_intervals_hold_the_truth_93_to_97_times_in_100(draw, judge, count):
    """200 batches alone would leave a standard error of 1.5 %."""
    shares = coverage(draw, judge, count, 7)
    print(draw.__name__, count, shares)
    for name, share in shares.items():
        slack = 2 * np.sqrt(0.05 * 0.95 / count)  # what chance alone does to so many batches
        assert 0.93 - slack <= share <= 0.97 + slack, (name, share)


@pytest.mark.verify
@pytest.mark.parametrize("cells", [3, 5, 8])
@pytest.mark.parametrize("between", [0.05, 0.15, 0.3, 0.6])
def test_where_the_prior_decides_few_cells_hold_less_often(cells, between):
    """At one true scatter: too wide where it is small, too narrow where it is three times 20 %."""
    shares = coverage(batch, judged, 300, 8, cells=cells, between=between)
    print(f"{cells} cells, {between:.0%}", shares)
    assert shares["ratio"] > (0.9 if between < 0.5 else 0.82)
