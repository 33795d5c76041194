"""Voltages at constant current as data of a fit, and the simulator that answers them."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.control import CURRENT
from ssb_model.fitting import Datum, Simulator
from ssb_model.fitting.members import by_member, member_inputs
from ssb_model.study.cells import POLARISATION, TEMPERATURE


@dataclass(frozen=True, eq=False)
class Polarisation:
    """Size of a symmetric cell's voltage at the end of a time at constant current.

    current_density [A.m-2] (N,), voltage [V] (N,), duration [s], temperature [K], noise [V].
    """

    name: str
    cell: str
    current_density: np.ndarray
    voltage: np.ndarray
    duration: float
    temperature: float
    noise: float

    @property
    def observables(self):
        """One name a current."""
        return tuple(f"{self.name}: voltage at {J / 10:.6g} mA/cm2" for J in self.current_density)

    def data(self, noise=None):
        """One :class:`Datum` a current; ``noise`` overrides the own."""
        return [
            Datum(name, name, float(value), noise or self.noise)
            for name, value in zip(self.observables, self.voltage, strict=True)
        ]


def polarisation_simulator(cell, measured, mapping):
    """Simulator of one polarisation measurement of one cell; arguments as for spectra."""
    members = len(measured.current_density)
    fixed = {
        TEMPERATURE: np.full(members, measured.temperature),
        CURRENT: measured.current_density * cell.area,
    }

    def simulate(theta):
        inputs = member_inputs(cell.compiled.system.defaults, mapping, theta, fixed, members)
        times = jnp.full((1, len(inputs[CURRENT])), measured.duration)
        result = cell.compiled.trajectory(inputs, times)
        at = cell.compiled.output_names.index(POLARISATION)
        return by_member(result.outputs[at, 0], members)

    return Simulator(measured.name, tuple(mapping), measured.observables, simulate)
