"""pydiffsol on the model that ``pybamm.DiffSLExport`` writes.

Only BDF with faer's sparse LU is measured: with pydiffsol 0.6.2, TR-BDF2 and ESDIRK34 fail on
this cell ("maximum number of nonlinear solver failures"), and KLU ends the interpreter with a
segmentation fault. A solve holds the interpreter's lock, so a batch is shared among processes,
which compile the model when they start.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context

import numpy as np
import pybamm
from pybamm.expression_tree.operations.diffsl import to_variable_name

from benchmarks.accuracy import Discharges, GaveUp, padded
from benchmarks.cell import TIMES, VOLTAGE, simulation
from benchmarks.timing import require

#: the cell in a worker process, by the solver's tolerance; DiffSL is compiled once a process
_worker = {}


class Diffsol:
    """pydiffsol at one tolerance."""

    def __init__(self, tolerance, inputs, gradients=False, processes=None, controlled=False):
        require("pydiffsol")
        code, self.order = exported(inputs)
        self.task = partial(_solve, tolerance, gradients, controlled)
        self.processes = processes or os.cpu_count()
        if self.processes == 1:
            _compile(code)
        else:
            self.pool = workers(code, self.processes)

    def run(self, sets):
        """Solve a batch; what is timed."""
        rows = np.stack([sets[name] for name in self.order], axis=1)
        if self.processes == 1:
            return self.task(rows)
        parts = [rows[k :: self.processes] for k in range(self.processes)]
        results = list(self.pool.map(self.task, parts))
        ordered = [None] * len(rows)
        for k, part in enumerate(results):
            ordered[k :: self.processes] = part
        return ordered

    def read(self, solutions, sets):
        """The solved batch as :class:`Discharges`."""
        t_end, voltages, by_parameter = zip(*solutions, strict=True)
        gradients = {
            name: np.array([padded(g[k]) for g in by_parameter]) * sets[name][:, None]
            for k, name in enumerate(self.order)
            if by_parameter[0] is not None
        }
        return Discharges(np.array(t_end), np.array([padded(v) for v in voltages]), gradients)


def settings(inputs, gradients=False, processes=None):
    """Its settings worth trying, by name."""
    make = partial(Diffsol, inputs=inputs, gradients=gradients, processes=processes)
    found = {"pydiffsol BDF, faer": make}
    if gradients:
        found["pydiffsol BDF, faer, gradients in the error test"] = partial(make, controlled=True)
    return found


@cache
def exported(inputs):
    """DiffSL code of the cell, and the inputs in the order of its parameters."""
    cell = simulation(inputs)
    cell.build(inputs=dict.fromkeys(inputs, 1.0))
    code = pybamm.DiffSLExport(cell.built_model).to_diffeq(outputs=[VOLTAGE])
    return code, _order(code, inputs)


def _order(code, inputs):
    """Inputs by their place in the code's ``in_i`` block, whose names PyBaMM shortens."""
    block = code[: code.index("}")]
    return sorted(inputs, key=lambda name: block.index(f"  {to_variable_name(name)} ="))


@cache
def workers(code, processes):
    """Processes that have compiled the code."""
    context = get_context("spawn")  # JAX has threads, and a fork of it may hang
    return ProcessPoolExecutor(processes, context, initializer=_compile, initargs=(code,))


def _compile(code):
    import pydiffsol

    if _worker.get("code") != code:
        ode = pydiffsol.Ode(
            code,
            matrix_type=pydiffsol.faer_sparse,
            linear_solver=pydiffsol.lu,
            ode_solver=pydiffsol.bdf,
        )
        _worker.update(code=code, ode=ode)


def _solve(tolerance, gradients, controlled, rows):
    """End time, voltages and gradients (or None) of each row of parameters."""
    ode = _worker["ode"]
    ode.rtol = ode.atol = tolerance
    # one absolute tolerance for gradients from 1 to 1e17: only the relative one can act
    ode.sens_rtol, ode.sens_atol = (10 * tolerance, 1e-6) if controlled else (None, None)
    return [_solve_one(ode, parameters, gradients) for parameters in rows]


def _solve_one(ode, parameters, gradients):
    try:
        if gradients:
            solution = ode.solve_fwd_sens(parameters, TIMES)
            sensitivities = np.array(solution.sens)[:, 0, :]
        else:
            solution, sensitivities = ode.solve_dense(parameters, TIMES), None
    except RuntimeError as error:
        raise GaveUp(str(error)) from None
    return float(solution.ts[-1]), np.array(solution.ys[0]), sensitivities
