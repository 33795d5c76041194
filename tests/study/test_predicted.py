"""A study's predictions are of a further cell as it would be measured, by the one definition."""

import json

import numpy as np
import pytest

from ssb_model import CellTable, InputError, load_fit, load_study, make_study
from ssb_model.cli.fit import prediction_table
from ssb_model.library import CELL, MEASUREMENT, spread_of
from ssb_model.library.spread import PARAMETERS
from ssb_model.prediction.questions import EXAMPLES, questions
from ssb_model.study import (
    ActivationEnergyTable,
    ImpedanceTable,
    PolarisationTable,
    ResistanceTable,
    rank_for_fit,
    read_cell,
)

BARE = CellTable(type="symmetric", coating="bare")
EXCHANGE = "Negative face exchange-current density"
MEASURED = ResistanceTable(resistance=["1000 ohm cm2"], noise="5 %")
WARM = ResistanceTable(temperature="60 degC", name="warm")
ASKED = [
    WARM,
    WARM.model_copy(update={"name": "again", "same_cell": True}),
    WARM.model_copy(update={"name": "rough", "same_cell": True, "noise": "20 %"}),
    PolarisationTable(duration="1 h", current_density=["0.01 mA/cm2"], name="voltage"),
    ActivationEnergyTable(temperatures=["25 degC", "60 degC"], name="energy"),
    ImpedanceTable(frequencies=["1 Hz", "10 Hz"], name="spectrum"),
]


@pytest.fixture(scope="module")
def fit():
    return make_study(BARE, MEASURED, [EXCHANGE], predictions=ASKED).fit(starts=1)


@pytest.fixture(scope="module")
def rows(fit):
    return {row["experiment"]: row for row in fit.predictions}


def width(row, of=""):
    return np.log(row[f"{of}upper95"] / row[f"{of}lower95"]) / (2 * 1.96)


def test_a_further_cell_differs_and_is_measured(rows):
    parts = spread_of("resistance").values()
    expected = np.sqrt(width(rows["warm"], "mean_") ** 2 + sum(part.size**2 for part in parts))
    assert width(rows["warm"]) == pytest.approx(expected, rel=0.01)
    assert rows["warm"]["of"] == "a further cell"
    assert sum(rows["warm"]["shares"].values()) == pytest.approx(1)


def test_the_same_cell_does_not_differ_from_itself(rows):
    assert set(rows["again"]["shares"]) == {PARAMETERS, MEASUREMENT}
    assert width(rows["again"]) == pytest.approx(np.hypot(0.05, width(rows["again"], "mean_")))


def test_the_noise_that_a_prediction_states_is_its_measurement(rows):
    mean, half = width(rows["rough"], "mean_"), np.diff([rows["rough"][k] for k in ENDS])[0] / 2
    assert half / 1.96 / rows["rough"]["value"] == pytest.approx(np.hypot(0.2, mean), rel=0.02)


ENDS = ("lower95", "upper95")


def test_the_polarisation_of_a_further_cell_follows_its_resistance(fit, rows):
    """Of a bare cell nearly all of the voltage is the interface's, a tenth the garnet's."""
    R = fit.fit.observable("cell, resistance 1: interface resistance at 25 degC")
    share = R * 0.1 / rows["voltage"]["value"]
    assert 0.7 < share < 1
    through = np.sqrt(rows["voltage"]["shares"][CELL]) * width(rows["voltage"])
    assert through == pytest.approx(0.3 * share, rel=0.03)


def test_an_activation_energy_does_not_differ_with_the_resistance(rows):
    assert rows["energy"]["shares"][MEASUREMENT] > 0.9
    assert rows["energy"]["shares"][CELL] < 1e-3


def test_spectra_follow_too(fit):
    [*_, low] = [r for r in fit.predictions if "Re Z" in r["observable"]]
    assert width(low) > 0.2


def test_both_intervals_are_kept(fit, tmp_path):
    fit.save(tmp_path / "fit.json")
    assert load_fit(tmp_path / "fit.json").predictions == fit.predictions


def test_a_file_of_an_earlier_version_gets_the_definition(fit, tmp_path):
    fit.save(tmp_path / "fit.json")
    content = json.loads((tmp_path / "fit.json").read_text())
    for row in content["predictions"]:
        for key in ("shares", "of", "mean_lower95", "mean_upper95"):
            del row[key]
    (tmp_path / "fit.json").write_text(json.dumps(content))
    again = load_fit(tmp_path / "fit.json").predictions
    assert [row["upper95"] for row in again] == pytest.approx(
        [row["upper95"] for row in fit.predictions]
    )


def test_the_mean_is_shown_where_it_is_asked_for(fit):
    further, mean = prediction_table(fit), prediction_table(fit, of_the_mean=True)
    assert "further cell" in str(further.title) and "mean cell" in str(mean.title)
    shown = {table: next(iter(table.columns[2].cells)) for table in (further, mean)}
    assert shown[further] != shown[mean]
    assert "differences between cells" in next(iter(further.columns[4].cells))


def test_only_a_prediction_is_of_the_same_cell():
    with pytest.raises(InputError, match="same_cell is of a prediction"):
        make_study(BARE, MEASURED.model_copy(update={"same_cell": True}), [EXCHANGE])


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_study_and_a_prediction_take_a_number_for_the_same_kind(example, tmp_path):
    [question] = questions([example])
    coating = CellTable(type=question.cell, coating="zni2-0.5")
    cell = read_cell("cell", coating, tmp_path)
    assert question.experiments(cell)[0].spread == question.kind.spread


def test_a_further_cell_is_what_a_measurement_is_worth_for(fit, rows):
    """What is left of an interval is left of its parameters' share alone."""
    name = "warm: interface resistance at 60 degC"
    further, mean = (rank_for_fit(fit, [name], of_the_mean=m) for m in (False, True))
    share = rows["warm"]["shares"][PARAMETERS]
    for one in further:
        [of_mean] = [other.widths[name] for other in mean if other.name == one.name]
        expected = np.sqrt(1 - share + share * of_mean**2)
        assert one.widths[name] == pytest.approx(expected, abs=0.003)


def test_a_prediction_may_stand_beside_the_test_of_its_kind(tmp_path):
    """Neither has a name; one that is stated twice is a mistake."""
    text = (
        'title = "x"\n[cells.full]\ntype = "full"\ngarnet = "llzto"\ncoating = "bare"\n'
        'cathode = "lfp"\ncharge = "full"\n[[experiments]]\nkind = "rate"\nc_rate = [0.1]\n'
        'capacity = ["150 mAh/g"]\nnoise = "3 mAh/g"\n[[predictions]]\nkind = "rate"\n'
        'c_rate = [0.5]\n[[free]]\nlabel = "D"\nname = "Positive particle reference diffusivity"\n'
    )
    path = tmp_path / "study.toml"
    path.write_text(text)
    study = load_study(path)
    assert [one.name for one in study.experiments] == ["full, rates 1"]
    assert [one.name for one in study.predictions] == ["full, rates 1, predicted"]
    path.write_text(text.replace("c_rate", 'name = "mine"\nc_rate'))
    with pytest.raises(InputError, match="two experiments are both 'mine'"):
        load_study(path)
