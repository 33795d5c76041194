"""What a reader returns: frozen datasets in SI that know the file they came from.

They print as a table in a terminal and in a notebook, draw themselves, and become a DataFrame.

Signs: impedance Z = Z' + jZ'', so that a capacitor has a negative imaginary part. Current as in
PyBaMM, positive on discharge.
"""

import csv
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.constants import HOUR
from ssb_model.data.plot import draw_record, draw_spectrum
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

IMPEDANCE_HEADER = ("Frequency [Hz]", "Re(Z) [Ohm]", "Im(Z) [Ohm]")
CYCLING_HEADER = {
    "time": "Time [s]",
    "current": "Current [A]",
    "voltage": "Voltage [V]",
    "capacity": "Capacity [A.h]",
    "charge_capacity": "Charge capacity [A.h]",
    "discharge_capacity": "Discharge capacity [A.h]",
    "cycle": "Cycle",
    "step": "Step",
    "temperature": "Temperature [K]",
}
SYNTHETIC = "the file says that its data are synthetic"
MARK = "# ssb_model data, SI, current positive on discharge"
#: key of `metadata` for the arguments with which the file was read
DECLARED = "declared"
#: key of `metadata` for when a spectrum was begun and ended [s], on the clock of its file
TIMES = "time"
SHOWN = 8  # rows of a table as it is printed


@dataclass(frozen=True, eq=False, repr=False)
class Dataset(ABC):
    """Where the numbers come from: `metadata` says format and columns; `notes` say what the reader
    decided, sorted, or left out."""

    name: str
    path: Path
    sha256: str
    metadata: Mapping[str, Any]
    notes: tuple[str, ...]

    @property
    def synthetic(self) -> bool:
        """Whether the file says, above its table, that it was not measured."""
        return SYNTHETIC in self.notes

    @property
    @abstractmethod
    def title(self) -> str:
        """Name, kind, number of points and range, in one line."""

    @abstractmethod
    def plot(self) -> "Figure":
        """The dataset as a :class:`matplotlib.figure.Figure`, its notes at the foot."""

    @abstractmethod
    def _table(self) -> dict[str, Float[np.ndarray, " points"]]:
        """Every column, by a header with its unit."""

    def to_dataframe(self) -> "pd.DataFrame":
        """A pandas DataFrame with a row a point; each column's name says its SI unit."""
        import pandas as pd

        return pd.DataFrame(self._table())

    def __repr__(self) -> str:
        return f"{self.title}\n{self.to_dataframe().to_string(max_rows=SHOWN)}"

    def _repr_html_(self) -> str:
        table = self.to_dataframe().to_html(max_rows=SHOWN, border=0)
        return f"<p>{escape(self.title)}</p>{table}"

    def to_csv(self, path: str | os.PathLike[str]) -> Path:
        """Write every column to a file, which `read` reads back to the last bit."""
        path, columns = Path(path), self._table()
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(f"{MARK}\n# from {self.path.name}, sha256 {self.sha256}\n")
                file.write(f"# {len(next(iter(columns.values())))} rows\n")
                file.writelines(f"# {note}\n" for note in self.notes)
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(
                    zip(*(map(repr, c.tolist()) for c in columns.values()), strict=True)
                )
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror}.") from None
        return path


@dataclass(frozen=True, eq=False, repr=False)
class ImpedanceData(Dataset):
    """One spectrum, frequency falling: `frequency` [Hz] and `impedance` [Ohm]."""

    frequency: Float[np.ndarray, " points"]
    impedance: Complex[np.ndarray, " points"]

    def __post_init__(self) -> None:
        _freeze(self, ("frequency", "impedance"))

    @property
    def title(self) -> str:
        """Name, number of points and range, in one line."""
        f = self.frequency
        return f"{self.name}: spectrum, {len(f)} points, {f.max():.4g} to {f.min():.4g} Hz"

    def plot(self) -> "Figure":
        """Nyquist and Bode plots as a :class:`matplotlib.figure.Figure`, the notes at the foot."""
        return draw_spectrum(self)

    def _table(self) -> dict[str, Float[np.ndarray, " points"]]:
        values = self.frequency, np.real(self.impedance), np.imag(self.impedance)
        return dict(zip(IMPEDANCE_HEADER, values, strict=True))


@dataclass(frozen=True, eq=False, repr=False)
class CyclingData(Dataset):
    """One cell under current: `time` [s], `current` [A], positive on discharge, `voltage` [V], and
    where the file has them capacities [A.h] as the cycler counts them, `cycle`, `step`, and
    `temperature` [K]."""

    time: Float[np.ndarray, " points"]
    current: Float[np.ndarray, " points"]
    voltage: Float[np.ndarray, " points"]
    capacity: Float[np.ndarray, " points"] | None = None
    charge_capacity: Float[np.ndarray, " points"] | None = None
    discharge_capacity: Float[np.ndarray, " points"] | None = None
    cycle: Float[np.ndarray, " points"] | None = None
    step: Float[np.ndarray, " points"] | None = None
    temperature: Float[np.ndarray, " points"] | None = None

    def __post_init__(self) -> None:
        _freeze(self, CYCLING_HEADER)

    @property
    def title(self) -> str:
        """Name, number of points and duration, in one line."""
        hours = (self.time[-1] - self.time[0]) / HOUR
        return f"{self.name}: record, {len(self.time)} points, {hours:.4g} h"

    @property
    def columns(self) -> dict[str, Float[np.ndarray, " points"]]:
        """The columns that this dataset has, by name."""
        present = {name: getattr(self, name) for name in CYCLING_HEADER}
        return {name: values for name, values in present.items() if values is not None}

    def plot(self) -> "Figure":
        """Voltage and current against time as a :class:`matplotlib.figure.Figure`."""
        return draw_record(self)

    def _table(self) -> dict[str, Float[np.ndarray, " points"]]:
        return {CYCLING_HEADER[name]: values for name, values in self.columns.items()}


def _freeze(dataset: Dataset, names: Iterable[str]) -> None:
    object.__setattr__(dataset, "metadata", MappingProxyType(dict(dataset.metadata)))
    for name in names:
        values = getattr(dataset, name)
        if values is not None:
            values = np.array(values, copy=values.flags.writeable or None)
            values.flags.writeable = False
            object.__setattr__(dataset, name, values)
