"""``ssb data``: what was understood of measured files, a first look at spectra, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.cycles import cycles_look
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.data import CyclingData, ImpedanceData
    from ssb_model.data.validation import Relaxation


def data(
    files: Annotated[list[Path], typer.Argument(help="Measured files.")],
    plot: Annotated[Path | None, typer.Option(help="Folder for a picture of each dataset.")] = None,
) -> None:
    """Describe measured files: kind, columns, units, ranges, cycles.

    Spectra are also validated (Kramers-Kronig), and their relaxation times are listed. Records of
    a cell under current are told cycle by cycle: a ramp with its short, rates, polarisation.
    """
    from ssb_model.data import describe, read
    from ssb_model.library import writable_folder

    folder = None if plot is None else writable_folder(plot)
    for path in files:
        datasets = read(path)
        print(describe(datasets))
        for k, dataset in enumerate(datasets):
            name = f"{path.stem}_{k + 1}" if len(datasets) > 1 else path.stem
            _look(dataset, name, folder)


def _look(dataset: CyclingData | ImpedanceData, name: str, folder: Path | None) -> None:
    """Print what a spectrum shows at first sight, and draw the dataset if there is a folder."""
    from ssb_model.data import ImpedanceData, plot_data

    figures, tables = {}, {}
    if isinstance(dataset, ImpedanceData):
        relaxation = _first_look(dataset)
        if folder is not None and relaxation is not None:
            figures["_relaxation"] = relaxation.figure()
    else:
        figures, tables = cycles_look(dataset, draw=folder is not None)
    if folder is None:
        return
    figures = {name: plot_data(dataset)} | {f"{name}{k}": f for k, f in figures.items()}
    for stem, table in tables.items():
        target = folder / f"{name}{stem}.csv"
        table.to_csv(target, index=False)
        print(f"  written to {target}")
    for stem, figure in figures.items():
        target = folder / f"{stem}.png"
        figure.savefig(target)
        print(f"  drawn in   {target}")


def _first_look(spectrum: ImpedanceData) -> Relaxation | None:
    """Print validity and peaks; gives the distribution of relaxation times, if there is one."""
    from ssb_model.data.validation import first_look

    try:
        look = first_look(spectrum.frequency, spectrum.impedance)
    except InputError as error:  # too few points are no fault of the file
        print(f"\n{spectrum.name}: not validated\n  {error}")
        return None
    lines = look.summary().splitlines()
    print("\n".join([f"\n{spectrum.name}: validity and first look", *(f"  {x}" for x in lines)]))
    return look.relaxation
