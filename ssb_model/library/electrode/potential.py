"""The open-circuit potential of an electrode's file: named, of PyBaMM, tabulated, or reactions.

::

    open_circuit_potential = "afshar2017"
    open_circuit_potential = { parameter_set = "Chen2020" }
    open_circuit_potential = { table = "ocp.csv" }
    open_circuit_potential = { table = "ocp.csv", lithiation = "V_lith", delithiation = "V_del" }
    open_circuit_potential = { reactions = [ ... ] }

A table has the columns "stoichiometry" and "voltage", or, with hysteresis, "lithiation" and
"delithiation"; where the file calls them otherwise, the keys say how. Reactions are those of the
multi-species, multi-reaction model (Baker and Verbrugge 2018, as in PyBaMM): each a share of the
sites, its potential, its ideality, and its kinetics.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ssb_model.errors import InputError
from ssb_model.library.electrode.table import (
    STOICHIOMETRY,
    Numbers,
    Tabulated,
    column_names,
    read_curve,
)
from ssb_model.library.toml_file import Table, Text
from ssb_model.library.units import parse

VOLTAGE = "voltage"
BRANCHES = ("lithiation", "delithiation")  # the lower one, of discharge, and the upper one
LOWEST, HIGHEST = 0.0, 6.0  # V against lithium
ROUGH = 1e-3  # V: a rise with the stoichiometry by less is the measurement's noise
SUM = 1e-2  # by which the shares of all sites may miss 1

Name = Literal["afshar2017"]


@dataclass(frozen=True)
class Named:
    """A function that ssb_model has."""

    name: str


@dataclass(frozen=True)
class OfParameterSet:
    """That of the positive electrode of a PyBaMM parameter set."""

    parameter_set: str


@dataclass(frozen=True)
class Reaction:
    """One kind of site: V, share of all sites, ideality, A.m-2, symmetry of the transfer."""

    potential: float
    share: float
    ideality: float
    exchange_current_density: float
    transfer_coefficient: float


@dataclass(frozen=True)
class Reactions:
    """The sites of a multi-species, multi-reaction electrode."""

    reactions: tuple[Reaction, ...]


Potential = Named | OfParameterSet | Tabulated | Reactions


class ReactionTable(Table):
    """One reaction, with units."""

    potential: Text
    share: Annotated[float, Field(gt=0, le=1)]
    ideality: Annotated[float, Field(ge=0.1, le=100)]
    exchange_current_density: Text
    transfer_coefficient: Annotated[float, Field(gt=0, le=1)] = 0.5

    def reaction(self) -> Reaction:
        """In SI; InputError for a number that no electrode has."""
        V = parse(self.potential, "V")
        j = parse(self.exchange_current_density, "A.m-2")
        if not LOWEST < V < HIGHEST:
            raise InputError(f"potential: {self.potential} is outside {LOWEST:g} to {HIGHEST:g} V.")
        if not 0 < j <= 1e8:
            raise InputError(
                f"exchange_current_density: {self.exchange_current_density} is not within 0 to "
                "1e4 A/cm2."
            )
        return Reaction(V, self.share, self.ideality, j, self.transfer_coefficient)


class PotentialTable(Table):
    """A potential that is no named function: one of three, a table's columns by their names."""

    parameter_set: Text | None = None
    table: Text | None = None
    reactions: Annotated[list[ReactionTable], Field(min_length=1, max_length=12)] | None = None
    stoichiometry: Text = STOICHIOMETRY
    voltage: Text | None = None
    lithiation: Text | None = None
    delithiation: Text | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        given = [key for key in ("parameter_set", "table", "reactions") if getattr(self, key)]
        if len(given) != 1:
            raise ValueError("give one of parameter_set, table and reactions.")
        named = [key for key in (VOLTAGE, *BRANCHES) if getattr(self, key)]
        if named and not self.table:
            raise ValueError(f"{named[0]} names a column of a table: remove it.")
        if named not in ([], [VOLTAGE], [*BRANCHES]):
            raise ValueError("name the column voltage, or both lithiation and delithiation.")
        return self


def potential_of(key: Name | PotentialTable, folder: Path) -> Potential:
    """What a file in ``folder`` states; InputError for a table or reactions that make no sense."""
    if isinstance(key, str):
        return Named(key)
    if key.parameter_set:
        return OfParameterSet(key.parameter_set)
    if key.reactions:
        return _reactions(key.reactions)
    return _tabulated(key, folder / Path(str(key.table)).expanduser())


def _reactions(rows: list[ReactionTable]) -> Reactions:
    found = []
    for k, row in enumerate(rows):
        try:
            found.append(row.reaction())
        except InputError as error:
            raise InputError(f"reactions[{k}].{error}") from None
    total = sum(one.share for one in found)
    if abs(total - 1) > SUM:
        raise InputError(
            f"reactions: the shares of all sites add up to {total:g}, and must to 1: scale them."
        )
    return Reactions(tuple(found))


def _tabulated(key: PotentialTable, path: Path) -> Tabulated:
    names = {what: getattr(key, what) for what in (VOLTAGE, *BRANCHES) if getattr(key, what)}
    if not names:
        known = {name.lower() for name in column_names(path)}
        both = VOLTAGE not in known and known >= {*BRANCHES}
        names = {name: name for name in (BRANCHES if both else (VOLTAGE,))}
    found = read_curve(path, {STOICHIOMETRY: key.stoichiometry, **names}, "V")
    for what, values in found.columns.items():
        _check(path, names[what], found.stoichiometry, values)
    if len(names) == 2:
        _check_order(found)
    return found


def _check(path: Path, name: str, x: Numbers, V: Numbers) -> None:
    for at, value in zip(x, V, strict=True):
        if not LOWEST <= value <= HIGHEST:
            raise InputError(
                f"{path}: {value:g} V in the column '{name}' at the stoichiometry {at:g} is "
                f"outside {LOWEST:g} to {HIGHEST:g} V against lithium: check the column's unit."
            )
    for at, value, lowest in zip(x, V, accumulate(V, min), strict=True):
        if value - lowest > ROUGH:
            raise InputError(
                f"{path}: the column '{name}' rises by {value - lowest:.3g} V before the "
                f"stoichiometry {at:g}, and an open-circuit potential falls as lithium comes in: "
                "smooth the table, or check that its stoichiometry is that of lithium."
            )


def _check_order(found: Tabulated) -> None:
    below, above = (found.columns[branch] for branch in BRANCHES)
    for at, low, high in zip(found.stoichiometry, below, above, strict=True):
        if low > high:
            raise InputError(
                f"{found.path}: at the stoichiometry {at:g} lithiation lies at {low:g} V above "
                f"delithiation at {high:g} V: exchange the two columns, or remove the row."
            )
