"""Rows of a folder of one's own: found beside the coating's file, and in every forecast."""

import json

import pytest

from ssb_model.critical_current import learned_field
from ssb_model.critical_current.field_model import draws
from ssb_model.errors import InputError
from ssb_model.prediction import forecast_for, forecast_of, load_coating
from ssb_model.prediction.field import says_of

R = 8e-4  # Ohm.m2
HEAD = 'name = "mine"\ntype = "mixed"\n'
ROWS = """source = "notebook 12"
[[cells]]
name = "old bare"
treatment = "bare"
layer = "none"
contact = "bare control"
garnet = "batch 7"
temperature = "25 degC"
resistance = "900 ohm cm2"
faces = 2
critical_current = "0.05 mA/cm2"
[[cells]]
name = "old Sn"
treatment = "Sn"
layer = "electronic"
contact = "coated"
garnet = "batch 7"
temperature = "25 degC"
resistance = "20 ohm cm2"
faces = 2
critical_current = "0.3 mA/cm2"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cells").mkdir()
    (tmp_path / "cells" / "ours.toml").write_text(ROWS, encoding="utf-8")
    return tmp_path


def coating(folder, more="", head=HEAD):
    (folder / "mine.toml").write_text(head + more, encoding="utf-8")
    return load_coating(folder / "mine.toml")


def test_rows_beside_the_file_lower_the_forecast_of_a_lab_whose_cells_are_poor(folder):
    found = coating(folder)
    assert [row.name for row in found.known.of_lab] == ["old bare", "old Sn"]
    assert forecast_for(found).quantile(R, 0.5) < 0.8 * forecast_of("mixed").quantile(R, 0.5)


def test_rows_of_another_lab_hardly_move_it(folder):
    (folder / "cells" / "ours.toml").write_text('lab = "theirs"\n' + ROWS, encoding="utf-8")
    found = coating(folder)
    assert not found.known.of_lab
    ratio = forecast_for(found).quantile(R, 0.5) / forecast_of("mixed").quantile(R, 0.5)
    assert 0.85 < ratio < 1


def test_a_file_with_the_doi_of_a_paper_is_not_of_ones_own_lab(folder):
    (folder / "cells" / "ours.toml").write_text('doi = "10.1/x"\n' + ROWS, encoding="utf-8")
    assert {row.lab for row in coating(folder).known.library} == {"ours"}


def test_the_same_garnet_and_the_same_interface_say_more_than_the_lab(folder):
    quantiles = [
        forecast_for(found).quantile(R, 0.5)
        for found in (
            coating(folder),
            coating(folder, 'garnet = "batch 7"\n'),
            coating(folder, 'garnet = "batch 7"\n', HEAD.replace("mine", "Sn")),
        )
    ]
    assert quantiles[0] > quantiles[1] > quantiles[2]


def test_the_result_says_on_which_rows_it_rests(folder):
    said = says_of(coating(folder, '[[measured]]\ncell = "bare"\ncritical_current = "1 mA/cm2"\n'))
    assert "68 published cells, conditioned on 1 of your batch and 2 rows of the folder" in said[0]
    assert "(of your own lab: old bare, old Sn)" in said[0]


def test_draws_that_learnt_the_rows_are_used_and_those_of_other_rows_are_told(folder):
    """Rows that were learnt from weigh no draw again; the effect of their lab stays."""
    shipped = learned_field()
    cells = (*shipped.cells, *coating(folder).known.library)
    path = folder / "cells" / "draws.json"
    draws.save_draws(path, cells, shipped.theta, 0)
    learnt = coating(folder)
    assert len(says_of(learnt)) == 1
    forecast = forecast_for(learnt)
    assert forecast.effective == pytest.approx(500)
    assert forecast.quantile(R, 0.5) < 0.9 * forecast_of("mixed").quantile(R, 0.5)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"library": "x"}))
    draws._loaded.cache_clear()
    stale = says_of(learnt)[1]
    assert "learnt from other cells" in stale
    assert "run 'ssb library learn" in stale


def test_a_measured_cell_that_is_a_row_too_is_refused(folder):
    twice = '[[measured]]\ncell = "bare"\ncontact = "bare control"\ntemperature = "25 degC"\n'
    twice += 'interface_resistance = "0.09 Ohm.m2"\ncritical_current = "50 uA/cm2"\n'
    with pytest.raises(InputError, match=r"is row 'old bare' of .* would count twice"):
        coating(folder, twice)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('garnet = "batch 8"\n', "they have: batch 7"),
        ('library = "elsewhere"\n', "there is no folder"),
        ("library = 3\n", "library"),
    ],
)
def test_a_folder_or_a_garnet_that_is_not_there_is_said(folder, more, sentence):
    with pytest.raises(InputError, match=sentence):
        coating(folder, more)


def test_a_folder_of_other_files_is_none_of_cells(tmp_path):
    (tmp_path / "cells").mkdir()
    (tmp_path / "cells" / "cell.toml").write_text('garnet = "llzto"\n', encoding="utf-8")
    assert coating(tmp_path).known.folder is None


def test_rows_without_their_source_are_refused_and_not_left_out(folder):
    (folder / "cells" / "ours.toml").write_text(ROWS.split("\n", 1)[1], encoding="utf-8")
    with pytest.raises(InputError, match=r"ours.toml"):
        coating(folder)


@pytest.mark.parametrize("text", ["{", "[]", '{"library": 1}'])
def test_damaged_draws_are_told_and_not_used(folder, text):
    (folder / "cells" / "draws.json").write_text(text, encoding="utf-8")
    assert "draws.json" in says_of(coating(folder))[1]


def test_a_wrong_row_beside_the_file_is_refused_and_not_left_out(folder):
    wrong = ROWS.replace('"900 ohm cm2"', '"900"')
    (folder / "cells" / "ours.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=r"row 'old bare'.*unit is missing"):
        coating(folder)
