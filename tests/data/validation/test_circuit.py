"""The circuit that a spectrum asks for, leads included."""

import numpy as np
import pytest

from ssb_model.data.validation import arc_circuit

F = np.geomspace(1e6, 0.1, 60)
TRUTH = 5 + 2j * np.pi * F * 3e-7 + 100 / (1 + (2j * np.pi * F * 1e-3) ** 0.9)


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_leads_and_arc_are_found_in_any_order_of_the_frequencies(order):
    noise = np.random.default_rng(0).normal(size=(2, len(F))) * 0.003
    z = TRUTH * (1 + noise[0] + 1j * noise[1])
    circuit = arc_circuit(F[order], z[order])
    [R], [tau] = circuit.resistance, circuit.time_constant
    assert pytest.approx(100, rel=0.02) == R
    assert tau == pytest.approx(1e-3, rel=0.03)
    assert circuit.series == pytest.approx(5, rel=0.05)
    assert circuit.inductance == pytest.approx(3e-7, rel=0.1)
    assert np.allclose(circuit.impedance(F), TRUTH, rtol=0.02)
    assert np.sqrt(circuit.covariance[1, 1]) < 2
