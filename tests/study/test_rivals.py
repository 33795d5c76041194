"""Rival models: the keys in which they differ, their weights, and which measurement decides."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from ssb_model import InputError
from ssb_model.cli.app import app
from ssb_model.fitting import leave_each_out
from ssb_model.study import load_study, rivals_of
from ssb_model.study.comparison import compare
from ssb_model.study.rivals.answers import Told, mixture
from ssb_model.study.rivals.separation import Expectation, apart
from ssb_model.study.rivals.stacking import stacked

from .small import write_small_study

CAPACITY = "Negative face double-layer capacity"
WRONG = (
    f'[[rivals]]\nname = "wrong capacity"\nfixed = ["{CAPACITY}"]\n'
    f'cells.coated.values = {{ "{CAPACITY}" = "1 F/m2" }}\n'
)
FREER = (
    '[[rivals]]\nname = "freer"\nfree = [{ name = "Garnet conductivity activation energy" }, '
    '{ name = "Garnet conductivity", range = ["0.1 mS/cm", "5 mS/cm"] }]\n'
)
ASKED = (
    '[[predictions]]\nkind = "resistance"\ncell = "coated"\nname = "asked"\nquantity = "cell"\n'
    '[[candidates]]\nkind = "impedance"\ncell = "coated"\nname = "slow"\n'
    'frequencies = ["10 Hz", "10 kHz"]\nnoise = "0.5 %"\n'
    '[[candidates]]\nkind = "impedance"\ncell = "coated"\nname = "warm"\n'
    'frequencies = ["1 MHz", "5 MHz"]\ntemperature = "60 degC"\nnoise = "0.5 %"\n'
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = write_small_study(tmp_path_factory.mktemp("rivals"), "0.5 %")
    path.write_text(path.read_text() + ASKED + WRONG + FREER)
    return path


@pytest.fixture(scope="module")
def compared(path):
    study = load_study(path)
    return compare([one.fit(starts=1) for one in (study, *rivals_of(study))], further=True)


def row(found, name):
    return next(row for row in found.rows if row["study"] == name)


def test_a_rival_is_the_study_with_its_own_keys_and_nothing_else(path):
    study = load_study(path)
    wrong, freer = rivals_of(study)
    values = [float(one.cells["coated"].values[f"{CAPACITY} [F.m-2]"]) for one in (study, wrong)]
    assert values[0] != values[1] == 1.0
    assert CAPACITY not in wrong.free.space.labels and CAPACITY in freer.free.space.labels
    assert len(freer.free.space) == len(study.free.space) + 1
    for one in (wrong, freer):
        for mine, theirs in zip(study.experiments, one.experiments, strict=True):
            np.testing.assert_array_equal(mine.measured, theirs.measured)


def test_the_wrong_model_has_no_weight_and_the_freer_one_no_better_score(compared):
    assert row(compared, "wrong capacity")["weight"] < 0.01
    assert row(compared, "wrong capacity")["loo_evidence_against"] == "strong"
    best, wrong = (row(compared, name)["chi_squared"] for name in ("study.toml", "wrong capacity"))
    assert wrong > 3 * best
    best, freer = (row(compared, name) for name in ("study.toml", "freer"))
    assert abs(best["loo"] - freer["loo"]) < 3
    assert sum(one["weight"] for one in compared.rows) == pytest.approx(1)


def test_all_models_answer_and_the_stacked_answer_is_that_of_those_with_weight(compared):
    [question] = compared.questions
    assert {one.model for one in question.told} == {row["study"] for row in compared.rows}
    heavy = max(question.told, key=lambda one: one.weight)
    assert question.stacked.value == pytest.approx(heavy.value, rel=0.02)
    assert question.stacked.weight == pytest.approx(1)


def test_what_all_plausible_models_say_alike_separates_nothing(compared):
    """The excluded one would see its capacity in a slow spectrum, yet its pairs do not count."""
    assert {one.experiment for one in compared.separations} == {"slow", "warm"}
    assert all(one.mean < 1 for one in compared.separations)


def test_the_command_prints_tables_and_writes_them(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    alone = path.with_name("alone.toml")
    alone.write_text(path.read_text().partition("[[rivals]]")[0])
    more = f'name = "no double layer free"; fixed = ["{CAPACITY}"]'
    words = ["compare", str(alone), "--starts", "1", "--no-separate", "--rival", more]
    done = CliRunner().invoke(app, [*words, "--question", "Garnet conductivity"])
    assert done.exit_code == 0, done.output
    for text in ("alone.toml", "no double layer free", "What the models say", "stacked"):
        assert text in done.output
    saved = json.loads((tmp_path / "results" / "compare" / "compare.json").read_text())
    assert len(saved["models"]) == 2 and saved["separations"] == []
    assert saved["questions"][0]["quantity"] == "Garnet conductivity"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "a"', r"rivals\[0\]: 'a' changes nothing"),
        (
            'name = "a"\ncells.other.coating = "bare"',
            "cells: there is no cell 'other'",
        ),
        ('name = "a"\ncells.coated.coatin = "bare"', r"rivals\[0\].cells.coated: unknown key"),
        ('name = "a"\ncells.coated.options = { catholyte = "binary" }', "of the rival 'a': cells"),
        ('name = "a"\nfixed = ["Garnet"]', r"rivals\[0\].fixed: there is no free parameter"),
        ('name = "a"\nexperiments.x.noise = "1 %"', "there is no experiment of that name 'x'"),
        ('name = "a"\npredictions.asked.kind = "rate"', "asked.kind: a rival measures the same"),
        ('name = "a"\nfit.loss = "cauchy"', r"rivals\[0\].fit: loss"),
        ('cells.coated.coating = "bare"', r"rivals\[0\].*name"),
    ],
)
def test_a_rival_that_cannot_be_is_one_sentence(path, tmp_path, text, told):
    kept = path.read_text().partition("[[rivals]]")[0]
    wrong = path.with_name("wrong.toml")
    wrong.write_text(f"{kept}[[rivals]]\n{text}\n")
    with pytest.raises(InputError, match=told):
        rivals_of(load_study(wrong))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--question", "Garnet conductivty"], "'Garnet conductivty' is neither"),
        (["--rival", "cells"], "is not valid TOML"),
        (["--rival", "cell.coated.coating = 'bare'"], "unknown key 'cell'"),
        (["--rival", "cells.coated.coating = 'bar'"], "bar"),
    ],
)
def test_a_mistake_on_the_command_line_is_told_before_anything_is_fitted(path, words, told):
    done = CliRunner().invoke(app, ["compare", str(path), *words])
    assert isinstance(done.exception, SystemExit | InputError)
    assert told in done.output + str(done.exception)


def test_two_rivals_of_one_name_are_refused(path):
    wrong = path.with_name("twice.toml")
    wrong.write_text(path.read_text() + WRONG)
    with pytest.raises(InputError, match="called 'wrong capacity' already"):
        rivals_of(load_study(wrong))


def test_the_weight_of_two_data_is_the_closed_form():
    """The share q of the first datum is even between 0 and 1: the mean of a logistic function."""
    scores = np.array([[0.3, -0.9], [-0.4, 0.1]])
    first, second = 2 * (scores[:, 0] - scores[:, 1])
    mean = np.log((1 + np.exp(first)) / (1 + np.exp(second))) / (first - second)
    assert stacked(scores).mean[0] == pytest.approx(mean, abs=0.02)


def test_an_advantage_counts_by_what_it_is_over_its_uncertainty():
    """The same sum from one datum of many, and from all of them alike."""
    even, lucky = np.zeros((20, 2)), np.zeros((20, 2))
    even[:, 1], lucky[0, 1] = -0.5, -10
    assert stacked(even).mean[1] < 1e-4
    assert 0.01 < stacked(lucky).mean[1] < 0.2


def test_models_that_say_the_same_share_their_weights():
    same = np.random.default_rng(2).normal(0, 1, (30, 1))
    found = stacked(np.hstack([same, same, same - 2]))
    assert found.mean == pytest.approx([0.5, 0.5, 0], abs=1e-3)
    assert found.low[0] == pytest.approx(0.5, abs=0.01) and found.high[2] < 0.01


def test_few_data_leave_the_weights_open():
    scores = np.array([[0.0, -1.0], [-1.0, 0.0], [0.0, -0.5]])
    found = stacked(scores)
    assert found.high[0] - found.low[0] > 0.3
    assert found.mean.sum() == pytest.approx(1)


def test_a_mixture_of_one_is_that_one_and_of_two_far_ones_lies_in_both():
    one = Told("a", 1.0, 0.0, 3.0, 1.0)
    alone = mixture([one])
    assert (alone.lower95, alone.value, alone.upper95) == pytest.approx((0.0, 1.0, 3.0), abs=1e-6)
    both = mixture([Told("a", 0.0, -1.0, 1.0, 0.5), Told("b", 10.0, 9.0, 11.0, 0.5)])
    assert both.lower95 < 0 and both.upper95 > 10
    assert mixture([Told("a", 1.0, 0.0, 3.0, 0.0)]) is None


def test_models_are_apart_by_their_difference_over_noise_and_what_they_leave_open():
    def told(value, sd):
        return Expectation(np.array([value]), np.array([[sd**2]]), np.array([1.0]))

    assert apart(told(0.0, 0.0), told(3.0, 0.0)) == pytest.approx(3)
    assert apart(told(0.0, 2.0), told(3.0, 2.0)) == pytest.approx(3 / np.sqrt(5))
    assert apart(told(1.0, 2.0), told(1.0, 0.0)) == 0


def test_leaving_out_in_closed_form_is_the_refit_of_a_nearly_linear_model(path):
    """Scores of the same data from refits and from leverages."""
    fitted = load_study(path).fit(starts=1).fit
    names = [d.observable for d in fitted.problem.data][:12]
    exact, linear = leave_each_out(fitted, names), leave_each_out(fitted, names * 4)
    assert (exact.how, linear.how) == ("refits", "linear")
    np.testing.assert_allclose(exact.each, linear.each[:12], atol=0.02)
    assert exact.unreliable == ()
