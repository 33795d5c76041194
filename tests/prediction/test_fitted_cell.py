"""The garnet of a fit of one's own, as a cell to predict coatings in."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cells.parameters import cell_quantities
from ssb_model.prediction import load_cell, load_coating
from ssb_model.prediction.coated_cells import coated_cells
from ssb_model.prediction.predict import drawn_of
from ssb_model.prediction.questions import questions
from ssb_model.study import load_study
from tests.study.small import TRUTH, write_small_study

GARNET = "Garnet conductivity [S.m-1]"


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """The fit of a small synthetic study, and its fit.json."""
    folder = tmp_path_factory.mktemp("fit")
    found = load_study(write_small_study(folder)).fit(starts=1)
    path = folder / "fit.json"
    path.write_text(found.to_json(folder))
    return found, path


def test_a_fitted_cell_has_the_garnet_of_the_fit_and_leaves_its_coating_behind(fitted):
    found, path = fitted
    cell = load_cell(str(path))
    assert [n for n in cell.inputs if n.startswith("Garnet")] == ["Garnet conductivity"]
    assert not [n for names in cell.inputs.values() for n in names if "face" in n]
    at = list(found.study.free.space.labels).index("Garnet conductivity")
    assert cell.root[0, 0] ** 2 == pytest.approx(found.fit.covariance[at, at], rel=1e-9)
    best = cell.columns(np.zeros((1, len(cell.space))))[GARNET].item()
    assert best == pytest.approx(TRUTH["Garnet conductivity"], rel=0.02)


def test_a_study_without_a_full_cell_leaves_the_cathode_to_its_prior(fitted):
    """Else capacities of a cathode that nobody measured would be certain."""
    cell = load_cell(str(fitted[1]))
    normals = np.random.default_rng(2).standard_normal((4000, len(cell.space)))
    name = "Cathode-side resistance [Ohm.m2]"
    prior = cell_quantities("full", cell.garnet, cathode=cell.cathode)[name].prior
    low, high = np.percentile(cell.columns(normals)[name], [2.5, 97.5])
    assert (low, high) == (pytest.approx(prior.lower, rel=0.1), pytest.approx(prior.upper, rel=0.1))


def test_a_coating_in_a_fitted_cell_has_that_cells_garnet_resistance(fitted):
    """L/sigma at the fitted conductivity, whatever the coating."""
    cell, coating = load_cell(str(fitted[1])), load_coating("lii-znlix")
    cells = coated_cells(coating, cell)
    drawn, _ = drawn_of(coating, cells, cell, 64, 0)
    answers = cells.answer(questions(["cell resistance", "interface resistance"]), drawn.columns())
    garnet = answers["cell resistance"] - answers["interface resistance"]
    thickness = cells.cells["symmetric"].values["Garnet thickness [m]"]
    expected = 1e4 * thickness / drawn.columns()[GARNET]
    np.testing.assert_allclose(garnet, expected, rtol=1e-3)


def test_a_fit_whose_study_is_gone_is_refused_in_one_sentence(fitted, tmp_path):
    (tmp_path / "fit.json").write_text(fitted[1].read_text())
    with pytest.raises(InputError, match="study") as error:
        load_cell(str(tmp_path / "fit.json"))
    assert "\n" not in str(error.value)
