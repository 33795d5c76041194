"""Limits of the hierarchical model: known variances, one cell, equal values, many cells."""

import numpy as np
import pytest
from scipy.stats import t as student

from ssb_model.errors import InputError
from ssb_model.populations import CellMeasurement, fit_population, posterior as module
from tests.marks import texts
from tests.populations.batches import GAS, batch, warm_batch


def rows(values, error=0.0, group="bare", **kwargs):
    """A cell a value; the error is a share of it."""
    return [
        CellMeasurement(group, f"{group} {k}", value, error * value, **kwargs)
        for k, value in enumerate(values)
    ]


class Known:
    """A scatter that is known."""

    def __init__(self, value):
        self.nodes, self.log_weight = np.array([value]), np.zeros(1)


@pytest.fixture
def known(monkeypatch):
    """Scatters of 12 % between and 4 % within cells, and of 0.8 kJ/mol."""
    for name, value in (("BETWEEN", 0.12), ("WITHIN", 0.04), ("ENERGY", 0.8)):
        monkeypatch.setattr(module, name, Known(value))


def dense(measured, terms):
    """Mean and covariance of (a, E) and of the first cell's, by the whole covariance matrix."""
    y = np.log([one.value for one in measured])
    T = np.array([one.temperature for one in measured])
    Z = np.stack([np.ones(len(y)), (1 / T - 1 / 298.15) / GAS], axis=1)[:, :terms]
    own = np.diag([0.12**2, 0.8**2][:terms])
    same = np.equal.outer(*[np.array([one.cell for one in measured])] * 2)
    error = np.array([one.standard_error / one.value for one in measured])
    V = same * (Z @ own @ Z.T) + np.diag(error**2 + 0.04**2)
    W = np.linalg.inv(V)
    N = Z.T @ W @ Z + np.diag([0.0, 1e-4][:terms])
    beta = np.linalg.solve(N, Z.T @ W @ y)
    first = same[0]
    cell = beta + own @ (Z * first[:, None]).T @ W @ (y - Z @ beta)
    return beta, np.linalg.inv(N), cell


@pytest.mark.parametrize("terms", [1, 2])
def test_with_known_variances_it_is_generalised_least_squares(terms, known):
    celsius = (25.0, 60.0) if terms == 2 else (25.0,)
    _, measured = warm_batch(np.random.default_rng(3), celsius)
    bare = [one for one in measured if one.group == "bare"]
    beta, covariance, cell = dense(bare, terms)
    group = fit_population(bare)["bare"]
    found = group.median()
    assert np.log(found.value) == pytest.approx(beta[0], abs=1e-9)
    half = 1.959964 * np.sqrt(covariance[0, 0])
    assert np.log(found.upper / found.value) == pytest.approx(half, rel=1e-6)
    assert np.log(group.cell("bare 0").value) == pytest.approx(cell[0], abs=1e-9)
    if terms == 2:
        assert group.energy.value == pytest.approx(beta[1], abs=1e-6)


def test_one_cell_gives_its_value_with_an_interval_from_the_prior():
    found = fit_population(rows([300.0], 0.01))
    median = found["bare"].median()
    assert median.value == pytest.approx(300.0, rel=1e-6)
    assert median.upper / 300 == pytest.approx(300 / median.lower, rel=1e-6)
    assert 1.5 < median.upper / 300 < 2.2
    assert "bare has one cell" in found.remarks[0] and "assumed" in str(found)


def test_equal_cells_have_little_scatter_and_a_narrow_interval():
    values = [300.0] * 6
    group = fit_population(rows(values, 0.0))["bare"]
    assert group.between.value < 2
    assert group.median().upper < 305 and group.new_cell().upper < 320
    noisy = fit_population(rows(values, 0.001))["bare"]
    assert noisy.median().upper < 305


def test_where_errors_are_far_larger_than_scatter_they_decide():
    found = fit_population(rows([280.0, 310.0, 290.0, 330.0], 0.6))["bare"]
    half = np.log(found.median().upper / found.median().value)
    assert half == pytest.approx(1.96 * 0.6 / 2, rel=0.08)


def test_many_cells_give_students_interval():
    rng = np.random.default_rng(4)
    values = 200 * np.exp(0.2 * rng.normal(size=40))
    median = fit_population(rows(values))["bare"].median()
    log = np.log(values)
    half = student.ppf(0.975, 39) * log.std(ddof=1) / np.sqrt(40)
    assert np.log(median.value) == pytest.approx(log.mean(), abs=0.01 * half)
    assert np.log(median.upper / median.value) == pytest.approx(half, rel=0.03)


def test_an_uncertain_cell_is_drawn_to_its_group_and_a_certain_one_is_not():
    measured = [*rows([100.0, 105.0, 96.0, 102.0, 99.0], 0.01)]
    measured += [
        CellMeasurement("bare", "vague", 140.0, 60.0),
        *[CellMeasurement("bare", "sure", 118.0, 1.0)] * 4,
    ]
    group = fit_population(measured)["bare"]
    assert group.cell("vague").value < 112
    assert group.cell("sure").value == pytest.approx(118, rel=0.02)


def test_repeats_separate_what_scatters_within_cells():
    rng = np.random.default_rng(5)
    own = 100 * np.exp(0.25 * rng.normal(size=8))
    measured = [
        CellMeasurement("bare", str(k), value * np.exp(0.04 * rng.normal()))
        for k, value in enumerate(own)
        for _ in range(6)
    ]
    group = fit_population(measured)["bare"]
    assert group.within.lower < 4 < group.within.upper and group.within.upper < 6
    assert group.between.lower < 25 < group.between.upper
    assert not group.remarks


def test_a_group_does_not_depend_on_the_others_nor_on_the_unit_nor_on_the_order():
    _, measured = batch(np.random.default_rng(6))
    bare = [one for one in measured if one.group == "bare"]
    alone, both = fit_population(bare)["bare"], fit_population(measured[::-1])["bare"]
    assert alone.median().upper == pytest.approx(both.median().upper, rel=1e-9)
    scaled = [
        CellMeasurement(one.group, one.cell, 1e3 * one.value, 1e3 * one.standard_error)
        for one in bare
    ]
    assert fit_population(scaled)["bare"].median().upper == pytest.approx(
        1e3 * alone.median().upper, rel=1e-6
    )


def test_a_ratio_turned_round_is_its_inverse():
    _, measured = batch(np.random.default_rng(7))
    found = fit_population(measured)
    there, back = found.difference("coated", "bare"), found.difference("bare", "coated")
    assert there.ratio.lower == pytest.approx(1 / back.ratio.upper, rel=1e-6)
    assert there.difference.value == pytest.approx(-back.difference.value, rel=1e-6)
    assert there.below == pytest.approx(1 - back.below, abs=1e-9)
    with pytest.raises(InputError, match="two groups, not 'bare' and itself"):
        found.difference("bare", "bare")


def test_all_temperatures_count_and_each_can_be_asked_for():
    _, measured = warm_batch(np.random.default_rng(8))
    found = fit_population(measured, "R", "ohm cm2")
    group = found["bare"]
    x = (1 / 333.15 - 1 / 298.15) / GAS
    right = group.median().value * np.exp(group.energy.value * x)
    assert group.median(333.15).value == pytest.approx(right, rel=0.01)
    assert [round(T - 273.15) for T in group.temperatures] == [25, 40, 60]
    cold = [one for one in measured if one.temperature < 300]
    assert fit_population(cold)["bare"].energy is None
    assert "at 60 degC" in str(found.difference("coated", "bare", 333.15))


def test_cells_of_one_temperature_each_still_give_a_median():
    celsius = (25.0, 40.0, 60.0, 80.0)
    measured = [
        CellMeasurement(
            "bare",
            f"{T}",
            300 * np.exp(30 / GAS * (1 / (T + 273.15) - 1 / 298.15)),
            1.0,
            T + 273.15,
        )
        for T in celsius
    ]
    group = fit_population(measured)["bare"]
    assert group.energy.lower < 30 < group.energy.upper
    assert group.median().lower < 300 < group.median().upper


def test_groups_of_other_temperatures_are_not_compared():
    measured = rows([300.0, 310.0], temperature=298.15)
    measured += rows([30.0, 31.0], group="coated", temperature=333.15)
    with pytest.raises(InputError, match="measure both at one temperature"):
        fit_population(measured).difference("coated", "bare")
    with pytest.raises(InputError, match="'bare' was measured at 25 degC alone"):
        fit_population(measured)["bare"].median(333.15)


def test_it_prints_plots_and_becomes_a_table():
    _, measured = warm_batch(np.random.default_rng(9))
    found = fit_population(measured, "interface resistance", "ohm cm2")
    assert "scatter between cells" in str(found) and "<table>" in found._repr_html_()
    frame = found.to_dataframe()
    assert set(frame["unit"]) == {"ohm cm2", "%", "kJ/mol"}
    assert (frame["lower95"] < frame["value"]).all() and (frame["value"] < frame["upper95"]).all()
    figure = found.plot(333.15)
    assert "Circles: cells" in texts(figure)
    [axes] = figure.axes
    assert [text.get_text() for text in axes.get_xticklabels()] == ["bare\n60 °C", "coated\n60 °C"]


WRONG = {
    "only positive quantities": {"value": -3.0},
    "value is nan": {"value": np.nan},
    "standard error is 400": {"value": 300.0, "standard_error": 400.0},
    "temperature is -5 K": {"value": 300.0, "temperature": -5.0},
    "unknown key 'valu'. Did you mean 'value'": {"valu": 3.0},
    "has no 'value'": {},
}


@pytest.mark.parametrize("said", WRONG)
def test_a_wrong_measurement_is_one_sentence(said):
    row = {"group": "bare", "cell": "A"} | WRONG[said]
    with pytest.raises(InputError, match=f"Measurement 1.*{said}"):
        fit_population([row])


def test_what_is_not_there_is_said_with_what_is():
    with pytest.raises(InputError, match="there are none"):
        fit_population([])
    found = fit_population(rows([1.0, 2.0]))
    with pytest.raises(InputError, match=r"no group 'bar'\. Did you mean 'bare'"):
        found.difference("bar", "bare")
    with pytest.raises(InputError, match="has no cell 'bare 7'"):
        found["bare"].cell("bare 7")
    half = [*rows([1.0]), *rows([1.0], temperature=300.0)]
    with pytest.raises(InputError, match="give it to all of them or to none"):
        fit_population(half)
