"""What was understood of measured files, as text for people to check."""

from collections.abc import Iterable

import numpy as np

from ssb_model.data.datasets import CYCLING_HEADER, TIMES, CyclingData, Dataset, ImpedanceData
from ssb_model.errors import InputError


def describe(datasets: Dataset | Iterable[Dataset]) -> str:
    """Kind, format, columns, ranges and notes of each dataset, one paragraph each.

    Raises InputError if something else than a dataset, or a list of datasets, is given.
    """
    datasets = [datasets] if isinstance(datasets, Dataset) else datasets
    if not isinstance(datasets, Iterable):
        raise _not_a_dataset(datasets)
    return "\n\n".join("\n".join(_paragraph(data)) for data in datasets)


def _not_a_dataset(given: object) -> InputError:
    return InputError(
        f"describe takes a dataset or a list of datasets, and this is or holds a "
        f"{type(given).__name__}: give it what read, read_impedance or read_cycling returned."
    )


def _paragraph(data: Dataset) -> list[str]:
    if not isinstance(data, ImpedanceData | CyclingData):
        raise _not_a_dataset(data)
    kind = "impedance" if isinstance(data, ImpedanceData) else "cycling"
    body = _spectrum(data) if isinstance(data, ImpedanceData) else _record(data)
    read_from = ", ".join(f"{q} from '{h}'" for q, h in data.metadata["columns"].items())
    return [
        f"{data.name}: {kind}, {data.metadata['format']}",
        f"  file       {data.path} (sha256 {data.sha256[:12]})",
        f"  columns    {read_from}",
        *body,
        *(f"  note       {note}" for note in data.notes),
    ]


def _spectrum(data: ImpedanceData) -> list[str]:
    z = data.impedance
    when = data.metadata.get(TIMES)
    return [
        f"  points     {len(z)}",
        f"  frequency  {_range(data.frequency)} Hz",
        f"  Re(Z)      {_range(np.real(z))} Ohm",
        f"  Im(Z)      {_range(np.imag(z))} Ohm",
        *([f"  time       {_range(np.array(when))} s"] if when else []),
    ]


def _record(data: CyclingData) -> list[str]:
    lines = [f"  points     {len(data.time)}"]
    if data.cycle is not None:
        lines.append(f"  cycles     {len(np.unique(data.cycle))}")
    for name, values in data.columns.items():
        if name not in ("cycle", "step"):
            label, _, unit = CYCLING_HEADER[name].partition(" [")
            sign = " (positive on discharge)" if name == "current" else ""
            lines.append(f"  {label.lower():<10} {_range(values)} {unit.rstrip(']')}{sign}")
    return lines


def _range(values: np.ndarray) -> str:
    return f"{np.min(values):.6g} ... {np.max(values):.6g}"
