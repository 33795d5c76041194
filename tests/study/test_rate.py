"""Rate tests of a full cell in a study: synthetic capacities give the cathode back."""

import numpy as np
import pytest

from ssb_model import CellTable, InputError, cell_parameters, make_study
from ssb_model.study import RateTable
from tests.data.records.cycling import cycled, exported

RATES = [0.1, 0.2, 0.5, 1.0]
LABELS = ("Positive particle reference diffusivity", "Positive electrode utilisation")
TRUTH = dict(zip(LABELS, (2.5e-19, 0.9), strict=True))
CELL = CellTable(
    type="full",
    coating="zni2-0.5",
    values={"Cell area": "2 cm2", "Lower voltage cut-off": "2.6 V"},
)


def made(capacities, rates=RATES, cell=CELL, charge="full", **protocol):
    """A study of one rate test."""
    listed = [f"{q:.9g} mAh/g" for q in capacities]
    test = RateTable(c_rate=rates, capacity=listed, noise="0.5 mAh/g", charge=charge, **protocol)
    return make_study({"full": cell}, test, LABELS)


@pytest.fixture(scope="module")
def study():
    """The model's own capacities at the truth."""
    theta = {label: np.array([TRUTH[label]]) for label in LABELS}
    [simulator] = made([100.0] * 4).simulators()
    return made(np.asarray(simulator.function(theta))[:, 0])


def test_the_cathode_comes_back(study):
    fitted = study.fit(starts=2)
    for label, value in TRUTH.items():
        assert fitted.fit.parameters[label] == pytest.approx(value, rel=0.02)


def test_what_is_known_of_the_cell_is_used(study):
    values = study.cells["full"].values
    assert values["Lower voltage cut-off [V]"] == 2.6
    assert values["Electrode height [m]"] == pytest.approx(np.sqrt(2e-4))
    assert values["Nominal cell capacity [A.h]"] == pytest.approx(
        2 * cell_parameters("full")["Nominal cell capacity [A.h]"]
    )


def test_a_discharge_that_is_asked_for_twice_is_made_once(study):
    """By a measured test and a prediction, at the same conditions; others keep their places."""
    asked = RateTable(c_rate=[2.0, 0.5, 0.1], charge="full", name="asked")
    warm = asked.model_copy(update={"name": "warm", "temperature": "40 degC"})
    measured = RateTable(c_rate=RATES, capacity=["100 mAh/g"] * 4, noise="1 mAh/g", charge="full")
    two = make_study({"full": CELL}, measured, LABELS, predictions=[asked, warm])
    theta = {label: np.array([TRUTH[label]]) for label in LABELS}
    [simulator] = two.simulators()
    rows = dict(zip(simulator.observables, np.asarray(simulator.function(theta)), strict=True))
    own = [rows[name] for name in two.fitted[0].observables]
    np.testing.assert_array_equal(rows["asked: capacity at 0.5C"], own[2])
    np.testing.assert_array_equal(rows["asked: capacity at 0.1C"], own[0])
    assert rows["warm: capacity at 0.5C"] > own[2] > own[3] > rows["asked: capacity at 2C"]


PER_GRAM = (150.0, 140.0, 120.0)  # mAh/g
MASS = 2e-6  # kg of the recorded cell


def of_a_file(tmp_path, **table):
    """The rate experiment of a made record of C/10, C/2 and 1C by 170 mAh/g, three cycles each."""
    rates = np.repeat([0.1, 0.5, 1.0], 3)
    steps = cycled(170.0 * MASS * rates, np.repeat(PER_GRAM, 3) * MASS)
    path = tmp_path / "rates.csv"
    path.write_text(exported("Neware CSV", steps))
    test = RateTable(file=str(path), noise="1 mAh/g", **table)
    [experiment] = make_study({"full": CELL}, test, LABELS).experiments
    return experiment


def test_a_recorded_file_is_its_rates_and_capacities(tmp_path):
    experiment = of_a_file(tmp_path, mass="2 mg")
    assert experiment.c_rate.tolist() == [0.1, 0.5, 1.0]
    assert experiment.capacity == pytest.approx(PER_GRAM)
    assert len(experiment.files) == 1
    assert any("per mass" in note for note in experiment.notes), "the cell's mass is another"


def test_the_area_of_a_recorded_cell_makes_its_mass_by_the_cells_loading(tmp_path):
    values = cell_parameters("full")
    loading = values["Nominal cell capacity [A.h]"] / (
        170.0 * values["Electrode height [m]"] * values["Electrode width [m]"]
    )
    experiment = of_a_file(tmp_path, area=f"{MASS / loading:.9g} m2")
    assert experiment.c_rate.tolist() == [0.1, 0.5, 1.0]
    assert experiment.capacity == pytest.approx(PER_GRAM, rel=1e-6)


def test_a_file_whose_current_is_per_area_takes_the_same_area(tmp_path):
    per_area = {"columns": {"current": "Current(mA)"}, "units": {"current": "mA/cm2"}}
    experiment = of_a_file(tmp_path, area="2 cm2", **per_area)
    twice = of_a_file(tmp_path, area="1 cm2", **per_area)
    assert experiment.c_rate == pytest.approx(twice.c_rate), "the same current on the same loading"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({}, "give the active material's mass or the electrode's area"),
        ({"mass": "2 mg", "area": "1 cm2"}, "give the active material's mass or"),
        ({"mass": "2 mg", "c_rate": [0.1]}, "give either file, or c_rate and capacity"),
    ],
)
def test_a_recorded_file_without_one_size_is_refused(tmp_path, table, sentence):
    with pytest.raises(InputError, match=sentence):
        of_a_file(tmp_path, **table)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: made([100.0] * 3), "one capacity for each"),
        (
            lambda: made([100.0], [0.0]),
            r"c_rate\[0\]: 0.0 is not allowed: write a number above 0",
        ),
        (
            lambda: made([100.0] * 4, cell=CELL.model_copy(update={"type": "symmetric"})),
            "there is no parameter 'Lower voltage cut-off'",
        ),
        (
            lambda: make_study(
                CellTable(type="symmetric", coating="bare"),
                RateTable(c_rate=[1.0], capacity=["100 mAh/g"], noise="1 mAh/g"),
                ["Garnet conductivity"],
            ),
            "rate data are those of a full cell",
        ),
    ],
)
def test_a_mistake_is_one_sentence(make, sentence):
    with pytest.raises(InputError, match=sentence):
        make()
