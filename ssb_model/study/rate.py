"""Discharge capacity against C-rate of a full cell as data of a fit, and its simulator."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.control import CURRENT
from ssb_model.compiled.integrate import EVENT
from ssb_model.fitting import Datum, Simulator
from ssb_model.fitting.members import by_member, member_inputs
from ssb_model.study.cells import TEMPERATURE

LONGEST = 1.5  # in units of 1/C-rate: longer than any discharge


@dataclass(frozen=True, eq=False)
class RateTest:
    """Capacities of full discharges from the charged state at rest, each to the lower cut-off.

    c_rate (N,), capacity [A.h.kg-1] of the weighed active material (N,), temperature [K],
    noise [A.h.kg-1].
    """

    name: str
    cell: str
    c_rate: np.ndarray
    capacity: np.ndarray
    temperature: float
    noise: float

    @property
    def observables(self):
        """One name a rate."""
        return tuple(f"{self.name}: capacity at {rate:g}C" for rate in self.c_rate)

    def data(self, noise=None):
        """One :class:`Datum` a rate; ``noise`` overrides the own."""
        return [
            Datum(name, name, float(value), noise or self.noise)
            for name, value in zip(self.observables, self.capacity, strict=True)
        ]


def rate_simulator(cell, measured, mapping):
    """Simulator of one rate test of one full cell; arguments as for spectra.

    A discharge that does not end at an event gives NaN: the fit refuses such a point.
    """
    mass = float(cell.values["Positive electrode areal loading [kg.m-2]"]) * cell.area
    one_c = float(cell.values["Positive electrode 1C specific current [A.kg-1]"]) * mass
    members = len(measured.c_rate)
    current = one_c * measured.c_rate
    fixed = {TEMPERATURE: np.full(members, measured.temperature), CURRENT: current}

    def simulate(theta):
        inputs = member_inputs(cell.compiled.system.defaults, mapping, theta, fixed, members)
        batch = len(inputs[CURRENT]) // members
        times = jnp.repeat(jnp.asarray(LONGEST * 3600 / measured.c_rate), batch)[None]
        result = cell.compiled.trajectory(inputs, times)
        t_end = jnp.where(result.status == EVENT, result.t_end, jnp.nan)
        return by_member(t_end * inputs[CURRENT] / 3600 / mass, members)

    return Simulator(measured.name, tuple(mapping), measured.observables, simulate)
