"""Sensitivities against central differences of IDAKLU (rtol = atol = 1e-11): 1e-4.

``test_verification.py`` holds five inputs on two meshes to 1e-5.
"""

import numpy as np

from .oracle import CURRENT, VOLTAGE, central_difference

HOUR = 3600.0
FULL = (
    "Positive particle reference diffusivity [m2.s-1]",
    "Garnet thickness [m]",
    "Cathode-side resistance [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
)
SYMMETRIC = (
    "Garnet thickness [m]",
    "Negative face reference calendar growth [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
)


def differences(pair, inputs, name, times, early, step):
    """Central differences of the voltage at ``times[early]`` and of the time of cut-off."""

    def run(value):
        solution = pair.idaklu(inputs | {name: value}, times, rtol=1e-11, atol=1e-11)
        return solution[VOLTAGE](times[early]), solution.t[-1]

    return central_difference(run, float(pair.values[name]), step)


def check(pair, inputs, names, times, step):
    """Relative misses of dV/dp (rms of the first 98 % over the largest value) and dt_end/dp."""
    ours = pair.compiled.solve(
        inputs, times, sensitivities=names, rtol=1e-9, atol=1e-9, max_steps=20000
    )
    assert ours.status == "event"
    early = times < 0.98 * ours.t_end
    misses = {}
    for name in names:
        dV, dt = differences(pair, inputs, name, times, early, step)
        exact = ours.sensitivities[name]
        rms = np.sqrt(np.mean((exact[VOLTAGE][early] - dV) ** 2)) / np.abs(dV).max()
        misses[name] = (rms, abs(exact["t_end"] / dt - 1))
    return misses


def test_full_cells_voltage_and_capacity_at_cut_off(full):
    times = np.linspace(0, 1.2 * HOUR, 201)
    misses = check(full, {CURRENT: 0.51e-3}, FULL, times, 2e-3)
    assert np.max(list(misses.values())) < 1e-4, misses


def test_symmetric_cells_voltage_and_life_to_cut_off(symmetric):
    inputs = {CURRENT: 1e-3, "Lower voltage cut-off [V]": -0.2}
    misses = check(symmetric, inputs, SYMMETRIC, np.linspace(0, 70 * HOUR, 201), 2e-3)
    assert np.max(list(misses.values())) < 1e-4, misses
