"""Studies sampled, scored on what they have not seen, and compared."""

import json
import re

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cli.compare import as_json, compare as compare_command, comparison_table
from ssb_model.study import load_fit, load_study
from ssb_model.study.comparison import compare, evidence
from ssb_model.study.report.page import page

from .test_study import TEMPERATURES, fitted, folder, study_text

__all__ = ["fitted", "folder"]  # fixtures

CAPACITY = "Negative face double-layer capacity"
POLARISATION = (
    '[[experiments]]\nkind = "polarisation"\ncell = "coated"\nduration = "1 h"\nnoise = "1 mV"\n'
    'current_density = ["0.1 mA/cm2"]\nvoltage = ["{} mV"]\nheld_out = true\n'
)


def write(folder, name, text):
    (folder / name).write_text(text)
    return load_study(folder / name)


@pytest.fixture(scope="module")
def rough(folder):
    """The same data without the double layer's capacity among what is fitted, and set wrong."""
    text = study_text("0.5 %").replace(f'[[free]]\nname = "{CAPACITY}"\n', "")
    text = text.replace('coating = "zni2-0.5"\n', f'coating = "zni2-0.5"\n{KNOWN}')
    return write(folder, "rough.toml", text).fit(starts=2)


KNOWN = f'values = {{ "{CAPACITY}" = "1 F/m2" }}\n'


def test_a_model_with_a_wrong_part_is_told_from_the_right_one(fitted, rough):
    result = compare([rough, fitted])
    assert [row["study"] for row in result.rows] == ["study.toml", "rough.toml"]
    assert result.rows[1]["aicc_difference"] > 100
    assert "evidence against it: strong" in result.sentences()[1]
    assert comparison_table(result).row_count == 2
    assert json.loads(as_json(result))["models"][0]["evidence_against"] == "none"


def test_studies_of_different_data_are_refused_by_the_experiment_they_do_not_share(folder, fitted):
    text = study_text("0.5 %")
    second = text.index("[[experiments]]", text.index("[[experiments]]") + 1)
    first_free = text.index("[[free]]")
    fewer = text[:second] + text[first_free:].replace(
        '[[free]]\nname = "Garnet conductivity activation energy"\n', ""
    )
    write(folder, "fewer.toml", fewer)
    with pytest.raises(InputError, match=r"only study\.toml fits .*synthetic_60\.csv"):
        compare_command([folder / "study.toml", folder / "fewer.toml"])


def test_one_study_is_no_comparison(fitted):
    with pytest.raises(InputError, match="two studies at least"):
        compare([fitted])


@pytest.mark.parametrize(("difference", "word"), [(1.9, "none"), (9.9, "weak"), (10, "strong")])
def test_words_of_differences(difference, word):
    assert evidence(difference) == word


def test_each_spectrum_is_predicted_by_a_fit_without_it(fitted):
    """The conductivity's activation energy returns to its prior, so the interval is honest."""
    scores = fitted.with_cross_validation().cross_validation
    assert [row["data"] for row in scores] == [120] * len(TEMPERATURES)
    assert all(row["rms"] < 1.5 for row in scores)


@pytest.mark.parametrize(("shift", "predicted"), [(0.0, True), (50.0, False)])
def test_what_is_held_out_is_not_fitted_but_scored(folder, fitted, shift, predicted):
    text = study_text("0.5 %")
    text = text.replace("[[free]]", POLARISATION.format(20.0) + "[[free]]", 1)
    blank = write(folder, "held.toml", text).fit(starts=1)
    exact = blank.model(blank.study.experiments[-1])[0] * 1e3
    measured = write(folder, "held.toml", text.replace('"20.0 mV"', f'"{exact + shift:.6f} mV"'))
    held = measured.fit(starts=1)
    assert held.fit.cost == pytest.approx(fitted.fit.cost, abs=1e-3)
    [row] = held.held_out_scores()
    assert (row["rms"] < 1) == predicted
    assert "Held-out experiments" in page(held)


def test_what_is_held_out_must_state_its_noise(folder):
    text = study_text("0.5 %")
    text = text.replace("[[free]]", POLARISATION.format(20.0) + "[[free]]", 1)
    study = write(folder, "silent.toml", text.replace('noise = "1 mV"', 'noise = "estimate"'))
    with pytest.raises(InputError, match=r"is held out.*state it"):
        study.fit(starts=1)


@pytest.fixture(scope="module")
def sampled(fitted):
    return fitted.with_posterior(draws=1000, chains=4)


@pytest.mark.verify
def test_the_posterior_of_what_is_determined_is_near_the_fisher_information(sampled):
    determined = {row["parameter"] for row in sampled.parameters() if row["determined"]}
    for row in sampled.posterior.table:
        assert row["r_hat"] < 1.01
        if row["parameter"] in determined:
            width = row["laplace_upper95"] - row["laplace_lower95"]
            assert row["lower95"] == pytest.approx(row["laplace_lower95"], abs=0.1 * width)
            assert row["upper95"] == pytest.approx(row["laplace_upper95"], abs=0.1 * width)


@pytest.mark.verify
def test_the_page_and_the_saved_fit_have_the_posterior(fitted, sampled, folder):
    text, image = page(sampled), "data:image/png"
    assert "Sampled posterior" in text
    assert text.count(image) == page(fitted).count(image) + 2
    (folder / "fit.json").write_text(sampled.to_json(folder))
    again = load_fit(folder / "fit.json")
    np.testing.assert_array_equal(again.posterior.u, sampled.posterior.u)
    assert again.posterior.table == sampled.posterior.table
    assert page(again) == text


@pytest.mark.verify
def test_an_estimated_noise_has_an_interval_that_contains_the_truth(folder):
    estimated = write(folder, "estimated.toml", study_text("estimate")).fit(starts=2)
    result = json.loads(estimated.with_posterior(draws=500).to_json())["posterior"]
    for row in result["estimated_noise"]:
        assert row["lower95"] < 0.005 < row["upper95"]
        assert 0.2 < (row["upper95"] - row["lower95"]) / row["median"] < 0.35


@pytest.mark.verify
def test_leave_one_out_tells_models_apart_as_the_criteria_do(sampled, rough):
    result = compare([sampled, rough.with_posterior(draws=500)])
    assert result.rows[1]["loo_evidence_against"] == "strong"
    assert re.search(r"leave-one-out \S+ ± \S+ below the best", result.sentences()[1])
    row = result.rows[0]
    assert row["waic"] == pytest.approx(row["loo"], abs=1)


def test_outliers_in_a_spectrum_do_not_move_the_robust_study(folder, fitted):
    """Five points of 60 a tenth too high in modulus."""
    lines = (folder / "synthetic_25.csv").read_text().splitlines()
    for k in range(20, 25):
        f, real, imaginary = map(float, lines[k].split(","))
        lines[k] = f"{f:.17g},{1.1 * real:.17g},{1.1 * imaginary:.17g}"
    (folder / "outliers.csv").write_text("\n".join(lines) + "\n")
    text = study_text("0.5 %").replace("synthetic_25.csv", "outliers.csv")
    normal = write(folder, "normal.toml", text).fit(starts=1)
    robust = write(folder, "robust.toml", text + '[fit]\nloss = "student"\n').fit(starts=1)
    sd = np.sqrt(np.diag(fitted.fit.covariance))
    at = fitted.fit.problem.space.labels.index("Garnet conductivity")
    shift = [abs(other.fit.u[at] - fitted.fit.u[at]) / sd[at] for other in (normal, robust)]
    assert shift[0] > 5
    assert shift[1] < 1
