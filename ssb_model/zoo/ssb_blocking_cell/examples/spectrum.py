"""The electrolyte's resistance as a spectrum between blocking electrodes shows it."""

import numpy as np
import pybamm

FREQUENCIES = np.logspace(7, 0, 71)  # Hz


def spectrum() -> np.ndarray:
    """Impedance of the cell [Ohm]."""
    values = pybamm.ParameterValues("LLZTO blocking")
    simulation = pybamm.EISSimulation(pybamm.Model("SSB blocking cell"), parameter_values=values)
    return np.asarray(simulation.solve(FREQUENCIES).impedance)


if __name__ == "__main__":
    z = spectrum()
    foot = np.argmin(-z.imag[FREQUENCIES < 1e5] / z.real[FREQUENCIES < 1e5])
    print(f"between arc and spike: {z.real[FREQUENCIES < 1e5][foot]:.1f} ohm")
