"""From fits to rows: value, interval, role and verdict of each."""

import math

import numpy as np

from ssb_model.fitting import DETERMINED, NORMAL_95
from ssb_model.reproduction.results import RowResult

UNMODELLED = ("input", "qualitative")


def judge_rows(rows, fits, answers):
    """All rows of the comparison.

    Parameters
    ----------
    rows : sequence of Row
    fits : callable
        Row -> the :class:`ssb_model.fitting.Fit` that answers it.
    answers : dict of str to :class:`ssb_model.reproduction.draws.Answer`
        Observables that are computed after the fit.

    Returns
    -------
    tuple of RowResult
    """
    intervals = _intervals([row for row in rows if row.observable not in answers], fits)
    results = {}
    for row in rows:
        if row.observable in answers:
            results[row.id] = _answered(row, answers[row.observable])
        else:
            results[row.id] = _judged(row, fits, intervals, results)
    return tuple(results.values())


def _intervals(rows, fits):
    """Posterior intervals of all observables, one evaluation a fit."""
    wanted = {}
    for row in rows:
        if row.observable is not None:
            wanted.setdefault(fits(row), []).append(row.observable)
    return {fit: fit.intervals(sorted(set(names))) for fit, names in wanted.items()}


def _judged(row, fits, intervals, earlier):
    if row.rms_of:
        return _root_mean_square(row, [earlier[id] for id in row.rms_of])
    if row.role in UNMODELLED:
        model = row.paper if row.role == "input" else None
        return _result(row, row.role, model, None, None, None)
    fit = fits(row)
    model = row.scale * fit.observable(row.observable)
    noise = row.noise_at(model)
    lower, upper = (row.scale * end for end in intervals[fit][row.observable])
    role = _role(row, fit)
    if role == "predicted":
        lower, upper = _with_noise(model, lower, upper, noise)
    return _result(row, role, model, lower, upper, noise)


def _answered(row, answer):
    """A row from outside the fit; one that its own datum determines is exactly determined."""
    roles = {"predict": "predicted", "fit": "exactly determined"}
    return _result(
        row, roles.get(row.role, row.role), answer.model, answer.lower95, answer.upper95, row.noise
    )


def _role(row, fit):
    if row.role == "fit":
        exact = fit.leverage()[row.observable] > 1 - DETERMINED
        return "exactly determined" if exact else "fitted"
    return {"predict": "predicted"}.get(row.role, row.role)


def _with_noise(model, lower, upper, noise):
    """Interval of a new measurement: posterior and noise in quadrature, to either side."""
    return (
        model - math.hypot(model - lower, NORMAL_95 * noise),
        model + math.hypot(upper - model, NORMAL_95 * noise),
    )


def _root_mean_square(row, parts):
    rms = float(np.sqrt(np.mean([(part.model - part.paper) ** 2 for part in parts])))
    return _result(row, "fitted", rms, None, None, None)


def _result(row, role, model, lower, upper, noise):
    return RowResult(
        id=row.id,
        quantity=row.quantity,
        unit=row.unit,
        paper=row.paper,
        bound=row.bound,
        model=model,
        lower95=lower,
        upper95=upper,
        noise=noise,
        tolerance=row.tolerance,
        role=role,
        within=_within(row, role, model, lower, upper),
        statement=row.statement,
        noise_reason=row.reason,
    )


def _within(row, role, model, lower, upper):
    if role in ("fitted", "exactly determined"):
        if row.tolerance is None:
            return None
        target = row.paper if row.paper is not None else 0.0
        return bool(abs(model - target) <= row.tolerance)
    if role == "predicted" and row.paper is not None and lower is not None:
        return {
            "equal": bool(lower <= row.paper <= upper),
            "at least": bool(upper >= row.paper),
            "at most": bool(lower <= row.paper),
        }[row.bound]
    if role == "bound":
        return bool(lower <= row.paper if row.bound == "at most" else upper >= row.paper)
    return None
