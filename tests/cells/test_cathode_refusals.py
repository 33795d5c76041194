"""What cannot be a full cell's cathode, and which of PyBaMM's options cannot work: a sentence."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, InputError, cell_parameters
from ssb_model.cells.cathode import REFUSED, REFUSED_VALUES

from .cathodes import csv, electrode

X = np.linspace(0, 1, 21)
OFFERED = pybamm.BatteryModelOptions({})
#: values of PyBaMM's that need parameters which an electrode's file does not state
OF_ONES_OWN = (
    *("operating mode", "particle mechanics", "loss of active material", "transport efficiency"),
    *("intercalation kinetics", "open-circuit potential", "stress-induced diffusion"),
)
VALUES = [
    (option, value)
    for option, values in OFFERED.possible_options.items()
    for value in values
    if OFFERED[option] != value
]


@pytest.mark.parametrize(("option", "value"), VALUES)
def test_an_option_of_pybamm_works_or_is_refused_in_a_sentence(option, value):
    """It is never answered by a traceback, nor taken in silence without an effect."""
    known = option in REFUSED or (option, str(value)) in REFUSED_VALUES
    try:
        model = FullCell({option: value})
        ssb_model.compile(model, cell_parameters("full"), var_pts=model.default_var_pts)
    except InputError as error:
        assert known or option in OF_ONES_OWN or option == "particle"
        assert "\n" not in str(error)
    else:
        assert not known


def test_a_refused_option_says_why():
    with pytest.raises(InputError, match='"SEI" cannot be "constant" in a full cell: the lithium'):
        FullCell({"SEI": "constant"})
    with pytest.raises(InputError, match="heat is balanced over the whole"):
        FullCell({"calculate heat source for isothermal models": "true"})


def test_the_default_of_a_refused_option_may_be_said():
    assert FullCell({"SEI": "none", "dimensionality": 0, "hydrolysis": "false"})


@pytest.mark.parametrize("option", ["catholyte", "thermal"])
def test_a_cell_without_a_cathode_has_no_option_of_it(option):
    with pytest.raises(InputError, match=f'"{option}"'):
        ssb_model.SymmetricCell({option: "binary" if option == "catholyte" else "lumped"})


def test_heat_of_each_size_is_not_guessed():
    with pytest.raises(InputError, match="cannot be combined, since the heat of each size"):
        FullCell({"thermal": "lumped", "particle size": "distribution"})


def test_what_an_option_needs_of_the_cathode_is_named(tmp_path):
    bare = electrode(tmp_path)
    text = bare.read_text()
    at = text.index('[parameters."salt diffusivity"]')
    bare.write_text(text[:at])
    with pytest.raises(InputError, match='"catholyte" = "binary" needs the quantity "salt diff'):
        cell_parameters("full", cathode=bare, options={"catholyte": "binary"})


def steep(first, last, folder, **more):
    head = 'open_circuit_potential = { table = "ocp.csv" }'
    x = np.linspace(first, last, 21)
    return electrode(folder, head=head, tables={"ocp.csv": csv(stoichiometry=x, voltage=4 - x)})


POTENTIALS = {
    "ends above the lower cut-off": (
        lambda folder: steep(0, 0.9, folder),
        "ends at the stoichiometry 0.9 with 3.09. V, above the lower cut-off voltage of 2.5 V",
    ),
    "begins below the upper cut-off": (
        lambda folder: steep(0.05, 1, folder),
        "begins at the stoichiometry 0.05 with 3.96. V, below the upper cut-off voltage of 4.1",
    ),
    "a set that rises within the window": (
        lambda folder: electrode(
            folder,
            head='open_circuit_potential = { parameter_set = "Ramadass2004" }',
            charged_stoichiometry="0.02 1",
            **{"upper_cut-off_voltage": "4.7 V"},
        ),
        "rises or ends at the stoichiometry 0.[0-9]+, within the window",
    ),
    "a set that PyBaMM does not have": (
        lambda folder: electrode(
            folder, head='open_circuit_potential = { parameter_set = "Chen2021" }'
        ),
        "PyBaMM has no parameter set \"Chen2021\". Did you mean 'Chen2020'",
    ),
    "a set without a potential": (
        lambda folder: electrode(
            folder, head='open_circuit_potential = { parameter_set = "MSMR_Example" }'
        ),
        'gives no "Positive electrode OCP',
    ),
    "sodium": (
        lambda folder: electrode(
            folder, head='open_circuit_potential = { parameter_set = "Chayambuka2022" }'
        ),
        "is not of lithium",
    ),
    "charged beyond the upper cut-off": (
        lambda folder: electrode(folder, like="nmc811", charged_stoichiometry="0.2 1"),
        "at the charged stoichiometry 0.2 the open-circuit potential is 4.*outside the window",
    ),
    "cut-offs exchanged": (
        lambda folder: electrode(
            folder, **{"lower_cut-off_voltage": "4.2 V", "upper_cut-off_voltage": "2.5 V"}
        ),
        "the lower cut-off voltage, 4.2 V, must lie below the upper one, 2.5 V",
    ),
    "1C of another material": (
        lambda folder: electrode(folder, like="nmc811", **{"1C_specific_current": "100 mA/g"}),
        "lie 190.2 mAh/g, which the 1C specific current of 100 mA/g passes in 1.9 h: check it",
    ),
    "a garnet": (lambda folder: "llzto", "is no cathode, it has no open-circuit potential"),
}


@pytest.mark.parametrize("name", POTENTIALS)
def test_a_potential_that_does_not_hold_in_the_window_is_refused(tmp_path, name):
    make, sentence = POTENTIALS[name]
    with pytest.raises(InputError, match=sentence) as refused:
        cell_parameters("full", cathode=make(tmp_path))
    assert "\n" not in str(refused.value)


def test_a_table_is_held_against_cut_offs_of_the_cells_own(tmp_path):
    """Raised to where the table still reaches, the lower cut-off makes it whole."""
    cathode = steep(0, 0.9, tmp_path)
    cell_parameters("full", cathode=cathode, values={"Lower voltage cut-off [V]": 3.2})


def test_a_relative_diffusivity_that_ends_early_is_refused(tmp_path):
    head = 'open_circuit_potential = "afshar2017"\n'
    head += 'relative_diffusivity = { table = "d.csv", factor = "f" }'
    short = csv(stoichiometry=X[:15], f=1 + X[:15])
    with pytest.raises(InputError, match=r"d.csv spans stoichiometries of 0 to 0.7, and is needed"):
        cell_parameters("full", cathode=electrode(tmp_path, head=head, tables={"d.csv": short}))


def test_a_face_of_arcs_has_the_options_of_the_cathode_too():
    assert FullCell({"interface": "one arc", "catholyte": "binary", "thermal": "lumped"})
