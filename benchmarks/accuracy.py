"""Equal error: what a discharge is compared by, and the search for the loosest tolerance."""

from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.cell import TIMES

#: largest errors a side may make anywhere in the batch
LIMITS = {"voltage [V]": 1e-4, "cut-off time": 1e-5, "gradient [V]": 1e-4}
LADDER = 10.0 ** -np.arange(3.5, 9.1, 0.5)


class GaveUp(Exception):
    """A solver's own report that it could not finish at this tolerance."""


class Discharges(NamedTuple):
    """End times [s] (B,); voltages [V] and each p dV/dp [V], (B, times), at :data:`TIMES`.

    Only what lies before 98 % of a discharge is compared; the rest may be anything.
    """

    t_end: np.ndarray
    voltage: np.ndarray
    gradients: dict


class Chosen(NamedTuple):
    """A side at the tolerance it needs: its solver, label and errors, or why there is none."""

    solver: object
    label: str
    errors: dict


def padded(values):
    """A row of values up to the cut-off, filled with NaN to the length of :data:`TIMES`."""
    row = np.full(len(TIMES), np.nan)
    values = np.ravel(values)[: len(TIMES)]
    row[: len(values)] = values
    return row


def errors(found, exact):
    """Largest errors: voltage and gradients up to 98 % of each discharge, and its relative end."""
    compared = 0.98 * exact.t_end[:, None] > TIMES

    def largest(a, b):
        return float(np.abs(a - b)[compared].max())

    result = {
        "voltage [V]": largest(found.voltage, exact.voltage),
        "cut-off time": float(np.abs(found.t_end / exact.t_end - 1).max()),
    }
    if exact.gradients:
        pairs = [(found.gradients[name], exact.gradients[name]) for name in exact.gradients]
        result["gradient [V]"] = max(largest(*pair) for pair in pairs)
    return result


def within_limits(result):
    """Whether every error is allowed; a solve that failed left NaN, which is not."""
    return all(value <= LIMITS[name] for name, value in result.items())


def checked(solver, sets, exact):
    """Errors of a solver on ``sets``; infinite where it gives up."""
    try:
        return errors(solver.read(solver.run(sets), sets), exact)
    except GaveUp:
        return dict.fromkeys(LIMITS, np.inf)


def loosest(make, name, sets, exact):
    """The side ``make(tolerance)`` at the loosest tolerance that holds for the whole batch."""
    for tolerance in LADDER:
        solver = make(tolerance)
        result = checked(solver, sets, exact)
        if within_limits(result):
            return Chosen(solver, f"{name}, rtol = atol = {tolerance:.1e}", result)
    return Chosen(None, f"{name}: no tolerance down to {LADDER[-1]:.0e} keeps the error", {})


def fastest(settings, sets, exact):
    """The fastest of a side's settings, each at the loosest tolerance it may use."""
    chosen = [loosest(make, name, sets, exact) for name, make in settings.items()]
    usable = [c for c in chosen if c.solver is not None]
    if len(usable) < 2:
        return (usable or chosen)[0]
    return min(usable, key=lambda c: _seconds(c.solver, sets))


def _seconds(solver, sets):
    start = perf_counter()
    solver.run(sets)
    return perf_counter() - start
