"""Equal accuracy: each code's loosest tolerance that keeps every voltage right to 0.1 mV."""

import numpy as np

from benchmarks.pybop import ours
from benchmarks.pybop.environment import answers
from benchmarks.pybop.problem import TRUTH, reference, starts

LADDER = 10.0 ** -np.arange(3.5, 6.1, 0.5)
ALLOWED = 1e-4  # V


def points():
    """Where voltages are compared: the truth and four starts."""
    return np.concatenate([TRUTH[None], starts()[:4]])


def loosest(voltages, exact):
    """The tolerance and its largest error [V]; ``voltages`` maps a tolerance to (points, ...)."""
    for tolerance in LADDER:
        error = float(np.abs(voltages(tolerance) - exact).max())
        if error <= ALLOWED:  # a solve that failed left NaN, which is not
            return float(tolerance), error
    raise RuntimeError(f"No tolerance down to {LADDER[-1]:.0e} keeps {ALLOWED:g} V.")


def tolerances(measured, python):
    """Of either code: dict of name to (tolerance, error [V])."""
    exact = reference(measured, points())
    task = {"measured": measured.as_json(), "c_code": False, "points": points().tolist()}

    def theirs(tolerance):
        [answer] = answers(python, [{**task, "tolerance": tolerance}])
        return np.array(answer["voltages"], dtype=float)

    return {
        "ours": loosest(lambda t: ours.voltages(measured, t, points()), exact),
        "PyBOP": loosest(theirs, exact),
    }
