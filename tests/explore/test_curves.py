"""The page's curves are the model's, at the sliders' values."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.constants import R as GAS

from ssb_model.cells.face.contact import constriction_resistance
from ssb_model.critical_current import learned_field
from ssb_model.errors import InputError
from ssb_model.explore import curves
from ssb_model.explore.coating_file import coating_file
from ssb_model.explore.curves.contact import PIXELS
from ssb_model.explore.curves.critical import _places
from ssb_model.explore.curves.resistances import resistances
from ssb_model.explore.explorer import DRAWS
from ssb_model.explore.visit.numbers import numbers_of
from ssb_model.prediction import load_coating, make_evaluator, predict
from ssb_model.prediction.questions import RESISTANCE

MOVED = {"layer thickness": 4e-7, "garnet thickness": 1e-3}
SWEPT = {"layer thickness [m]": 4e-7, "Garnet thickness [m]": 1e-3}
OUTPUTS = (
    RESISTANCE,
    "cell resistance",
    "polarisation at 0.1 mA/cm2",
    "capacity at 0.1C",
    "capacity at 1C",
    "critical current density",
)


def moved(explorer, values):
    state = explorer.start
    for name, value in values.items():
        state = state.with_moved(name, value)
    return state


def test_the_page_opens_at_the_founding_numbers(coated):
    found = curves.critical(coated, coated.start)
    assert found.resistance[0] == pytest.approx(10.3, abs=0.02)
    assert found.measured == pytest.approx(2.3, rel=1e-3)
    assert curves.polarisation_curve(coated, coated.start).at(0.1)[0] == pytest.approx(13, abs=0.1)


def test_curves_are_what_a_sweep_answers_at_the_same_values(coated):
    """The evaluator asks the kinds of a study; the page asks the compiled cells."""
    evaluator = make_evaluator("lii-znlix", OUTPUTS)
    known = evaluator({name: np.array([value]) for name, value in SWEPT.items()})
    state = moved(coated, MOVED)
    critical, rates = curves.critical(coated, state), curves.rates(coated, state)
    found = (
        critical.resistance[0],
        critical.cell_resistance[0],
        curves.polarisation_curve(coated, state).at(0.1)[0],
        rates.at(0.1)[0],
        rates.at(1.0)[0],
        critical.current[0],
    )
    assert found == pytest.approx([known[name][0] for name in OUTPUTS], rel=1e-3)


def test_intervals_are_those_of_a_prediction(coated):
    """Those of a further cell, with all that differs between cells and what a measurement adds."""
    prediction = predict("lii-znlix", draws=256)
    found = curves.critical(coated, coated.start)
    for value, name in ((found.resistance, RESISTANCE), (found.cell_resistance, "cell resistance")):
        low, high = np.percentile(prediction[name], [2.5, 97.5])
        assert value[2] - value[1] == pytest.approx(high - low, rel=0.35)


def test_a_spectrum_ends_at_the_cell_s_resistance(coated):
    found = curves.impedance(coated, coated.start)
    R = curves.critical(coated, coated.start).cell_resistance[0]
    assert found.line[-1].real == pytest.approx(R, rel=2e-3)
    assert found.draws.shape == (DRAWS - 1, len(found.frequency))


def test_the_temperature_s_slider_follows_arrhenius(coated):
    """19.2 kJ/mol of the interface, which the founding paper states."""
    T = np.array([298.15, 333.15])
    R = [curves.critical(coated, moved(coated, {"temperature": t})).resistance[0] for t in T]
    slope = GAS * np.diff(np.log(R))[0] / np.diff(1 / T)[0]
    assert slope == pytest.approx(19.2e3, rel=0.01)


def test_the_critical_current_follows_its_own_energy_with_temperature(coated):
    """The field's energy, from what the resistance at 25 degC says; at 25 degC nothing moves."""
    room, warm = (
        curves.critical(coated, moved(coated, {"temperature": T})).current for T in (298.15, 333.15)
    )
    assert room == curves.critical(coated, coated.start).current
    energy = 96485 * np.median(learned_field().theta["energy"])
    factor = np.exp(energy / GAS * (1 / 298.15 - 1 / 333.15))
    assert warm[0] / room[0] == pytest.approx(factor, rel=1e-4)
    assert np.log(warm[2] / warm[1]) > np.log(room[2] / room[1])


def test_what_is_moved_is_known_and_the_rest_stays_uncertain(coated):
    """The closed form of the constriction is not quite zero at full contact: the garnet's
    conductivity is left in the face by that."""
    of_the_face = (
        "layer thickness",
        "layer ionic conductivity",
        "exchange-current density",
        "contact spacing",
    )
    face = moved(coated, {name: coated.sliders[name].value for name in of_the_face})
    R = {name: resistances(coated, face)[name] for name in ("interface", "cell")}
    of_mean = R["interface"][1:] / coated.scale
    assert np.ptp(R["cell"][1:]) > 3e-4
    assert np.ptp(of_mean) < 1e-6
    garnet = face.with_moved("garnet conductivity", coated.sliders["garnet conductivity"].value)
    assert np.ptp(resistances(coated, garnet)["interface"][1:] / coated.scale) < 1e-12


def test_cells_of_one_recipe_differ_whatever_was_moved(coated):
    """By 30 % of the interface resistance and 5 % of its reading, 0.304 of the logarithm."""
    known = [name for name, slider in coated.sliders.items() if slider.uncertain]
    state = moved(coated, {name: coated.sliders[name].value for name in known})
    value, low, high = curves.critical(coated, state).resistance
    assert np.log(high / low) / (2 * 1.96) == pytest.approx(0.304, rel=0.15)
    assert low < value < high


def test_more_cycles_fade_the_capacity(coated):
    fresh, aged = (
        curves.rates(coated, moved(coated, {"cycles before": n})).at(0.1)[0] for n in (0, 200)
    )
    assert 0.8 * fresh < aged < 0.99 * fresh


def test_discharge_curves_end_where_the_capacity_is(coated):
    found = curves.rates(coated, coated.start)
    for Q, V, end in zip(found.capacity, found.voltage, found.line, strict=True):
        last = np.flatnonzero(np.isfinite(V))[-1]
        assert Q[last] == pytest.approx(end, rel=2e-3) and V[last] == pytest.approx(2.5, abs=1e-3)


def test_the_field_s_constriction_is_the_model_s(bare):
    """The model's disc is at one potential; a contact that resists spreads the current evenly over
    it, which costs up to 32/(3 pi^2) - 1 = 8 % more on a wide cell, and more on a narrow one."""
    state = moved(bare, {"contact fraction": 0.05})
    found = curves.contact(bare, state)
    sigma = bare.first("Garnet conductivity [S.m-1]", state)
    spacing = bare.values(state)["contact spacing"]
    closed = 2e4 * constriction_resistance(found.fraction, spacing, sigma)
    assert 0.98 * closed < found.constriction < 1.15 * closed
    face, below = found.ratio[0], found.ratio[-1]
    middle, edges = face[PIXELS // 2], np.flatnonzero(found.touching)[[0, -1]]
    assert set(np.flatnonzero(face == face.max())) <= set(edges)  # it crowds at the rim
    assert 0.7 / found.fraction < middle < 1 / found.fraction
    assert below == pytest.approx(1, abs=0.15)  # and has widened below


def test_a_contact_finer_than_a_pixel_is_one_sentence(bare):
    with pytest.raises(InputError, match=r"touches none of .* pixels"):
        curves.contact(bare, moved(bare, {"contact fraction": 1e-6}))


def test_the_coating_file_is_read_and_knows_what_was_moved(coated, tmp_path):
    state = moved(coated, MOVED)
    path = tmp_path / "explored.toml"
    path.write_text(coating_file(coated, state), "utf-8")
    found = load_coating(path)
    assert found.type == "mixed" and found.resistance is None
    assert found.quantities["layer thickness"].value == pytest.approx(4e-7)
    assert found.quantities["layer thickness"].prior is None
    drawn = found.quantities["layer ionic conductivity"].prior
    assert (drawn.lower, drawn.upper) == pytest.approx(
        coated.interval("layer ionic conductivity"), rel=1e-4
    )
    assert "garnet thickness 1 mm" in path.read_text("utf-8")


def test_a_resistance_above_a_thousand_is_written_in_full(bare):
    told = {name: value for name, value, _ in numbers_of(curves.critical(bare, bare.start))}
    assert told["interface resistance"] == "1170 Ω cm²"


def test_cells_of_ones_own_have_a_place(tmp_path):
    """Both faces, mA/cm2; one without a resistance has none."""
    rows = (
        '[[measured]]\ncell = "bare"\ninterface_resistance = "50 ohm cm2"\nfaces = 1\n'
        'critical_current = "0.2 mA/cm2"\n[[measured]]\ncell = "bare"\n'
        'critical_current = "0.3 mA/cm2"\n'
    )
    (tmp_path / "mine.toml").write_text(f'name = "mine"\ntype = "mixed"\n{rows}')
    explorer = SimpleNamespace(coating=load_coating(tmp_path / "mine.toml"))
    [(R, J, name)] = _places(explorer)
    assert (R, J, name) == (pytest.approx(100), pytest.approx(0.2), "bare 1")
