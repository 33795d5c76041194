"""The design that is best with all that is uncertain counted in.

Some quantities of the coating are chosen, the others are drawn as for a prediction. What is made as
good as can be is the mean of a quantity over the draws, or the mean over their worst share (the
"conditional value at risk"): a design that is good where one is unlucky. Its gradient by what is
chosen is that of the model, exact, so that few evaluations are needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.optimize import minimize
from scipy.stats import qmc

from ssb_model.constants import TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import FieldForecast
from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import SCALES
from ssb_model.prediction.coated_cells import FACE, CoatedCells, coated_cells
from ssb_model.prediction.draws import face_quantities
from ssb_model.prediction.field import forecast_for
from ssb_model.prediction.files import (
    FOUNDING,
    Coating,
    PredictionCell,
    load_cell,
    load_coating,
)
from ssb_model.prediction.further_cell import further_cell, with_interface_scatter
from ssb_model.prediction.predict import drawn_of
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    RESISTANCE_QUESTION,
    Question,
    questions,
    unit_of_question,
)
from ssb_model.study import StudyCell, bare_name

DRAWS = 128
STARTS = 4
DIFFERENCE = 1e-3  # of ln R, for the slope of the forecast


class Choice(NamedTuple):
    """A quantity that is chosen: its name and the range [SI] it is chosen from."""

    name: str
    lower: float
    upper: float
    scale: Literal["log", "linear", "logit"] = "log"


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best design.

    Attributes
    ----------
    quantity, unit
        What is best, and its unit.
    chosen
        Values [SI] by name.
    at_end
        Those at an end of their range: the optimum lies there or beyond.
    median, lower95, upper95
        Of the quantity at the optimum.
    objective
        The mean that was made as good as can be.
    """

    quantity: str
    unit: str
    chosen: dict[str, float]
    at_end: tuple[str, ...]
    median: float
    lower95: float
    upper95: float
    objective: float


def optimum(
    coating: str | Path,
    quantity: str,
    choices: Sequence[Choice],
    cell: str | Path = FOUNDING,
    best: Literal["high", "low"] = "high",
    worst: float = 1.0,
    draws: int = DRAWS,
    seed: int = 0,
    of_the_mean: bool = False,
) -> Optimum:
    """Find the design whose ``quantity`` is best.

    Parameters
    ----------
    coating, cell
        As for :func:`ssb_model.prediction.predict`.
    quantity
        Such as "capacity at 1C".
    choices
        What may be chosen, each in its range.
    best
        Whether the quantity is to be as high or as low as can be.
    worst
        Share of the draws, the worst ones, whose mean counts; 1 for the plain mean.
    draws
        Of what is uncertain.
    seed
        So that the draws can be repeated.
    of_the_mean
        Take the mean cell of each draw, not a further one as it would be measured.

    Raises
    ------
    InputError
        For a quantity or a choice that is unknown, or a share that is none.
    """
    if best not in ("high", "low"):
        raise InputError(f'best is "high" or "low", not "{best}".')
    if not 0 < worst <= 1:
        raise InputError(f"worst is a share of the draws above 0 and up to 1, not {worst:g}.")
    around = load_cell(cell)
    search = _search(load_coating(coating), around, quantity, choices, draws, seed, of_the_mean)
    sign = -1.0 if best == "high" else 1.0

    def objective(
        x: Float[np.ndarray, " choices"],
    ) -> tuple[float, Float[np.ndarray, " choices"]]:
        y, slopes = search.answer(x)
        order = np.argsort(-sign * y)[: max(1, round(worst * len(y)))]
        return float(sign * y[order].mean()), sign * slopes[:, order].mean(axis=1)

    # scipy's stubs know only rng, which draws other points from the same number
    sobol = qmc.Sobol(len(choices), seed=seed)  # pyright: ignore[reportCallIssue]
    starts = sobol.random(STARTS)
    found = [
        minimize(objective, x, jac=True, bounds=[(0, 1)] * len(choices), method="L-BFGS-B")
        for x in [np.full(len(choices), 0.5), *starts]
    ]
    x = min(found, key=lambda result: result.fun).x
    y, _ = search.answer(x)
    if not of_the_mean:
        y, _ = further_cell({quantity: (y, search.unit)}, False, seed).values[quantity]
    median, lower, upper = np.percentile(y, [50, 2.5, 97.5])
    return Optimum(
        quantity=quantity,
        unit=search.unit,
        chosen={c.name: float(v) for c, v in zip(choices, search.values(x)[0], strict=True)},
        at_end=tuple(c.name for c, s in zip(choices, x, strict=True) if min(s, 1 - s) < 1e-6),
        median=float(median),
        lower95=float(lower),
        upper95=float(upper),
        objective=float(sign * objective(x)[0]),
    )


@dataclass(frozen=True, eq=False)
class _Search:
    """The model over the unit cube of choices.

    ``names`` are PyBaMM's of the choices, ``columns`` the draws of everything else.
    """

    cells: CoatedCells[StudyCell]
    question: Question
    forecast: FieldForecast | None
    choices: tuple[Choice, ...]
    names: tuple[str, ...]
    columns: Mapping[str, Float[np.ndarray, " n"]]
    unit: str

    def values(
        self, x: Float[np.ndarray, " choices"]
    ) -> tuple[Float[np.ndarray, " choices"], Float[np.ndarray, " choices"]]:
        """Chosen values [SI] at x in [0, 1], and their derivative by x."""
        values, slopes = [], []
        for choice, share in zip(self.choices, x, strict=True):
            forward, inverse = SCALES[choice.scale]
            low, high = forward(choice.lower), forward(choice.upper)
            value = float(inverse(low + share * (high - low)))
            rate = {"log": value, "linear": 1.0, "logit": value * (1 - value)}[choice.scale]
            values.append(value)
            slopes.append(rate * (high - low))
        return np.array(values), np.array(slopes)

    def answer(
        self, x: Float[np.ndarray, " choices"]
    ) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, "choices n"]]:
        """The quantity and its derivative by x."""
        values, rates = self.values(x)
        size = len(next(iter(self.columns.values())))
        chosen = {n: np.full(size, v) for n, v in zip(self.names, values, strict=True)}
        [y], found = self.cells.slopes(self.question, {**self.columns, **chosen}, self.names)
        slopes = found[:, 0]
        if self.forecast:
            y, slopes = _critical_current(self.forecast, y, slopes)
        return y, slopes * rates[:, None]


def _search(
    coating: Coating,
    cell: PredictionCell,
    quantity: str,
    choices: Sequence[Choice],
    draws: int,
    seed: int,
    of_the_mean: bool = False,
) -> _Search:
    if coating.layered and any(c.name == "coated share" for c in choices):
        coating = replace(coating, stated=(*coating.stated, "coated share"))
    cells = coated_cells(coating, cell)
    known = {bare_name(n).removeprefix(FACE): n for n in face_quantities(coating, cells)}
    for choice in choices:
        if choice.name not in known:
            raise InputError(f"'{choice.name}' cannot be chosen. {suggestion(choice.name, known)}")
    forecast = quantity == CRITICAL_CURRENT
    [question] = [RESISTANCE_QUESTION] if forecast else questions([quantity])
    drawn, _ = drawn_of(coating, cells, cell, draws, seed)
    if coating.resistance is not None and not of_the_mean:
        drawn = with_interface_scatter(drawn, seed)
    return _Search(
        cells=cells,
        question=question,
        forecast=forecast_for(coating) if forecast else None,
        choices=tuple(choices),
        names=tuple(known[c.name] for c in choices),
        columns=drawn.columns(),
        unit="mA/cm2" if forecast else unit_of_question(quantity),
    )


def _critical_current(
    forecast: FieldForecast,
    resistance: Float[np.ndarray, " n"],
    slopes: Float[np.ndarray, "choices n"],
) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, "choices n"]]:
    """The forecast's median [mA/cm2] and its derivatives, from those of the resistance."""
    R = resistance / TO_OHM_CM2
    low, J, high = (
        forecast.quantile(R * factor, 0.5) * TO_MA_CM2
        for factor in (np.exp(-DIFFERENCE), 1.0, np.exp(DIFFERENCE))
    )
    by_log = (high - low) / (2 * DIFFERENCE)
    return J, by_log / resistance * slopes
