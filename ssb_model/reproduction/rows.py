"""Rows of the comparison: which observable answers which statement, with its noise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ssb_model.errors import InputError
from ssb_model.library import CELL, Part, Table, parse, read_toml, spread_of, to_si, validated
from ssb_model.reproduction.scores import Baseline, Baselines, BaselineTable
from ssb_model.reproduction.study import units_of

if TYPE_CHECKING:
    from ssb_model.fitting import Datum
    from ssb_model.library import Experiment, Statement
    from ssb_model.study import Study

Role = Literal["fit", "predict", "bound", "implied", "input", "qualitative"]
Bound = Literal["equal", "at least", "at most", "between"]
FITTED = ("fit", "bound")


class RowTable(Table):
    """One row of ``rows.toml``."""

    id: str
    statement: int
    role: Role
    index: int | None = None
    quantity: str | None = None
    unit: str | None = None
    value: float | None = None
    bound: Bound = "equal"
    observable: str | None = None
    noise: str | None = None
    spread: str | None = None
    another_cell: bool = False
    reason: str | None = None
    tolerance: str | None = None
    without: list[str] = []
    rms_of: list[str] = []
    interfaces_counted: Literal[1, 2] | None = None
    times: str | None = None
    baseline: str | None = None


class RowsFile(Table):
    """``rows.toml`` beside an experiment."""

    noise_reasons: dict[str, str]
    baselines: dict[str, BaselineTable] = {}
    rows: list[RowTable]


@dataclass(frozen=True)
class Row:
    """A row with its numbers: paper's value, noise and tolerance in the row's unit, or None.

    ``scale`` turns the observable in SI into the row's unit; ``times`` is a current density [A.m-2]
    that makes a voltage of an area resistance.
    """

    id: str
    statement: int
    role: str
    quantity: str
    unit: str | None
    paper: float | None
    bound: str
    observable: str | None
    noise: float | None
    noise_percent: float | None
    reason: str
    tolerance: float | None
    without: tuple[str, ...]
    rms_of: tuple[str, ...]
    interfaces_counted: int | None
    times: float | None
    scale: float = 1.0
    parts: tuple[Part, ...] = ()
    baseline: Baseline | None = None

    def noise_at(self, model: float) -> float | None:
        """Noise of the row, for rows without a paper's value relative to the model's."""
        if self.parts:
            return math.hypot(*(part.at(self.paper or model) for part in self.parts))
        if self.noise_percent is not None:
            return self.noise_percent / 100 * abs(self.paper if self.paper else model)
        return self.noise


def load_rows(experiment: Experiment, study: Study) -> list[Row]:
    """The rows of an experiment, from ``rows.toml`` in its folder.

    A fitted row has the noise that its study states.

    Raises
    ------
    InputError
        If the file is missing, a row refers to a statement or reason that does not exist, or the
        study fits another value than the row states.
    """
    path = experiment.path.parent / "rows.toml"
    file = validated(RowsFile, read_toml(path), path)
    ids = [row.id for row in file.rows]
    if len(set(ids)) < len(ids):
        raise InputError(f"{path}: every row needs an id of its own.")
    baselines = Baselines(file.baselines, experiment)
    rows = [_row(row, experiment, file.noise_reasons, path) for row in file.rows]
    rows = [
        replace(row, baseline=_baseline(row, table.baseline, baselines, path))
        for row, table in zip(rows, file.rows, strict=True)
    ]
    units = units_of(study)
    data = {datum.observable: datum for e in study.fitted for datum in e.data()}
    return [_of_study(row, units, data, path) for row in rows]


def _baseline(row: Row, name: str | None, baselines: Baselines, path: Path) -> Baseline | None:
    if name is None:
        return None
    if row.role != "predict" or row.paper is None:
        raise InputError(
            f"{path}: row {row.id} has a baseline and is no prediction of a stated number: remove "
            "the baseline."
        )
    return baselines.of(name, row.paper, row.unit)


def _of_study(row: Row, units: Mapping[str, str], data: Mapping[str, Datum], path: Path) -> Row:
    """The row with its scale, and with its noise if the study fits it."""
    if row.observable is None or row.observable not in units:
        return row
    unit, datum = units[row.observable], data.get(row.observable)
    try:
        own = to_si(1.0, row.unit, "V" if row.times else unit)
    except InputError as error:
        raise InputError(f"{path}: row {row.id}: {error}") from None
    row = replace(row, scale=(row.times or 1.0) / own)
    if row.role not in FITTED or datum is None:
        return row
    assert row.paper is not None
    if not math.isclose(row.scale * datum.value, row.paper, rel_tol=1e-9):
        raise InputError(
            f"{path}: row {row.id} states {row.paper:g} {row.unit}, but the study fits "
            f"{row.scale * datum.value:g}: write the statement's value in study.toml."
        )
    return replace(row, noise=row.scale * datum.noise)


def _row(row: RowTable, experiment: Experiment, reasons: Mapping[str, str], path: Path) -> Row:
    if row.statement not in experiment.statements:
        raise InputError(f"{path}: row {row.id} names the unknown statement {row.statement}.")
    if row.reason is not None and row.reason not in reasons:
        raise InputError(f"{path}: row {row.id} names the unknown reason '{row.reason}'.")
    statement = experiment.statements[row.statement]
    paper = _paper(row, statement)
    noise, percent = _noise(row, paper, path)
    return Row(
        id=row.id,
        statement=row.statement,
        role=row.role,
        quantity=row.quantity or statement.quantity,
        unit=row.unit or statement.unit,
        paper=paper,
        bound=row.bound,
        observable=row.observable,
        noise=noise,
        noise_percent=percent,
        reason="" if row.reason is None else reasons[row.reason],
        tolerance=_amount(row.tolerance, paper, path, row.id),
        without=tuple(row.without),
        rms_of=tuple(row.rms_of),
        interfaces_counted=row.interfaces_counted,
        times=None if row.times is None else parse(row.times, "A.m-2"),
        parts=_parts(row, path),
    )


def _parts(row: RowTable, path: Path) -> tuple[Part, ...]:
    """What widens the row's interval: of a cell that was fitted without what differs between
    cells."""
    if row.spread is None:
        return ()
    if row.noise is not None:
        raise InputError(f"{path}: row {row.id} has noise and spread: keep one.")
    try:
        parts = spread_of(row.spread)
    except KeyError:
        raise InputError(f"{path}: row {row.id} has the unknown spread '{row.spread}'.") from None
    return tuple(part for name, part in parts.items() if row.another_cell or name != CELL)


def _paper(row: RowTable, statement: Statement) -> float | None:
    """The statement's number, unless the row asks for a quantity that it does not state."""
    if row.value is not None:
        return row.value
    if isinstance(statement.value, tuple):
        return None if row.index is None else float(statement.value[row.index])
    own = row.quantity is None or row.quantity == statement.quantity
    return float(statement.value) if own and isinstance(statement.value, int | float) else None


def _noise(row: RowTable, paper: float | None, path: Path) -> tuple[float | None, float | None]:
    if row.noise is None:
        return None, None
    if row.noise.endswith("%"):
        percent = float(row.noise.rstrip("% "))
        return (None if paper is None else percent / 100 * paper), percent
    return _amount(row.noise, paper, path, row.id), None


def _amount(text: str | None, paper: float | None, path: Path, row_id: str) -> float | None:
    """A number in the row's unit, or in % of the paper's value."""
    if text is None:
        return None
    try:
        number = float(text.rstrip("% "))
    except ValueError:
        raise InputError(
            f"{path}: row {row_id} has the amount '{text}'; write a number, or a number and %."
        ) from None
    if not text.endswith("%"):
        return number
    assert paper is not None
    return number / 100 * paper
