"""Scores of predictions: closed forms, what they must reward, and what is never scored."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from ssb_model import InputError
from ssb_model.library import load_experiment
from ssb_model.reproduction.derived import Answer
from ssb_model.reproduction.judge import judge_rows
from ssb_model.reproduction.results import RowResult
from ssb_model.reproduction.rows import load_rows
from ssb_model.reproduction.scores import (
    Baselines,
    BaselineTable,
    Printed,
    bound_met,
    score_rows,
    sentences,
)
from ssb_model.reproduction.study import founding_study

EXPERIMENT = load_experiment("zhai2024")
ROWS = {row.id: row for row in load_rows(EXPERIMENT, founding_study(EXPERIMENT))}
SKEW = Printed(1.0, 0.5, 8.0)


def row(id, paper, ends, bound="equal", **more):
    """A predicted row with this median and interval."""
    model, lower, upper = ends
    given = {"quantity": "J", "unit": "mA/cm2", "noise": None, "tolerance": None}
    given |= {"role": "predicted", "within": None, "statement": 1, "noise_reason": ""}
    given |= {"id": id, "paper": paper, "bound": bound}
    return RowResult(**given | {"model": model, "lower95": lower, "upper95": upper} | more)


def judged(id, answer):
    """The verdict on a shipped row, had the model given this answer."""
    [found] = judge_rows([ROWS[id]], lambda row: None, {ROWS[id].observable: answer})
    return found


def test_the_distribution_has_the_printed_quantiles():
    assert [SKEW.below(y) for y in (0.5, 1.0, 8.0)] == pytest.approx([0.025, 0.5, 0.975])


def test_its_density_of_the_logarithm_integrates_to_one():
    sides = (quad(lambda x: math.exp(SKEW.log_density(math.exp(x))), *r) for r in ((-9, 0), (0, 9)))
    assert sum(one for one, _ in sides) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("y", [0.3, 0.9, 1.0, 3.0, 20.0])
def test_the_crps_is_the_integral_that_defines_it(y):
    at = math.log(y)
    parts = [(-15, min(at, 0)), (min(at, 0), max(at, 0)), (max(at, 0), 15)]
    squares = sum(
        quad(lambda x: (SKEW.below(math.exp(x)) - (x >= at)) ** 2, *part, epsabs=1e-10)[0]
        for part in parts
    )
    assert SKEW.crps(y) == pytest.approx(squares, abs=1e-7)


def test_an_even_interval_scores_as_a_normal_of_the_logarithm():
    even, sd = Printed(2.0, 1.0, 4.0), math.log(2) / norm.ppf(0.975)
    assert even.log_density(3.0) == pytest.approx(norm.logpdf(math.log(3), math.log(2), sd))


def test_a_unit_changes_no_score():
    one = row("1", 3.0, (2.0, 1.0, 5.0), baseline=(1.0, 0.2, 4.0))
    scaled = {k: 1000 * getattr(one, k) for k in ("paper", "model", "lower95", "upper95")}
    other = replace(one, **scaled, baseline=(1e3, 200.0, 4e3))
    totals = [score_rows([each]).totals[0] for each in (one, other)]
    assert totals[0].log_skill == pytest.approx(totals[1].log_skill)
    assert totals[0].error == pytest.approx(totals[1].error)


def test_an_interval_that_is_too_wide_or_too_narrow_scores_worse_than_an_honest_one():
    rng, found = np.random.default_rng(0), {}
    truths = np.exp(rng.normal(0, 0.3, 400))
    for width in (0.1, 0.3, 1.5):
        ends = 1.0, math.exp(-1.96 * width), math.exp(1.96 * width)
        rows = [row(str(k), float(y), ends, statement=k) for k, y in enumerate(truths)]
        found[width] = score_rows(rows)
    best = found[0.3]
    for other in (found[0.1], found[1.5]):
        assert other.totals[0].log_score < best.totals[0].log_score
        assert other.totals[0].error > best.totals[0].error
    assert all(c.lower95 < c.level < c.upper95 for c in best.coverage)
    assert found[0.1].coverage[2].upper95 < 0.95 < found[1.5].coverage[2].lower95


def test_rivals_for_one_number_share_its_weight():
    good, bad = (1.0, 0.5, 2.0), (20.0, 10.0, 40.0)
    one = score_rows([row("a", 1.0, good), row("b", 2.0, good, statement=2)])
    many = [row(f"a{k}", 1.0, good) for k in range(9)]
    more = score_rows([*many, row("b", 2.0, good, statement=2)])
    assert more.totals[0].log_score == pytest.approx(one.totals[0].log_score)
    assert more.totals[0].numbers == 2 and more.totals[0].rows == 10
    mixed = score_rows([row("a", 1.0, good), row("b", 1.0, bad)])
    assert mixed.coverage[2].inside == pytest.approx(0.5) and mixed.coverage[2].of == 1


def test_a_row_equal_to_its_baseline_has_no_skill():
    ends = (1.0, 0.4, 3.0)
    for bound in ("equal", "at most"):
        P = None if bound == "equal" else Printed(*ends).below(2.0)
        same = row("1", 2.0, ends, bound, baseline=ends, probability=P)
        [total] = score_rows([same]).totals
        assert (total.log_skill, total.skill) == pytest.approx((0, 0))


def test_fitted_rows_are_never_scored():
    ends = (1.0, 0.5, 2.0)
    rows = [row("1", 1.0, ends, role="fitted"), row("2", 1.0, ends, role="bound")]
    assert score_rows(rows).totals == ()
    told = " ".join(sentences(score_rows(rows), [replace(rows[0], within=False)]))
    assert "0 of 1 are within their tolerance; outside: 1." in told


def test_a_number_that_is_in_the_fit_and_a_width_of_zero_are_told_and_not_scored():
    rows = [row("1", 1.0, (1.0, 0.5, 2.0), in_fit=True), row("2", 1.0, (2.0, 2.0, 2.0))]
    found = score_rows(rows)
    assert not found.rows
    told = " ".join(sentences(found, rows))
    assert "1 (its number is in the fit" in told and "2 (its interval has no width" in told


def test_only_an_arc_is_predicted_by_a_fit_that_has_met_its_number():
    """An arc is read from a cell that was fitted to it; the fit of 29b does without 29."""
    every = {row.observable: Answer(1.0, 0.5, 2.0) for row in ROWS.values() if row.observable}
    found = judge_rows(list(ROWS.values()), lambda row: None, every)
    predicted = {one.id for one in found if one.role == "predicted" and one.in_fit}
    assert predicted == {"9a", "10a"}
    assert set(score_rows(found).unscored) == predicted


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ((1.413, 0.576, 3.517), "open, 23 %"),
        ((0.5, 0.3, 0.8), "yes, 100 %"),
        ((2.5, 1.5, 4.0), "no, 0 %"),
        ((1.0, 0.2, 5.0), "open, 50 %"),
    ],
)
def test_a_bound_is_met_only_where_the_prediction_says_so(ends, verdict):
    """An interval that merely reaches 1 mA/cm2 is no yes."""
    assert judged("16-B", Answer(*ends)).verdict == verdict


def test_met_and_missed_are_the_same_rule_for_a_bound_and_its_contrary():
    for P in np.linspace(0, 1, 41):
        here, there = bound_met(P), bound_met(1 - P)
        assert (here, there) in ((True, False), (False, True), (None, None))


def test_a_life_that_all_draws_reach_is_met_by_counting():
    found = judged("18a", Answer(2000.0, 2000.0, 2000.0, 25 / 26))
    assert found.within is True and found.verdict == "yes, 96 %"
    assert score_rows([found]).rows[0].log_score == pytest.approx(math.log(25 / 26))


def test_the_constant_is_of_other_papers_and_the_row_s_own_number_is_left_out():
    baselines = Baselines(
        {"coated": BaselineTable(cells="coated"), "rates": BaselineTable(statement=27)}, EXPERIMENT
    )
    published = baselines.of("coated", 1.0, "mA/cm2")
    assert 0.3 < published.printed.model < 2 and "published coated cells" in published.source
    in_si = baselines.of("coated", 10.0, "A.m-2")
    assert in_si.printed.model == pytest.approx(10 * published.printed.model)
    others = np.log([147.6, 145.1, 143.7, 124.4, 112.0])
    rates = baselines.of("rates", 155.8, "mAh/g").printed
    assert rates.model == pytest.approx(np.exp(others.mean()))
    assert rates.upper / rates.model == pytest.approx(
        np.exp(2.7764 * others.std(ddof=1) * np.sqrt(6 / 5)), rel=1e-4
    )


@pytest.mark.parametrize(
    ("table", "unit", "told"),
    [
        ({"statement": 9}, "ohm cm2", "statement 9 is no list of numbers in ohm cm2"),
        ({"statement": 27}, "mV", "statement 27 is no list of numbers in mV"),
        ({"cells": "coated"}, "mAh/g", "baselines.b: .*mAh/g"),
        ({"cells": "coated"}, None, "baselines.b: "),
    ],
)
def test_a_baseline_of_another_kind_is_refused(table, unit, told):
    with pytest.raises(InputError, match=told):
        Baselines({"b": BaselineTable(**table)}, EXPERIMENT).of("b", 1.0, unit)
    with pytest.raises(InputError, match=r"no \[baselines.c\]"):
        Baselines({}, EXPERIMENT).of("c", 1.0, unit)


def test_every_prediction_that_states_a_critical_current_or_a_capacity_has_a_baseline():
    for one in ROWS.values():
        if one.role == "predict" and one.paper is not None and one.unit in ("mA/cm2", "mAh/g"):
            assert one.baseline is not None, one.id
