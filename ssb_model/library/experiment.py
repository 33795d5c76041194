"""Experiments: what a paper states, one statement at a time, and how each was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ssb_model.errors import InputError
from ssb_model.library.experiment_file import (
    ExperimentFile,
    Numbers,
    ProtocolTable,
    SettingRow,
    StatementRow,
)
from ssb_model.library.frozen import Frozen
from ssb_model.library.locate import find_experiment
from ssb_model.library.quantity import Tag
from ssb_model.library.toml_file import read_toml, validated
from ssb_model.library.units import to_si


@dataclass(frozen=True)
class Measure:
    """A quantity as its source writes it: one number, several, or None, in the source's unit."""

    quantity: str
    value: Numbers | str | None
    unit: str | None

    def to_si(self, si_unit: str) -> Numbers:
        """Return the number or numbers in `si_unit` (PyBaMM notation).

        Raises InputError if there is no number or its unit does not fit.
        """
        if self.value is None or isinstance(self.value, str):
            raise InputError(f"'{self.quantity}' has no number: see the text beside it.")
        if isinstance(self.value, tuple):
            return tuple(to_si(item, self.unit, si_unit) for item in self.value)
        return to_si(self.value, self.unit, si_unit)


@dataclass(frozen=True)
class Statement(Measure):
    """One statement of the paper.

    `bound` says that the value is only an upper or lower bound of the quantity; `labels` name the
    numbers of a list; `further` are the other numbers of the same statement.
    """

    number: int
    labels: tuple[str, ...]
    bound: Literal["upper", "lower"] | None
    condition: str
    figure: str
    kind: Literal["measured", "computed", "text"]
    qualitative: bool
    further: tuple[Measure, ...]


@dataclass(frozen=True)
class Setting(Measure):
    """One line of a protocol; if `stated` is False, `source` says why this value is assumed."""

    tag: Tag
    stated: bool
    source: str


@dataclass(frozen=True)
class Protocol:
    """How the statements of these numbers were measured, setting by setting."""

    name: str
    title: str
    statements: tuple[int, ...]
    settings: Mapping[str, Setting]


@dataclass(frozen=True)
class Experiment:
    """Statements by number, protocols by name.

    `interfaces_counted` says whether an interface resistance is that of one interface (1) or the
    sum of both of a symmetric cell (2).
    """

    name: str
    title: str
    citation: str
    path: Path
    interfaces_counted: Literal[1, 2]
    interfaces_counted_source: str
    statements: Mapping[int, Statement]
    protocols: Mapping[str, Protocol]


def load_experiment(name_or_path: str | Path) -> Experiment:
    """Load a shipped experiment by name, or a user's own by the path of its file or folder.

    >>> statement = load_experiment("zhai2024").statements[10]
    >>> statement.value, statement.unit, f"{statement.to_si('Ohm.m2'):.5f}"
    (10.3, 'ohm cm2', '0.00103')

    Raises InputError, one sentence naming the file and the key, for anything wrong in it.
    """
    path = find_experiment(name_or_path)
    file = validated(ExperimentFile, read_toml(path), path)
    return Experiment(
        name=file.name,
        title=file.title,
        citation=file.citation,
        path=path,
        interfaces_counted=file.interfaces_counted.value,
        interfaces_counted_source=file.interfaces_counted.source,
        statements=Frozen({row.number: _statement(row) for row in file.statements}),
        protocols=Frozen({name: _protocol(name, table) for name, table in file.protocols.items()}),
    )


def _statement(row: StatementRow) -> Statement:
    further = tuple(Measure(item.quantity, item.value, item.unit) for item in row.further)
    plain = row.model_dump(exclude={"further", "labels"})
    return Statement(**plain, labels=tuple(row.labels), further=further)


def _protocol(name: str, table: ProtocolTable) -> Protocol:
    settings = Frozen({key: _setting(key, row) for key, row in table.settings.items()})
    return Protocol(name, table.title, tuple(table.statements), settings)


def _setting(key: str, row: SettingRow) -> Setting:
    return Setting(
        key,
        row.value,
        row.unit,
        row.tag or "assumed",
        row.stated,
        row.source or row.assumption or "",
    )
