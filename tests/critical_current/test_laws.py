"""Laws of the critical current, forced through the founding paper's two cells (Zhai 2024)."""

import numpy as np
import pybamm
import pytest

from ssb_model.critical_current import (
    LAWS,
    CellVoltageLaw,
    ContactLaw,
    ExponentialLaw,
    InterfaceVoltageLaw,
    MeasuredCell,
    PowerLaw,
    WettingLaw,
    calibrate,
    law_inputs,
)
from ssb_model.errors import InputError
from ssb_model.library import LAW_PARAMETERS, LawForm

from .conftest import GARNET, THICKNESS

OHM_CM2, MA_CM2 = 1e-4, 10.0
TWO_CONSTANTS = ("A", "B", "C", "D")
IN_RESISTANCE = ("A0", "A", "B", "C")


def constant(law, name):
    return next(float(c.value) for c in law.constants if c.name == name)


@pytest.mark.parametrize("name", TWO_CONSTANTS)
def test_two_constants_meet_two_cells_exactly(laws, cells, name):
    for resistance, current in cells:
        assert laws[name].current_density(resistance) == pytest.approx(current, rel=1e-8)


def test_one_constant_misses_both_cells_by_equal_factors(laws, cells):
    """A0 gives 0.186 bare and 1.85 coated, 24 % above and 19 % below."""
    currents = [float(laws["A0"].current_density(cell[0])) for cell in cells]
    np.testing.assert_allclose(currents, [1.86, 18.5], rtol=2e-3)
    (_, bare), (_, coated) = cells
    assert currents[0] / bare == pytest.approx(coated / currents[1])


def test_one_constant_is_the_least_squares_in_the_logarithm(laws, cells):
    def squares(voltage):
        return sum(np.log(voltage / (GARNET + R) / J) ** 2 for R, J in cells)

    best = laws["A0"].voltage
    assert squares(best) < min(squares(best * 1.001), squares(best * 0.999))


@pytest.mark.parametrize(
    ("name", "which", "value", "digit"),
    [
        ("A0", "critical cell voltage", 0.241, 0.0005),
        ("A", "critical voltage", 0.187, 0.0005),
        ("A", "offset resistance", 70.8 * OHM_CM2, 0.05 * OHM_CM2),
        ("B", "exponent", 0.577, 0.0006),
        ("C", "current density of a perfect interface", 2.36 * MA_CM2, 0.005 * MA_CM2),
        ("C", "resistance scale", 426 * OHM_CM2, 0.5 * OHM_CM2),
        ("D", "contact fraction of the bare cell", 0.065, 0.0005),
    ],
)
def test_constants_of_the_founding_cells(laws, name, which, value, digit):
    assert constant(laws[name], which) == pytest.approx(value, abs=digit)


@pytest.mark.parametrize(
    ("name", "thick", "iodide"),
    [("A0", 121, 362), ("A", 116, 302), ("B", 44, 145), ("C", 365, 660), ("D", 129, 344)],
)
def test_resistances_that_statements_16_and_17_require(laws, name, thick, iodide):
    """1.0 mA/cm2 (1.5 mol/L ZnI2) and 0.5 mA/cm2 (I2), in ohm cm2."""
    required = laws[name].resistance_at(np.array([1.0, 0.5]) * MA_CM2) / OHM_CM2
    np.testing.assert_allclose(required, [thick, iodide], atol=0.5)


def test_contact_fractions_that_statements_16_and_17_require(laws):
    required = laws["D"].contact_fraction_at(np.array([1.0, 0.5]) * MA_CM2)
    np.testing.assert_allclose(required, [0.43, 0.22], atol=0.005)


def test_contact_law_needs_spots_millimetres_apart(laws):
    """b of 2.6 mm, a of 0.66 mm, about five spots a cm2: barely physical."""
    b = laws["D"].contact_cell_radius(THICKNESS)
    assert b == pytest.approx(2.6e-3, abs=0.05e-3)
    assert b * laws["D"].bare_contact_fraction ** 0.5 == pytest.approx(0.66e-3, abs=0.015e-3)
    assert 1e-4 / (np.pi * b**2) == pytest.approx(5, abs=0.5)


def test_contact_without_constriction_is_refuted(cells):
    """Resistance and current cannot share one contact fraction: 0.02 against 0.15 mA/cm2."""
    (resistance, measured), _ = cells
    law = WettingLaw.calibrate(cells, GARNET)
    assert law.contact_fraction(resistance) == pytest.approx(0.0088, abs=5e-5)
    assert law.current_density(resistance) == pytest.approx(0.02 * MA_CM2, abs=0.005 * MA_CM2)
    assert measured > 7 * law.current_density(resistance)
    assert not set(LAWS.values()) & {WettingLaw}


@pytest.mark.parametrize("name", LAWS)
def test_resistance_and_current_are_inverses_and_both_fall(laws, name):
    R = np.geomspace(10.3, 5000, 40) * OHM_CM2
    J = laws[name].current_density(R)
    assert (np.diff(J) < 0).all()
    np.testing.assert_allclose(laws[name].resistance_at(J), R, rtol=1e-8)


@pytest.mark.parametrize("name", IN_RESISTANCE)
def test_the_logarithm_that_the_forecast_takes_is_that_of_the_law(laws, name):
    """Up to a constant, which the forecast learns."""
    R = np.geomspace(1, 5000, 40) * OHM_CM2
    constant = np.log(laws[name].current_density(R)) - laws[name].form.log(R)
    assert np.ptp(constant) < 1e-12


@pytest.mark.parametrize("name", LAWS)
def test_a_cell_starts_at_its_laws_own_current(laws, name):
    inputs = law_inputs(laws[name], 200 * OHM_CM2)
    assert tuple(inputs) == LAW_PARAMETERS
    assert inputs[LAW_PARAMETERS[0]] == laws[name].current_density(200 * OHM_CM2)


@pytest.mark.parametrize("name", IN_RESISTANCE)
def test_as_a_cells_resistance_grows_it_follows_its_law(laws, name):
    """The short circuit's own symbols, wherever the cell starts."""
    R = np.geomspace(20, 2000, 7) * OHM_CM2
    J_ref, R_ref, R_0, n, decay, m = map(pybamm.Parameter, LAW_PARAMETERS)
    symbol = LawForm(R_0, n, 1 / decay, m).current_density(
        pybamm.Vector(R), 1.0, J_ref, R_ref, pybamm.exp
    )
    values = pybamm.ParameterValues(law_inputs(laws[name], 50 * OHM_CM2))
    J = values.process_symbol(symbol).evaluate()[:, 0]
    np.testing.assert_allclose(J, laws[name].current_density(R), rtol=1e-13)


def test_the_contact_law_follows_the_retained_contact_alone(laws):
    form = laws["D"].form
    J = form.current_density(np.array([0.1, 0.2]), np.array([1.0, 0.3]), 20.0, 0.1, np.exp)
    np.testing.assert_allclose(J, [20.0, 6.0])


def test_a_law_without_an_exponential_has_no_decay():
    assert LawForm().decay == 0.0


@pytest.mark.parametrize("name", LAWS)
def test_a_law_keeps_the_shape_it_is_given(laws, name):
    R = np.full((2, 3), 100 * OHM_CM2)
    assert laws[name].current_density(R).shape == laws[name].resistance_at(R * 1e3).shape == (2, 3)
    assert np.ndim(laws[name].current_density(100 * OHM_CM2)) == 0


@pytest.mark.parametrize("name", LAWS)
def test_every_law_differentiates_in_the_resistance(laws, name, jax_x64):
    law, R, step = laws[name], 300 * OHM_CM2, 1e-7
    _, slope = jax_x64.jvp(law.current_density, (R,), (1.0,))
    quotient = (law.current_density(R + step) - law.current_density(R - step)) / (2 * step)
    assert slope == pytest.approx(quotient, rel=1e-6)


@pytest.mark.parametrize("name", LAWS)
def test_every_law_differentiates_through_its_calibration(cells, name, jax_x64):
    """How the current at 300 ohm cm2 moves with the bare cell's measured resistance."""
    (R_b, J_b), coated = cells

    def current(R):
        law = LAWS[name].calibrate((MeasuredCell(R, J_b), coated), GARNET)
        return law.current_density(300 * OHM_CM2)

    _, slope = jax_x64.jvp(current, (R_b,), (1.0,))
    quotient = (current(R_b + 1e-6) - current(R_b - 1e-6)) / 2e-6
    assert slope == pytest.approx(quotient, rel=1e-5)


@pytest.mark.parametrize("name", LAWS)
def test_compiled_by_jax_a_law_is_the_same(laws, name, jax_x64):
    R = np.geomspace(11, 1000, 5) * OHM_CM2
    compiled = jax_x64.jit(laws[name].current_density)(R)
    np.testing.assert_allclose(compiled, laws[name].current_density(R), rtol=1e-9)


@pytest.mark.parametrize("name", LAWS)
def test_counting_one_face_or_two_changes_no_current(cells, name):
    """Counting one face instead of two halves every resistance and leaves the currents."""
    halves = [MeasuredCell(R / 2, J) for R, J in cells]
    law = LAWS[name].calibrate(halves, GARNET / 2)
    whole = LAWS[name].calibrate(cells, GARNET)
    assert law.current_density(150e-4) == pytest.approx(whole.current_density(300e-4), rel=1e-9)


@pytest.mark.parametrize("name", TWO_CONSTANTS)
@pytest.mark.parametrize(
    ("resistances", "currents"),
    [((1000, 10), (2.0, 0.2)), ((10, 1000), (0.2, 2.0)), ((100, 100), (0.2, 2.0))],
)
def test_cells_that_no_falling_law_passes_through_are_refused(name, resistances, currents):
    cells = [
        MeasuredCell(R * OHM_CM2, J * MA_CM2) for R, J in zip(resistances, currents, strict=True)
    ]
    with pytest.raises(InputError, match="bare cell first"):
        LAWS[name].calibrate(cells, GARNET)


@pytest.mark.parametrize("law", LAWS.values())
@pytest.mark.parametrize("wrong", [0, -1e-3, float("nan"), float("inf"), "high", None])
def test_resistances_and_currents_must_be_positive(laws, cells, law, wrong):
    with pytest.raises(InputError, match="positive"):
        law.calibrate((MeasuredCell(wrong, 1.5), cells[1]), GARNET)
    with pytest.raises(InputError, match="positive"):
        law.calibrate(cells, wrong)
    calibrated = law.calibrate(cells, GARNET)
    for asked in (calibrated.current_density, calibrated.resistance_at):
        with pytest.raises(InputError, match="positive"):
            asked(wrong)


@pytest.mark.parametrize(("name", "reach"), [("A0", 2.02), ("A", 2.64), ("C", 2.36), ("D", 2.31)])
def test_a_current_beyond_a_laws_reach_is_refused(laws, name, reach):
    with pytest.raises(InputError, match="no answer for a critical current"):
        laws[name].resistance_at(reach * MA_CM2)
    assert laws[name].resistance_at(0.97 * reach * MA_CM2) > 0


def test_contact_law_says_nothing_below_its_full_contact(laws):
    with pytest.raises(InputError, match=r"no answer for a resistance .* another law"):
        laws["D"].current_density(5 * OHM_CM2)


def test_a_law_of_two_constants_wants_two_cells(cells):
    for law in (InterfaceVoltageLaw, PowerLaw, ExponentialLaw, ContactLaw):
        with pytest.raises(InputError, match="two cells"):
            law.calibrate(cells[:1], GARNET)
    with pytest.raises(InputError, match="one cell or more"):
        CellVoltageLaw.calibrate((), GARNET)
    with pytest.raises(InputError, match="pairs"):
        calibrate((1.0, 2.0), GARNET)


def test_an_interface_voltage_cannot_rise_as_the_resistance_falls():
    """J R of 0.1 V coated and 0.01 V bare would need a negative R_0."""
    cells = MeasuredCell(1e-2, 1.0), MeasuredCell(5e-3, 20.0)
    with pytest.raises(InputError, match="negative R_0"):
        InterfaceVoltageLaw.calibrate(cells, GARNET)


@pytest.mark.parametrize("bare", [100 * OHM_CM2, 3000 * OHM_CM2])
def test_contact_law_refuses_more_or_less_constriction_than_a_pellet_gives(bare):
    cells = MeasuredCell(bare, 1.5), MeasuredCell(10.3 * OHM_CM2, 23.0)
    with pytest.raises(InputError, match="too little or too much"):
        ContactLaw.calibrate(cells, GARNET)


def test_the_page_on_the_laws_prints_its_table(repository, capsys):
    page = (repository / "docs" / "physics" / "critical-current.md").read_text(encoding="utf-8")
    exec(page.split("```python")[1].split("```")[0], {})
    printed = capsys.readouterr().out.splitlines()
    required = [tuple(line.split()[-2:]) for line in printed]
    assert required == [
        ("121", "362"),
        ("116", "302"),
        ("44", "145"),
        ("365", "660"),
        ("129", "344"),
    ]


@pytest.mark.parametrize("law", [*LAWS.values(), WettingLaw])
def test_every_law_says_what_it_assumes_and_its_units(law, cells):
    calibrated = law.calibrate(cells, GARNET)
    assert "\n" not in law.assumes and law.title and law.source
    assert {c.unit for c in calibrated.constants} <= {"V", "Ohm.m2", "A.m-2", "-"}
