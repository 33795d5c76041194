"""``ssb data``: what was understood of measured files, a first look at spectra, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ssb_model.cli.cycles import cycles_look
from ssb_model.cli.terminal import show
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.data import CyclingData, ImpedanceData
    from ssb_model.data.validation import Relaxation


def data(
    files: Annotated[list[Path], typer.Argument(help="Measured files.")],
    plot: Annotated[Path | None, typer.Option(help="Folder for a picture of each dataset.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="Quantity and its column's header, \"real=Zs' [Ohms]\"; repeatable."),
    ] = None,
    order: Annotated[
        str | None,
        typer.Option(help="Quantities in order, for a file without header; - for others."),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option(help="Quantity and its unit, real=ohm; repeatable.")
    ] = None,
    current_positive_on: Annotated[
        str | None, typer.Option(help="charge or discharge, where the file leaves it open.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(help='Of the cell, "0.785 cm2", where columns are per area.')
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Folder for each dataset as CSV in SI, all columns named.")
    ] = None,
) -> None:
    """Describe measured files: kind, columns, units, ranges, cycles.

    Spectra are also validated (Kramers-Kronig), and their relaxation times are listed. Records of a
    cell under current are shown cycle by cycle: a ramp with its short, rates, polarisation. What
    the files do not say of their columns can be declared, for all of them.
    """
    from ssb_model.data import Undeclared, describe, on_command_line, read
    from ssb_model.library import refuse_other_kind, writable_folder

    said = _declared(column, order, unit)
    folder, saved = (None if one is None else writable_folder(one) for one in (plot, save))
    for path in files:
        if path.suffix in (".toml", ".json"):
            refuse_other_kind(path, "data")
        try:
            datasets = read(path, current_positive_on=current_positive_on, area=area, **said)
        except Undeclared as error:
            raise InputError(error.worded(on_command_line)) from None
        show(describe(datasets))
        for k, dataset in enumerate(datasets):
            name = f"{path.stem}_{k + 1}" if len(datasets) > 1 else path.stem
            _look(dataset, name, folder)
            if saved is not None:
                show(f"  saved in   {_saved(dataset, saved / f'{name}.csv')}")


def _saved(dataset: CyclingData | ImpedanceData, path: Path) -> Path:
    if path.exists():  # it may be the measured file itself
        raise InputError(f"{path} exists already: give another folder.")
    return dataset.to_csv(path)


def _declared(column: list[str] | None, order: str | None, unit: list[str] | None) -> Any:
    """The options as the arguments `columns` and `units` of a reader."""
    if column and order:
        raise InputError(
            "--column and --order do not go together: --order is for files without a header."
        )
    columns = [name.strip() for name in order.split(",")] if order else None
    return {"columns": columns or _pairs("column", column), "units": _pairs("unit", unit)}


def _pairs(option: str, texts: list[str] | None) -> dict[str, str]:
    pairs = {}
    for text in texts or []:
        quantity, sign, value = text.partition("=")
        if not sign or not value.strip():
            example = '"real=Zs\' [Ohms]"' if option == "column" else "real=ohm"
            raise InputError(
                f"--{option} '{text}' is not a quantity, =, and its {option}: {example}."
            )
        if pairs.setdefault(quantity.strip(), value.strip()) != value.strip():
            raise InputError(f"--{option} is given twice for '{quantity.strip()}': leave one out.")
    return pairs


def _look(dataset: CyclingData | ImpedanceData, name: str, folder: Path | None) -> None:
    """Print what a spectrum shows at first sight, and draw the dataset if there is a folder."""
    from ssb_model.data import ImpedanceData, plot_data
    from ssb_model.library import write_whole
    from ssb_model.plotting import save_figure

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
        write_whole(target, table.to_csv(index=False))
        show(f"  written to {target}")
    for stem, figure in figures.items():
        target = folder / f"{stem}.png"
        save_figure(figure, target)
        show(f"  drawn in   {target}")


def _first_look(spectrum: ImpedanceData) -> Relaxation | None:
    """Print validity and peaks; gives the distribution of relaxation times, if there is one."""
    from ssb_model.data.validation import first_look

    try:
        look = first_look(spectrum.frequency, spectrum.impedance)
    except InputError as error:  # too few points are no fault of the file
        show(f"\n{spectrum.name}: not validated\n  {error}")
        return None
    lines = look.summary().splitlines()
    show("\n".join([f"\n{spectrum.name}: validity and first look", *(f"  {x}" for x in lines)]))
    return look.relaxation
