"""Ours, behind the same interface as the peers."""

from benchmarks.accuracy import Discharges
from benchmarks.cell import TIMES, VOLTAGE, compiled


class Compiled:
    """The compiled cell at one tolerance."""

    def __init__(self, tolerance, inputs, gradients=False):
        self.model = compiled(inputs)
        self.options = {"rtol": tolerance, "atol": tolerance}
        self.options["sensitivities"] = inputs if gradients else ()

    def run(self, sets):
        """Solve a batch; what is timed."""
        return self.model.solve(sets, TIMES, **self.options)

    def read(self, solution, sets):
        """The solved batch as :class:`Discharges`."""
        gradients = {
            name: values[VOLTAGE] * sets[name][:, None]
            for name, values in solution.sensitivities.items()
        }
        return Discharges(solution.t_end, solution[VOLTAGE], gradients)
