"""From fits to rows: value, interval, role and verdict of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ssb_model.fitting import DETERMINED, NORMAL_95, Fit
from ssb_model.reproduction.derived import Answer
from ssb_model.reproduction.results import RowResult
from ssb_model.reproduction.rows import FITTED, Row
from ssb_model.reproduction.scores import Printed, bound_met, probability_of_bound

Intervals = Mapping[Fit, Mapping[str, tuple[float, float]]]
UNMODELLED = ("input", "qualitative")
SIDES = {"at least": 1, "at most": -1}


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
    fitted = {row.id: row for row in rows if row.role in FITTED and row.paper is not None}
    results: dict[str, RowResult] = {}
    for row in rows:
        answer = answers.get(row.observable or "")
        result = (
            _judged(row, fits, intervals, results) if answer is None else _answered(row, answer)
        )
        results[row.id] = replace(result, in_fit=_in_fit(row, fitted))
    return tuple(results.values())


def _in_fit(row: Row, fitted: Mapping[str, Row]) -> bool:
    """Whether the fit that answers a row has met its number, in whatever row."""
    number = (row.statement, row.paper)
    return any(
        (other.statement, other.paper) == number
        for id, other in fitted.items()
        if id not in row.without
    )


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
    role, ends = roles.get(row.role, row.role), (answer.lower95, answer.upper95)
    return _result(row, role, answer.model, *ends, row.noise, answer.probability)


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
    counted: float | None = None,
) -> RowResult:
    probability = None
    if role == "predicted" and row.bound in SIDES and row.paper is not None:
        printed = Printed.of(model, lower, upper)
        probability = probability_of_bound(printed, row.bound, row.paper, counted)
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
        within=_within(row, role, (model, lower, upper), probability),
        statement=row.statement,
        noise_reason=row.reason,
        probability=probability,
        baseline=None if row.baseline is None else row.baseline.printed,
        baseline_source="" if row.baseline is None else row.baseline.source,
    )


def _within(
    row: Row,
    role: str,
    told: tuple[float | None, float | None, float | None],
    probability: float | None,
) -> bool | None:
    model, lower, upper = told
    if role in ("fitted", "exactly determined"):
        if row.tolerance is None or model is None:
            return None
        target = row.paper if row.paper is not None else 0.0
        return bool(abs(model - target) <= row.tolerance)
    if probability is not None:
        return bound_met(probability)
    if row.paper is None or model is None or lower is None or upper is None:
        return None
    if role == "predicted" and row.bound == "equal":
        return bool(lower <= row.paper <= upper)
    if role == "bound":
        return bool(SIDES[row.bound] * (model - row.paper) >= 0)
    return None
