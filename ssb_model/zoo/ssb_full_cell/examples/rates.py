"""Discharge capacity against rate, with the parameter set's values as they are before any fit."""

import pybamm

RATES = (0.1, 0.5, 1.0)


def capacity(rate: float) -> float:
    """Capacity of a discharge to the lower cut-off [mA.h per g of LiFePO4]."""
    values = pybamm.ParameterValues("Zhai2024 full")
    model = pybamm.Model("SSB full cell")
    simulation = pybamm.Simulation(model, parameter_values=values, C_rate=rate)
    solution = simulation.solve([0, 1.2 * 3600 / rate])
    mass = values["Positive electrode areal loading [kg.m-2]"] * values["Cell area [m2]"]
    return float(solution["Discharge capacity [A.h]"].entries[-1] / mass)


if __name__ == "__main__":
    for rate in RATES:
        print(f"{rate}C: {capacity(rate):.1f} mAh/g")
