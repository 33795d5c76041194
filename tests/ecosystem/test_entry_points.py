"""PyBaMM finds models and parameter sets by name."""

from importlib.metadata import distribution
from types import ModuleType

import pybamm
import pytest

import ssb_model
from ssb_model.cli.cited import CELLS

GROUPS = ("pybamm_models", "pybamm_parameter_sets")


def test_installed_entry_points_are_those_declared_and_each_one_loads(project):
    installed = {(e.group, e.name): e for e in distribution("ssb-model").entry_points}
    declared = {("console_scripts", name) for name in project["scripts"]} | {
        (group, name) for group, names in project["entry-points"].items() for name in names
    }
    assert declared == set(installed)
    for (group, _), entry_point in installed.items():
        loaded = entry_point.load()
        assert isinstance(loaded, ModuleType) if group.endswith("zoo_models") else callable(loaded)


def test_pybamm_finds_the_models_and_parameter_sets_by_name(project):
    for name in project["entry-points"]["pybamm_parameter_sets"]:
        assert pybamm.ParameterValues(name)
    for name in project["entry-points"]["pybamm_models"]:
        assert isinstance(pybamm.Model(name), pybamm.BaseModel)


def test_what_pybamm_finds_by_name_can_be_cited_by_name(project):
    assert set(CELLS) == {name for group in GROUPS for name in project["entry-points"][group]}


@pytest.mark.parametrize(
    ("name", "cell"),
    [("SSB symmetric cell", "SymmetricCell"), ("SSB full cell", "FullCell")],
)
def test_a_model_by_name_takes_the_options_of_its_cell(name, cell):
    model = pybamm.Model(name, options={"buffer layer": "none"})
    own = getattr(ssb_model, cell)({"buffer layer": "none"})
    assert isinstance(model, type(own))
    assert model.cell_options == own.cell_options
    assert {str(v) for v in model.rhs} == {str(v) for v in own.rhs}


def test_a_wrong_option_of_a_model_by_name_is_told_in_one_sentence():
    with pytest.raises(ssb_model.InputError, match="buffer layer"):
        pybamm.Model("SSB full cell", options={"buffer layer": "gold"})


def test_the_blocking_set_fits_its_model():
    model, values = pybamm.Model("SSB blocking cell"), pybamm.ParameterValues("LLZTO blocking")
    assert {p.name for p in model.parameters} <= set(values)
