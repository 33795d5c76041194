"""Candidate k is a function of the sweep file alone, and the designs are what they are called."""

import itertools

import numpy as np
import pytest
from scipy.stats import qmc

from ssb_model.sweep.design import Grid, LatinHypercube, Sobol
from ssb_model.sweep.variables import Variable

DESIGNS = [Grid((7, 11, 13)), Sobol(1001, 3, 5), LatinHypercube(1001, 3, 5)]
IDS = ["grid", "sobol", "latin hypercube"]


@pytest.mark.parametrize("design", DESIGNS, ids=IDS)
@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_candidates_do_not_depend_on_how_they_are_cut(design, size):
    whole = design.shares(0, design.candidates)
    starts = range(0, design.candidates, size)
    parts = [design.shares(k, min(k + size, design.candidates)) for k in starts]
    assert (np.concatenate(parts) == whole).all()


@pytest.mark.parametrize("design", DESIGNS, ids=IDS)
def test_candidates_lie_in_the_unit_cube_and_are_all_different(design):
    shares = design.shares(0, design.candidates)
    assert shares.shape == (design.candidates, 3)
    assert shares.min() >= 0 and shares.max() <= 1
    assert len(np.unique(shares, axis=0)) == design.candidates


def test_a_grid_is_every_combination_the_last_variable_fastest():
    ends = [np.linspace(0, 1, n) for n in (7, 11, 13)]
    assert Grid((7, 11, 13)).shares(0, 1001).tolist() == pytest.approx(
        np.array(list(itertools.product(*ends)))
    )


def test_a_latin_hypercube_has_one_candidate_in_every_stratum_of_every_variable():
    shares = LatinHypercube(1001, 3, 5).shares(0, 1001)
    strata = np.sort(np.floor(shares * 1001), axis=0)
    assert (strata == np.arange(1001)[:, None]).all()


def test_the_variables_of_a_latin_hypercube_are_not_correlated():
    correlation = np.corrcoef(LatinHypercube(4096, 4, 1).shares(0, 4096).T)
    assert np.abs(correlation - np.eye(4)).max() < 5 / np.sqrt(4096)


def test_sobol_points_are_scipy_s_own():
    expected = qmc.Sobol(3, scramble=True, rng=5).random(1024)
    assert (Sobol(1024, 3, 5).shares(512, 1024) == expected[512:]).all()


def test_sobol_points_fill_the_cube_more_evenly_than_random_ones():
    even = qmc.discrepancy(Sobol(1024, 3, 0).shares(0, 1024))
    random = qmc.discrepancy(np.random.default_rng(0).random((1024, 3)))
    assert even < 0.1 * random


@pytest.mark.parametrize("kind", [Sobol, LatinHypercube])
def test_another_seed_is_another_design(kind):
    assert (kind(64, 2, 0).shares(0, 64) != kind(64, 2, 1).shares(0, 64)).any()


@pytest.mark.parametrize("scale", ["log", "linear"])
def test_the_ends_of_a_range_are_reached_and_not_passed(scale):
    variable = Variable("x", 50e-9, 900e-9, scale)
    values = variable.at(np.linspace(0, 1, 41))
    assert values[0] == variable.lower and values.max() <= variable.upper
    assert values[-1] == pytest.approx(variable.upper, rel=1e-15)


def test_a_logarithmic_range_has_as_many_candidates_in_every_decade():
    values = Variable("x", 1e-7, 1e-4, "log").at(Sobol(4096, 1, 0).shares(0, 4096)[:, 0])
    decades = np.histogram(values, [1e-7, 1e-6, 1e-5, 1e-4])[0]
    assert np.ptp(decades) <= 3
