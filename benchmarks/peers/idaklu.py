"""PyBaMM's IDAKLU: SUNDIALS IDAS with KLU.

``t_interp`` and ``output_variables`` keep it from stopping at output times and from storing
states; it runs several parameter sets at once only if both ``num_threads`` and ``num_solvers``
are set. Its ``compile`` option turns casadi's functions into C, which takes seconds once and
can halve a solve.
"""

import os
import shutil
from functools import partial

import numpy as np
import pybamm

from benchmarks.accuracy import Discharges, GaveUp, padded
from benchmarks.cell import TIMES, VOLTAGE, members, simulation

REFERENCE_TOLERANCE = 1e-10


class Idaklu:
    """IDAKLU at one tolerance."""

    def __init__(self, tolerance, inputs, gradients=False, c_code=False, threads=None):
        threads = threads or os.cpu_count()
        options = {"num_threads": threads, "num_solvers": threads, "compile": c_code}
        solver = pybamm.IDAKLUSolver(
            rtol=tolerance, atol=tolerance, output_variables=[VOLTAGE], options=options
        )
        self.simulation = simulation(inputs, solver)
        self.options = {"calculate_sensitivities": list(inputs)} if gradients else {}

    def run(self, sets):
        """Solve a batch; what is timed."""
        try:
            return self.simulation.solve(
                [0, TIMES[-1]], t_interp=TIMES, inputs=members(sets), **self.options
            )
        except pybamm.SolverError as error:
            raise GaveUp(str(error)) from None

    def read(self, solutions, sets):
        """The solved batch as :class:`Discharges`."""
        solutions = np.atleast_1d(np.array(solutions, dtype=object))
        voltages = [s[VOLTAGE] for s in solutions]
        gradients = {
            name: np.array([padded(v.sensitivities[name]) for v in voltages]) * sets[name][:, None]
            for name in self.options.get("calculate_sensitivities", ())
        }
        return Discharges(
            np.array([s.t[-1] for s in solutions]),
            np.array([padded(v.entries) for v in voltages]),
            gradients,
        )


def settings(inputs, gradients=False, threads=None):
    """Its settings worth trying, by name."""
    make = partial(Idaklu, inputs=inputs, gradients=gradients, threads=threads)
    found = {"IDAKLU": make}
    if shutil.which("gcc") or shutil.which("clang"):
        found["IDAKLU with C code"] = partial(make, c_code=True)
    return found


def reference(sets, gradients=False):
    """What everything is compared with."""
    solver = Idaklu(REFERENCE_TOLERANCE, tuple(sets), gradients)
    return solver.read(solver.run(sets), sets)
