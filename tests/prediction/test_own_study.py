"""Cells of a fitted study as cells of the batch: their critical current and fitted resistance."""

import pytest

from ssb_model import InputError
from ssb_model.prediction import cells_of_study, load_coating
from ssb_model.study import load_study

SHORTING = 'options = { "short circuit" = "critical current" }'
CURRENT = """
[[experiments]]
kind = "critical current"
cell = "bare"
last_safe = "0.25 mA/cm2"
first_failed = "0.35 mA/cm2"
"""
RESISTANCE = """
[[experiments]]
kind = "resistance"
cell = "bare"
resistance = ["400 ohm cm2"]
noise = "5 %"
"""


def _fitted(folder, experiments):
    """The fit.json of a study of one bare cell."""
    free = ["Negative face exchange-current density"]
    if CURRENT in experiments:
        free.append("Critical current law reference current density")
    study = folder / "study.toml"
    study.write_text(
        f'title = "batch"\n[cells.bare]\ntype = "symmetric"\ncoating = "bare"\n{SHORTING}\n'
        + experiments
        + "".join(f'[[free]]\nname = "{name}"\nrange = ["1 A/m2", "1e3 A/m2"]\n' for name in free)
    )
    kept = folder / "fit.json"
    kept.write_text(load_study(study).fit(starts=1).to_json(folder))
    return kept


@pytest.fixture
def coating(tmp_path):
    path = tmp_path / "coating.toml"
    path.write_text('name = "mine"\ntype = "mixed"\n')
    return load_coating(path)


def test_a_studys_bare_cell_is_one_of_the_batch(tmp_path, coating):
    [row] = cells_of_study(_fitted(tmp_path, CURRENT + RESISTANCE), coating)
    assert (row.treatment, row.contact, row.layer) == ("bare", "bare", "none")
    assert row.critical_current == "3 A.m-2"
    assert float(str(row.resistance).split()[0]) == pytest.approx(0.04, rel=0.02)


def test_a_study_without_a_critical_current_says_nothing_of_the_batch(tmp_path, coating):
    with pytest.raises(InputError, match="no experiment of kind 'critical current'"):
        cells_of_study(_fitted(tmp_path, RESISTANCE), coating)
