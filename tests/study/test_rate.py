"""Rate tests of a full cell in a study: synthetic capacities give the cathode back."""

import numpy as np
import pytest

from ssb_model import CellTable, InputError, cell_parameters, make_study
from ssb_model.study import RateTable

RATES = [0.1, 0.2, 0.5, 1.0]
LABELS = ("Positive particle reference diffusivity", "Positive electrode utilisation")
TRUTH = dict(zip(LABELS, (2.5e-19, 0.9), strict=True))
CELL = CellTable(
    type="full",
    coating="zni2-0.5",
    values={"Cell area": "2 cm2", "Lower voltage cut-off": "2.6 V"},
)


def made(capacities, rates=RATES, cell=CELL):
    """A study of one rate test."""
    listed = [f"{q:.9g} mAh/g" for q in capacities]
    test = RateTable(c_rate=rates, capacity=listed, noise="0.5 mAh/g")
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


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: made([100.0] * 3), "one capacity for each"),
        (
            lambda: made([100.0], [0.0]),
            r"c_rate\[0\]: 0.0 is not allowed, it should be greater than 0",
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
