"""Resistances that a circuit read, compared with what the circuit reads in the model's spectrum."""

import numpy as np
import pytest

from ssb_model import CellTable, InputError, make_study
from ssb_model.circuits import fit_circuit
from ssb_model.study import ActivationEnergyTable, ResistanceTable

EXCHANGE = "Negative face exchange-current density"
WHOLE = {"garnet permittivity": "bulk and grain boundary"}
BAND = ["7 MHz", "0.1 Hz"]
READ = {"circuit": "L-R-(RQ)-(RQ)", "frequencies": BAND}


def _study(experiments, free=(EXCHANGE,), options=None, coating="bare", **values):
    cell = CellTable(type="symmetric", coating=coating, options=options or {}, values=values)
    return make_study({coating: cell}, experiments, free)


def _numbers(made, u):
    problem = made.problem()
    values, jacobian = problem.predictions(np.asarray(u, dtype=float))
    return np.array(values), np.array(jacobian)


def test_an_arc_alone_is_read_as_the_resistance_at_rest():
    read = ResistanceTable(
        resistance=["4 ohm cm2"], noise="5 %", circuit="R-(RC)", frequencies=["10 MHz", "10 Hz"]
    )
    at_rest = ResistanceTable(resistance=["4 ohm cm2"], noise="5 %", name="at rest")
    garnet = read.model_copy(update={"quantity": "garnet", "name": "pellet"})
    rest = at_rest.model_copy(update={"quantity": "garnet", "name": "pellet at rest"})
    contact = {"Negative face contact fraction": "1"}
    plain = {"contact gap": "none", "garnet permittivity": "none"}
    made = _study([read, at_rest, garnet, rest], options=plain, **contact)
    values, jacobian = _numbers(made, [[0.0], [1.0], [-1.0]])
    names = made.problem().observables
    by_circuit = [k for k, name in enumerate(names) if "at rest" not in name]
    rested = [k for k, name in enumerate(names) if "at rest" in name]
    np.testing.assert_allclose(values[:, by_circuit], values[:, rested], rtol=0.01)
    np.testing.assert_allclose(jacobian[:, by_circuit], jacobian[:, rested], rtol=0.02, atol=1e-6)


def test_a_face_of_contacts_and_gaps_is_read_as_a_user_reads_its_spectrum():
    made = _study(
        [ResistanceTable(resistance=["1173 ohm cm2"], noise="5 %", **READ)], options=WHOLE
    )
    cell = made.cells["bare"]
    f = np.array(made.experiments[0].reading.frequencies)
    z = cell.compiled.impedance(f, {})
    by_user = fit_circuit((f, z), READ["circuit"], drift=0)["R2"].value * cell.area
    (read,), _ = _numbers(made, [[0.0]])
    np.testing.assert_allclose(read[0], by_user, rtol=0.03)


def test_readings_have_exact_derivatives():
    energy = ActivationEnergyTable(
        energy="30 kJ/mol", noise="1 kJ/mol", temperatures=["25 degC", "60 degC"], **READ
    )
    resistance = ResistanceTable(resistance=["1173 ohm cm2"], noise="5 %", **READ)
    free = [EXCHANGE, "Negative face contact spacing", "Lithium gap width"]
    made = _study([resistance, energy], free, WHOLE)
    step = 1e-3
    u = 0.3 + np.concatenate([np.zeros((1, 3)), step * np.eye(3), -step * np.eye(3)])
    values, jacobian = _numbers(made, u)
    differences = (values[1:4] - values[4:7]).T / (2 * step)
    np.testing.assert_allclose(jacobian[0], differences, rtol=1e-3, atol=1e-6 * values[0].max())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"circuit": "L-R-(RQ)"}, "the key frequencies is missing"),
        ({"frequencies": BAND}, "the key circuit is missing"),
        ({**READ, "circuit": "L-R"}, "has no arc that could be the interface's"),
        ({**READ, "circuit": "L-R-(XY)"}, "has an unknown element"),
        ({**READ, "frequencies": ["1 kHz", "500 Hz"]}, "need a wider band"),
        ({**READ, "frequencies": ["1 kHz", "0 Hz"]}, "frequencies"),
        ({**READ, "frequencies": ["1 kHz", "1 V"]}, "frequencies"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_in_one_sentence(keys, said):
    table = ResistanceTable(resistance=["1173 ohm cm2"], noise="5 %", **keys)
    with pytest.raises(InputError, match=said) as refused:
        _study([table])
    assert "\n" not in str(refused.value)
