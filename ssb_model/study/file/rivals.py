"""``[[rivals]]``: the same study with other keys, such as another mechanism of a cell.

::

    [[rivals]]
    name = "binary catholyte"
    cells."rate cell".options = { catholyte = "binary" }
    free = [{ name = "Positive electrode salt diffusivity" }]

What a rival does not say is the study's own. A table is merged key by key, to any depth; an
experiment, a prediction or a candidate is found by its name. A parameter in ``free`` is added, or
takes the place of the study's of the same name or label; ``fixed`` are no longer free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ssb_model.errors import InputError, suggestion
from ssb_model.library import Table, validated
from ssb_model.study.file.names import bare_name
from ssb_model.study.file.tables import CellTable, FitTable, FreeTable, RivalTable, StudyTable
from ssb_model.study.kinds import ExperimentTable

LISTS = ("experiments", "predictions", "candidates")


def rival_tables(table: StudyTable, path: Path) -> dict[str, StudyTable]:
    """The study's table as each rival has it, by the rival's name.

    Raises
    ------
    InputError
        If two rivals have one name, or one changes nothing or something that is not there.
    """
    found: dict[str, StudyTable] = {}
    for k, rival in enumerate(table.rivals):
        where = f"{path}: rivals[{k}]"
        if rival.name in found:
            raise InputError(f"{where}: a rival is called '{rival.name}' already: rename it.")
        found[rival.name] = as_rival(table, rival, where)
    return found


def as_rival(table: StudyTable, rival: RivalTable, where: str) -> StudyTable:
    """The study's table with a rival's keys in the place of its own."""
    changed: dict[str, Any] = {
        "cells": _cells(table.cells, rival.cells, where),
        "free": _free(table.free, rival, where),
        "fit": validated(FitTable, merged(_said(table.fit), rival.fit), Path(f"{where}.fit")),
    }
    for key in LISTS:
        changed[key] = _named(getattr(table, key), getattr(rival, key), f"{where}.{key}")
    if all(changed[key] == getattr(table, key) for key in changed):
        raise InputError(f"{where}: '{rival.name}' changes nothing: say which key differs.")
    return table.model_copy(update={**changed, "rivals": []})


def merged(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """``own`` with the keys of ``other``, tables within tables too.

    >>> merged({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": 4}})
    {'a': 1, 'b': {'c': 4, 'd': 3}}
    """
    result = dict(own)
    for key, value in other.items():
        both = isinstance(value, Mapping) and isinstance(result.get(key), Mapping)
        result[key] = merged(result[key], value) if both else value
    return result


def _said(table: Table) -> dict[str, Any]:
    return table.model_dump(exclude_defaults=True)


def _cells(
    own: Mapping[str, CellTable], other: Mapping[str, Mapping[str, Any]], where: str
) -> dict[str, CellTable]:
    _refuse_unknown(other, own, f"{where}.cells", "cell")
    return {
        name: validated(CellTable, merged(_said(cell), other[name]), Path(f"{where}.cells.{name}"))
        if name in other
        else cell
        for name, cell in own.items()
    }


def _named(
    own: Sequence[ExperimentTable], other: Mapping[str, Mapping[str, Any]], where: str
) -> list[ExperimentTable]:
    names = [one.name or "" for one in own]
    _refuse_unknown(other, [name for name in names if name], where, "experiment of that name")
    return [
        _changed(one, other[name], f"{where}.{name}") if name in other else one
        for name, one in zip(names, own, strict=True)
    ]


def _changed(one: ExperimentTable, keys: Mapping[str, Any], where: str) -> ExperimentTable:
    """The experiment with other keys; what was given as data stays."""
    content = merged({"kind": one.kind, **_said(one)}, keys)
    if content["kind"] != one.kind:
        raise InputError(f"{where}.kind: a rival measures the same: remove the key.")
    changed = validated(type(one), content, Path(where))
    data = getattr(one, "data", None)
    return changed if data is None else changed.model_copy(update={"data": data})


def _free(own: Sequence[FreeTable], rival: RivalTable, where: str) -> list[FreeTable]:
    """Those of the study that are neither fixed nor replaced, then the rival's."""
    labels = [_label(one) for one in own]
    _refuse_unknown(rival.fixed, labels, f"{where}.fixed", "free parameter")
    gone = {*rival.fixed, *map(_label, rival.free)}
    kept = [one for one, label in zip(own, labels, strict=True) if label not in gone]
    return [*kept, *rival.free]


def _label(table: FreeTable) -> str:
    """What a rival calls a free parameter: its label, or its name as it is written."""
    if table.label is not None:
        return table.label
    return bare_name(table.name) if isinstance(table.name, str) else str(table.name)


def _refuse_unknown(
    given: Mapping[str, object] | Sequence[str],
    known: Mapping[str, object] | Sequence[str],
    where: str,
    what: str,
) -> None:
    for name in given:
        if name not in known:
            raise InputError(f"{where}: there is no {what} '{name}'. {suggestion(name, known)}")
