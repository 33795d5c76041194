"""Protocols followed by cells: an independent solver, closed forms, survival, mistakes in files."""

import json

import numpy as np
import pybamm
import pytest

from ssb_model import InputError
from ssb_model.cli.simulate import simulate as run_command, simulation_table
from ssb_model.library import LAW_PARAMETERS, spread_of, write_template
from ssb_model.measurements import CYCLES, one_c_current
from ssb_model.prediction import load_cell, load_coating, load_protocol, predict, simulate
from ssb_model.prediction.coated_cells import coated_cells
from ssb_model.prediction.draws import draw
from ssb_model.prediction.simulation import Simulated, StatedProtocol, StatedStep
from ssb_model.prediction.simulation.run import WEAR, _beyond_window, _Follower, _law, _wear
from ssb_model.prediction.simulation.simulated import as_measured

FULL = (
    StatedStep("Charge at C/3 until 3.8 V"),
    StatedStep("Hold at 3.8 V until C/20"),
    StatedStep("Rest for 10 minutes"),
    StatedStep("Discharge at C/3 until 2.5 V"),
)
FADE = "Positive electrode fade per cycle"
LOSS, FILAMENT = "Lithium contact loss per charge [m2.C-1]", "Filament charge [C.m-2]"
FEW = 4


@pytest.fixture(scope="module")
def cells(plain_cell):
    """A worn cell of the bare garnet, and the inputs of a few draws, by type."""

    def made(type):
        coating = load_coating("bare")
        columns = draw(coating, coated_cells(coating, plain_cell), plain_cell, FEW, 0).columns()
        worn = coated_cells(coating, plain_cell, WEAR).cells[type]
        J_c = np.array([0.5, 1.0, 2.0, 50.0])
        return worn, columns | _wear(worn, {}, FEW, 0) | _law(J_c)

    return {type: made(type) for type in ("full", "symmetric")}


@pytest.fixture(scope="module")
def followed(cells):
    """Two cycles of the full cell that never shorts."""
    worn, columns = cells["full"]
    follower = _Follower(worn, columns | {LAW_PARAMETERS[0]: np.full(FEW, 1e3)})
    for number in range(2):
        follower.cycle(number, FULL)
    return follower, follower.found()


def test_a_cycle_with_voids_is_that_of_an_independent_solver(followed):
    follower, found = followed
    values = follower.worn.values.copy()
    values.update({name: float(x[0]) for name, x in follower.inputs.items() if name in values})
    values[CYCLES] = 0.0
    cycle = pybamm.Experiment([tuple(step.text for step in FULL)])
    solver = pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-7)
    model = follower.worn.model
    solved = pybamm.Simulation(model, parameter_values=values, experiment=cycle, solver=solver)
    *_, rest, discharge = solved.solve().cycles[0].steps
    Q = [one["Discharge capacity [A.h]"].entries[-1] for one in (rest, discharge)]
    mass = one_c_current(follower.worn.values)[1]
    assert found["discharge"][0, 0] == pytest.approx((Q[1] - Q[0]) / mass, rel=1e-5)
    end = {name: discharge[name].entries[-1] for name in follower.compiled.output_names}
    assert found["contact"][0, 0] == pytest.approx(end["Negative face retained contact"], rel=1e-5)
    assert found["contact"][0, 0] < 0.999
    resistance = 1e4 * end["Negative face resistance [Ohm.m2]"]
    assert found["resistance"][0, 0] == pytest.approx(resistance, rel=1e-5)


def test_material_is_lost_at_the_rate_that_the_electrodes_file_states(cells):
    """Of cells that keep all else, at a rate at which little is left of what limits them."""
    worn, columns = cells["full"]
    still = {LAW_PARAMETERS[0]: np.full(FEW, 1e3), LOSS: np.zeros(FEW)}
    slow = (StatedStep("Charge at C/50 until 3.8 V"), StatedStep("Discharge at C/50 until 2.5 V"))
    follower = _Follower(worn, columns | still)
    for number in (0, 100, 200):
        follower.cycle(number, slow)
    first, middle, last = follower.found()["discharge"]
    fade = float(worn.values[FADE])
    assert np.median(middle / first) == pytest.approx(1 - 100 * fade, rel=1e-3)
    assert np.median(last / first) == pytest.approx(1 - 200 * fade, rel=1e-3)


def test_a_cell_above_its_critical_current_shorts_when_the_closed_form_says(cells):
    """q_f/(J - J_c) under a constant current; one below it does not short."""
    worn, columns = cells["symmetric"]
    known = {FILAMENT: np.full(FEW, 1800.0), LOSS: np.zeros(FEW)}
    follower = _Follower(worn, columns | known)
    follower.cycle(0, (StatedStep("Charge at 0.3 mA/cm2 for 2 minutes"),) * 2)
    follower.cycle(1, (StatedStep("Charge at 0.3 mA/cm2 for 2 hours"),))
    found = follower.found()
    assert found["alive"].tolist() == [[True] * FEW, [False] * 2 + [False, True]]
    hours = 1800.0 / (3.0 - np.array([0.5, 1.0, 2.0])) / 3600
    np.testing.assert_allclose(found["hours"][1, :3], hours, rtol=2e-3)
    assert found["hours"][1, 3] == pytest.approx(1 / 15 + 2)
    np.testing.assert_allclose(found["charge"][0], 0.02, rtol=1e-6)  # mAh/cm2


def test_a_cell_that_has_shorted_does_nothing_more(cells):
    worn, columns = cells["symmetric"]
    follower = _Follower(worn, columns | {FILAMENT: np.full(FEW, 100.0), LOSS: np.zeros(FEW)})
    for number in range(2):
        follower.cycle(number, (StatedStep("Charge at 0.3 mA/cm2 for 1 hour"),))
    found = follower.found()
    assert not found["alive"][0, :3].any()
    assert np.all(found["charge"][1, :3] == 0)
    assert np.all(found["hours"][1, :3] == found["hours"][0, :3])
    assert found["charge"][1, 3] == pytest.approx(0.3)


def test_an_impedance_is_of_the_state_that_the_cell_has_come_to(cells):
    """Contact that voids have taken is missing in the spectrum after them."""
    worn, columns = cells["symmetric"]
    most = {LOSS: np.full(FEW, 1e-4), LAW_PARAMETERS[0]: np.full(FEW, 1e3)}
    spectrum = StatedStep("Impedance", (1e5, 1e-2))
    follower = _Follower(worn, columns | most)
    strip = StatedStep("Charge at 0.2 mA/cm2 for 1 hour")
    follower.cycle(0, (spectrum, strip, StatedStep("Rest for 1 hour"), spectrum))
    found = follower.found()
    (_, frequency, new), (_, _, worn_out) = found["spectra"]
    assert frequency == (1e5, 1e-2)
    lost = found["contact"][0] < 0.95  # the others' pressure sustains the current
    assert lost.sum() >= 2
    assert np.all(worn_out.real[1, lost] > 1.02 * new.real[1, lost])
    np.testing.assert_allclose(worn_out.real[1, ~lost], new.real[1, ~lost], rtol=0.02)


def made(discharge, alive, **more):
    """Cells by hand: rows are cycles."""
    shape = np.shape(discharge)
    ones = np.ones(shape)
    steps = (StatedStep("Discharge at 1C until 2.5 V"),)
    protocol = StatedProtocol("p.toml", "full", ((steps, shape[0]),))
    keys = ("charge", "potential", "resistance", "contact")
    numbers = {key: ones for key in keys} | {"hours": np.cumsum(ones, axis=0)} | more
    return Simulated("a", "b", protocol, np.array(discharge), alive=np.array(alive), **numbers)


def test_capacities_are_of_the_cells_that_live_and_overall():
    found = made([[100.0, 120.0, 140.0], [90.0, 10.0, 130.0]], [[True] * 3, [True, False, True]])
    assert found.survival.tolist() == pytest.approx([100.0, 200 / 3])
    assert found.of_living("discharge")[:, 0].tolist() == [120.0, 110.0]
    assert found.overall[:, 0].tolist() == [120.0, 90.0]
    assert found.short_hours.tolist() == [2.0]
    content = found.as_content()
    assert content["simulated"] is True and content["short_hours"] == [2.0]
    json.dumps(content, allow_nan=False)


def test_what_no_cell_lives_to_show_is_null():
    found = made([[100.0], [0.0]], [[True], [False]])
    content = found.as_content()
    assert content["discharge_mAh_g"]["median"] == [100.0, None]
    assert content["that_pass_no_charge_percent"] == [0.0, None]
    json.dumps(content, allow_nan=False)


def test_living_cells_that_pass_no_charge_are_told():
    found = made(
        [[100.0, 120.0], [0.0, 110.0]], [[True] * 2] * 2, charge=np.array([[1, 1], [0, 1]])
    )
    assert found.idle.tolist() == [0.0, 50.0]
    [said] = found.all_warnings
    assert said.startswith("In cycle 2 at least")


def test_a_cycle_that_asks_for_no_current_has_no_capacity(plain_cell):
    rest, run = StatedStep("Rest for 1 hour"), StatedStep("Discharge at 0.1 mA/cm2 for 1 hour")
    protocol = StatedProtocol("p", "symmetric", (((run,), 1), ((rest,), 1)))
    found = simulate("zni2-0.5", protocol, plain_cell, 16)
    assert np.isfinite(found.of_living("discharge")).all(axis=1).tolist() == [True, False]
    assert np.isnan(found.overall[1]).all() and np.isfinite(found.of_living("resistance")).all()
    assert not any("pass no charge" in text for text in found.all_warnings)


def test_the_impedance_that_is_drawn_is_one_cells_all_the_way():
    first = np.array([[1.0, 2.0, 3.0, 4.0], [10.0, 30.0, 20.0, 40.0]]) + 0j
    last = np.array([[5.0, 6.0, 7.0, np.nan], [50.0, 70.0, 60.0, np.nan]]) + 0j
    frequency = (1e6, 1.0)
    spectra = (("cycle 1", frequency, first), ("cycle 2", frequency, last))
    found = made(np.ones((2, 4)), np.ones((2, 4), dtype=bool), spectra=spectra)
    assert found.typical(spectra[0]).tolist() == [3.0, 20.0]
    assert found.typical(spectra[1]).tolist() == [7.0, 60.0]


def test_a_further_cell_differs_by_the_parts_of_the_one_definition():
    many = 4096
    mean = made(np.full((2, many), 150.0), np.ones((2, many), dtype=bool))
    found = as_measured(mean, 0)
    parts = spread_of("capacity").values()
    expected = np.sqrt(sum(part.at(150.0) ** 2 for part in parts))
    np.testing.assert_allclose(found.discharge.std(axis=1), expected, rtol=0.03)
    together = np.corrcoef(found.discharge)[0, 1]  # of one cell, and of one kind of cycle
    assert 0.5 < together < 1.0
    assert np.all(as_measured(made([[0.0]], [[True]]), 0).discharge == 0)


@pytest.fixture
def protocol(tmp_path):
    def write(text):
        path = tmp_path / "protocol.toml"
        path.write_text(text)
        return path

    return write


def of_steps(*steps, **keys):
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f"[[cycles]]\nsteps = {json.dumps(list(steps))}\n{more}"


MISTAKES = {
    of_steps("Charge at C/10"): "does not say when it ends",
    of_steps("Chrage at C/10 until 3.8 V"): "cannot be followed",
    of_steps("Charge at C/10 until 3.8 bar"): "cannot be followed",
    of_steps("Charge at -1C until 3.8 V"): "below zero",
    of_steps("Charge at 0C until 3.8 V"): "cannot be followed",
    of_steps("Charge at 0 mA/cm2 for 1 hour"): "no current",
    of_steps("Charge at C/0 until 3.8 V"): "cannot be followed",
    of_steps("Impedance from 1 MHz to 1 Hz"): "no step that takes time",
    of_steps("Rest for 1 hour", "Impedance from 1 Hz to 1 MHz"): "higher frequency first",
    of_steps("Rest for 1 hour", "Impedance from 1 V to 1 Hz"): "Hz",
    of_steps("Rest for 1 hour", repeat=100000): "more than 5000 cycles",
    of_steps("Rest for 1 hour", repeat=0): "repeat",
    of_steps("Rest for 1 hour", repeat=1.5): "repeat",
    of_steps("Rest for 1 hour", repaet=2): "repeat",
    of_steps(): "steps",
    'temperature = "2000 degC"\n' + of_steps("Rest for 1 hour"): "melts",
    'temperature = "warm"\n' + of_steps("Rest for 1 hour"): "temperature",
    "cell = 'full'\n": "cycles",
    "cell = 'blocking'\n" + of_steps("Rest for 1 hour"): "cell",
    'name = "a"\ntype = "none"\n': "a coating",
    of_steps("__import__('os').system('true') until 3 V"): "cannot be followed",
}


@pytest.mark.parametrize("text", MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_in_a_protocol_is_one_sentence(text, protocol):
    path = protocol(text)
    with pytest.raises(InputError) as told:
        load_protocol(path)
    said = str(told.value)
    assert MISTAKES[text] in said and path.name in said and "\n" not in said


def test_a_protocol_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml"):
        load_protocol(tmp_path / "none.toml")
    with pytest.raises(InputError, match="there is no protocol"):
        load_protocol(tmp_path / "none")


def test_the_template_is_followed_and_its_files_written(tmp_path, monkeypatch, written, capsys):
    monkeypatch.chdir(tmp_path)
    write_template("protocol", tmp_path / "protocol.toml")
    cell = written('[values]\n"Garnet thickness" = "0.85 mm"\n', "cell.toml")
    run_command("zni2-0.5", tmp_path / "protocol.toml", str(cell), draws=16)
    folder = tmp_path / "results" / "zni2-0.5-protocol"
    content = json.loads((folder / "simulation.json").read_text())
    assert len(content["cycles"]) == 14 and len(content["spectra"]) == 2
    assert (folder / "simulation.png").stat().st_size > 10_000
    median = content["discharge_mAh_g"]["median"]
    assert 100 < median[0] < 180 and median[8] < median[3] < median[0]
    assert "assumed" in capsys.readouterr().err


def test_the_table_has_first_middle_and_last_of_each_block():
    found = made(np.full((9, 2), 100.0), np.ones((9, 2), dtype=bool))
    assert found.told == [0, 4, 8]
    assert simulation_table(found).row_count == 3


def test_an_impedance_under_way_is_told_and_a_rest_before_it_is_not(protocol):
    run, spectrum = "Charge at 0.1 mA/cm2 for 1 hour", "Impedance from 1 MHz to 1 Hz"
    at_once = load_protocol(protocol(of_steps(spectrum, run, spectrum, spectrum)))
    assert at_once.unsteady == [spectrum]
    assert not load_protocol(protocol(of_steps(run, "Rest for 1 hour", spectrum))).unsteady


def test_what_a_cells_file_states_of_its_wear_is_taken(written):
    """Under a pressure that closes every void at once the face keeps its contact."""
    text = '[values]\n"Garnet thickness" = "0.85 mm"\n"Lithium contact loss per charge" = '
    text += '"1e-4 m2/C"\n"Stack pressure" = '
    run = (StatedStep("Discharge at 0.2 mA/cm2 for 1 hour"),)
    protocol = StatedProtocol("p", "symmetric", ((run, 1),))
    low, ranged, high = (
        simulate("bare", protocol, load_cell(written(text + said, "cell.toml")), 16).contact
        for said in ('"0.1 MPa"', '["0.1 MPa", "0.2 MPa"]', '"20 MPa"')
    )
    assert np.median(low) < np.median(ranged) < 0.95 < 0.999 < np.median(high)


def test_a_filament_charge_that_is_stated_is_taken_in_predictions_too(written):
    text = '[values]\n"Garnet thickness" = "0.85 mm"\n"Filament charge" = '
    few, many = (
        predict("bare", load_cell(written(text + said, "cell.toml")), draws=64)
        for said in ('"0.05 mAh/cm2"', '"50 mAh/cm2"')
    )
    name = "full cells that short at 1C"
    assert few[name][0] > many[name][0]


def test_a_warm_cell_resists_less(plain_cell):
    blocks = (((StatedStep("Rest for 1 hour"),), 1),)
    cold, warm = (
        simulate("bare", StatedProtocol("p", "symmetric", blocks, T), plain_cell, 16)
        for T in (298.15, 333.15)
    )
    assert np.all(warm.resistance < cold.resistance)


@pytest.mark.parametrize(
    ("said", "ampere"),
    [
        ("0.5 mA/cm2", "0.001 A"),
        ("0.5 mA cm-2", "0.001 A"),
        ("500 uA/cm²", "0.001 A"),
        ("5e-4 A / cm^2", "0.001 A"),
        ("500 µA", "0.0005 A"),
        ("0.5 mA", "0.0005 A"),
        ("C/10", "C/10"),
    ],
)
def test_a_current_is_read_in_every_way_that_it_is_written(said, ampere):
    step = StatedStep(f"Discharge at {said} until 2.5 V")
    assert step.words(2e-4) == f"Discharge at {ampere} until 2.5 V"


def test_a_step_beyond_the_cells_cut_offs_is_told(cells):
    worn, _ = cells["full"]
    steps = ("Charge at C/3 until 4.6 V", "Hold at 3.8 V until C/20", "Discharge at C/3 until 1 V")
    stated = StatedProtocol("p", "full", ((tuple(map(StatedStep, steps)), 1),))
    told = _beyond_window(worn, stated)
    assert [text.split('"')[1] for text in told] == [steps[0], steps[2]]
    assert not _beyond_window(worn, StatedProtocol("p", "full", ((FULL, 1),)))


def test_a_step_that_takes_longer_than_pybamm_lets_it_is_told(cells):
    worn, columns = cells["full"]
    follower = _Follower(worn, columns | {LAW_PARAMETERS[0]: np.full(FEW, 1e3)})
    follower.cycle(0, (StatedStep("Discharge at 1 uA/cm2 until 2.5 V"),))
    [said] = follower.warnings
    assert "1 uA/cm2" in said and "90 hours" in said
    follower = _Follower(worn, columns | {LAW_PARAMETERS[0]: np.full(FEW, 1e3)})
    follower.cycle(0, (StatedStep("Discharge at 1 uA/cm2 for 2 hours or until 2.5 V"),))
    assert not follower.warnings


def test_the_same_seed_gives_the_same_cells(plain_cell):
    protocol = StatedProtocol("p", "symmetric", (((StatedStep("Rest for 1 hour"),), 1),))
    one, two = (simulate("zni2-0.5", protocol, plain_cell, 16, seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.resistance, two.resistance)
    assert one.unit == "mAh/cm2" and one.cells == 16
