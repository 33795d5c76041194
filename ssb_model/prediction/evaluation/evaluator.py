"""Many candidates of one coating at a time: what a sweep evaluates, here or on another machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import numpy as np
from jaxtyping import Float, Shaped

from ssb_model.citations import Use
from ssb_model.constants import TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import HIGHEST, LOWEST, Tabulated
from ssb_model.errors import InputError, suggestion
from ssb_model.library import Quantity, Table, versions, write_whole
from ssb_model.prediction.coated_cells import CoatedCells
from ssb_model.prediction.evaluation.portable_cell import (
    PortableCell,
    load_cell_of,
    read_json,
    save_cell,
)
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    RESISTANCE,
    Question,
    questions,
)

#: outputs of the forecast of the critical current and the probability of each
FORECAST = {
    CRITICAL_CURRENT: 0.5,
    f"{CRITICAL_CURRENT} lower95": 0.025,
    f"{CRITICAL_CURRENT} upper95": 0.975,
}
STATUS = "status"


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
    """

    quantities: Mapping[str, Quantity]
    names: Mapping[str, str]
    base: Mapping[str, float]
    outputs: Mapping[str, str]
    cells: CoatedCells[PortableCell]
    works: tuple[Use, ...] = ()
    forecast: Tabulated | None = None

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
        found = self.cells.answer(self._questions, values)
        if self.forecast is not None:
            found |= _forecast(self.forecast, found[RESISTANCE] / TO_OHM_CM2, self._forecast)
        answers = {name: np.asarray(found[name], dtype=float) for name in self.outputs}
        return answers | {STATUS: _status(answers, size)}

    @cached_property
    def _forecast(self) -> dict[str, float]:
        return {name: p for name, p in FORECAST.items() if name in self.outputs}

    @cached_property
    def _questions(self) -> list[Question]:
        asked = [name for name in self.outputs if name not in FORECAST]
        return questions([*asked, *([RESISTANCE] if self._forecast else [])])

    @property
    def sha256(self) -> str:
        """Of everything that decides the numbers."""
        return self._sha256

    @cached_property
    def _sha256(self) -> str:
        cells = {type: cell.compiled.fingerprint for type, cell in self.cells.cells.items()}
        decided = [self.names, self.base, self.outputs, cells, self._table, versions()]
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
        found = cls({}, saved.names, saved.base, saved.outputs, cells, forecast=forecast)
        found.__dict__["_sha256"] = saved.sha256  # of the machine that made it
        return found


class _Saved(Table):
    """What :meth:`Evaluator.save` writes beside the cells."""

    names: dict[str, str]
    base: dict[str, float]
    outputs: dict[str, str]
    cells: list[Literal["symmetric", "full"]]
    forecast: list[list[float]] | None
    sha256: str


def _forecast(
    forecast: Tabulated, R: Float[np.ndarray, " n"], asked: Mapping[str, float]
) -> dict[str, Float[np.ndarray, " n"]]:
    """Quantiles [mA/cm2] by name, NaN where the forecast has no answer to a resistance [Ohm.m2]."""
    covered = (R >= LOWEST) & (R <= HIGHEST)
    found = {name: np.full(len(R), np.nan) for name in asked}
    for name, p in asked.items():
        found[name][covered] = forecast.quantile(R[covered], p) * TO_MA_CM2
    return found


def _status(answers: Mapping[str, Float[np.ndarray, " n"]], size: int) -> Shaped[np.ndarray, " n"]:
    """Which output has no answer, for each candidate; empty where all have."""
    status = np.full(size, "", dtype=object)
    for name, values in answers.items():
        status[~np.isfinite(values)] = f"no answer: {name}"
    return status
