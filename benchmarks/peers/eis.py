"""PyBaMM's ``EISSimulation``, and the same matrices solved densely."""

from functools import cache

import numpy as np
import pybamm

import ssb_model
from benchmarks.cell import CURRENT, DIFFUSIVITY, FREQUENCIES, members, parameter_values


@cache
def simulation():
    """Impedance of the cell at rest, its diffusivity left open."""
    values = parameter_values().copy()
    values.update({CURRENT: 0.0, DIFFUSIVITY: "[input]"})
    return pybamm.EISSimulation(ssb_model.FullCell(), parameter_values=values)


def spectra(sets):
    """Impedance [Ohm] of each member, (B, frequencies)."""
    solved = [simulation().solve(FREQUENCIES, inputs=member) for member in members(sets)]
    return np.array([solution.impedance for solution in solved])


def dense(sets):
    """The same from PyBaMM's matrices by LAPACK, with its partial pivoting."""
    spectra({name: values[:1] for name, values in sets.items()})
    return np.array([_dense(member) for member in members(sets)])


def _dense(member):
    cell = simulation()
    mass, minus_jacobian, b = cell._build_matrix_problem(inputs_dict=member)
    mass, minus_jacobian = mass.toarray(), minus_jacobian.toarray()
    b = np.ravel(b)
    z = []
    for f in FREQUENCIES:
        x = np.linalg.solve(2j * np.pi * f * mass + minus_jacobian, b)
        voltage, current = cell._output_jacobian @ x
        z.append(-voltage / current)
    return np.ravel(z)
