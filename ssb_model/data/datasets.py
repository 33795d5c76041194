"""What a reader returns: frozen datasets in SI that know the file they came from.

Signs: impedance Z = Z' + jZ'', so that a capacitor has a negative imaginary part. Current as in
PyBaMM, positive on discharge.
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from ssb_model.errors import InputError

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


@dataclass(frozen=True, eq=False)
class Dataset:
    """Where the numbers come from: `metadata` says format, columns and the file's own header;
    `notes` say what the reader decided, sorted, or left out."""

    name: str
    path: Path
    sha256: str
    metadata: Mapping = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)

    @property
    def synthetic(self) -> bool:
        """Whether the file says, above its table, that it was not measured."""
        return SYNTHETIC in self.notes

    def _write(self, path: str | os.PathLike, columns: Mapping[str, np.ndarray]) -> Path:
        path = Path(path)
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(f"{MARK}\n# from {self.path.name}, sha256 {self.sha256}\n")
                file.writelines(f"# {note}\n" for note in self.notes)
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(
                    zip(*(map(repr, c.tolist()) for c in columns.values()), strict=True)
                )
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror}.") from None
        return path


@dataclass(frozen=True, eq=False)
class ImpedanceData(Dataset):
    """One spectrum, frequency falling: `frequency` [Hz] and `impedance` [Ohm], both (n,)."""

    frequency: np.ndarray = field(repr=False)
    impedance: np.ndarray = field(repr=False)

    def __post_init__(self):
        _freeze(self, ("frequency", "impedance"))

    def to_csv(self, path: str | os.PathLike) -> Path:
        """Write frequency, real and imaginary part, which `read` reads back to the last bit."""
        values = self.frequency, self.impedance.real, self.impedance.imag
        return self._write(path, dict(zip(IMPEDANCE_HEADER, values, strict=True)))


@dataclass(frozen=True, eq=False)
class CyclingData(Dataset):
    """One cell under current: `time` [s], `current` [A], positive on discharge, `voltage` [V], and
    where the file has them capacities [A.h] as the cycler counts them, `cycle`, `step`, and
    `temperature` [K]; all (n,)."""

    time: np.ndarray = field(repr=False)
    current: np.ndarray = field(repr=False)
    voltage: np.ndarray = field(repr=False)
    capacity: np.ndarray | None = field(default=None, repr=False)
    charge_capacity: np.ndarray | None = field(default=None, repr=False)
    discharge_capacity: np.ndarray | None = field(default=None, repr=False)
    cycle: np.ndarray | None = field(default=None, repr=False)
    step: np.ndarray | None = field(default=None, repr=False)
    temperature: np.ndarray | None = field(default=None, repr=False)

    def __post_init__(self):
        _freeze(self, CYCLING_HEADER)

    @property
    def columns(self) -> dict[str, np.ndarray]:
        """The columns that this dataset has, by name."""
        present = {name: getattr(self, name) for name in CYCLING_HEADER}
        return {name: values for name, values in present.items() if values is not None}

    def to_csv(self, path: str | os.PathLike) -> Path:
        """Write every column, which `read` reads back to the last bit."""
        return self._write(path, {CYCLING_HEADER[n]: v for n, v in self.columns.items()})


def _freeze(dataset: Dataset, names) -> None:
    object.__setattr__(dataset, "metadata", MappingProxyType(dict(dataset.metadata)))
    for name in names:
        values = getattr(dataset, name)
        if values is not None:
            values = np.array(values)
            values.flags.writeable = False
            object.__setattr__(dataset, name, values)
