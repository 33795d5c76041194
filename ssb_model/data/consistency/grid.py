"""Time that leaves the regular grid of its rows for one of them, or jumps once far ahead."""

import numpy as np

from ssb_model.data.consistency.columns import Columns, and_more, rare

REGULAR = 0.8  # of all intervals: so many alike make a grid
ALIKE = 1e-3  # of an interval
OFF = 0.02  # of an interval: less is the clock's
WHOLE = 5.0  # s: a clock of whole seconds is off by one now and then
JUMP = 50.0  # times the longest of all other intervals
LEAST = 5  # intervals


def odd_times(columns: Columns) -> list[str]:
    """Sentences about times that cannot be the clock's."""
    time = columns.values["time"]
    passed = np.diff(time)
    if len(passed) < LEAST:
        return []
    return [*_off_the_grid(columns, passed), *_jump(columns, passed)]


def _off_the_grid(columns: Columns, passed: np.ndarray) -> list[str]:
    """One row early or late leaves a short and a long interval, together as long as two."""
    regular = float(np.median(passed))
    if regular <= 0 or np.mean(np.abs(passed - regular) <= ALIKE * regular) < REGULAR:
        return []
    if (np.round(passed) == passed).all() and regular < WHOLE:
        return []
    off = np.abs(passed[:-1] - regular) > OFF * regular
    off &= np.abs(passed[:-1] + passed[1:] - 2 * regular) <= ALIKE * regular
    found = rare(np.concatenate([[False], off, [False]]))
    if not found.size:
        return []
    says = f"{columns.holds(int(found[0]), 'time')}, off the grid of {regular:.6g} s of the others"
    return [f"{says}{and_more(found)}: is it damaged?"]


def _jump(columns: Columns, passed: np.ndarray) -> list[str]:
    second, longest = np.sort(passed)[-2:]
    if second <= 0 or longest <= JUMP * second:
        return []
    row = int(np.argmax(passed)) + 1
    return [
        f"{columns.holds(row, 'time')}: {longest:.6g} s pass before it, and at most {second:.6g} s "
        "before any other: was the test stopped there, or is it damaged?"
    ]
