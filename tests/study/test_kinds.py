"""What each kind of experiment asks of the cells: closed forms, shared parameters, refusals."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.data import read_cycling
from ssb_model.study import load_study
from ssb_model.study.kinds.ramp_record import steps_of

CONSTANT = '[[free]]\nname = "Critical current law reference current density"\n'
CONSTANT += 'range = ["0.1 mA/cm2", "10 mA/cm2"]\n'
R_GAS, FARADAY = 8.314462618, 96485.33212
HEAD = 'title = "synthetic"\n'
BARE = '[cells.bare]\ntype = "symmetric"\ncoating = "bare"\n'
COATED = '[cells.coated]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
SHORTING = '[cells.shorting]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
SHORTING += 'options = { "short circuit" = "critical current", "contact loss" = "voids" }\n'


def study(folder, text):
    path = folder / "study.toml"
    path.write_text(HEAD + text)
    return load_study(path)


def answer(made, u=None):
    """The model's numbers of a study by name, at the priors' centre."""
    problem = made.problem()
    values, _ = problem.predictions(np.zeros((1, len(problem.space))) if u is None else u)
    return dict(zip(problem.observables, values[0], strict=True))


def free(name, extra=""):
    return f'[[free]]\nname = "{name}"\n{extra}'


def test_resistance_and_activation_energy_are_those_of_the_charge_transfer(tmp_path):
    """A bare face in full contact: R = RT/(F j0) a face, and the energy that was put in less RT."""
    text = BARE + 'values = { "Negative face contact fraction" = "1", '
    text += '"Negative face contact spacing" = "10 nm" }\n'
    text += '[[experiments]]\nkind = "resistance"\ncell = "bare"\ninterfaces = 1\nnoise = "5 %"\n'
    text += 'resistance = ["5 ohm cm2"]\n'
    text += '[[experiments]]\nkind = "activation energy"\ncell = "bare"\nenergy = "30 kJ/mol"\n'
    text += 'temperatures = ["25 degC", "26 degC"]\nnoise = "1 kJ/mol"\n'
    text += free("Negative face exchange-current density") + free(
        "Negative face exchange-current density activation energy"
    )
    made = study(tmp_path, text)
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


def test_one_value_may_serve_different_parameters_of_different_cells(tmp_path):
    """The uncoated part of a dipped face is the bare cell's face."""
    dipped = '[cells.dipped]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
    dipped += 'options = { coverage = "partial" }\n'
    dipped += 'values = { "Negative face coated share" = "1e-8" }\n'
    text = BARE + dipped
    for cell in ("bare", "dipped"):
        text += f'[[experiments]]\nkind = "resistance"\ncell = "{cell}"\nnoise = "5 %"\n'
        text += 'resistance = ["1000 ohm cm2"]\n'
    for name in ("exchange-current density", "contact fraction", "contact spacing"):
        text += (
            f'[[free]]\nname = {{ bare = "Negative face {name}", '
            f'dipped = "Negative face uncoated {name}" }}\n'
        )
    made = study(tmp_path, text)
    for u in (-1.0, 1.0):
        first, second = answer(made, np.full((1, 3), u)).values()
        assert second == pytest.approx(first, rel=0.02)


def test_growth_at_the_reference_time_is_its_constants(tmp_path):
    """After 200 h one face has grown by k_c + k_J |J|."""
    text = COATED + '[[experiments]]\nkind = "growth"\ncell = "coated"\ninterfaces = 1\n'
    text += 'current_density = ["0.1 mA/cm2", "-0.1 mA/cm2"]\nduration = "200 h"\nnoise = "5 %"\n'
    text += 'growth = ["3.2 ohm cm2", "3.2 ohm cm2"]\n'
    text += free("Negative face reference calendar growth")
    made = study(tmp_path, text)
    known = made.cells["coated"].quantities
    calendar, current = (
        known[f"Negative face reference {name}"].value
        for name in ("calendar growth [Ohm.m2]", "current growth [Ohm.m4.A-1]")
    )
    for value in answer(made).values():
        assert value == pytest.approx(calendar + current * 1.0, rel=1e-3)


def test_beyond_its_cut_off_voltage_a_cell_has_no_answer(tmp_path):
    """5 V; 1 V is within and 12 V is not. Nothing stands there that looks like a number."""
    text = BARE + '[[experiments]]\nkind = "polarisation"\ncell = "bare"\nnoise = "1 mV"\n'
    text += 'duration = "1 h"\ncurrent_density = ["0.8 mA/cm2", "20 mA/cm2"]\n'
    text += 'voltage = ["1 V", "12 V"]\n'
    text += free("Negative face contact fraction")
    within, beyond = answer(study(tmp_path, text)).values()
    assert 0.3 < within < 2
    assert np.isnan(beyond)


def test_the_critical_current_is_the_law_s(tmp_path):
    text = SHORTING + '[[experiments]]\nkind = "critical current"\ncell = "shorting"\n'
    text += 'last_safe = "2.2 mA/cm2"\nfirst_failed = "2.4 mA/cm2"\nnoise = "10 %"\n'
    text += CONSTANT
    made = study(tmp_path, text)
    [datum] = made.experiments[0].data()
    assert datum.value == pytest.approx(23.0)
    assert datum.noise == pytest.approx(np.hypot(2.3, 2 / np.sqrt(12)))
    found = made.fit(starts=2)
    assert found.model(made.experiments[0])[0] == pytest.approx(23.0, rel=0.01)


def test_without_a_short_the_last_current_is_a_lower_bound(tmp_path):
    text = SHORTING + '[[experiments]]\nkind = "critical current"\ncell = "shorting"\n'
    text += 'last_safe = "2.2 mA/cm2"\n'
    text += CONSTANT
    assert study(tmp_path, text).experiments[0].bound == "at least"


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
    assert steps_of(record, 1e-4, "x") == pytest.approx(steps)


def test_held_out_data_are_compared_and_not_fitted(tmp_path):
    text = BARE
    for extra in ("", "held_out = true\nname = 'later'\n"):
        text += '[[experiments]]\nkind = "resistance"\ncell = "bare"\nnoise = "5 %"\n'
        text += 'resistance = ["1000 ohm cm2"]\n' + extra
    made = study(tmp_path, text + free("Negative face exchange-current density"))
    assert len(made.problem().data) == 1 and len(made.experiments) == 2


def test_predictions_have_intervals(tmp_path):
    text = BARE + '[[experiments]]\nkind = "resistance"\ncell = "bare"\nnoise = "5 %"\n'
    text += 'resistance = ["1000 ohm cm2"]\n'
    text += '[[predictions]]\nkind = "polarisation"\ncell = "bare"\nduration = "1 h"\n'
    text += 'current_density = ["0.05 mA/cm2"]\n'
    found = study(tmp_path, text + free("Negative face exchange-current density")).fit(starts=2)
    [row] = found.predictions
    assert row["lower95"] < row["value"] < row["upper95"]
    assert row["unit"] == "V"


RESISTANCE = '[[experiments]]\nkind = "resistance"\ncell = "bare"\nnoise = "5 %"\n'
RESISTANCE += 'resistance = ["1000 ohm cm2"]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            BARE + RESISTANCE + free("Negative face exchange-current density activation energy"),
            "no measurement that is fitted depends on the free parameter",
        ),
        (
            BARE + RESISTANCE + free("Negative face contact fraction", 'range = ["0.1", "1.2"]\n'),
            "outside what is physical",
        ),
        (
            BARE
            + RESISTANCE
            + free("Garnet conductivity", 'range = ["0 S/m", "1 S/m"]\nscale = "log"\n'),
            "outside what is physical|must begin above 0",
        ),
        (
            BARE
            + 'values = { "Garnet thickness" = "0.9 m" }\n'
            + RESISTANCE
            + free("Negative face exchange-current density"),
            "outside what is physical",
        ),
        (
            BARE
            + RESISTANCE.replace('"bare"', '"bare"\ntemperature = "250 degC"')
            + free("Negative face exchange-current density"),
            "outside the model's range",
        ),
        (
            BARE
            + RESISTANCE
            + free("Negative face exchange-current density")
            + '[[free]]\nname = "Negative face exchange-current density"\nlabel = "again"\n',
            "set by two free parameters",
        ),
        (
            BARE + RESISTANCE + '[[predictions]]\nkind = "resistance"\ncell = "bare"\n'
            'resistance = ["1 ohm cm2"]\n' + free("Negative face exchange-current density"),
            "a prediction has no measured values",
        ),
        (
            BARE
            + RESISTANCE.replace('noise = "5 %"\n', "")
            + free("Negative face exchange-current density"),
            "noise is missing",
        ),
        (
            COATED + '[[experiments]]\nkind = "dip"\ncell = "coated"\nreference = "0.5 mol/L"\n'
            'concentration = ["1 mol/L"]\nratio = ["1"]\nnoise = "5 %"\n'
            + free("Negative face layer thickness"),
            "coverage",
        ),
        (
            COATED + '[[experiments]]\nkind = "critical current"\ncell = "coated"\n'
            'last_safe = "1 mA/cm2"\n' + free("Negative face layer thickness"),
            "short circuit",
        ),
        (
            BARE.replace('"bare"\n', '"bare"\noptions = { "double layer" = "constant phaze" }\n')
            + RESISTANCE
            + free("Negative face exchange-current density"),
            "constant phase",
        ),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, text, told):
    with pytest.raises(InputError, match=told) as refusal:
        study(tmp_path, text).fit(starts=1)
    assert "\n" not in str(refusal.value)
