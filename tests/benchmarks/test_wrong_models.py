"""Coverage where the model is wrong: counted right, of studies that say that they are synthetic."""

import json

import numpy as np
import pytest

from benchmarks.wrong_models.__main__ import finished, recorded, summary
from benchmarks.wrong_models.coverage import DEFAULT, STACKED, coverage, mean_weights, weights
from benchmarks.wrong_models.irregular_face import IrregularCell
from benchmarks.wrong_models.truth import Made, answered, generator
from ssb_model import CellTable, cell_parameters, make_study
from ssb_model.cells.face import constriction_resistance
from ssb_model.library import CELL, spread_of
from ssb_model.study import ResistanceTable, RivalTable, rivals_of

BARE = CellTable(type="symmetric", coating="bare")
EXCHANGE = "Negative face exchange-current density"
ASKED = "further: interface resistance at 60 degC"


class KnownTruth:
    """Resistances of a cell that has an activation energy of its own, which none of them frees."""

    name, among_rivals, made = "known", False, 0

    def __init__(self):
        measured = ResistanceTable(
            name="R", temperature=["25 degC"], resistance=["1000 ohm cm2"], noise="5 %"
        )
        asked = ResistanceTable(name="further", temperature="60 degC")
        study = make_study(BARE, measured, [EXCHANGE], predictions=[asked])
        spacing = {"Negative face contact spacing": "50 um"}
        rival = RivalTable(name="other spacing", cells={"cell": {"values": spacing}})
        self.models = (study, *rivals_of(study, [rival]))

    def make(self, number):
        self.made += 1
        rng = generator(self.name, number)
        known = {ASKED: 0.02}
        return Made({"R": np.array([0.1])}, answered(self.models[0], known, rng))


@pytest.fixture(scope="module")
def truth():
    return KnownTruth()


@pytest.fixture(scope="module")
def records(truth, tmp_path_factory):
    folder = tmp_path_factory.mktemp("studies")
    found = [finished(folder, truth, k) for k in range(2)]
    assert [finished(folder, truth, k) for k in range(2)] == found
    assert truth.made == 2  # the second time all of it was kept
    return found


def test_a_study_has_an_answer_of_each_model_beside_the_truth(records, truth):
    for record in records:
        assert record["failed"] == {}
        assert set(record["questions"][ASKED]["told"]) == {DEFAULT, "other spacing"}
        assert np.shape([*record["scores"].values()]) == (2, 1)
        assert sum(weights(record).values()) == pytest.approx(1)
    first, second = (record["questions"][ASKED]["truth"] for record in records)
    assert first != second and first == truth.make(0).answers[ASKED]


def test_the_summary_counts_what_is_inside(records, truth):
    found = summary(truth, json.loads(json.dumps(records)))
    assert found["studies"] == 2 and not found["among the rivals"]
    for model in (DEFAULT, STACKED):
        counted = found["coverage"][ASKED][model]
        assert counted["of"] == 2 and 0 <= counted["hits"] <= 2
        assert counted["interval"][0] <= counted["share"] <= counted["interval"][1]


def test_a_record_keeps_the_truths_of_earlier_runs(tmp_path):
    path = tmp_path / "record.json"
    assert recorded(path) == {}
    path.write_text(json.dumps({"truths": {"known": {"studies": 2}}}), "utf-8")
    assert recorded(path) == {"known": {"studies": 2}}


def record(truth, told, scores):
    question = {"truth": truth, "unit": "-", "told": told}
    return {"questions": {"x": question}, "scores": scores}


def test_of_models_apart_the_stacked_interval_holds_what_the_default_misses():
    """And a study that a model does not answer is none of its own."""
    told = {DEFAULT: [0.9, 1.0, 1.1], "rival": [1.8, 2.0, 2.2]}
    alike = {DEFAULT: [-1.0, -1.0, -1.0], "rival": [-1.0, -1.0, -1.0]}
    each = [record(2.0, told, alike), record(2.0, {"rival": told["rival"]}, alike)]
    found = coverage(each)["x"]
    assert (found[DEFAULT]["hits"], found[DEFAULT]["of"]) == (0, 1)
    assert found[DEFAULT]["without an answer"] == 1
    assert found[STACKED]["hits"] == 2
    assert found[DEFAULT]["relative width"] == pytest.approx(0.1)
    assert mean_weights(each)["rival"] == pytest.approx(0.5, abs=0.02)


def test_a_further_cell_has_one_difference_for_all_its_numbers(truth):
    study, size = truth.models[0], spread_of("resistance")[CELL].size
    drawn = [answered(study, {ASKED: 1.0}, np.random.default_rng(k))[ASKED] for k in range(400)]
    assert np.std(np.log(drawn)) == pytest.approx(np.hypot(size, 0.05), rel=0.15)


def test_irregular_contacts_are_the_cell_where_they_touch_everywhere():
    """And in places of their own resist about as much as equal spots."""
    names = cell_parameters("symmetric", coating="bare")
    values = {k: float(names[k]) for k in names if isinstance(names[k], int | float)}
    f = np.array([1.0, 1e3])
    whole = IrregularCell(values | {"Negative face contact fraction": 1.0}, 1, 32)
    at_rest = whole.at_rest(298.15)
    assert at_rest["interface"] == pytest.approx(2 * 8.314462618 * 298.15 / 96485.33212 / 128)
    total = sum(at_rest.values()) / values["Cell area [m2]"]
    assert whole.impedance(298.15, f)[0].real == pytest.approx(total, rel=1e-4)
    free = {"Negative face exchange-current density [A.m-2]": 1e9}
    part = IrregularCell(values | free | {"Negative face contact fraction": 0.05}, 1, 32)
    formula = 2 * constriction_resistance(0.05, 200e-6, 0.071)
    assert 0.8 < part.at_rest(298.15)["interface"] / formula < 1.6
    assert part.impedance(298.15, f)[1].imag < 0
