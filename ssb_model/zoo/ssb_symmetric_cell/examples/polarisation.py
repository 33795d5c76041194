"""Polarisation at 0.1 mA/cm2 with the layer from 0.5 mol/L ZnI2 and without one."""

import pybamm

CELLS = {
    "ZnI2 0.5 mol/L": ("Zhai2024 symmetric", {}),
    "bare": ("Zhai2024 symmetric bare", {"buffer layer": "none"}),
}
CURRENT_DENSITY = 1.0  # A/m2, 0.1 mA/cm2


def polarisation(parameter_set: str, options: dict) -> float:
    """Polarisation after an hour [V]."""
    values = pybamm.ParameterValues(parameter_set)
    values["Current function [A]"] = CURRENT_DENSITY * values["Cell area [m2]"]
    model = pybamm.Model("SSB symmetric cell", options=options)
    solution = pybamm.Simulation(model, parameter_values=values).solve([0, 3600])
    return float(solution["Polarisation [V]"](3600))


if __name__ == "__main__":
    for name, cell in CELLS.items():
        print(f"{name}: {1e3 * polarisation(*cell):.1f} mV")
