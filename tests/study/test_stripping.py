"""One-way stripping as a kind of experiment: fitted, bounded, predicted, and refused."""

import numpy as np
import pytest

from ssb_model import CellTable, InputError, load_fit, make_study
from ssb_model.study import (
    PolarisationTable,
    ResistanceTable,
    StrippingTable,
    candidates,
)
from ssb_model.study.kinds.stripping import MOST

CONSTANT = "Lithium vacancy transition constant"
LOSS = "Lithium contact loss per charge"
CURRENTS = ["0.1 mA/cm2", "0.2 mA/cm2", "0.5 mA/cm2", "1 mA/cm2"]
FLAT = {"Negative face contact fraction": "1", "Negative face contact spacing": "10 um"}
LOSING = CellTable(
    type="symmetric",
    coating="bare",
    options={"contact loss": "vacancies"},
    values=FLAT | {"Stack pressure": "0 MPa"},
)


def answer(cell, table, free=(CONSTANT,)):
    """The model's capacities [mAh/cm2] at the priors' centre."""
    made = make_study(cell, table, list(free))
    problem = made.problem()
    return 0.1 * problem.predictions(np.zeros((1, len(problem.space))))[0][0]


def given(capacity="1 mAh/cm2", **keys):
    capacities = [capacity] * len(keys.get("current_density", ["1"]))
    asked = {"current_density": ["0.2 mA/cm2"], "capacity": capacities, "noise": "10 %"}
    return StrippingTable(**asked | keys)


def test_capacities_at_several_currents_determine_what_metal_and_voids_hold(tmp_path):
    """K^2/J in the metal, 1/kappa in the voids: both come back from capacities made of them."""
    truth = {CONSTANT: "0.4 mA/cm2 h^0.5", LOSS: "2 cm2/mAh"}
    known = LOSING.model_copy(update={"values": LOSING.values | truth})
    measured = answer(known, given(current_density=CURRENTS), ["Garnet conductivity"])
    assert (np.diff(measured) < 0).all() and 0.5 < measured[-1] < measured[0] < 5
    capacities = {"capacity": [f"{q:.6g} mAh/cm2" for q in measured], "noise": "5 %"}
    table = given(current_density=CURRENTS).model_copy(update=capacities)
    fit = make_study(LOSING, table, [CONSTANT, LOSS]).fit(starts=1)
    K, kappa = (row["value"] for row in fit.parameters())
    assert pytest.approx(0.4, rel=0.01) == K / 600
    assert kappa / (1e-4 / 3.6) == pytest.approx(2, rel=0.02)
    fit.save(tmp_path / "fit.json")
    assert load_fit(tmp_path / "fit.json").parameters() == fit.parameters()
    axes = fit.plot().axes[0]
    assert axes.get_ylabel() == "stripped capacity [mAh/cm²]"
    assert axes.get_xlabel() == "current density [mA/cm²]"


def test_a_lower_potential_limit_ends_it_earlier():
    early = answer(LOSING, given(limit="35 mV", current_density=["0.2 mA/cm2"]))
    assert early[0] < answer(LOSING, given())[0]


def test_a_test_that_was_stopped_is_met_by_a_cell_that_goes_on():
    """At a pressure that sustains the current there is no end, and so no number but a bound."""
    pressed = LOSING.model_copy(update={"values": FLAT | {"Stack pressure": "5 MPa"}})
    assert np.isnan(answer(pressed, given()))
    assert answer(pressed, given(bound="at least")) == pytest.approx(0.1 * MOST)


def test_voids_of_the_other_kind_are_stripped_to_the_limit_too():
    voids = LOSING.model_copy(update={"options": {"contact loss": "voids"}})
    [capacity] = answer(voids, given(limit="0.1 V"), [LOSS])
    assert 0.1 < capacity < 100


def test_it_is_predicted_with_an_interval():
    asked = StrippingTable(current_density=["0.1 mA/cm2"], name="slower")
    measured = given("4 mAh/cm2")
    fit = make_study(LOSING, measured, [CONSTANT], predictions=[asked]).fit(starts=2)
    [row] = fit.predictions
    assert row["lower95"] < row["value"] < row["upper95"] and row["unit"] == "A.h.m-2"


def test_a_prediction_without_a_number_is_left_out_and_said(tmp_path):
    """A current that creep sustains, and a polarisation beyond the cut-off."""
    pressed = LOSING.model_copy(update={"values": FLAT | {"Stack pressure": "0.3 MPa"}})
    currents = ["0.001 mA/cm2", "0.2 mA/cm2"]
    asked = [StrippingTable(current_density=currents, name="slow")]
    asked.append(PolarisationTable(current_density=["5 mA/cm2"], duration="9 h", name="long"))
    fit = make_study(pressed, given("4 mAh/cm2"), [CONSTANT], predictions=asked).fit(starts=1)
    fit.save(tmp_path / "fit.json")
    for one in (fit, load_fit(tmp_path / "fit.json")):
        assert [row["observable"] for row in one.predictions] == ["stripped capacity at 0.2 mA/cm2"]
        told = " ".join(one.warnings())
        assert "slow: no number for 1 of 2 predictions" in told and "goes on beyond" in told
        assert "long: no number for 1 of 1" in told and "passes a cut-off before" in told


@pytest.mark.parametrize(
    ("cell", "table", "told"),
    [
        ({"options": {}}, {}, 'keeps its contact.*"contact loss" = "vacancies"'),
        ({"coating": "interface", "options": {}, "values": {}}, {}, "name a coating"),
        ({"type": "full"}, {}, "are those of a symmetric cell"),
        ({}, {"capacity": ["300 mAh/cm2"]}, "300 mAh/cm2 is more than 100 mAh/cm2"),
        ({}, {"capacity": ["-1 mAh/cm2"]}, "capacity must be positive"),
        ({}, {"capacity": ["1 mAh"]}, "cannot be converted to A.h.m-2"),
        ({}, {"capacity": None}, "the key capacity is missing"),
        ({}, {"current_density": ["0 mA/cm2"]}, "current_density must be positive"),
        (
            {},
            {"current_density": ["0.1 mA/cm2", "1 mA/cm2"], "capacity": ["1 mAh/cm2"]},
            "for each",
        ),
        ({}, {"limit": "-5 V"}, "limit must be positive"),
        ({}, {"limit": "5"}, "unit is missing"),
        ({}, {"temperature": "200 degC"}, "outside the range"),
        ({}, {"noise": None}, "noise is missing"),
    ],
)
def test_a_mistake_is_one_sentence(cell, table, told):
    keys = LOSING.model_dump(exclude_defaults=True) | cell
    asked = given().model_dump(exclude_defaults=True) | table
    asked = StrippingTable(**{key: value for key, value in asked.items() if value is not None})
    with pytest.raises(InputError, match=told) as refusal:
        make_study(CellTable(**keys), asked, [CONSTANT])
    assert "\n" not in str(refusal.value)


def test_it_is_the_usual_next_measurement_of_a_cell_that_loses_contact():
    """Though nothing was stripped yet: the limit is then no input of the cell's own."""
    measured = ResistanceTable(resistance=["20 ohm cm2"], noise="5 %")
    fit = make_study(LOSING, measured, ["Negative face exchange-current density"]).fit(starts=1)
    ranked = fit.with_outlook().outlook
    names = [one.name for one in ranked.candidates]
    assert "one-way stripping of cell at 25 °C, 0.2, 0.5 and 1 mA/cm2" in names
    assert not ranked.left_out
    kept = make_study(
        CellTable(type="symmetric", coating="bare"), measured, ["Garnet conductivity"]
    )
    assert not any("stripping" in one.name for one in candidates(kept))


def recorded(path, currents, voltage=lambda t: 0.1 + t / 3600, until=3):
    """A file of samples a minute, the currents [A] one after the other for an hour each."""
    t = np.arange(0, until * 3600 + 1, 60.0)
    I = np.array(currents)[np.minimum((t / 3600).astype(int), len(currents) - 1)]
    rows = [f"{a:g},{b:g},{np.sign(b) * voltage(a):.6g}" for a, b in zip(t, I, strict=True)]
    path.write_text("# synthetic\n" + "\n".join(["time/s,I/A,Ecell/V", *rows]) + "\n")
    return str(path)


def of_file(file, **keys):
    return StrippingTable(file=file, noise="5 %", current_positive_on="discharge", **keys)


def test_a_recorded_file_tells_its_capacity(tmp_path):
    """0.2 mA on 1 cm2, from a rest, until the voltage meets 2.05 V: 0.95 h after it began."""
    path = recorded(tmp_path / "one.csv", [0.0, 2e-4])
    for sign in (1, -1):
        path = recorded(tmp_path / "one.csv", [0.0, sign * 2e-4])
        [one] = make_study(LOSING, of_file(path, limit="2.05 V"), [CONSTANT]).experiments
        assert one.current_density == pytest.approx(2.0)
        assert one.capacity == pytest.approx(2.0 * 0.95, rel=0.02)
        assert one.bound == "equal" and one.synthetic and path in one.files
    [open_] = make_study(LOSING, of_file(path), [CONSTANT]).experiments
    assert open_.bound == "at least" and "ends before 5 V" in open_.notes[0]


@pytest.mark.parametrize(
    ("currents", "keys", "told"),
    [
        ([2e-4, -2e-4], {}, "has 2 currents, and one-way stripping is at one"),
        ([0.0, 0.0], {}, "no current"),
        ([2e-4], {"capacity": ["1 mAh/cm2"]}, "give either file, or"),
    ],
)
def test_a_file_that_is_no_one_way_stripping_is_refused(tmp_path, currents, keys, told):
    path = recorded(tmp_path / "it.csv", currents)
    with pytest.raises(InputError, match=told) as refusal:
        make_study(LOSING, of_file(path, **keys), [CONSTANT])
    assert "\n" not in str(refusal.value)
