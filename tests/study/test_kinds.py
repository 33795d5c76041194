"""What each kind of experiment asks of the cells: closed forms, shared parameters, refusals."""

import numpy as np
import pytest

from ssb_model import CellTable, FreeTable, InputError, make_study
from ssb_model.data import read_cycling
from ssb_model.study import (
    ActivationEnergyTable,
    CriticalCurrentTable,
    DipTable,
    GrowthTable,
    PolarisationTable,
    ResistanceTable,
)
from ssb_model.study.kinds.ramp_record import steps_of

R_GAS, FARADAY = 8.314462618, 96485.33212
EXCHANGE = "Negative face exchange-current density"
CONSTANT = FreeTable(
    name="Critical current law reference current density", range=["0.1 mA/cm2", "10 mA/cm2"]
)
ENERGY = "Critical current law activation energy"
BARE = CellTable(type="symmetric", coating="bare")
COATED = CellTable(type="symmetric", coating="zni2-0.5")
SHORTING = CellTable(
    type="symmetric",
    coating="zni2-0.5",
    options={"short circuit": "critical current", "contact loss": "voids"},
)
RESISTANCE = ResistanceTable(resistance=["1000 ohm cm2"], noise="5 %")


def answer(made, u=None):
    """The model's numbers of a study by name, at the priors' centre."""
    problem = made.problem()
    values, _ = problem.predictions(np.zeros((1, len(problem.space))) if u is None else u)
    return dict(zip(problem.observables, values[0], strict=True))


def test_resistance_and_activation_energy_are_those_of_the_charge_transfer():
    """A bare face in full contact: R = RT/(F j0) a face, and the energy that was put in less RT."""
    contact = {"Negative face contact fraction": "1", "Negative face contact spacing": "10 nm"}
    made = make_study(
        {"bare": BARE.model_copy(update={"values": contact})},
        [
            ResistanceTable(resistance=["5 ohm cm2"], interfaces=1, noise="5 %"),
            ActivationEnergyTable(
                energy="30 kJ/mol", temperatures=["25 degC", "26 degC"], noise="1 kJ/mol"
            ),
        ],
        [EXCHANGE, f"{EXCHANGE} activation energy"],
    )
    numbers = answer(made)
    cell = made.cells["bare"]
    j0 = cell.quantities["Negative face exchange-current density [A.m-2]"].value
    energy = cell.quantities[
        "Negative face exchange-current density activation energy [J.mol-1]"
    ].value
    one = numbers["bare, resistance 1: interface resistance at 25 degC"]
    assert one == pytest.approx(R_GAS * 298.15 / FARADAY / j0, rel=1e-6)
    slope = numbers["bare, activation energy 2: interface activation energy"]
    assert slope == pytest.approx(energy - R_GAS * 298.65, rel=1e-4)


def test_one_value_may_serve_different_parameters_of_different_cells():
    """The uncoated part of a dipped face is the bare cell's face."""
    dipped = CellTable(
        type="symmetric",
        coating="zni2-0.5",
        options={"coverage": "partial"},
        values={"Negative face coated share": "1e-8"},
    )
    cells = {"bare": BARE, "dipped": dipped}
    tied = [
        {"bare": f"Negative face {name}", "dipped": f"Negative face uncoated {name}"}
        for name in ("exchange-current density", "contact fraction", "contact spacing")
    ]
    made = make_study(
        cells,
        [RESISTANCE.model_copy(update={"cell": cell}) for cell in cells],
        [FreeTable(name=names) for names in tied],
    )
    for u in (-1.0, 1.0):
        first, second = answer(made, np.full((1, 3), u)).values()
        assert second == pytest.approx(first, rel=0.02)


def bare_growth(**options):
    cell = CellTable(type="symmetric", coating="bare", options=options)
    measured = GrowthTable(
        current_density=["0.1 mA/cm2", "0.5 mA/cm2"],
        growth=["40 ohm cm2", "80 ohm cm2"],
        duration="200 h",
        noise="1 %",
    )
    names = ["Negative face reference calendar growth", "Negative face reference current growth"]
    return make_study(cell, measured, names)


def test_growth_of_a_bare_face_is_fitted():
    calendar, current = bare_growth(**{"interface growth": "film"}).fit(starts=1).parameters()
    assert 1e4 * calendar["value"] == pytest.approx(15, rel=0.02)  # of one face
    assert 1e5 * current["value"] == pytest.approx(50, rel=0.02)


def test_growth_of_a_face_that_does_not_grow_names_the_option():
    with pytest.raises(InputError, match='"interface growth" = "film"'):
        bare_growth()
    with pytest.raises(InputError, match="Did you mean 'interface growth'"):
        bare_growth(**{"interface grwth": "film"})


def test_growth_at_the_reference_time_is_its_constants():
    """After 200 h one face has grown by k_c + k_J |J|."""
    measured = GrowthTable(
        interfaces=1,
        current_density=["0.1 mA/cm2", "-0.1 mA/cm2"],
        duration="200 h",
        growth=["3.2 ohm cm2", "3.2 ohm cm2"],
        noise="5 %",
    )
    made = make_study({"coated": COATED}, measured, ["Negative face reference calendar growth"])
    known = made.cells["coated"].quantities
    calendar, current = (
        known[f"Negative face reference {name}"].value
        for name in ("calendar growth [Ohm.m2]", "current growth [Ohm.m4.A-1]")
    )
    for value in answer(made).values():
        assert value == pytest.approx(calendar + current * 1.0, rel=1e-3)


def test_beyond_its_cut_off_voltage_a_cell_has_no_answer():
    """5 V; 1 V is within and 12 V is not. Nothing stands there that looks like a number."""
    measured = PolarisationTable(
        duration="1 h",
        current_density=["0.8 mA/cm2", "20 mA/cm2"],
        voltage=["1 V", "12 V"],
        noise="1 mV",
    )
    within, beyond = answer(make_study(BARE, measured, ["Negative face contact fraction"])).values()
    assert 0.3 < within < 2
    assert np.isnan(beyond)


def test_the_critical_current_is_the_law_s():
    measured = CriticalCurrentTable(last_safe="2.2 mA/cm2", first_failed="2.4 mA/cm2", noise="10 %")
    made = make_study(SHORTING, measured, [CONSTANT])
    [datum] = made.experiments[0].data()
    assert datum.value == pytest.approx(23.0)
    assert datum.noise == pytest.approx(np.hypot(2.3, 2 / np.sqrt(12)))
    fit = made.fit(starts=2)
    assert fit.model(made.experiments[0])[0] == pytest.approx(23.0, rel=0.01)


def test_the_critical_current_warms_by_its_own_energy():
    measured = [
        CriticalCurrentTable(name=T, last_safe="2 mA/cm2", first_failed="3 mA/cm2", temperature=T)
        for T in ("25 degC", "60 degC")
    ]
    room, warm = answer(make_study(SHORTING, measured, [ENERGY])).values()
    factor = np.exp(38594 / 8.314462618 * (1 / 298.15 - 1 / 333.15))
    assert warm / room == pytest.approx(factor, rel=1e-4)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"Stack pressure": "2 Pa"}, r"cells.coated: The stack pressure is 2 Pa.* 2 MPa is meant"),
        ({"Assembly pressure": "-1 MPa"}, r"Assembly pressure.*outside what is physical"),
        ({"Stack pressure": "2 TPa"}, r"Stack pressure.*outside what is physical"),
    ],
)
def test_a_pressure_in_the_wrong_unit_is_refused(values, told):
    cell = COATED.model_copy(update={"values": values})
    with pytest.raises(InputError, match=told):
        make_study({"coated": cell}, RESISTANCE, [EXCHANGE])


def test_without_a_short_the_last_current_is_a_lower_bound():
    made = make_study(SHORTING, CriticalCurrentTable(last_safe="2.2 mA/cm2"), [CONSTANT])
    assert made.experiments[0].bound == "at least"


def ramp_file(folder, shorts_at):
    """A synthetic ramp of 10 ohm, 0.5 to 2.5 mA, that falls to 1 ohm in the middle of a step."""
    rows, t = [], 0.0
    for I in np.arange(0.5, 3.0, 0.5) * 1e-3:
        for sign in (1, -1):
            for k in range(20):
                R = 1.0 if shorts_at is not None and shorts_at <= I and k > 9 else 10.0
                rows.append(f"{t:g},{sign * I:g},{sign * I * R:g}")
                t += 180.0
    path = folder / "ramp.csv"
    path.write_text("time/s,I/A,Ecell/V\n" + "\n".join(rows) + "\n")
    return path


@pytest.mark.parametrize(("shorts_at", "steps"), [(1.5e-3, (10.0, 15.0)), (None, (25.0, None))])
def test_a_recorded_ramp_tells_its_steps(tmp_path, shorts_at, steps):
    record = read_cycling(ramp_file(tmp_path, shorts_at), current_positive_on="charge")
    safe, failed, said = steps_of(record, 1e-4, "x")
    assert (safe, failed) == pytest.approx(steps)
    assert said == ""


def test_held_out_data_are_compared_and_not_fitted():
    later = RESISTANCE.model_copy(update={"held_out": True, "name": "later"})
    made = make_study(BARE, [RESISTANCE, later], [EXCHANGE])
    assert len(made.problem().data) == 1 and len(made.experiments) == 2


def test_predictions_have_intervals():
    later = PolarisationTable(duration="1 h", current_density=["0.05 mA/cm2"])
    fit = make_study(BARE, RESISTANCE, [EXCHANGE], predictions=[later]).fit(starts=2)
    [row] = fit.predictions
    assert row["lower95"] < row["value"] < row["upper95"]
    assert row["unit"] == "V"


def with_keys(table, **keys):
    """A table of the same type, some keys changed and checked again; None leaves a key out."""
    given = table.model_dump(exclude_defaults=True) | keys
    return type(table)(**{key: value for key, value in given.items() if value is not None})


@pytest.mark.parametrize(
    ("study", "sentence"),
    [
        (
            (BARE, RESISTANCE, [f"{EXCHANGE} activation energy"]),
            "no measurement that is fitted depends on the free parameter",
        ),
        (
            (
                BARE,
                RESISTANCE,
                [FreeTable(name="Negative face contact fraction", range=["0.1", "1.2"])],
            ),
            "outside what is physical",
        ),
        (
            (
                BARE,
                RESISTANCE,
                [FreeTable(name="Garnet conductivity", range=["0 S/m", "1 S/m"], scale="log")],
            ),
            "outside what is physical|must begin above 0",
        ),
        (
            (with_keys(BARE, values={"Garnet thickness": "0.9 m"}), RESISTANCE, [EXCHANGE]),
            "outside what is physical",
        ),
        (
            (BARE, with_keys(RESISTANCE, temperature="250 degC"), [EXCHANGE]),
            "outside the range",
        ),
        (
            (BARE, RESISTANCE, [EXCHANGE, FreeTable(name=EXCHANGE, label="again")]),
            "set by two free parameters",
        ),
        ((BARE, with_keys(RESISTANCE, noise=None), [EXCHANGE]), "noise is missing"),
        (
            (
                COATED,
                DipTable(
                    reference="0.5 mol/L", concentration=["1 mol/L"], ratio=["1"], noise="5 %"
                ),
                ["Negative face layer thickness"],
            ),
            "coverage",
        ),
        (
            (COATED, CriticalCurrentTable(last_safe="1 mA/cm2"), ["Negative face layer thickness"]),
            "short circuit",
        ),
        (
            (
                with_keys(BARE, options={"double layer": "constant phaze"}),
                RESISTANCE,
                [EXCHANGE],
            ),
            "constant phase",
        ),
    ],
)
def test_a_mistake_is_one_sentence(study, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        make_study(*study).fit(starts=1)
    assert "\n" not in str(refusal.value)


def test_a_prediction_with_measured_values_is_refused_in_one_sentence():
    with pytest.raises(InputError, match="a prediction has no measured values") as refusal:
        make_study(BARE, RESISTANCE, [EXCHANGE], predictions=[RESISTANCE])
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            {"voltage": ["-13 mV"], "noise": "1 mV"},
            "voltage: -13 mV at 0.1 mA/cm2: a symmetric cell's voltage has the sign of its",
        ),
        ({"voltage": ["13 mV"], "noise": "0.5"}, "the unit is missing"),
    ],
)
def test_a_polarisation_against_its_current_is_refused(table, told):
    table = PolarisationTable(current_density=["0.1 mA/cm2"], duration="1 h", **table)
    with pytest.raises(InputError, match=told):
        make_study(BARE, [table], [EXCHANGE])


def test_a_polarisation_is_the_same_in_both_directions():
    """Current and voltage both with a minus are those of the other direction."""
    both = [
        PolarisationTable(
            current_density=[f"{sign}0.1 mA/cm2"],
            voltage=[f"{sign}13 mV"],
            duration="1 h",
            noise="1 mV",
        )
        for sign in ("", "-")
    ]
    one, other = (make_study(BARE, [table], [EXCHANGE]).experiments[0] for table in both)
    assert one.voltage == other.voltage == pytest.approx([0.013])


@pytest.mark.parametrize("noise", ["0.5", "5", " .5 "])
def test_a_relative_noise_without_percent_that_may_mean_percent_is_refused(noise):
    ratio = DipTable(concentration=["0.1 mol/L"], reference="0.2 mol/L", ratio=["0.5"], noise=noise)
    with pytest.raises(InputError, match=rf"noise is '{noise.strip()}' without a unit.*write"):
        dipped = COATED.model_copy(update={"options": {"coverage": "partial"}})
        make_study(dipped, [ratio], [EXCHANGE])


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (ResistanceTable(resistance=["-11 ohm cm2"], noise="5 %"), "resistance must be positive"),
        (ResistanceTable(resistance=["11 ohm cm2"], noise="150 %"), "more than 100 % says nothing"),
        (
            ActivationEnergyTable(
                energy="-30 kJ/mol", temperatures=["25 degC", "60 degC"], noise="1 kJ/mol"
            ),
            "energy must be positive",
        ),
        (
            ResistanceTable(resistance=["11 ohm cm2"], temperature="25 K", noise="5 %"),
            "-248.1 °C is outside the range",
        ),
    ],
)
def test_what_no_cell_has_is_refused(table, told):
    with pytest.raises(InputError, match=told):
        make_study(BARE, [table], [EXCHANGE])
