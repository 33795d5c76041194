"""The critical current forecast from published cells: closed forms, limits, what it refuses."""

import time

import numpy as np
import pytest
from scipy.stats import linregress, t as student

from ssb_model.critical_current.forecast import (
    CANDIDATES,
    LibraryCell,
    learn,
    learned_forecast,
    library_cells,
    observations,
)
from ssb_model.critical_current.forecast.candidates import combinations, log_contact_fraction
from ssb_model.critical_current.forecast.evidence import face_factors
from ssb_model.errors import InputError
from ssb_model.library import write_whole

OHM_CM2, MA_CM2 = 1e-4, 10.0
RESISTANCES = np.geomspace(2, 2000, 12) * OHM_CM2


def library(R, J, faces=2):
    return [
        LibraryCell(f"c{i}", *pair)
        for i, pair in enumerate(zip(R, [faces] * len(R), J, strict=True))
    ]


def scattered(ln_J, scatter, seed=0):
    noise = np.random.default_rng(seed).standard_normal(len(ln_J))
    return np.exp(ln_J + scatter * noise)


@pytest.fixture(scope="module")
def forecast():
    return learned_forecast()


def test_the_library_has_the_five_paired_coatings_and_the_founding_cells_bare_garnet():
    cells = {cell.name: cell for cell in library_cells()}
    assert len(cells) == 6
    bare = cells["lii-znlix (bare)"]
    assert (bare.resistance, bare.current_density) == pytest.approx((1173.4e-4, 1.5))
    assert {cell.faces for cell in cells.values()} == {"unknown"}
    assert bare.source == cells["lii-znlix"].source


def test_the_mean_is_forecast_by_students_textbook_formula():
    J = np.array([10.5, 22.0, 13.0, 21.5, 23.0])
    x = np.log(J)
    expected = student(4, x.mean(), x.std(ddof=1) * np.sqrt(1 + 1 / 5))
    mean = learn(library(RESISTANCES[:5], J), laws=["mean"])
    for current in (3.0, 18.0, 60.0):
        assert mean.probability(1e-3, current) == pytest.approx(expected.cdf(np.log(current)))
    p = np.array([0.025, 0.25, 0.5, 0.75, 0.975])
    np.testing.assert_allclose(mean.quantile(1e-3, p), np.exp(expected.ppf(p)), rtol=2e-3)


def test_the_power_law_is_the_textbook_regression_where_its_slope_is_free():
    """Slope 0.5 ± 0.03: the prior's ends at 0 and 1 are not felt, and n - 2 freedoms remain."""
    J = scattered(3 - 0.5 * np.log(RESISTANCES), 0.25)
    x, n, at = np.log(RESISTANCES), len(RESISTANCES), np.log(50 * OHM_CM2)
    fit = linregress(x, np.log(J))
    left = np.log(J) - fit.intercept - fit.slope * x
    variance = (left**2).sum() / (n - 2)
    lever = 1 + 1 / n + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()
    expected = student(n - 2, fit.intercept + fit.slope * at, np.sqrt(variance * lever))
    power = learn(library(RESISTANCES, J), laws=["B"])
    for p in (0.025, 0.25, 0.5, 0.75, 0.975):
        below = power.probability(np.exp(at), np.exp(expected.ppf(p)))
        assert below == pytest.approx(p, abs=2e-3)


@pytest.mark.parametrize("law", CANDIDATES)
def test_no_law_lets_the_critical_current_rise_with_the_resistance(law):
    shape = CANDIDATES[law](np.geomspace(0.1, 1e4, 200) * OHM_CM2)
    assert np.isfinite(shape).all()
    assert (np.diff(shape, axis=1) <= 1e-12).all()


def test_the_contact_law_on_its_grid_is_the_calibrated_law(laws):
    """With the founding cells' own constants, ln J - ln J* is ln theta, to half a per cent."""
    law = laws["D"]
    R = np.geomspace(11, 5000, 30) * OHM_CM2
    constants = combinations([law.full_resistance], [float(law.radius_ratio)], [119.7e-4])
    expected = np.log(law.current_density(R) / law.full_current)
    np.testing.assert_allclose(log_contact_fraction(constants, R)[0], expected, atol=5e-3)


def test_spots_smaller_than_tabulated_resist_as_their_inverse_radius():
    """theta proportional to R^-2 where the constriction alone resists and R_f next to nothing."""
    constants = combinations([1e-9], [0.1], [120e-4])
    R = np.array([0.2, 0.4])
    assert np.diff(log_contact_fraction(constants, R)[0])[0] == pytest.approx(
        -2 * np.log(2), abs=0.05
    )


def test_what_is_looked_up_is_what_the_mixture_says(forecast):
    """The table's promise: the probability below a looked-up quantile is p to 2e-3."""
    rng = np.random.default_rng(1)
    for R in np.exp(rng.uniform(np.log(1e-5), np.log(1.0), 25)):
        for p in (0.001, 0.025, 0.25, 0.5, 0.75, 0.975, 0.999):
            below = forecast.probability(R, float(forecast.quantile(R, p)))
            assert below == pytest.approx(p, abs=2e-3)


def test_the_tails_are_those_of_a_student_law():
    """Far out ln J grows as p^(-1/freedom): nothing is cut off."""
    J = np.array([10.5, 22.0, 13.0, 21.5, 23.0])
    mean = learn(library(RESISTANCES[:5], J), laws=["mean"])
    far = np.log(mean.quantile(1e-3, [1e-9, 1e-5, 1 - 1e-5, 1 - 1e-9]))
    x = np.log(J)
    exact = student(4, x.mean(), x.std(ddof=1) * np.sqrt(1.2)).ppf([1e-9, 1e-5, 1 - 1e-5, 1 - 1e-9])
    np.testing.assert_allclose(far - x.mean(), exact - x.mean(), rtol=0.01)


def test_draws_follow_the_quantiles_and_a_hundred_thousand_take_no_time(forecast):
    R = np.full(100_000, 30 * OHM_CM2)
    forecast.quantile(R[:1], 0.5)
    begin = time.perf_counter()
    drawn = forecast.draw(R, np.random.default_rng(0))
    assert time.perf_counter() - begin < 0.5
    for p in (0.025, 0.25, 0.5, 0.75, 0.975):
        assert np.mean(drawn < forecast.quantile(R[0], p)) == pytest.approx(p, abs=0.007)


def test_given_uniforms_are_turned_into_currents_one_by_one(forecast):
    u = np.linspace(0.01, 0.99, 99)
    drawn = forecast.draw(np.full(99, 1e-2), u)
    assert (np.diff(drawn) > 0).all()
    np.testing.assert_array_equal(drawn, forecast.quantile(1e-2, u))


def test_equal_resistance_has_equal_forecast_and_shapes_broadcast(forecast):
    R = np.array([[1e-3], [1e-2]])
    both = forecast.quantile(R, [0.1, 0.5, 0.9])
    assert both.shape == (2, 3)
    np.testing.assert_array_equal(forecast.quantile([1e-3, 1e-3], 0.5), both[0, 1])
    assert forecast.quantile(1e-3, 0.5) == both[0, 1]


def test_the_order_of_the_library_changes_nothing():
    cells = library_cells()
    one, other = learn(cells), learn(cells[::-1])
    assert one.weights == other.weights
    assert one.quantile(1e-3, 0.9) == other.quantile(1e-3, 0.9)


def test_a_user_s_unit_of_current_changes_no_weight():
    """Ten times the current everywhere is ten times the forecast."""
    cells = library_cells()
    tenfold = [cell._replace(current_density=10 * cell.current_density) for cell in cells]
    one, other = learn(cells), learn(tenfold)
    assert list(other.weights.values()) == pytest.approx(list(one.weights.values()))
    assert other.quantile(1e-2, 0.3) == pytest.approx(10 * one.quantile(1e-2, 0.3), rel=1e-6)


def test_not_knowing_the_faces_widens_the_forecast_of_a_law_that_holds():
    J = scattered(3 - 0.9 * np.log(RESISTANCES), 0.05)
    known, unknown = (learn(library(RESISTANCES, J, f), laws=["B"]) for f in (2, "unknown"))
    assert width(unknown) > 2 * width(known)


def test_one_face_reported_is_half_of_what_both_resist():
    J = scattered(3 - 0.6 * np.log(RESISTANCES), 0.2)
    sums, halves = library(RESISTANCES, J), library(RESISTANCES / 2, J, faces=1)
    assert learn(halves).quantile(1e-2, 0.2) == pytest.approx(learn(sums).quantile(1e-2, 0.2))


def test_cells_of_one_source_count_their_faces_alike():
    cells = [cell._replace(source="one paper") for cell in library(RESISTANCES, RESISTANCES)]
    unknown = [cell._replace(faces="unknown") for cell in cells]
    assert sorted(map(tuple, face_factors(unknown))) == [(1,) * 12, (2,) * 12]


def test_beyond_eight_sources_the_combinations_are_bounded_and_balanced():
    names = [f"c{i}" for i in range(30)]
    cells = [LibraryCell(name, 1e-3, "unknown", 10.0, name) for name in names]
    factors = face_factors(cells)
    assert factors.shape == (256, 30)
    np.testing.assert_array_equal(factors.mean(axis=0), 1.5)
    np.testing.assert_array_equal(factors, face_factors(cells))


def width(forecast, R=1e-2):
    low, high = np.log(forecast.quantile(R, [0.25, 0.75]))
    return high - low


def test_a_steep_law_without_noise_gets_the_weight_and_a_narrow_forecast():
    steep = learn(library(RESISTANCES, np.exp(-RESISTANCES / 200e-4)))
    assert max(steep.weights, key=steep.weights.get) == "C"
    assert steep.weights["C"] > 0.95
    assert width(steep) < 0.1 * width(learn(steep.cells, laws=["mean"]))
    assert steep.quantile(1e-2, 0.5) == pytest.approx(np.exp(-0.5), rel=0.05)
    assert steep.says.startswith("A law beats the plain mean (C")


def test_currents_that_rise_with_the_resistance_leave_the_mean_the_weight():
    rising = learn(library(RESISTANCES, scattered(0.3 * np.log(RESISTANCES), 0.3)))
    assert max(rising.weights, key=rising.weights.get) == "mean"


def test_of_pure_scatter_the_forecast_is_as_wide_as_the_scatter_and_says_so():
    """Where many cells show no law, the weight goes to the mean and to laws as flat as it."""
    R = np.geomspace(2, 2000, 40) * OHM_CM2
    J = scattered(np.full(40, np.log(15.0)), 0.6)
    pure = learn(library(R, J))
    assert pure.weights["mean"] > 0.3
    assert pure.weights["mean"] == max(pure.weights.values())
    assert width(pure) == pytest.approx(2 * 0.6745 * 0.6, rel=0.2)
    assert pure.says.startswith("No law beats the plain mean")


def test_of_the_published_cells_the_bare_garnet_alone_speaks_for_a_law(forecast):
    assert "but only because of lii-znlix (bare)" in forecast.says
    assert forecast.weights["mean"] < 0.01
    without = learn([cell for cell in library_cells() if cell.name != "lii-znlix (bare)"])
    assert without.says.startswith("No law beats the plain mean")
    assert without.weights["mean"] > 0.2


def test_each_law_has_its_own_median_and_the_mean_has_one(forecast):
    R = np.array([5, 50, 500]) * OHM_CM2
    medians = forecast.by_law(R)
    assert set(medians) == set(CANDIDATES)
    assert np.ptp(medians["mean"]) < 1e-3
    assert all((np.diff(medians[law]) < 0).all() for law in CANDIDATES if law != "mean")


def test_equal_currents_are_believed_to_a_hundredth_and_no_more():
    """Two digits hide less scatter than that; a forecast is never of no width."""
    same = learn(library(RESISTANCES[:4], [10.0, 10.0, 10.0, 10.0]))
    assert 0.01 < width(same, 4 * OHM_CM2) < 0.1


def test_what_is_learnt_is_neither_read_nor_learnt_again(forecast, monkeypatch):
    def read(path):
        raise AssertionError(f"{path} was read again")

    monkeypatch.setattr(observations, "load_published", read)
    assert learned_forecast() is forecast


def test_a_file_that_has_changed_is_read_again(tmp_path, repository):
    shipped = repository / "parameter_sets" / "coatings" / "published" / "ito.toml"
    text = shipped.read_text(encoding="utf-8")
    own = tmp_path / "ito.toml"
    own.write_text(text, encoding="utf-8")
    before = learned_forecast(tmp_path)
    assert before is learned_forecast()  # the same cells
    write_whole(own, text.replace("32,", "40,"))  # as long as before
    after = learned_forecast(tmp_path)
    assert {cell.name: cell.resistance for cell in after.cells}["ito"] == pytest.approx(40e-4)
    own.unlink()
    assert learned_forecast(tmp_path) is before


def test_a_file_that_cannot_be_read_is_refused_each_time(tmp_path):
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    for _ in range(2):
        with pytest.raises(InputError, match=r"there is no file .*gone\.toml"):
            library_cells(tmp_path)


def test_files_of_a_user_join_the_library_or_replace_its_own(tmp_path, repository):
    shipped = repository / "parameter_sets" / "coatings" / "published" / "ito.toml"
    text = shipped.read_text(encoding="utf-8")
    (tmp_path / "ito.toml").write_text(text.replace("32,", "40,"), encoding="utf-8")
    mine = text.replace('name = "ito"', 'name = "mine"').replace('"unknown"', "1")
    (tmp_path / "mine.toml").write_text(mine, encoding="utf-8")
    cells = {cell.name: cell for cell in library_cells(tmp_path)}
    assert len(cells) == 7
    assert cells["ito"].resistance == pytest.approx(40 * OHM_CM2)
    assert cells["mine"].faces == 1
    assert learned_forecast(tmp_path).cells != learned_forecast().cells


def test_a_cell_measured_hot_is_not_learnt_from(tmp_path, repository):
    shipped = repository / "parameter_sets" / "coatings" / "published" / "ito.toml"
    text = shipped.read_text(encoding="utf-8").replace('"ito"', '"hot"')
    hot = text.replace('temperature = "not stated"', 'temperature = "60 degC"')
    (tmp_path / "hot.toml").write_text(hot, encoding="utf-8")
    assert library_cells(tmp_path) == library_cells()


GOOD = library(RESISTANCES[:4], [10.0, 12.0, 9.0, 14.0])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (GOOD[:2], "from 2 cells: give 3 or more"),
        ([*GOOD, LibraryCell("x", -1e-3, 2, 10.0)], "resistance of x must be positive"),
        ([*GOOD, LibraryCell("x", 1e-3, 2, 0.0)], "current density of x must be positive"),
        ([*GOOD, LibraryCell("x", 1e-3, 2, float("nan"))], "current density of x must be positive"),
        ([*GOOD, LibraryCell("x", 1e-3, 3, 10.0)], "cannot count 3 faces"),
        ([*GOOD, (1e-3, 10.0)], "A library is made of cells such as"),
        (7, "A library is made of cells such as"),
    ],
)
def test_a_library_that_cannot_be_learnt_from_is_refused_in_one_sentence(wrong, message):
    with pytest.raises(InputError, match=message) as error:
        learn(wrong)
    assert "\n" not in str(error.value)


def test_an_unknown_law_a_wrong_resistance_and_a_wrong_probability_are_refused(forecast, tmp_path):
    with pytest.raises(InputError, match="no law 'E' to learn"):
        learn(GOOD, laws=["E"])
    with pytest.raises(InputError, match="must be positive"):
        forecast.quantile(-1e-3, 0.5)
    with pytest.raises(InputError, match=r"Nothing is forecast for an interface resistance of 20 "):
        forecast.quantile(20.0, 0.5)
    for p in (0.0, 1.0, -0.1, 50, float("nan"), "half"):
        with pytest.raises(InputError, match="probability must lie between 0 and 1"):
            forecast.quantile(1e-3, p)
    with pytest.raises(InputError, match="do not go together"):
        forecast.quantile([1e-3, 1e-2], [0.1, 0.5, 0.9])
    with pytest.raises(InputError, match="no folder"):
        library_cells(tmp_path / "missing")
