"""What the tests of experiments have in common."""

import numpy as np

from ssb_model.compiled import Protocol, Step

from .oracle import VOLTAGE

CELL_CURRENT, CHARGE = "Current [A]", "Discharge capacity [A.h]"
OUTPUTS = (VOLTAGE, CELL_CURRENT, CHARGE)
DIFFUSIVITY = "Negative particle diffusivity [m2.s-1]"
NOMINAL = "Nominal cell capacity [A.h]"
MINUTE, HOUR = 60.0, 3600.0


def split(solution):
    """Outputs of each step of one member: a list of dicts, with the time."""
    columns = {"t": solution.t} | solution.outputs
    members = [solution.segment == n for n in np.unique(solution.segment) if n >= 0]
    return [{name: x[at] for name, x in columns.items()} for at in members]


def current_until(current, limits, duration=HOUR, **given):
    return Protocol((Step("current", current, duration, limits, **given),))
