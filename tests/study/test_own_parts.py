"""A parameter set in a file of the user's own lies beside the study that names it."""

import pytest

from ssb_model import InputError, load_study, save_study
from ssb_model.prediction import load_cell

STUDY = """
title = "a pellet and a face of my own"
free = [{ name = "Negative face exchange-current density" }]
[cells.cell]
type = "symmetric"
garnet = "parts/my-garnet.toml"
coating = "my-face.toml"
[[experiments]]
kind = "resistance"
resistance = ["200 ohm cm2"]
temperature = ["25 degC"]
noise = "5 %"
"""
OF = "Garnet thickness [m]"


@pytest.fixture
def folder(tmp_path, repository):
    """Of a study; commands run elsewhere."""
    folder, sets = tmp_path / "study", repository / "parameter_sets"
    (folder / "parts").mkdir(parents=True)
    garnet = (
        (sets / "garnets/llzto.toml").read_text("utf-8").replace("value = 0.85", "value = 0.84")
    )
    (folder / "parts/my-garnet.toml").write_text(garnet, "utf-8")
    face = (sets / "coatings/bare.toml").read_text("utf-8")
    (folder / "my-face.toml").write_text(face, "utf-8")
    (folder / "study.toml").write_text(STUDY, "utf-8")
    return folder


def test_it_is_read_from_there(folder):
    study = load_study(folder / "study.toml")
    assert study.cells["cell"].values[OF] == 0.84e-3
    assert {"my-face.toml", "parts/my-garnet.toml"} <= study.checksums.keys()


def test_a_study_that_is_saved_elsewhere_goes_on_naming_it(folder, tmp_path):
    study = load_study(folder / "study.toml")
    again = save_study(study, tmp_path / "elsewhere" / "again.toml")
    assert again.cells["cell"].values[OF] == 0.84e-3


def test_a_cell_file_s_lies_beside_it(folder):
    (folder / "cell.toml").write_text('garnet = "parts/my-garnet.toml"\n', "utf-8")
    cell = load_cell(folder / "cell.toml")
    assert cell.garnet == str(folder / "parts/my-garnet.toml")


def test_one_that_is_not_there_is_named(folder):
    (folder / "my-face.toml").unlink()
    with pytest.raises(InputError, match=r"there is no file .*my-face\.toml"):
        load_study(folder / "study.toml")
