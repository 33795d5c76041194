"""Experiments of a study file: tables and measured files to numbers in SI."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ssb_model.errors import InputError, suggestion
from ssb_model.study.file.cells import StudyCell
from ssb_model.study.kinds import Experiment, ExperimentTable, NoiseTable, Source


def read_experiments(
    tables: Iterable[ExperimentTable], key: str, path: Path, cells: Mapping[str, StudyCell]
) -> list[Experiment]:
    """The experiments of ``[[experiments]]`` or, without measured values, of ``[[predictions]]``
    and ``[[candidates]]``; a candidate says how well it would be measured."""
    experiments: list[Experiment] = []
    for k, table in enumerate(tables):
        where = f"{path}: {key}[{k}]"
        predicted = key != "experiments"
        cell = cells[named_cell(table, where, cells)]
        source = Source(where, k, path.parent, cell, predicted)
        if key == "candidates":
            table = _named_candidate(table, cell.name, k)
        parts = table.noise if isinstance(table.noise, NoiseTable) else None
        if parts is None:
            read = table.read(source)
        else:
            read = parts.added(table.model_copy(update={"noise": parts.own}).read(source), source)
        if table.same_cell:
            if key != "predictions":
                raise InputError(f"{where}.same_cell is of a prediction: remove it.")
            read = [replace(experiment, same_cell=True) for experiment in read]
        if any(experiment.starts_charged for experiment in read):
            cell.refuse_start(where)
        if key == "candidates" and any(experiment.noise is None for experiment in read):
            raise InputError(f"{where}.noise: a candidate says its noise as a number with unit.")
        experiments += read
    return experiments


def named_cell(table: ExperimentTable, where: str, cells: Collection[str]) -> str:
    """The cell of an experiment; the only one where it names none.

    Raises
    ------
    InputError
        If there is no such cell, or none is named and there are several.
    """
    if table.cell is not None:
        if table.cell not in cells:
            raise InputError(f"{where}.cell: no such cell. {suggestion(table.cell, cells)}")
        return table.cell
    if len(cells) > 1:
        known = ", ".join(cells)
        raise InputError(f"{where}: the key cell is missing: add it, one of {known}.")
    return next(iter(cells))


def _named_candidate(table: ExperimentTable, cell: str, k: int) -> ExperimentTable:
    """The table with a name that is not that of a measurement."""
    named = table.name or f"candidate {k + 1}, {table.kind} of {cell}"
    return table.model_copy(update={"name": named})


def beside_measured(
    predictions: Sequence[Experiment],
    experiments: Sequence[Experiment],
    stated: Collection[str | None],
) -> list[Experiment]:
    """Predictions, one that would be called as an experiment is with ", predicted" after its name
    unless that is ``stated``."""
    measured = {experiment.name for experiment in experiments}
    return [
        replace(one, name=f"{one.name}, predicted")
        if one.name in measured and one.name not in stated
        else one
        for one in predictions
    ]


def refuse_same_names(experiments: Sequence[Experiment], path: Path) -> None:
    """Every experiment needs a name of its own."""
    names = [experiment.name for experiment in experiments]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"{path}: two experiments are both '{name}': name one file once only, or give one "
                "of them another name."
            )
