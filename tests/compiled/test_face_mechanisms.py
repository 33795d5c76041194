"""The face's mechanisms in PyBaMM's own simulation (IDAKLU) and compiled: one set of equations."""

import numpy as np
import pybamm
import pytest

import ssb_model

TIMES = np.linspace(0, 7200, 25)
CASES = {
    "bare, losing contact": ("bare", {"buffer layer": "none", "contact loss": "voids"}, 3e-4),
    "LiI, dielectric, losing contact": (
        "i2",
        {"layer permittivity": "dielectric", "contact loss": "voids"},
        8e-4,
    ),
    "vacancies": ("zni2-0.5", {"contact loss": "vacancies"}, 2e-4),
    "with gaps, vacancies": (
        "bare",
        {"buffer layer": "none", "contact gap": "capacitance", "contact loss": "vacancies"},
        1e-7,
    ),
    "coated in part, with skin": (
        "zni2-0.1",
        {"coverage": "partial", "surface skin": "dielectric"},
        1e-3,
    ),
    "with gaps, losing contact": (
        "bare",
        {"buffer layer": "none", "contact gap": "capacitance", "contact loss": "voids"},
        3e-4,
    ),
    "closed by pressure": (
        "bare",
        {"buffer layer": "none", "contact closure": "pressure", "contact loss": "voids"},
        3e-4,
    ),
    "alloy": ("lizn", {"buffer layer": "alloy"}, 1e-3),
    "lithium below": ("zni2-0.5", {"lithium below layer": "plated"}, 8e-3),
    "lithium below LiI": ("i2", {"lithium below layer": "plated"}, 8e-4),
    "alloy with holes, all of it": (
        "lizn",
        {
            "buffer layer": "alloy",
            "coverage": "pinholes",
            "lithium below layer": "plated",
            "layer dissolution": "into lithium",
            "contact loss": "voids",
        },
        8e-4,
    ),
    "dissolving": ("zni2-0.5", {"layer dissolution": "into lithium"}, 1e-4),
    "above its critical current": ("zni2-0.5", {"short circuit": "critical current"}, 2.2e-3),
}


@pytest.mark.parametrize("case", CASES)
def test_compiled_is_idaklu(case):
    coating, options, current = CASES[case]
    values = ssb_model.cell_parameters("symmetric", coating=coating)
    values["Current function [A]"] = current
    outputs = ["Voltage [V]", "Negative face resistance [Ohm.m2]"]
    model = ssb_model.SymmetricCell(options)
    oracle = pybamm.Simulation(
        model, parameter_values=values, solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10)
    ).solve([0, TIMES[-1]], t_interp=TIMES)
    compiled = ssb_model.compile(ssb_model.SymmetricCell(options), values, outputs=outputs)
    ours = compiled.solve({"Current function [A]": current}, TIMES, rtol=1e-8, atol=1e-10)
    assert ours.succeeded
    for name in outputs:
        exact = oracle[name](TIMES)
        np.testing.assert_allclose(ours[name], exact, rtol=2e-6, atol=1e-9)
