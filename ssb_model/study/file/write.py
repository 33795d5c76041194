"""A study's tables as the text of a study file, and its datasets as the files that it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from ssb_model.data import DECLARED, Dataset, ImpedanceData, read_cycling, read_impedance
from ssb_model.library import names_file, seen_from, writable_folder, write_whole
from ssb_model.study.file.checksums import checksum, checksums, text_checksum
from ssb_model.study.file.parts import parts_of
from ssb_model.study.file.tables import CellTable, StudyTable
from ssb_model.study.kinds import ExperimentTable, MeasuredTable

LISTS = ("experiments", "predictions", "candidates")


def toml_of(table: StudyTable) -> str:
    """The text of a study file; keys that have their default are left out."""
    content = table.model_dump(mode="json", exclude_defaults=True)
    for key in LISTS:
        if key in content:
            content[key] = [
                {"kind": one.kind} | written
                for one, written in zip(getattr(table, key), content[key], strict=True)
            ]
    return tomli_w.dumps(content)


def write_study(table: StudyTable, old: Path, path: Path) -> dict[str, str]:
    """Write a study file, and beside it every dataset that is in no file.

    Parameters
    ----------
    table
        Its files are named relative to ``old``.
    old
        Folder.
    path
        Of the study file.

    Returns
    -------
    Checksums of the study file and of every file it names, by name.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    folder = writable_folder(path.parent)
    written = with_files(table, old, folder)
    text = toml_of(written)
    write_whole(path, text)
    files = [
        {one.file: checksum(folder / one.file)}
        for one in written.experiments
        if isinstance(one, MeasuredTable) and one.file is not None
    ]
    sums = {path.name: text_checksum(text)}
    return checksums(sums, written.cells.values(), files, folder)


def with_files(table: StudyTable, old: Path, new: Path) -> StudyTable:
    """The table as it stands in a file in the folder ``new``, every dataset in a file.

    Datasets that still are what their file holds are named where they lie; others, such as
    synthetic ones or those whose points were changed, are written beside the study file.

    Parameters
    ----------
    table
        Its files are named relative to ``old``.
    old, new
        Folders.
    """
    experiments = [
        written for one in table.experiments for written in _with_file(one, Path(old), Path(new))
    ]
    cells = {name: _moved(cell, Path(old), Path(new)) for name, cell in table.cells.items()}
    return table.model_copy(update={"experiments": experiments, "cells": cells})


def _moved(cell: CellTable, old: Path, new: Path) -> CellTable:
    """The cell with the files of its parameter sets named as seen from the new folder."""
    moved = {
        part: seen_from(Path(path), new)
        for part, path in parts_of(cell, old).items()
        if names_file(path)
    }
    return cell.model_copy(update=moved)


def _with_file(one: ExperimentTable, old: Path, new: Path) -> Iterator[ExperimentTable]:
    if not isinstance(one, MeasuredTable):
        yield one
    elif one.data is None:
        yield _update(one, file=one.file and seen_from(old / one.file, new))
    else:
        given = one.data if isinstance(one.data, list) else [one.data]
        for k, dataset in enumerate(given):
            yield _update(one, data=None, **_place(dataset, new), **_own(one, k, len(given)))


def _update(one: ExperimentTable, **keys: object) -> ExperimentTable:
    return one.model_copy(update=keys)


def _own(one: ExperimentTable, k: int, count: int) -> dict[str, object]:
    """What belongs to one of several datasets alone: its temperature, and a name of its own."""
    own = {}
    temperature = getattr(one, "temperature", None)
    if isinstance(temperature, list) and count > 1:
        own["temperature"] = temperature[k]
    if one.name and count > 1:
        own["name"] = f"{one.name}, {own.get('temperature', k + 1)}"
    return own


def _place(dataset: Dataset, folder: Path) -> Mapping[str, object]:
    """Where a dataset lies, and what was said of its file; written there if need be."""
    path, said = dataset.path, dict(dataset.metadata.get(DECLARED, {}))
    if path.is_file() and checksum(path) == dataset.sha256 and "format" not in said:
        again = _again(dataset, said)
        same = [k for k, other in enumerate(again, 1) if _equal(dataset, other)]
        if same:
            chosen = {"spectra": same[:1]} if len(again) > 1 else {}
            return {"file": seen_from(path, folder)} | said | chosen
    plain = re.sub(r"[^\w.-]+", "_", dataset.name).strip("_.") or "data"
    written = dataset.to_csv(_unused(folder, plain))
    return {"file": written.name}


def _again(dataset: Dataset, said: Mapping[str, Any]) -> Sequence[Dataset]:
    """What a dataset's file holds of its kind, read as it was."""
    if isinstance(dataset, ImpedanceData):
        return read_impedance(dataset.path, **said)
    return [read_cycling(dataset.path, **said)]


def _equal(one: Dataset, other: Dataset) -> bool:
    return one.to_dataframe().equals(other.to_dataframe())


def _unused(folder: Path, name: str) -> Path:
    """A path of a file that is not there yet."""
    path, count = folder / f"{name}.csv", 1
    while path.exists():
        count += 1
        path = folder / f"{name}_{count}.csv"
    return path
