"""How a cell is charged in a rate test: stated it counts alone, unknown it is fitted as well."""

import numpy as np
import pytest

from ssb_model import CellTable, InputError, make_study
from ssb_model.study import RateTable
from tests.study.test_rate import CELL, LABELS, TRUTH, made

COMPLETENESS = "completeness of charge"
DIFFUSIVITY = LABELS[0]


def simulated(study, **others):
    """mAh/g at the truth."""
    theta = {label: np.array([value]) for label, value in (TRUTH | others).items()}
    [simulator] = study.simulators()
    return np.asarray(simulator.function(theta))[:, 0]


def test_a_stated_charge_leaves_nothing_to_infer_and_its_words_may_stand_with_the_cell():
    of_test = made([100.0], [1.0], charge="same rate")
    of_cell = made([100.0], [1.0], CELL.model_copy(update={"charge": "same rate"}), charge=None)
    assert COMPLETENESS not in of_test.free.space.labels + of_cell.free.space.labels
    assert of_test.experiments[0].charge == of_cell.experiments[0].charge


def test_the_words_of_a_test_count_before_those_of_its_cell():
    cell = CELL.model_copy(update={"charge": "same rate"})
    assert made([100.0], [1.0], cell, charge="full").experiments[0].charge.full


def test_a_prediction_charges_the_cell_as_its_rate_tests_say_and_a_further_test_as_it_says():
    def of(**said):
        test = RateTable(c_rate=[1.0], capacity=["100 mAh/g"], noise="1 mAh/g", charge="full")
        more = {"predictions": [RateTable(name="faster", c_rate=[2.0], **said)]}
        return make_study({"full": CELL}, test, LABELS, **more)

    assert of().predictions[0].charge.full and of().free.space.labels == LABELS
    assert not of(charge="same rate").predictions[0].charge.full


def test_a_charge_that_nobody_states_is_inferred_with_both_readings_in_the_interval():
    [Q] = simulated(made([1.0], [1.0], charge="unknown"), **{COMPLETENESS: 0.5})
    truth = f"{Q:.9g} mAh/g"

    def fitted(charge):
        test = RateTable(c_rate=[1.0], capacity=[truth], noise="0.5 mAh/g", charge=charge)
        rows = make_study({"full": CELL}, test, LABELS[:1]).fit(starts=1).fit.parameter_table()
        return {row["parameter"]: row for row in rows}

    full, same, unknown = map(fitted, ("full", "same rate", None))
    low, high = (unknown[DIFFUSIVITY][end] for end in ("lower95", "upper95"))
    assert low < full[DIFFUSIVITY]["value"] < same[DIFFUSIVITY]["value"] < high
    assert unknown[COMPLETENESS]["posterior_over_prior_width"] > 0.9


def test_a_fit_says_that_the_charge_is_not_stated_and_what_to_write():
    test = RateTable(c_rate=[1.0], capacity=["100 mAh/g"], noise="1 mAh/g")
    found = make_study({"my cell": CELL}, test, LABELS[:1]).fit(starts=1)
    [said] = [text for text in found.warnings() if "charged before each discharge" in text]
    assert said.startswith("my cell: how the cell was charged") and 'charge = "full"' in said
    assert not any("determined" in text for text in found.warnings())


def test_a_completeness_that_the_study_states_or_frees_is_its_own():
    values = {**CELL.values, "Completeness of charge": "1"}
    stated = made([100.0], [1.0], CELL.model_copy(update={"values": values}), charge="unknown")
    assert stated.free.space.labels == LABELS
    test = RateTable(c_rate=[1.0], capacity=["100 mAh/g"], noise="1 mAh/g", charge="unknown")
    freed = make_study({"full": CELL}, test, (*LABELS, "Completeness of charge"))
    assert freed.free.space.labels == (*LABELS, "Completeness of charge")


def test_cycles_in_their_order_end_where_long_cycling_does():
    rates = [1.0, 0.5]
    long = simulated(made([100.0] * 2, rates, charge="same rate"))
    formed = made([1.0] * 2, rates, charge="same rate", cycles_at_each=[4, 4], formation=[0.1])
    in_order = simulated(formed)
    assert in_order == pytest.approx(long, abs=0.5)
    assert in_order[0] != pytest.approx(long[0], abs=1e-6), "the first cycle at 1C follows C/10"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"charge": "quick"}, r"experiments\[0\].charge: \"quick\" is no charge"),
        ({"charge": "C/20, constant voltage to C/10"}, "end before it begins"),
        ({"charge": "-1C"}, "above zero"),
        ({"formation": [0.1]}, "has forgotten it: add cycles_at_each"),
        ({"cycles_at_each": 3}, "starts from a full charge, whatever was before"),
        ({"cycles_at_each": [3], "charge": "1C"}, "4 C-rates and 1 of cycles_at_each"),
        ({"cycles_at_each": 300, "charge": "1C"}, "1200 cycles are more than the 1000"),
        ({"cycles_at_each": 0}, "cycles_at_each"),
        ({"formation": [-0.1], "cycles_at_each": 2}, "formation"),
    ],
)
def test_a_protocol_that_contradicts_itself_is_one_sentence(table, sentence):
    with pytest.raises(InputError, match=sentence):
        made([100.0] * 4, **table)


def test_a_cell_that_is_not_charged_has_no_charge():
    cell = CellTable(type="symmetric", coating="bare", charge="full")
    rate = RateTable(c_rate=[1.0], capacity=["100 mAh/g"], noise="1 mAh/g")
    with pytest.raises(InputError, match="a symmetric cell is not charged: remove the key"):
        make_study({"full": cell}, rate, ["Garnet conductivity"])
