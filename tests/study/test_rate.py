"""Rate tests of a full cell in a study: synthetic capacities give the cathode back."""

import numpy as np
import pytest

from ssb_model import InputError, cell_parameters
from ssb_model.study import load_study

RATES = [0.1, 0.2, 0.5, 1.0]
LABELS = ("Positive particle reference diffusivity", "Positive electrode utilisation")
TRUTH = dict(zip(LABELS, (2.5e-19, 0.9), strict=True))


def text(capacities, rates=RATES):
    listed = ", ".join(f'"{q:.9g} mAh/g"' for q in capacities)
    return (
        'title = "synthetic"\n[cells.full]\ntype = "full"\ncoating = "zni2-0.5"\n'
        'values = { "Cell area" = "2 cm2", "Lower voltage cut-off" = "2.6 V" }\n'
        '[[experiments]]\nkind = "rate"\ncell = "full"\n'
        f'c_rate = {rates}\ncapacity = [{listed}]\nnoise = "0.5 mAh/g"\n'
    ) + "".join(f'[[free]]\nname = "{label}"\n' for label in LABELS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rates")
    (folder / "study.toml").write_text(text([100.0] * 4))
    blank = load_study(folder / "study.toml")
    theta = {label: np.array([TRUTH[label]]) for label in LABELS}
    [simulator] = blank.simulators()
    capacities = np.asarray(simulator.function(theta))[:, 0]
    (folder / "study.toml").write_text(text(capacities))
    return folder


def test_the_cathode_comes_back(folder):
    found = load_study(folder / "study.toml").fit(starts=2)
    for label, value in TRUTH.items():
        assert found.fit.parameters[label] == pytest.approx(value, rel=0.02)


def test_what_is_known_of_the_cell_is_used(folder):
    values = load_study(folder / "study.toml").cells["full"].values
    assert values["Lower voltage cut-off [V]"] == 2.6
    assert values["Electrode height [m]"] == pytest.approx(np.sqrt(2e-4))
    assert values["Nominal cell capacity [A.h]"] == pytest.approx(
        2 * cell_parameters("full")["Nominal cell capacity [A.h]"]
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (text([100.0] * 3), "one capacity for each"),
        (text([100.0], [0.0]), r"c_rate\[0\]: 0.0 is not allowed, it should be greater than 0"),
        (text([100.0] * 4).replace('type = "full"', 'type = "symmetric"'), "full cell|voltage"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, written, told):
    (tmp_path / "study.toml").write_text(written)
    with pytest.raises(InputError, match=told):
        load_study(tmp_path / "study.toml")
