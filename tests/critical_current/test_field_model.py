"""The model of the field: its parts against closed forms, its forecasts against sums over draws."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import erfc
from scipy.stats import t as student

from ssb_model.constants import FARADAY
from ssb_model.critical_current import (
    CellKind,
    activation_factor,
    field_forecast,
    learned_field,
)
from ssb_model.critical_current.field_model import draws
from ssb_model.critical_current.field_model.covariates import control_share, covariates, spreads
from ssb_model.critical_current.field_model.data import BOUNDED, data_of, interval, learnt_from
from ssb_model.critical_current.field_model.mean import fall, warmth
from ssb_model.critical_current.field_model.noise import (
    VARIANCES,
    WEIGHTS,
    log_density,
    probability_below,
)
from ssb_model.critical_current.field_model.predictive import mean_of, of_cell
from ssb_model.critical_current.field_model.priors import PRIORS, values
from ssb_model.critical_current.field_model.tree import effects_of
from ssb_model.errors import InputError
from ssb_model.library import FieldCell, field_cells

LEVELS = [0.025, 0.16, 0.5, 0.84, 0.975]


def cell(name="x", **keys):
    given = {"treatment": name, "layer": "mixed", "contact": "coated", "source": "s", "lab": "l"}
    given |= {"critical_current": "1 mA/cm2", "temperature": "25 degC", "garnet": "g"}
    return FieldCell(name=name, **(given | keys))


@pytest.fixture(scope="module")
def mixed():
    return field_forecast(CellKind("mixed"))


def test_the_noise_is_students_up_to_its_few_points():
    """Weights add to 1; the body is Student's of four degrees of freedom, the tail near it."""
    assert WEIGHTS.sum() == pytest.approx(1)
    for level in (0.5, 1.0, 2.0):
        z = np.array(level)
        below = probability_below(z, 0.0, 1.0, np, erfc)
        assert below == pytest.approx(student.cdf(level, 4), abs=4e-3)
    assert np.max(VARIANCES) > 2


def test_the_probability_is_the_integral_of_the_density():
    def density(e):
        return np.exp(log_density(np.array(e), 0.09, 0.4, np))

    found = quad(density, -np.inf, 0.3)[0]
    assert found == pytest.approx(probability_below(np.array(0.3), 0.09, 0.4, np, erfc), abs=1e-8)


def test_priors_have_their_centre_at_zero_and_never_the_wrong_sign():
    u = np.random.default_rng(0).normal(size=(4000, len(PRIORS)))
    middle, drawn = values(np.zeros(len(PRIORS)), PRIORS), values(u, PRIORS)
    assert middle["energy"] == 0.40
    assert middle["bend"] == pytest.approx(120)
    assert np.all((drawn["fall"] > 0) & (drawn["fall"] < 1))
    for name in ("lab", "garnet", "interface", "pressure", "noise", "bend"):
        assert np.all(drawn[name] > 0)
    assert all(prior.reason for prior in PRIORS.values())


def test_a_fall_of_one_is_one_voltage_of_the_cell_and_of_none_no_law():
    """n = 1: J proportional to 1/(R_c + R), law A0."""
    R = np.array([1.0, 10.0, 1000.0])
    whole = fall({"fall": 1.0, "bend": 120.0}, R, np)
    assert np.exp(whole) == pytest.approx(120 / (120 + R))
    assert np.all(fall({"fall": 0.0, "bend": 120.0}, R, np) == 0)


def test_warmth_is_the_activation_factor():
    found = np.exp(warmth({"energy": 0.4}, 333.15))
    assert found == pytest.approx(activation_factor(333.15, 0.4 * FARADAY), rel=1e-6)


def test_a_row_is_read_as_its_sign_says():
    ln = np.log
    assert interval(cell()) == (0.0, 0.0)
    assert interval(cell(critical_current=">= 2 mA/cm2")) == (ln(2), BOUNDED)
    assert interval(cell(critical_current="< 2 mA/cm2")) == (-BOUNDED, ln(2))
    assert interval(cell(critical_current="1 to 2 mA/cm2")) == pytest.approx((0, ln(2)))
    ramp = cell(step="0.5 mA/cm2", reported="first failed")
    assert interval(ramp) == pytest.approx((ln(0.5), 0))
    first = cell(step="1 mA/cm2", reported="first failed")
    assert interval(first) == (-BOUNDED, 0.0)


def test_effects_that_cells_share_are_drawn_and_those_of_one_cell_are_not():
    """Two cells of one garnet share lab and garnet; a lab of one cell has an effect of its own."""
    rows = [cell("a", lab="1"), cell("b", lab="1"), cell("c", lab="2")]
    data = data_of([*rows, *(r for r in field_cells() if not r.learnt_from)])
    assert data.own.tolist() == [[False, False, True], [False, False, True], [True, True, True]]
    assert data.level.tolist() == [0, 1]
    assert data.shared[0].tolist() == data.shared[1].tolist() == [0, 1, 2]


def test_what_is_unsaid_is_spread_and_what_is_said_is_not():
    spread = spreads(field_cells())
    known = covariates(cell(resistance="10 ohm cm2", faces=1), spread)
    assert known.resistance[known.resistance_weights > 0].tolist() == [20.0]
    unknown = covariates(cell(temperature="not stated"), spread)
    assert np.ptp(unknown.resistance) > 50
    assert unknown.temperature_weights.tolist() == pytest.approx([0.9, 0.1])


def test_a_bare_cell_is_a_control_where_its_resistance_is_one():
    share = control_share(np.array([5.0, 1200.0, 1e5]), spreads(field_cells()))
    assert share[0] < 0.01
    assert share[1] > 0.8
    assert share[2] > 0.8


def test_the_tabulated_quantiles_are_those_of_the_mixture(mixed):
    for R in (1e-4, 10e-4, 1173e-4):
        J = mixed.quantile(R, LEVELS)
        assert [mixed.probability(R, x) for x in J] == pytest.approx(LEVELS, abs=2e-3)
        exact = np.exp(mixed.mixture(R).quantile(np.array(LEVELS))) * 10
        assert exact == pytest.approx(J, rel=0.02)


def test_a_forecast_falls_with_the_resistance_and_rises_with_temperature(mixed):
    J = mixed.quantile(np.geomspace(1e-5, 1, 50), 0.5)
    assert np.all(np.diff(J) < 0)
    assert np.all(mixed.at(333.15).quantile(1e-3, LEVELS) > mixed.quantile(1e-3, LEVELS))


def test_a_new_cell_is_less_certain_than_cells_made_alike(mixed):
    low, high = np.log(mixed.quantile(10e-4, [0.16, 0.84]))
    assert (high - low) / 2 > np.log(1.5)


def test_own_cells_move_and_narrow_the_forecast():
    kind = CellKind("mixed")
    own = [
        cell("bare", layer="none", contact="bare", critical_current="0.2 mA/cm2",
             resistance="100 ohm cm2"),
        *(cell(f"c{k}", treatment="this", critical_current="0.5 mA/cm2", resistance="8 ohm cm2")
          for k in range(3)),
    ]  # fmt: skip
    before, after = (field_forecast(kind, some, "this") for some in ([], own))
    q = [np.log(f.quantile(8e-4, [0.16, 0.5, 0.84])) for f in (before, after)]
    assert q[1][1] < q[0][1]
    assert q[1][2] - q[1][0] < 0.85 * (q[0][2] - q[0][0])


def test_conditioning_agrees_with_weights_of_draws_without_a_grid():
    """Oracle: effects drawn from their laws a million times, weighted by the own cells."""
    posterior, rng = learned_field(), np.random.default_rng(3)
    own = [
        cell("bare", layer="none", contact="wetted", critical_current="0.4 mA/cm2"),
        cell("this", contact="wetted", critical_current=">= 0.9 mA/cm2"),
    ]
    forecast = field_forecast(CellKind("mixed", "wetted"), own, "this", posterior)
    theta = {name: np.repeat(x, 400) for name, x in posterior.theta.items()}
    size = len(theta["noise"])
    batch = np.hypot(theta["lab"], theta["garnet"]) * rng.normal(size=size)
    bare, this = (batch + theta["interface"] * rng.normal(size=size) for _ in range(2))
    at = covariates(own[0], posterior.spread)
    means, unsaid = (np.repeat(x, 400) for x in mean_of(posterior.theta, at))
    read = log_density(np.log(0.4) - means - bare, unsaid, theta["noise"], np)
    above = 1 - probability_below(np.log(0.9) - means - this, unsaid, theta["noise"], np, erfc)
    weights = np.exp(read) * above
    y = np.log(forecast.quantile(20e-4, 0.5)[()] / 10)
    R = fall(theta, 20.0, np) - fall({k: theta[k] for k in ("fall", "bend")}, 0.0, np)
    mean = theta["wetted"] + R + this
    below = probability_below(y - mean, 0.0, theta["noise"], np, erfc)
    assert np.average(below, weights=weights) == pytest.approx(0.5, abs=0.02)


def test_own_cells_without_a_critical_current_are_refused():
    own = [cell(critical_current=None, resistance="5 ohm cm2")]
    with pytest.raises(InputError, match="says nothing of its batch"):
        field_forecast(CellKind("mixed"), own)


@pytest.mark.parametrize(("R", "p"), [(-1.0, 0.5), (0.0, 0.5), (1e3, 0.5), (1e-3, 1.5)])
def test_a_question_that_is_none_is_refused(mixed, R, p):
    with pytest.raises(InputError):
        mixed.quantile(R, p)


def test_the_founding_cells_and_those_kept_out_lie_where_they_may(mixed):
    """Rows 14 to 17; 16 and 17 are not learnt from, their resistances not known."""
    bare = field_forecast(CellKind("none"))
    assert 0.025 < bare.probability(1173.4e-4, 1.5) < 0.975
    assert 0.025 < mixed.probability(10.3e-4, 23.0) < 0.975
    ionic = field_forecast(CellKind("ionic"))
    assert 0.025 < ionic.probability(302e-4, 5.0) < 0.975
    assert mixed.probability(116e-4, 10.0) > 0.025


def test_a_wetted_cell_known_to_be_wetted_or_not_lies_inside():
    """0.6 mA/cm2 at 32 ohm cm2, an ether at the garnet."""
    for contact in (None, "wetted"):
        forecast = field_forecast(CellKind("ionic", contact))
        assert 0.025 < forecast.probability(32e-4, 6.0) < 0.975


def test_draws_of_another_library_are_refused(monkeypatch, tmp_path):
    content = json.loads(draws.SHIPPED.read_text())
    path = tmp_path / "draws.json"
    for change, sentence in (
        ({"library": "x"}, "learnt from other cells"),
        ({"priors": "x"}, "other priors"),
    ):
        path.write_text(json.dumps(content | change))
        draws._loaded.cache_clear()
        with pytest.raises(InputError, match=sentence) as told:
            draws._loaded(field_cells(), path)
        assert "ssb library learn" in str(told.value)
    path.write_text("{")
    draws._loaded.cache_clear()
    with pytest.raises(InputError, match="is damaged"):
        draws._loaded(field_cells(), path)


def test_the_shipped_draws_are_of_the_shipped_library():
    posterior = learned_field()
    assert len(posterior.theta["noise"]) == 500
    assert len(learnt_from(posterior.cells)) == 68


def test_an_unstated_temperature_makes_a_forecast_wider():
    posterior = learned_field()
    cold, unsaid = (
        of_cell(posterior.theta, covariates(cell(temperature=T), posterior.spread))
        for T in ("25 degC", "not stated")
    )
    assert unsaid.quantile(0.975) > cold.quantile(0.975) + 0.2


def test_density_and_pressure_act_beyond_their_references():
    kind = CellKind("none", "bare")
    at = {
        name: field_forecast(replace(kind, **change)).quantile(1e-3, 0.5)
        for name, change in {
            "usual": {},
            "porous": {"density": 88.0},
            "pressed": {"stack_pressure": 30.0},
        }.items()
    }
    assert at["porous"] < at["usual"]
    assert at["pressed"] < at["usual"]


def test_the_tree_agrees_with_effects_drawn_from_their_laws():
    """Oracle: labs, garnets and interfaces drawn, weighted by rows of two labs; no grid."""
    posterior, rng, many = learned_field(), np.random.default_rng(4), 800
    own = [
        cell("a", lab="1", garnet="x", treatment="t", critical_current="0.3 mA/cm2"),
        cell("b", lab="1", garnet="y", treatment="t", critical_current="<= 0.5 mA/cm2"),
        cell("c", lab="2", garnet="x", treatment="t", critical_current="3 mA/cm2"),
    ]
    found = effects_of(("1", "x", "other"), own, posterior)
    theta = {name: np.repeat(x, many) for name, x in posterior.theta.items()}
    normal = rng.normal(size=(3, 3, len(theta["noise"])))
    lab = [theta["lab"] * normal[0, k] for k in (0, 0, 1)]
    of_garnet = [lab[k] + theta["garnet"] * normal[1, k] for k in range(3)]
    log = 0.0
    for k, row in enumerate(own):
        mean, unsaid = (np.repeat(x, many) for x in mean_of(posterior.theta, covariates(
            row, posterior.spread)))  # fmt: skip
        middle = mean + of_garnet[k] + theta["interface"] * normal[2, k]
        low, high = interval(row)
        if low == high:
            log = log + log_density(low - middle, unsaid, theta["noise"], np)
        else:
            log = log + np.log(probability_below(high - middle, unsaid, theta["noise"], np, erfc))
    weights = np.exp(log - log.max())
    assert found.depth == 2
    mean = np.average(of_garnet[0], weights=weights)
    sd = np.sqrt(np.average((of_garnet[0] - mean) ** 2, weights=weights))
    assert found.sum.mean() == pytest.approx(mean, abs=0.02)
    assert found.sum.std() == pytest.approx(sd, abs=0.02)
    shares = np.bincount(found.chosen, minlength=500) / len(found.chosen)
    exact = weights.reshape(-1, many).sum(axis=1) / weights.sum()
    assert shares == pytest.approx(exact, abs=2e-3)


def test_rows_that_were_learnt_from_weigh_no_draw():
    posterior = learned_field()
    rows = [row for row in learnt_from(posterior.cells) if row.lab == "Chen"]
    found = effects_of(("Chen", "none"), rows, posterior)
    assert found.effective == pytest.approx(500)
    assert found.depth == 1
