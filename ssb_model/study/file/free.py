"""The fitted parameters of a study: their priors, and which inputs of which cells they set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import check_scale, parse
from ssb_model.study.file.names import bare_name, full_name, unit_of
from ssb_model.study.file.single_spectra import OfSingleSpectra
from ssb_model.study.pictures import refuse_stated

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.study.file.cells import StudyCell
    from ssb_model.study.file.differences import Differences
    from ssb_model.study.file.tables import FreeTable


@dataclass(frozen=True)
class FreeSet:
    """Free parameters.

    Attributes
    ----------
    parameters
        With their priors.
    inputs
        For each label the cells it acts on, and there the inputs (PyBaMM names) that it sets.
    scatter
        Expected standard deviation of the logarithm between spectra, for labels that have one.
    deviations
        For those labels the label of the deviation of each spectrum, by its name.
    drifts
        For labels that drift the label of the drift in each spectrum, likewise.
    differences
        How cells differ, by the kind of numbers.
    """

    parameters: tuple[FreeParameter, ...]
    inputs: Mapping[str, Mapping[str, tuple[str, ...]]]
    scatter: Mapping[str, float] = field(default_factory=dict)
    deviations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    drifts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    differences: Mapping[str, Differences] = field(default_factory=dict)

    @cached_property
    def space(self) -> ParameterSpace:
        """One for all, so that simulators compile once."""
        return ParameterSpace(self.parameters)

    def mapping(self, cell: str) -> dict[str, tuple[str, ...]]:
        """Inputs of a cell by label, for its simulators."""
        return {label: of[cell] for label, of in self.inputs.items() if cell in of}

    @property
    def incidental(self) -> frozenset[str]:
        """Labels of what single spectra and single cells have: deviations, drifts, factors."""
        cells = (own.labels for own in self.differences.values())
        every = (*self.deviations.values(), *self.drifts.values(), *cells)
        return frozenset(by for of in every for by in of.values())

    def factors(self, cell: str) -> dict[str, str]:
        """Labels of a cell's factors, by the kind of numbers that each multiplies."""
        every = self.differences.items()
        return {kind: own.labels[cell] for kind, own in every if cell in own.labels}

    def in_spectrum(self, name: str) -> dict[str, dict[str, str]]:
        """Label of a parameter to that of its deviation, and of its drift, in a spectrum."""
        both = {"deviations": self.deviations, "drifts": self.drifts}
        return {
            key: {label: of[name] for label, of in one.items() if name in of}
            for key, one in both.items()
        }

    def names(self, cell: str) -> tuple[str, ...]:
        """All free inputs of a cell."""
        return tuple(dict.fromkeys(name for of in self.mapping(cell).values() for name in of))


def read_free(
    tables: Iterable[FreeTable],
    cells: Mapping[str, StudyCell],
    spectra: Mapping[str, Sequence[str]],
    path: Path,
) -> FreeSet:
    """A :class:`FreeSet` from the ``[[free]]`` tables; ``spectra`` are names by cell."""
    parameters: list[FreeParameter] = []
    inputs: dict[str, dict[str, tuple[str, ...]]] = {}
    single = OfSingleSpectra(spectra)
    for k, table in enumerate(tables):
        where = f"{path}: free[{k}]"
        own = _inputs(table, cells, where)
        cell, (name, *_) = next(iter(own.items()))
        label = table.label or _label(table, name, own)
        if label in inputs:
            raise InputError(f"{where}: '{label}' is free already: write it once.")
        parameters.append(_parameter(table, label, cells[cell].quantities[name], name, where))
        inputs[label] = own
        single.add(table, parameters[-1], own, where)
    _refuse_twice(inputs, path)
    everything = (*parameters, *single.parameters)
    return FreeSet(everything, inputs, single.scatter, single.deviations, single.drifts)


def _label(table: FreeTable, name: str, own: Iterable[str]) -> str:
    shared = table.cells is None and not isinstance(table.name, dict)
    return bare_name(name) if shared else f"{', '.join(own)}: {bare_name(name)}"


def _inputs(
    table: FreeTable, cells: Mapping[str, StudyCell], where: str
) -> dict[str, tuple[str, ...]]:
    """The inputs that a free parameter sets, by cell."""
    if isinstance(table.name, dict):
        if table.cells is not None:
            raise InputError(f"{where}: the table name says the cells already: remove cells.")
        written = {cell: _listed(names) for cell, names in table.name.items()}
    else:
        names = _listed(table.name)
        own = table.cells or _having(names, cells, where)
        written = dict.fromkeys(own, names)
    for cell in written:
        if cell not in cells:
            raise InputError(f"{where}: no such cell. {suggestion(cell, cells)}")
    own = {
        cell: tuple(full_name(name, cells[cell].quantities, where) for name in names)
        for cell, names in written.items()
    }
    for cell, names in own.items():
        if (picture := cells[cell].picture) is not None:
            refuse_stated(names, picture, where)
    return own


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _having(names: Sequence[str], cells: Mapping[str, StudyCell], where: str) -> list[str]:
    """The cells that have all of these parameters."""
    wanted = {bare_name(name).lower() for name in names}
    known = {
        cell: {bare_name(full).lower() for full in of.quantities} for cell, of in cells.items()
    }
    having = [cell for cell, own in known.items() if wanted <= own]
    if not having:
        everything = [name for cell in cells.values() for name in cell.quantities]
        for name in names:
            full_name(name, everything, where)
        raise InputError(f"{where}: no cell has all of {', '.join(names)}.")
    return having


def _refuse_twice(inputs: Mapping[str, Mapping[str, tuple[str, ...]]], path: Path) -> None:
    """An input of a cell may be set by one free parameter only."""
    owner: dict[tuple[str, str], str] = {}
    for label, of in inputs.items():
        for cell, names in of.items():
            for name in names:
                if (cell, name) in owner:
                    raise InputError(
                        f"{path}: '{bare_name(name)}' of the cell '{cell}' is set by two free "
                        f"parameters, '{owner[cell, name]}' and '{label}': name the cells of each."
                    )
                owner[cell, name] = label


def _parameter(
    table: FreeTable, label: str, quantity: Quantity, name: str, where: str
) -> FreeParameter:
    """Prior from the table where it gives one, else from the parameter set."""
    unit = unit_of(name)
    value = quantity.value
    if table.value is not None:
        value = _number(table.value, quantity, unit, f"{where}.value")
    scale = table.scale or quantity.known.scale
    if table.range is None:
        if quantity.prior is None:
            raise InputError(
                f"{where}: the parameter file gives '{bare_name(name)}' no range: add "
                'range = ["...", "..."] with units.'
            )
        lower, upper = quantity.prior.lower, quantity.prior.upper
    else:
        lower, upper = (_number(text, quantity, unit, f"{where}.range") for text in table.range)
        check_scale(scale, lower, upper, f"{where}.range")
        if table.value is None and not lower < value < upper:
            value = (lower * upper) ** 0.5 if scale == "log" else (lower + upper) / 2
    if not lower < value < upper:
        raise InputError(
            f"{where}: the range {lower:g} to {upper:g} {unit} must rise and contain the value "
            f"{value:g}."
        )
    return FreeParameter(label, unit, value, lower, upper, scale)


def _number(text: str, quantity: Quantity, unit: str, where: str) -> float:
    """A number in SI within the physical bounds of its quantity."""
    try:
        return quantity.within_bounds(parse(text, unit), text)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
