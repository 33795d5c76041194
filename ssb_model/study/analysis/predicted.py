"""A study's predictions: what would be measured on a further cell, and what causes the interval.

The parts are those of every predictive interval (:mod:`ssb_model.library.spread`). A noise that the
prediction states is its measurement; a prediction of the ``same_cell`` has no difference between
cells. How a further cell's interface differs is followed through the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.library import CELL, INTERFACE, MEASUREMENT, Part, further_parts, spread_of, widened
from ssb_model.study.terms import moved_logarithms

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit
    from ssb_model.study.kinds import Experiment

FURTHER, SAME = "a further cell", "the same cell"

Parts = Mapping[str, Part]


def predictions_of(fit: StudyFit) -> Iterator[dict[str, Any]]:
    """A row for each number that the model has: value, intervals, and the share of each part."""
    asked = fit.study.predictions
    intervals = fit.fit.intervals([name for e in asked for name in e.observables])
    parts = parts_of(fit)
    for e in asked:
        for name in e.observables:
            value, (low, high) = fit.fit.observable(name), intervals[name]
            if np.isfinite([value, low, high]).all():
                found = widened(value, low, high, parts[name])
                yield {
                    "experiment": e.name,
                    "observable": name.removeprefix(f"{e.name}: "),
                    "unit": e.unit,
                    "value": value,
                    "lower95": float(found.lower),
                    "upper95": float(found.upper),
                    "mean_lower95": low,
                    "mean_upper95": high,
                    "of": SAME if e.same_cell else FURTHER,
                    "shares": {part: float(share) for part, share in found.shares.items()},
                }


def name_of(row: Mapping[str, Any]) -> str:
    """A prediction's name as tables print it."""
    same = ", of the same cell" if row["of"] == SAME else ""
    return f"{row['experiment']}: {row['observable']}{same}"


def main_cause(row: Mapping[str, Any]) -> str:
    """What causes most of a prediction's interval, and its share."""
    name, share = max(row["shares"].items(), key=lambda item: item[1])
    return f"{name}, {100 * share:.0f} %" if share > 0 else ""


def parts_of(fit: StudyFit) -> dict[str, Parts]:
    """What widens the interval of each predicted number, in SI, by its observable."""
    found: dict[str, Parts] = {}
    size = fit.size_between_cells(INTERFACE) or spread_of(INTERFACE)[CELL].size
    moved = moved_logarithms(fit.study.further_cells, fit.fit.parameters, float(size))
    for e in fit.study.predictions:
        values = np.array([fit.fit.observable(name) for name in e.observables])
        for k, name in enumerate(e.observables):
            found[name] = _parts(fit, e, values, k, moved.get(name))
    return found


def _parts(
    fit: StudyFit,
    e: Experiment,
    values: Float[np.ndarray, " numbers"],
    k: int,
    moved: float | None,
) -> Parts:
    """Of one number, of which ``moved`` follows the interface."""
    found = further_parts(e.spread, moved, fit.size_between_cells(e.spread))
    parts = {name: part.in_si(e.unit) for name, part in found.items()}
    if e.noise is not None:
        parts[MEASUREMENT] = Part(float(e.with_measured(values).standard_deviations()[k]), False)
    if e.same_cell:
        parts.pop(CELL, None)
    return parts
