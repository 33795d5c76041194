"""The robust optimum: exact gradients, known optima, ends of ranges told."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.prediction import load_cell, load_coating
from ssb_model.prediction.design.optimum import Choice, _search, optimum

COATING = (
    'name = "thin"\ntype = "ionic"\nthickness = ["100 nm", "300 nm"]\n'
    'ionic_conductivity = ["1e-6 S/cm", "4e-6 S/cm"]\n'
)
THICKNESS = Choice("layer thickness", 50e-9, 500e-9)
SHARE = Choice("coated share", 0.6, 0.99, "logit")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("optimum")
    (folder / "coating.toml").write_text(COATING)
    (folder / "cell.toml").write_text("")
    return folder / "coating.toml", folder / "cell.toml"


@pytest.mark.parametrize(
    "quantity", ["interface resistance", "polarisation at 1 mA/cm2", "critical current density"]
)
def test_the_gradient_is_that_of_differences(files, quantity):
    coating, cell = files
    search = _search(load_coating(coating), load_cell(cell), quantity, [THICKNESS, SHARE], 8, 0)
    x = np.array([0.4, 0.6])
    _, slopes = search.answer(x)
    for k, step in enumerate(1e-4 * np.eye(2)):
        difference = (search.answer(x + step)[0] - search.answer(x - step)[0]) / 2e-4
        np.testing.assert_allclose(slopes[k], difference, rtol=2e-3, atol=1e-6 * abs(slopes).max())


def test_the_thinnest_layer_resists_least_and_lies_at_the_end(files):
    found = optimum(files[0], "interface resistance", [THICKNESS], files[1], "low", draws=16)
    assert found.chosen["layer thickness"] == pytest.approx(50e-9)
    assert found.at_end == ("layer thickness",)
    assert found.lower95 < found.median < found.upper95


def test_the_worst_share_is_worse_than_the_mean(files):
    mean, worst = (
        optimum(files[0], "interface resistance", [THICKNESS], files[1], "low", share, draws=32)
        for share in (1.0, 0.1)
    )
    assert worst.objective > mean.objective


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"best": "highest"}, 'best is "high" or "low"'),
        ({"worst": 0.0}, "worst is a share"),
        ({"choices": [Choice("layer thicknes", 1e-9, 1e-6)]}, "cannot be chosen"),
        ({"quantity": "resistance"}, "nothing answers"),
    ],
)
def test_a_mistake_gets_one_sentence(files, change, told):
    asked = {"quantity": "interface resistance", "choices": [THICKNESS], "best": "low"} | change
    with pytest.raises(InputError, match=told):
        optimum(files[0], cell=files[1], draws=8, **asked)
