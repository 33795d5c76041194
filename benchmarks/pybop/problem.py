"""What both codes are given: six synthetic discharges, five parameters with priors, the starts.

The coated full cell is discharged at the six rates of the founding experiment. The objective is
half the sum of squared voltage errors over the noise squared, plus half the sum of u squared: u
are the parameters' coordinates in which their priors are standard normal. Both codes minimise it
over u, from the same starts.
"""

from dataclasses import asdict, dataclass

import numpy as np
import pybamm

import ssb_model
from ssb_model.fitting import FreeParameter, ParameterSpace

CURRENT, VOLTAGE = "Current function [A]", "Voltage [V]"
COATING = "zni2-0.5"
RATES = (0.1, 0.2, 0.3, 0.5, 0.8, 1.0)
POINTS = 150  # of each discharge, equidistant
SHARE = 0.95  # of the time to the cut-off, so that no event is near
NOISE = 1e-3  # V
TOLERANCE = 1e-9  # of the discharges that the data are made from
STARTS = 16

#: Five that these data determine: by the Fisher information to 0.01 % (utilisation), 1 %
#: (diffusivity, cathode-side resistance), 11 % (reaction rate, catholyte conductivity).
SPACE = ParameterSpace(
    [
        FreeParameter(
            "Positive particle reference diffusivity", "m2.s-1", 5.9e-18, 2e-18, 1.74e-17, "log"
        ),
        FreeParameter("Cathode-side resistance", "Ohm.m2", 0.01, 0.0025, 0.04, "log"),
        FreeParameter(
            "Positive electrode reaction rate constant",
            "A.m-2.(m3.mol-1)1.5",
            6e-7,
            1.2e-7,
            3e-6,
            "log",
        ),
        FreeParameter("Positive electrode utilisation", "", 0.92, 0.89, 0.95, "linear"),
        FreeParameter("Catholyte conductivity", "S.m-1", 0.05, 0.0125, 0.2, "log"),
    ]
)
TRUTH = np.array([-0.6, 0.7, -0.8, -0.5, 0.6])  # u, away from the priors' centre


def full_name(parameter):
    """PyBaMM's name of a free parameter."""
    return f"{parameter.label} [{parameter.unit}]" if parameter.unit else parameter.label


NAMES = tuple(full_name(p) for p in SPACE.parameters)


@dataclass(frozen=True, eq=False)
class Measured:
    """Synthetic discharges: current [A] (rates,), times [s] and voltage [V] (rates, points)."""

    current: np.ndarray
    times: np.ndarray
    voltage: np.ndarray
    noise: float = NOISE
    synthetic: bool = True

    def as_json(self):
        """As lists, to be read by :meth:`from_json`."""
        return {k: v.tolist() if hasattr(v, "tolist") else v for k, v in asdict(self).items()}

    @classmethod
    def from_json(cls, content):
        """From :meth:`as_json`."""
        return cls(**{k: np.array(v) if isinstance(v, list) else v for k, v in content.items()})


def model():
    """The full cell without cut-offs of the voltage, which PyBOP removes too."""
    cell = ssb_model.FullCell()
    cell.events = [event for event in cell.events if "[V]" not in event.name]
    return cell


def parameter_values():
    """Parameters of the coated cell."""
    return ssb_model.cell_parameters("full", coating=COATING)


def _simulation(model):
    """PyBaMM's IDAKLU at a tight tolerance, with the five and the current left open."""
    values = parameter_values()
    values.update(dict.fromkeys((*NAMES, CURRENT), "[input]"))
    solver = pybamm.IDAKLUSolver(rtol=TOLERANCE, atol=TOLERANCE)
    return pybamm.Simulation(model, parameter_values=values, solver=solver)


def _inputs(u, current):
    numbers = SPACE.numbers(u)
    free = {name: numbers[p.label] for name, p in zip(NAMES, SPACE.parameters, strict=True)}
    return free | {CURRENT: float(current)}


def synthetic(seed=0):
    """The discharges of the truth by IDAKLU at tight tolerance, with normal noise."""
    current = np.array(RATES) * parameter_values()["Nominal cell capacity [A.h]"]
    simulation = _simulation(ssb_model.FullCell())
    times, voltage = [], []
    for i, rate in zip(current, RATES, strict=True):
        solution = simulation.solve([0, 1.5 * 3600 / rate], inputs=_inputs(TRUTH, i))
        times.append(np.linspace(0, SHARE * solution.t[-1], POINTS))
        voltage.append(solution[VOLTAGE](times[-1]))
    noise = NOISE * np.random.default_rng(seed).normal(size=(len(RATES), POINTS))
    return Measured(current, np.array(times), np.array(voltage) + noise)


def reference(measured, points):
    """Voltages (points, rates, times) at points u, at tight tolerance."""
    simulation = _simulation(model())

    def discharge(u, current, times):
        solution = simulation.solve([0, times[-1]], t_interp=times, inputs=_inputs(u, current))
        return solution[VOLTAGE](times)

    curves = list(zip(measured.current, measured.times, strict=True))
    return np.array([[discharge(u, i, t) for i, t in curves] for u in points])


def starts(seed=1):
    """Starting points u (starts, parameters): the priors' centre, then draws within two widths."""
    u = np.clip(np.random.default_rng(seed).normal(size=(STARTS, len(SPACE))), -2, 2)
    u[0] = 0
    return u
