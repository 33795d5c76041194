"""A study, and a cell that is predicted in, name their cathode by its file: all follows from it."""

import numpy as np
import pytest

from ssb_model import CellTable, InputError, make_study
from ssb_model.prediction import load_cell, make_evaluator
from ssb_model.study import RateTable, VoltageTable, load_study
from tests.cells.cathodes import csv, electrode

LABELS = ("Positive particle reference diffusivity", "Positive electrode utilisation")
TRUTH = dict(zip(LABELS, (2e-16, 0.8), strict=True))
RATES = [0.1, 0.5, 1.0]
X = np.linspace(0, 1, 41)
CURVE = 3.9 - 0.7 * X - 0.2 * np.tanh(30 * (X - 0.5)) - 0.9 * np.exp(-30 * (1 - X))
TABLE = csv(stoichiometry=X, voltage=CURVE + 0.4 * np.exp(-60 * X))

STUDY = """
title = "my cathode"
[cells.full]
type = "full"
coating = "zni2-0.5"
cathode = "cathode.toml"
[[experiments]]
kind = "rate"
cell = "full"
c_rate = [0.1, 1.0]
capacity = ["150 mAh/g", "120 mAh/g"]
noise = "2 mAh/g"
[[free]]
name = "Positive electrode utilisation"
"""


def own(folder, content=TABLE, **quantities):
    head = 'open_circuit_potential = { table = "ocp.csv" }'
    window = {
        "charged_stoichiometry": "0.05 1",
        "upper_cut-off_voltage": "4.2 V",
        "1C_specific_current": "160 mA/g",
    }
    tables = {"ocp.csv": content}
    return electrode(folder, head=head, tables=tables, **(window | quantities))


def studied(cathode, capacities, **options):
    cell = CellTable(type="full", coating="zni2-0.5", cathode=str(cathode), options=options)
    listed = [f"{q:.9g} mAh/g" for q in capacities]
    test = RateTable(c_rate=RATES, capacity=listed, noise="0.5 mAh/g", charge="full")
    return make_study({"full": cell}, test, LABELS)


def simulated(study):
    [simulator] = study.simulators()
    theta = {label: np.array([TRUTH[label]]) for label in LABELS}
    return np.asarray(simulator.function(theta))[:, 0]


def test_a_rate_test_gives_diffusivity_and_utilisation_of_an_own_cathode_back(tmp_path):
    cathode = own(tmp_path)
    study = studied(cathode, simulated(studied(cathode, [100.0] * 3)))
    assert study.cells["full"].values["Upper voltage cut-off [V]"] == 4.2
    fitted = study.fit(starts=1)
    for label, value in TRUTH.items():
        assert fitted.fit.parameters[label] == pytest.approx(value, rel=0.03)


def test_the_options_of_the_cathodes_file_are_the_cells(tmp_path):
    cathode = own(tmp_path)
    head, rest = cathode.read_text().split("\n", 1)
    cathode.write_text(f'{head}\noptions = {{ "catholyte" = "binary" }}\n{rest}')
    chosen, overruled = (
        studied(cathode, [100.0] * 3, **options).cells["full"].completed_options["catholyte"]
        for options in ({}, {"catholyte": "single ion"})
    )
    assert (chosen, overruled) == ("binary", "single ion")


def test_a_changed_table_is_another_cell_and_another_checksum(tmp_path):
    """Under the same name and with the same numbers in the file that names it."""
    found = []
    for shift in (0.0, 0.4):
        moved = csv(stoichiometry=X, voltage=CURVE + 0.4 * np.exp(-60 * X) - shift * X)
        cathode = own(tmp_path, moved)
        study_file = tmp_path / "study.toml"
        study_file.write_text(STUDY)
        study = load_study(study_file)
        found.append((study, simulated(studied(cathode, [100.0] * 3))))
    (first, before), (second, after) = found
    changed = {n for n, one in first.checksums.items() if second.checksums[n] != one}
    assert changed == {"cathode.toml: ocp.csv"}
    assert before[0] > after[0] + 1


def test_a_mistake_in_the_table_names_the_studys_cell(tmp_path):
    own(tmp_path, TABLE.replace("0.5,", "5,", 1))
    (tmp_path / "study.toml").write_text(STUDY)
    with pytest.raises(
        InputError, match=r"study.toml: cells.full.cathode: .*ocp.csv: 5 in the col"
    ):
        load_study(tmp_path / "study.toml")


def test_a_cathode_of_reactions_is_started_by_its_file_alone(tmp_path):
    site = 'potential = "3.8 V", share = 1.0, ideality = 3.0, exchange_current_density = "1 A/m2"'
    head = f"open_circuit_potential = {{ reactions = [{{ {site} }}] }}"
    cathode = electrode(tmp_path, head=head, charged_stoichiometry="0.1 1")
    cell = CellTable(type="full", coating="zni2-0.5", cathode=str(cathode))
    rate = RateTable(c_rate=[0.1], capacity=["100 mAh/g"], noise="1 mAh/g")
    steps = VoltageTable(steps=[["0.1 mA", "1 min"]], start_stoichiometry=0.4)
    with pytest.raises(InputError, match="a cathode of reactions starts at its file's charged"):
        make_study({"full": cell}, rate, LABELS[1:], predictions=[steps])


def test_a_coating_is_predicted_with_the_cathode_of_the_cells_file(tmp_path):
    """An NMC811 cell gives more per gram than LFP, within its own window."""
    (tmp_path / "coating.toml").write_text(
        'name = "mine"\ntype = "mixed"\ninterface_resistance = "11 ohm cm2"\n'
    )
    found = []
    for cathode in ("nmc811", "lfp"):
        cell = tmp_path / f"{cathode}.toml"
        cell.write_text(f'cathode = "{cathode}"\n[values]\n"Upper voltage cut-off" = "4.2 V"\n')
        assert load_cell(cell).cathode == cathode
        evaluate = make_evaluator(tmp_path / "coating.toml", ["capacity at 0.1C"], cell)
        found.append(
            evaluate({"Positive electrode utilisation": np.array([0.774])})["capacity at 0.1C"][0]
        )
    nmc, lfp = found
    full = 275.5 * (1 - 0.31)  # mAh/g, between the charged and the full particle
    assert 0.85 * full < nmc < full and lfp < 0.774 / 0.92 * 160


def test_a_rate_test_that_starts_beyond_the_cut_offs_is_refused(tmp_path):
    """Discharges begin charged; a window of the cell's own must hold that."""
    own(tmp_path)
    narrow = 'cathode = "cathode.toml"\nvalues = { "Upper voltage cut-off" = "3.9 V" }'
    (tmp_path / "study.toml").write_text(STUDY.replace('cathode = "cathode.toml"', narrow))
    with pytest.raises(InputError, match=r"experiments\[0\]: .*at the charged stoichiometry 0.05"):
        load_study(tmp_path / "study.toml")
