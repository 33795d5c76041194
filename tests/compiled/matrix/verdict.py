"""How an answer of ours compares with the reference."""

from typing import NamedTuple

import numpy as np

from ..oracle import VOLTAGE

MILLIVOLT = 1e-3
OF_VOLTAGE = 1e-4  # V rms, below which a voltage is right
OF_OTHERS = 1e-5  # the same of other variables, over their largest value
OF_END = 1e-5  # relative
OF_SENSITIVITY = 1e-3  # rms over the largest value
OF_IMPEDANCE = 1e-6  # relative
NEAR = 10  # times as far off
SAME_TIME = 1e-6  # of the end: two times that are one
# Output times that both sides have to have: a share of the fewer, and no more than a number. PyBaMM
# stretches periods to fit a step, and keeps every step of the solver's in a rest that fills the
# time to the next start.
MATCHED, ENOUGH = 0.5, 20


class Verdict(NamedTuple):
    """``kind`` is right, near, wrong, failed, crashed, refused, no reference or time-out."""

    kind: str
    off: float = float("nan")  # V rms, or relative
    end: float = float("nan")  # relative, the worst of the steps
    note: str = ""


def judge(case, ours, theirs):
    """The verdict on an answer."""
    off, missing = _difference(case, ours, theirs)
    end = _end(ours, theirs)
    if missing:
        return Verdict("wrong", off, end, missing)
    ending = _other_ending(case, ours, theirs)
    if ending:
        return Verdict("wrong", off, end, ending)
    limit = OF_VOLTAGE if case.variable == VOLTAGE else OF_OTHERS
    return Verdict(_kind(max(off / limit, end / OF_END)), off, end)


def judge_array(_, ours, theirs, limit):
    """The verdict on numbers, by their rms difference over the largest."""
    if np.shape(ours) != np.shape(theirs):
        return Verdict("wrong", note=f"{np.shape(ours)} numbers instead of {np.shape(theirs)}")
    scale = np.abs(theirs).max()
    off = float(np.sqrt(np.mean(np.abs(ours - theirs) ** 2)) / scale)
    return Verdict(_kind(off / limit), off)


def _kind(times):
    """By how many times the limit an answer is off; one that is not a number is wrong."""
    if times < 1:
        return "right"
    return "near" if times < NEAR else "wrong"


def _difference(case, ours, theirs):
    """Rms of the difference at common times, away from ends and jumps; and what is missing."""
    span = theirs.t[-1] or 1.0
    inside = np.abs(theirs.t[:, None] - theirs.ends).min(axis=1) > SAME_TIME * span
    inside &= (theirs.t < ours.ends[-1]) & ~_jumps(theirs.t, SAME_TIME * span)
    t, values = theirs.t[inside], theirs.values[inside]
    if not len(t):
        return 0.0, ""
    at = np.abs(ours.t - t[:, None]).argmin(axis=1)
    same = np.abs(ours.t[at] - t) <= SAME_TIME * span
    if same.sum() < min(ENOUGH, MATCHED * min(len(t), len(ours.t))):
        return float("nan"), f"only {same.sum()} of {len(t)} output times"
    off = np.sqrt(np.mean((ours.values[at][same] - values[same]) ** 2))
    scale = 1.0 if case.variable == VOLTAGE else np.abs(values).max() or 1.0
    return float(off / scale), ""


def _jumps(t, least):
    """Which of the times are there twice, before and after a jump."""
    twice = np.concatenate([[False], np.diff(t) <= least, [False]])
    return twice[1:] | twice[:-1]


def _end(ours, theirs):
    """The largest relative distance of one of their steps' ends from a time of ours."""
    last = abs(ours.ends[-1] - theirs.ends[-1])
    times = np.concatenate([ours.t, ours.ends])
    misses = [np.abs(times - end).min() for end in theirs.ends[:-1]]
    return float(max([last, *misses]) / (theirs.ends[-1] or 1.0))


def _other_ending(case, ours, theirs):
    """That the two were ended by different things, or ""; an experiment's last step may be."""
    mine, other = ours.ending, theirs.ending
    if case.experiment:
        mine, other = (_of_model(ending) for ending in (mine, other))
    return "" if mine == other else f"ended by {mine}, not by {other}"


def _of_model(ending):
    """That an event of the model ended an experiment, not one of a step or of the whole."""
    return ending if "event" in ending and "[experiment]" not in ending else "final time"
