"""Noise in its parts: ``noise = { instrument = "2 %", reading = "0.3 mV", cell = "library" }``.

What the instrument adds to each reading and what is lost where the number was rounded, or read off
a plot, are each number's own, and their squares are summed. What differs between cells is one
factor that all data of a cell share (:mod:`ssb_model.study.file.differences`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from ssb_model.errors import InputError
from ssb_model.library import CELL, INTERFACE, Table, Text, parse_relative, spread_of
from ssb_model.study.kinds.source import ESTIMATE

if TYPE_CHECKING:
    from ssb_model.study.kinds.experiment import Experiment
    from ssb_model.study.kinds.source import Source

LIBRARY = "library"  # in place of a size: that of ssb_model/library/spread.toml


class NoiseTable(Table):
    """The parts of a noise, each one standard deviation; those left out are none.

    ``instrument`` of each reading, as a noise alone; ``reading`` of the number as it was written or
    read off a plot, with its unit; ``cell`` between cells of one recipe, in %, or "library".
    """

    instrument: Text | None = None
    reading: Text | None = None
    cell: Text | None = None

    @model_validator(mode="after")
    def _of_each_number(self) -> Self:
        if self.instrument is None and self.reading is None:
            raise ValueError('give instrument = "...", reading = "..." or both')
        if self.instrument == ESTIMATE and self.reading is not None:
            raise ValueError(f'instrument = "{ESTIMATE}" finds all of it: remove reading')
        return self

    @property
    def own(self) -> str:
        """The text that a kind reads as a noise alone."""
        return self.instrument or self.reading or ""

    def added(self, read: Sequence[Experiment], source: Source) -> list[Experiment]:
        """Experiments that were read with :attr:`own`, with the other parts."""
        return [replace(e, **self._reading(e, source), **self._cell(e, source)) for e in read]

    def _reading(self, e: Experiment, source: Source) -> dict[str, float]:
        if self.instrument is None or self.reading is None:
            return {}
        return {"rounding": source.positive(self.reading, e.unit, "noise.reading")}

    def _cell(self, e: Experiment, source: Source) -> dict[str, float]:
        if self.cell is None:
            return {}
        if source.predicted:
            raise InputError(
                f"{source.where}.noise.cell: only measured cells tell how they differ: remove it."
            )
        if self.cell == LIBRARY:
            return {"between_cells": float(spread_of(differing(e))[CELL].size)}
        try:
            return {"between_cells": parse_relative(self.cell, f"{source.where}.noise.cell")}
        except InputError as error:
            told = str(error).removesuffix(".")
            raise InputError(
                f'{told}; or "{LIBRARY}", for the size that predictions have.'
            ) from None


def differing(experiment: Experiment) -> str:
    """The kind of numbers whose differences between cells an experiment has, a key of
    ``spread.toml``: its own, else those of the interface's resistance."""
    kind = experiment.spread
    return kind if kind is not None and CELL in spread_of(kind) else INTERFACE
