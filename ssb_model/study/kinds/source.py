"""Where an experiment's table stands in the study file; reads its values in SI."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.data import Undeclared, in_study
from ssb_model.errors import InputError
from ssb_model.library import COLDEST, LITHIUM_MELTS, parse, parse_positive, parse_relative

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell
    from ssb_model.study.kinds.experiment import ExperimentTable, MeasuredTable

ESTIMATE = "estimate"
#: K: between blocking electrodes an electrolyte is measured hotter than lithium melts
HOTTEST = {"symmetric": LITHIUM_MELTS, "full": LITHIUM_MELTS, "blocking": 1273.0}


@dataclass(frozen=True)
class Source:
    """Where a table stands, for messages and relative paths, and the cell that it belongs to.

    Attributes
    ----------
    where
        File, key and position: the beginning of a message.
    number
        Position among the tables of its key, from 0.
    folder
        That files are named relative to.
    cell
        That was measured.
    predicted
        Whether the table describes a prediction and gives no measured values.
    """

    where: str
    number: int
    folder: Path
    cell: StudyCell
    predicted: bool = False

    def si(self, text: str, unit: str, key: str) -> float:
        """A number with a unit in SI; the key is named where it cannot be read."""
        try:
            return parse(text, unit)
        except InputError as error:
            raise InputError(f"{self.where}.{key}: {error}") from None

    def positive(self, text: str, unit: str, key: str) -> float:
        """The same of a number that must be above zero."""
        return parse_positive(text, unit, f"{self.where}.{key}")

    def temperature(self, text: str, key: str = "temperature") -> float:
        """A temperature [K] at which the cells' laws hold."""
        T, hottest = self.si(text, "K", key), HOTTEST[self.cell.type]
        if not COLDEST <= T <= hottest:
            raise InputError(
                f"{self.where}.{key}: {T - ZERO_CELSIUS:.4g} °C is outside the range of a "
                f"{self.cell.type} cell, {COLDEST - ZERO_CELSIUS:.0f} to "
                f"{hottest - ZERO_CELSIUS:.0f} °C."
            )
        return T

    def noise(self, table: ExperimentTable, unit: str) -> float | None:
        """One standard deviation in ``unit``, None where it is to be estimated."""
        if self.predicted and table.noise is None:
            return None
        if not isinstance(table.noise, str):  # the parts of a table are read apart
            raise InputError(
                f'{self.where}: the key noise is missing: add it, with its unit, or "{ESTIMATE}".'
            )
        if table.noise == ESTIMATE:
            return None
        if unit == "-":
            return parse_relative(table.noise, f"{self.where}.noise")
        return self.positive(table.noise, unit, "noise")

    def numbers(
        self,
        texts: Sequence[str] | None,
        unit: str,
        key: str,
        count: int | None = None,
        of: str = "",
        above_zero: bool = False,
    ) -> Float[np.ndarray, " numbers"] | None:
        """Measured values in SI; None for a prediction, which must give none.

        With ``above_zero`` each must be.
        """
        if self.predicted:
            if texts is not None:
                raise InputError(f"{self.where}.{key}: a prediction has no measured values.")
            return None
        if texts is None:
            raise InputError(f"{self.where}: the key {key} is missing: add the measured values.")
        if count is not None and len(texts) != count:
            raise InputError(
                f"{self.where}: {count} {of} and {len(texts)} of {key}: give one {key} for each."
            )
        read = self.positive if above_zero else self.si
        return np.array([read(text, unit, key) for text in texts])

    def measured(self, table: MeasuredTable, read: Callable[..., Any]) -> list[Any]:
        """The datasets of a table: those that were given, or what ``read`` finds in its file."""
        said = {"columns": table.columns, "units": table.units, "area": table.area}
        said = {key: value for key, value in said.items() if value is not None}
        if table.data is not None:
            if table.file is not None:
                raise InputError(f"{self.where}: give either file or data.")
            if said:
                raise InputError(f"{self.where}.{next(iter(said))} is of a file, and data is read.")
            return table.data if isinstance(table.data, list) else [table.data]
        if table.file is None:
            raise InputError(f"{self.where}: the key file is missing: name the measured file.")
        try:
            datasets = read(self.folder / table.file, **said)
        except Undeclared as error:
            raise InputError(f"{self.where}: {error.worded(in_study)}") from None
        except InputError as error:
            raise InputError(f"{self.where}: {error}") from None
        return datasets if isinstance(datasets, list) else [datasets]

    def needs(self, kind: str, *types: str) -> None:
        """Refuse a cell of another type."""
        if self.cell.type not in types:
            raise InputError(
                f"{self.where}: {kind} data are those of a {' or '.join(types)} cell, and "
                f"'{self.cell.name}' is {self.cell.type}."
            )

    def named(self, table: ExperimentTable, default: str) -> str:
        """The experiment's name."""
        return table.name or default
