"""``pybamm.JaxSolver``: BDF with dense LU in JAX. It has no events, so it is given the end time."""

import numpy as np
import pybamm

from benchmarks.accuracy import Discharges, padded
from benchmarks.cell import TIMES, VOLTAGE, members, simulation
from benchmarks.peers.idaklu import reference


class JaxBdf:
    """JaxSolver at one tolerance; the known end of one discharge is its last output time."""

    def __init__(self, tolerance, inputs):
        solver = pybamm.JaxSolver(rtol=tolerance, atol=tolerance)
        self.simulation = simulation(inputs, solver, without_events=True)
        self.simulation.model.convert_to_format = "jax"
        self.times = {}

    def run(self, sets):
        """Solve a batch; what is timed."""
        key = tuple(map(tuple, sets.values()))
        if key not in self.times:
            self.times[key] = [t for t in reference(sets).t_end]
        return [
            self.simulation.solve(np.append(TIMES[t > TIMES], t), inputs=member)
            for t, member in zip(self.times[key], members(sets), strict=True)
        ]

    def read(self, solutions, sets):
        """The solved batch as :class:`Discharges`."""
        voltages = np.array([padded(s[VOLTAGE].entries[:-1]) for s in solutions])
        return Discharges(np.array([s.t[-1] for s in solutions]), voltages, {})
