"""A study from its tables: those of a study file, or objects made in Python."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ssb_model.errors import InputError
from ssb_model.library import read_toml, validated
from ssb_model.study.file import (
    CellTable,
    FreeSet,
    FreeTable,
    RivalTable,
    StudyTable,
    beside_measured,
    charged_as_tested,
    checksum,
    checksums,
    named_cell,
    read_cell,
    read_experiments,
    read_free,
    refuse_same_names,
    rival_tables,
    text_checksum,
    toml_of,
    unknown_charge,
    with_differences,
    write_study,
)
from ssb_model.study.kinds import Experiment, ExperimentTable, Spectrum
from ssb_model.study.study import Study

HERE = Path("study")  # the place that messages name where there is no file


def load_study(path: str | Path) -> Study:
    """Read a study file and the measured files it names.

    Raises
    ------
    InputError
        One sentence naming the file and the key, for anything wrong in it.
    """
    path = Path(path)
    return _made(validated(StudyTable, read_toml(path), path), path)


def rivals_of(study: Study, further: Sequence[RivalTable] = ()) -> tuple[Study, ...]:
    """The studies that ``[[rivals]]`` of a study describe, and ``further`` ones.

    Raises
    ------
    InputError
        For anything wrong in a rival, naming it.
    """
    if study.table is None:
        raise InputError("This study was not made of tables: rivals need its keys.")
    table = study.table.model_copy(update={"rivals": [*study.table.rivals, *further]})
    rivals = rival_tables(table, study.path)
    return tuple(_rival(name, rival, study.path) for name, rival in rivals.items())


def _rival(name: str, table: StudyTable, path: Path) -> Study:
    try:
        return replace(_made(table, path), model=name)
    except InputError as error:
        told = str(error).removeprefix(f"{path}: ")
        raise InputError(f"{path}: of the rival '{name}': {told}") from None


def make_study(
    cells: CellTable | Mapping[str, CellTable],
    experiments: ExperimentTable | Sequence[ExperimentTable],
    free: Sequence[str | FreeTable],
    *,
    predictions: Sequence[ExperimentTable] = (),
    candidates: Sequence[ExperimentTable] = (),
    title: str = "Study",
    loss: str = "normal",
) -> Study:
    """A study made in Python, without a file: the same tables with the same keys.

    Parameters
    ----------
    cells
        One cell, or several by name.
    experiments
        What was measured. A study of one cell need not name it in each.
    free
        What is fitted: names, or tables where a range or a value is to be given.
    predictions
        What the fitted model is to predict, without measured values.
    candidates
        Measurements that could come next; by default the usual ones.
    title
        Stands above tables and figures.
    loss
        "normal", or "student" where few points may lie far out.

    Raises
    ------
    InputError
        The same sentence that the study file gets.

    Examples
    --------
    A spectrum read, fitted, and drawn beside the fitted model:

    >>> from ssb_model import CellTable, ImpedanceTable, make_study, read_impedance
    >>> measured = ImpedanceTable(data=read_impedance("coated_25C.csv"), noise="0.5 %")
    >>> fit = make_study(
    ...     CellTable(type="symmetric", coating="zni2-0.5", values={"Cell area": "0.785 cm2"}),
    ...     measured,
    ...     free=["Garnet conductivity", "Negative face exchange-current density"],
    ... ).fit(starts=1)
    >>> figure = fit.plot()
    """
    one = [experiments] if isinstance(experiments, ExperimentTable) else list(experiments)
    content = {
        "title": title,
        "cells": {"cell": cells} if isinstance(cells, CellTable) else dict(cells),
        "experiments": one,
        "predictions": list(predictions),
        "candidates": list(candidates),
        "free": [FreeTable(name=name) if isinstance(name, str) else name for name in free],
        "fit": {"loss": loss},
    }
    return _made(validated(StudyTable, content, HERE), HERE)


def save_study(study: Study, path: str | Path) -> Study:
    """Write a study file, with every dataset that is in no file beside it; returns the study of it.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    if study.table is None:
        raise InputError("This study was not made of tables: make it with make_study.")
    write_study(study.table, study.path.parent, Path(path))
    return load_study(path)


def _made(table: StudyTable, path: Path) -> Study:
    table = _with_cells(table, path)
    read = [read_cell(name, cell, path) for name, cell in table.cells.items()]
    cells = {cell.name: charged_as_tested(cell, table.experiments) for cell in read}
    experiments = read_experiments(table.experiments, "experiments", path, cells)
    predictions = read_experiments(table.predictions, "predictions", path, cells)
    stated = {one.name for one in table.predictions}
    predictions = beside_measured(predictions, experiments, stated)
    candidates = read_experiments(table.candidates, "candidates", path, cells)
    refuse_same_names([*experiments, *predictions, *candidates], path)
    spectra = [e for e in experiments if isinstance(e, Spectrum)]
    names = {name: [e.name for e in spectra if e.cell == name] for name in cells}
    free = read_free(table.free, cells, names, path)
    if further := unknown_charge(free, cells, [*experiments, *predictions]):
        free = read_free([*table.free, *further], cells, names, path)
    free = with_differences(free, cells, experiments, path)
    experiments = [_deviating(e, free) for e in experiments]
    used = [*experiments, *predictions]
    cells = {
        name: replace(cell, inputs=_inputs(name, free.names(name), used))
        for name, cell in cells.items()
    }
    return Study(
        title=table.title,
        path=path,
        cells=cells,
        experiments=tuple(experiments),
        predictions=tuple(predictions),
        free=free,
        loss=table.fit.loss,
        candidates=tuple(candidates),
        checksums=checksums(
            {path.name: checksum(path) if path.is_file() else text_checksum(toml_of(table))},
            table.cells.values(),
            [e.files for e in experiments],
            path.parent,
        ),
        table=table,
    )


def _deviating(experiment: Experiment, free: FreeSet) -> Experiment:
    """A spectrum with its own deviations and drifts."""
    if not isinstance(experiment, Spectrum):
        return experiment
    return replace(experiment, **free.in_spectrum(experiment.name))


def _with_cells(table: StudyTable, path: Path) -> StudyTable:
    """The table with a cell named in every experiment."""
    named = {
        key: [
            one.model_copy(update={"cell": named_cell(one, f"{path}: {key}[{k}]", table.cells)})
            for k, one in enumerate(tables)
        ]
        for key in ("experiments", "predictions", "candidates")
        if (tables := getattr(table, key))
    }
    return table.model_copy(update=named)


def _inputs(cell: str, free: Sequence[str], experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """Inputs of a cell that the fit or an experiment sets."""
    own = [name for e in experiments if e.cell == cell for name in e.own_inputs]
    return tuple(dict.fromkeys([*free, *own]))
