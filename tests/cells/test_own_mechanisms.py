"""A mechanism that is not the package's own: in series, in the place of another, or refused."""

import re

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.cells import FaceMechanism, arrhenius
from ssb_model.library import add_mechanism, known_mechanisms, load_parameter_set, quantity

R = quantity("film resistance", "20 ohm cm2", "Ohm.m2", ["0 ohm cm2", "1e5 ohm cm2"], "an example")
C = quantity("film capacity", "1 mF/cm2", "F.m-2", ["1e-9 F/m2", "1e3 F/m2"], "an example")
LAW = quantity("rate of growth", "1 ohm cm2", "Ohm.m2", ["0 ohm cm2", "1e5 ohm cm2"], "an example")
INPUT = "Negative face film resistance [Ohm.m2]"
BARE = {"buffer layer": "none"}


class Film(FaceMechanism):
    """Follows the current at once."""

    option = "a film"
    quantities = (R,)

    def get_coupled_variables(self, variables):
        return variables | {self.name_of("a film resistance [Ohm.m2]"): self.parameter(R.full_name)}


class RelaxingFilm(Film):
    """The same beside a capacitance."""

    option = "a relaxing film"
    quantities = (R, C)

    def get_fundamental_variables(self):
        name = self.name_of("a relaxing film voltage [V]")
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables):
        name = self.name_of("a relaxing film resistance [Ohm.m2]")
        return variables | {name: self.parameter(R.full_name)}

    def set_rhs(self, variables):
        v = variables[self.name_of("a relaxing film voltage [V]")]
        leak = v / self.parameter(R.full_name)
        rate = (self.current_density(variables) - leak) / self.parameter(C.full_name)
        self.rhs = {v: rate}

    def set_initial_conditions(self, variables):
        v = variables[self.name_of("a relaxing film voltage [V]")]
        self.initial_conditions = {v: pybamm.Scalar(0)}


class Growth(FaceMechanism):
    """A film that is as thick as it will get, in the place of the growing one."""

    option = "interface growth"
    quantities = (LAW,)

    def get_coupled_variables(self, variables):
        energy = self.parameter("growth activation energy [J.mol-1]")
        factor = arrhenius(energy, self.temperature(variables))
        name = self.name_of("film resistance [Ohm.m2]")
        return variables | {name: self.parameter(LAW.full_name) * factor}


class Idle(Film):
    option = "an idle film"
    quantities = (R, C)

    def get_coupled_variables(self, variables):
        name = self.name_of("an idle film resistance [Ohm.m2]")
        return variables | {name: self.parameter(R.full_name)}


class Mute(Film):
    option = "a mute film"


class OnTheLeads(Film):
    option = "leads"


class NoFace:
    option = "no face"
    quantities = (R,)


@pytest.fixture(autouse=True)
def added(monkeypatch):
    monkeypatch.setattr("ssb_model.library.mechanisms._added", {})
    add_mechanism("thick", Film)


def resistances(options, **values):
    """Of a symmetric cell at 10 kHz and at rest, for a film of 0 and of 10 ohm cm2 [ohm cm2]."""
    compiled = ssb_model.compile(
        ssb_model.SymmetricCell(options),
        ssb_model.cell_parameters("symmetric", coating="bare", options=options, values=values),
        inputs=[INPUT],
    )
    z = compiled.impedance(np.array([1e4, 1e-6]), {INPUT: np.array([1e-9, 10e-4])})
    return (z[1] - z[0]).real * 1.0


def test_a_mechanism_is_in_series_on_both_faces_at_every_frequency():
    """Where no gaps carry current past the contacts."""
    film = {**BARE, "contact gap": "none", "a film": "thick"}
    np.testing.assert_allclose(resistances(film), 20, rtol=1e-5)


def test_one_that_holds_its_voltage_in_a_state_relaxes():
    add_mechanism("slow", RelaxingFilm)
    at_once, at_rest = resistances({**BARE, "a relaxing film": "slow"})
    assert at_rest == pytest.approx(20, rel=1e-5)
    assert abs(at_once) < 0.1


def test_one_in_the_place_of_the_package_s_own_replaces_it():
    add_mechanism("done", Growth)
    cell = ssb_model.SymmetricCell({"interface growth": "done"})
    values = ssb_model.cell_parameters("symmetric", options={"interface growth": "done"})
    assert "Negative face film extent" not in cell.variables
    film = values.process_symbol(cell.variables["Negative face film resistance [Ohm.m2]"])
    assert film.evaluate() == pytest.approx(1e-4)


@pytest.mark.parametrize("cell", [ssb_model.SymmetricCell, ssb_model.FullCell])
def test_a_face_that_is_coated_in_part_has_it_on_both_shares(cell):
    shares = ("coated", "uncoated")
    model = cell({"coverage": "partial", "a film": "thick"})
    assert all(
        f"Negative face {one} a film resistance [Ohm.m2]" in model.variables for one in shares
    )


def test_a_cell_that_does_not_choose_it_is_what_it_was():
    assert "a film" not in ssb_model.SymmetricCell().cell_options
    names = ssb_model.cell_parameters("symmetric").keys()
    assert not [name for name in names if "film resistance" in name]


@pytest.mark.parametrize(
    ("options", "mechanism", "sentence"),
    [
        ({"a film": "thin"}, None, r'cannot be "thin"; choose one of \'none\', \'thick\''),
        ({"a filn": "thick"}, None, "once its package is installed"),
        ({"an idle film": "new"}, Idle, "changes nothing by its 'film capacity'"),
        ({"a mute film": "new"}, Mute, "Negative face a mute film resistance"),
        ({"leads": "new"}, OnTheLeads, "cannot be"),
        ({"no face": "new"}, NoFace, "subclass of ssb_model.cells.FaceMechanism"),
        ({"interface": "one arc", "a film": "thick"}, None, "made of arcs has no mechanisms"),
    ],
)
def test_what_has_no_effect_is_refused(options, mechanism, sentence):
    if mechanism:
        add_mechanism("new", mechanism)
    with pytest.raises(ssb_model.InputError, match=sentence):
        ssb_model.SymmetricCell(BARE | options)


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("film", {"option": "interface growth"}, "means something else"),
        ("none", {}, "means something else"),
        ("thick", {}, "is known already"),
        ("new", {"option": ""}, "its attribute option"),
        ("new", {"quantities": ()}, "at least one"),
        ("new", {"quantities": ("film resistance",)}, "a tuple of ssb_model.library.quantity"),
    ],
)
def test_a_class_that_says_too_little_is_refused(name, changes, sentence):
    with pytest.raises(ssb_model.InputError, match=sentence):
        add_mechanism(name, type("New", (Film,), changes))
    assert list(known_mechanisms()) == ["a film"]


def test_a_quantity_that_every_coating_has_is_not_brought():
    own = quantity("contact fraction", "0.1", "-", ["0", "1"], "an example")
    with pytest.raises(ssb_model.InputError, match="which every coating has"):
        add_mechanism("new", type("New", (Film,), {"quantities": (own,)}))


ADD = 'Add options = { "a film" = "thick" }'
STATED = """
[options]
"a film" = "thick"
[parameters."film resistance"]
value = 30
unit = "ohm cm2"
tag = "assumed"
source = "an example"
"""


def test_a_parameter_set_states_its_quantities_and_says_that_it_is_there(tmp_path, repository):
    bare = (repository / "parameter_sets/coatings/bare.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(bare + STATED, "utf-8")
    mine = load_parameter_set(tmp_path / "mine.toml")
    assert mine.options == {"a film": "thick"}
    assert mine["film resistance"].value == pytest.approx(30e-4)
    (tmp_path / "mine.toml").write_text(bare + STATED.replace('"a film" = "thick"', ""), "utf-8")
    with pytest.raises(ssb_model.InputError, match=re.escape(ADD)):
        load_parameter_set(tmp_path / "mine.toml")
