"""Many candidates of one coating at a time: what a sweep evaluates, here or on another machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
from jaxtyping import Float, Shaped

from ssb_model.citations import Use
from ssb_model.constants import TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import HIGHEST, LOWEST, Tabulated
from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import NORMAL_95
from ssb_model.library import Quantity, Table, versions, write_whole
from ssb_model.prediction.coated_cells import CoatedCells, Columns
from ssb_model.prediction.evaluation.portable_cell import (
    PortableCell,
    load_cell_of,
    read_json,
    save_cell,
)
from ssb_model.prediction.evaluation.uncertain import (
    LOWER,
    UPPER,
    Uncertain,
    UncertainTable,
    without_end,
)
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    RESISTANCE,
    Question,
    questions as read_questions,
)

#: outputs of the forecast of the critical current and the probability of each
FORECAST = {CRITICAL_CURRENT: 0.5, CRITICAL_CURRENT + LOWER: 0.025, CRITICAL_CURRENT + UPPER: 0.975}
STATUS = "status"
MIDDLE = 0.5
DIFFERENCE = 0.05  # of ln R, for the slope of the forecast


@dataclass(frozen=True, eq=False)
class Evaluator:
    """Inputs of candidates to outputs, as arrays.

    Attributes
    ----------
    quantities
        Everything that may vary, by the name that users write ("layer thickness [m]"); its value
        is that of ``base``.
    names
        PyBaMM's name of each.
    base
        Every input's value where it does not vary, by PyBaMM name.
    outputs
        What is asked for, and its unit.
    cells
        The cells that are computed, by their names.
    works
        Works behind its answers; not kept where it is saved.
    forecast
        Of the critical current, where it is asked for.
    uncertain
        What is uncertain of the rest, where ends of intervals are asked for.
    """

    quantities: Mapping[str, Quantity]
    names: Mapping[str, str]
    base: Mapping[str, float]
    outputs: Mapping[str, str]
    cells: CoatedCells[PortableCell]
    works: tuple[Use, ...] = ()
    forecast: Tabulated | None = None
    uncertain: Uncertain | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of what may vary."""
        return tuple(self.quantities)

    def __call__(
        self, columns: Mapping[str, Float[np.ndarray, " n"]]
    ) -> dict[str, Shaped[np.ndarray, " n"]]:
        """Outputs by name of inputs by name in SI.

        What the model has no answer to is NaN, and "status" then names it; else it is empty.

        Raises
        ------
        InputError
            For a name that is none of :attr:`inputs`.
        """
        for name in columns:
            if name not in self.names:
                raise InputError(f"there is no input '{name}'. {suggestion(name, self.names)}")
        size = len(next(iter(columns.values())))
        values = {name: np.full(size, value) for name, value in self.base.items()}
        values |= {self.names[name]: np.asarray(x, dtype=float) for name, x in columns.items()}
        found, error = self._answers(values)
        if self.forecast is not None:
            R = found[RESISTANCE] / TO_OHM_CM2
            found |= _forecast(self.forecast, R, self._forecast, error)
        answers = {name: np.asarray(found[name], dtype=float) for name in self.outputs}
        return answers | {STATUS: _status(answers, size)}

    def _answers(self, values: Columns) -> tuple[dict[str, Any], Float[np.ndarray, " n"] | None]:
        """What the model answers, with ends of intervals, and the standard deviation of the
        resistance's logarithm for the forecast's."""
        if self.uncertain is None:
            return dict(self.cells.answer(self.questions, values)), None
        found, error = {}, None
        for question in self.questions:
            numbers, slopes = self.uncertain.slopes(self.cells, question, values)
            for k, name in enumerate(question.names):
                found[name] = numbers[k]
                found |= self.uncertain.ends(name, numbers[k], values, slopes[:, k])
                if name == RESISTANCE:
                    error = self.uncertain.of_resistance(numbers[k], values, slopes[:, k])
        return found, error

    @cached_property
    def _forecast(self) -> dict[str, float]:
        return {name: p for name, p in FORECAST.items() if name in self.outputs}

    @cached_property
    def questions(self) -> list[Question]:
        """The fewest that its outputs need."""
        asked = [without_end(name) for name in self.outputs if name not in FORECAST]
        return read_questions([*asked, *([RESISTANCE] if self._forecast else [])])

    @property
    def sha256(self) -> str:
        """Of everything that decides the numbers."""
        return self._sha256

    @cached_property
    def _sha256(self) -> str:
        cells = {type: cell.compiled.fingerprint for type, cell in self.cells.cells.items()}
        decided = [self.names, self.base, self.outputs, cells, self._table, versions()]
        decided += [] if self.uncertain is None else [self.uncertain.as_content()]
        return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()

    @property
    def _table(self) -> list[list[float]] | None:
        return None if self.forecast is None else self.forecast.table.tolist()

    def save(self, folder: str | Path) -> None:
        """Write what :meth:`load` needs into a folder."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for cell in self.cells.cells.values():
            save_cell(cell, folder)
        content = {
            "names": self.names,
            "base": self.base,
            "outputs": self.outputs,
            "cells": list(self.cells.cells),
            "forecast": self._table,
            "uncertain": self.uncertain and self.uncertain.as_content(),
            "sha256": self.sha256,
        }
        write_whole(folder / "evaluator.json", json.dumps(content, indent=1))

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """The evaluator that was saved in a folder; it does not need PyBaMM.

        It evaluates; what may vary within which bounds is not kept.

        Raises
        ------
        InputError
            One sentence, for a file that is missing or is not what was saved.
        """
        folder = Path(folder)
        saved = read_json(_Saved, folder / "evaluator.json")
        cells = CoatedCells({type: load_cell_of(type, folder) for type in saved.cells})
        forecast = None if saved.forecast is None else Tabulated(np.array(saved.forecast))
        uncertain = saved.uncertain and saved.uncertain.read()
        of_file = saved.names, saved.base, saved.outputs, cells
        found = cls({}, *of_file, forecast=forecast, uncertain=uncertain)
        found.__dict__["_sha256"] = saved.sha256  # of the machine that made it
        return found


class _Saved(Table):
    """What :meth:`Evaluator.save` writes beside the cells."""

    names: dict[str, str]
    base: dict[str, float]
    outputs: dict[str, str]
    cells: list[Literal["symmetric", "full"]]
    forecast: list[list[float]] | None
    uncertain: UncertainTable | None = None
    sha256: str


def _forecast(
    forecast: Tabulated,
    R: Float[np.ndarray, " n"],
    asked: Mapping[str, float],
    error: Float[np.ndarray, " n"] | None,
) -> dict[str, Float[np.ndarray, " n"]]:
    """Quantiles [mA/cm2] by name, NaN where the forecast has no answer to a resistance [Ohm.m2].

    Where ``error`` is given, of ln R, the ends hold it too: squares of the logarithm are summed.
    """
    covered = (R >= LOWEST) & (R <= HIGHEST)
    found = {name: np.full(len(R), np.nan) for name in asked}
    for name, p in asked.items():
        J = forecast.quantile(R[covered], p)
        if error is not None and p != MIDDLE:
            J = _with_error(forecast, R[covered], J, error[covered])
        found[name][covered] = J * TO_MA_CM2
    return found


def _with_error(
    forecast: Tabulated,
    R: Float[np.ndarray, " n"],
    end: Float[np.ndarray, " n"],
    error: Float[np.ndarray, " n"],
) -> Float[np.ndarray, " n"]:
    """An ``end`` of the forecast's interval, farther from its median by the error of ln R times
    the median's slope."""
    inside = [np.clip(R * np.exp(side * DIFFERENCE), LOWEST, HIGHEST) for side in (-1, 1)]
    low, middle, high = (forecast.quantile(at, MIDDLE) for at in (inside[0], R, inside[1]))
    fall = np.log(high / low) / np.log(inside[1] / inside[0])
    reach = np.log(end / middle)
    return middle * np.exp(np.sign(reach) * np.hypot(reach, NORMAL_95 * fall * error))


def _status(answers: Mapping[str, Float[np.ndarray, " n"]], size: int) -> Shaped[np.ndarray, " n"]:
    """Which output has no answer, for each candidate; empty where all have."""
    status = np.full(size, "", dtype=object)
    for name, values in answers.items():
        status[~np.isfinite(values)] = f"no answer: {name}"
    return status
