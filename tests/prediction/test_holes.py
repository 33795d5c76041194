"""A coating whose file says from which thickness on it has holes: bare garnet in parallel."""

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.prediction import load_coating
from ssb_model.prediction.coated_cells import coated_cells
from ssb_model.prediction.draws import draw, face_quantities
from ssb_model.prediction.questions import RESISTANCE, RESISTANCE_QUESTION

HOLES = """
name = "thin"
type = "mixed"
[values]
"layer thickness variation" = "0.5"
"layer continuity thickness" = "{}"
"""


@pytest.fixture(scope="module")
def resistance(plain_cell, tmp_path_factory):
    """Interface resistance [ohm cm2] over thickness [m], of layers continuous from one on."""
    path = tmp_path_factory.mktemp("holes") / "thin.toml"
    path.write_text(HOLES.format("20 nm"))
    coating = load_coating(path)
    cells = coated_cells(coating, plain_cell)

    def of(thickness, least=20e-9):
        drawn = draw(coating, cells, plain_cell, 256).columns()
        n = len(np.atleast_1d(thickness))
        columns = {name: np.full(n, np.median(x)) for name, x in drawn.items()}
        columns["Negative face layer thickness [m]"] = np.atleast_1d(thickness)
        columns["Negative face layer continuity thickness [m]"] = np.full(n, least)
        return cells.answer([RESISTANCE_QUESTION], columns)[RESISTANCE]

    return of, coating, cells


def test_a_thinner_layer_is_better_until_it_has_holes(resistance):
    of, _, _ = resistance
    R = of(np.array([200e-9, 70e-9, 15e-9]))
    assert R[1] < R[0] < R[2]


def test_a_layer_continuous_at_any_thickness_is_the_layer_alone(resistance):
    of, _, _ = resistance
    whole, thin = of(np.array([200e-9, 2e-9]), least=1e-10)
    assert thin < whole


def test_but_for_its_holes_the_layer_covers_all(resistance):
    _, coating, cells = resistance
    share = face_quantities(coating, cells)["Negative face coated share"]
    assert share.value == 1 and share.prior is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"layer thickness variation" = "0.5"', "from which thickness on the layer has holes"),
        ('"layer dissolution rate" = "1 nm/h"', "has no part in a prediction"),
        ('"layer potential plateau" = "0.2 V"', "has no part in a prediction"),
        ('"layer continuity thickness" = "20 mV"', "thin.toml"),
        ('"layer continuity thickness" = "-20 nm"', "outside what is physical"),
    ],
)
def test_what_changes_nothing_or_cannot_be_is_refused(written, line, told):
    path = written(f'name = "thin"\ntype = "mixed"\n[values]\n{line}\n', "thin.toml")
    with pytest.raises(InputError) as refused:
        load_coating(path)
    assert told in str(refused.value) and "\n" not in str(refused.value)
