"""From fits to rows: value, interval, role and verdict of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ssb_model.fitting import DETERMINED, NORMAL_95, Fit
from ssb_model.reproduction.derived import Answer
from ssb_model.reproduction.results import RowResult
from ssb_model.reproduction.rows import Row

Intervals = Mapping[Fit, Mapping[str, tuple[float, float]]]
UNMODELLED = ("input", "qualitative")


def judge_rows(
    rows: Sequence[Row], fits: Callable[[Row], Fit], answers: Mapping[str, Answer]
) -> tuple[RowResult, ...]:
    """All rows of the comparison.

    Parameters
    ----------
    rows
        As the experiment states them.
    fits
        The fit that answers a row.
    answers
        Observables that are computed after the fit.
    """
    intervals = _intervals([row for row in rows if row.observable not in answers], fits)
    results: dict[str, RowResult] = {}
    for row in rows:
        answer = answers.get(row.observable or "")
        results[row.id] = (
            _judged(row, fits, intervals, results) if answer is None else _answered(row, answer)
        )
    return tuple(results.values())


def _intervals(rows: Iterable[Row], fits: Callable[[Row], Fit]) -> Intervals:
    """Posterior intervals of all observables, one evaluation a fit."""
    wanted: dict[Fit, list[str]] = {}
    for row in rows:
        if row.observable is not None:
            wanted.setdefault(fits(row), []).append(row.observable)
    return {fit: fit.intervals(sorted(set(names))) for fit, names in wanted.items()}


def _judged(
    row: Row,
    fits: Callable[[Row], Fit],
    intervals: Intervals,
    earlier: Mapping[str, RowResult],
) -> RowResult:
    if row.rms_of:
        return _root_mean_square(row, [earlier[id] for id in row.rms_of])
    if row.role in UNMODELLED:
        model = row.paper if row.role == "input" else None
        return _result(row, row.role, model, None, None, None)
    fit, observable = fits(row), row.observable
    assert observable is not None
    model = row.scale * fit.observable(observable)
    noise = row.noise_at(model)
    lower, upper = (row.scale * end for end in intervals[fit][observable])
    role = _role(row, fit)
    if role == "predicted":
        assert noise is not None
        lower, upper = _with_noise(model, lower, upper, noise)
    return _result(row, role, model, lower, upper, noise)


def _answered(row: Row, answer: Answer) -> RowResult:
    """A row from outside the fit; one that its own datum determines is exactly determined."""
    roles = {"predict": "predicted", "fit": "exactly determined"}
    return _result(
        row, roles.get(row.role, row.role), answer.model, answer.lower95, answer.upper95, row.noise
    )


def _role(row: Row, fit: Fit) -> str:
    if row.role == "fit" and row.observable is not None:
        exact = fit.leverage()[row.observable] > 1 - DETERMINED
        return "exactly determined" if exact else "fitted"
    return {"predict": "predicted"}.get(row.role, row.role)


def _with_noise(model: float, lower: float, upper: float, noise: float) -> tuple[float, float]:
    """Interval of a new measurement: posterior and noise in quadrature, to either side."""
    return (
        model - math.hypot(model - lower, NORMAL_95 * noise),
        model + math.hypot(upper - model, NORMAL_95 * noise),
    )


def _root_mean_square(row: Row, parts: Sequence[RowResult]) -> RowResult:
    misses = [
        part.model - part.paper
        for part in parts
        if part.model is not None and part.paper is not None
    ]
    rms = float(np.sqrt(np.mean([miss**2 for miss in misses])))
    return _result(row, "fitted", rms, None, None, None)


def _result(
    row: Row,
    role: str,
    model: float | None,
    lower: float | None,
    upper: float | None,
    noise: float | None,
) -> RowResult:
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


def _within(
    row: Row, role: str, model: float | None, lower: float | None, upper: float | None
) -> bool | None:
    if role in ("fitted", "exactly determined"):
        if row.tolerance is None or model is None:
            return None
        target = row.paper if row.paper is not None else 0.0
        return bool(abs(model - target) <= row.tolerance)
    if row.paper is None or lower is None or upper is None:
        return None
    if role == "predicted":
        return {
            "equal": bool(lower <= row.paper <= upper),
            "at least": bool(upper >= row.paper),
            "at most": bool(lower <= row.paper),
        }[row.bound]
    if role == "bound":
        return bool(lower <= row.paper if row.bound == "at most" else upper >= row.paper)
    return None
