"""How the diffusivity in the particles changes with the stoichiometry, as a factor.

::

    relative_diffusivity = { table = "diffusivity.csv" }
    relative_diffusivity = { parameter_set = "ORegan2022" }

A table has the columns "stoichiometry" and "relative diffusivity", which multiplies the quantity
"diffusivity"; the curve of a PyBaMM parameter set is taken relative to its value at half lithium.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import model_validator

from ssb_model.errors import InputError
from ssb_model.library.electrode.potential import OfParameterSet
from ssb_model.library.electrode.table import STOICHIOMETRY, Tabulated, read_curve
from ssb_model.library.toml_file import Table, Text

FACTOR = "relative diffusivity"
WIDEST = 1e6  # either way

RelativeDiffusivity = OfParameterSet | Tabulated


class DiffusivityTable(Table):
    """One of a table, its columns by their names, and a parameter set."""

    parameter_set: Text | None = None
    table: Text | None = None
    stoichiometry: Text = STOICHIOMETRY
    factor: Text = FACTOR

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.parameter_set is None) == (self.table is None):
            raise ValueError("give either table or parameter_set.")
        return self


def diffusivity_of(key: DiffusivityTable, folder: Path) -> RelativeDiffusivity:
    """What a file in ``folder`` states; InputError for a table that makes no sense."""
    if key.parameter_set:
        return OfParameterSet(key.parameter_set)
    path = folder / Path(str(key.table)).expanduser()
    found = read_curve(path, {STOICHIOMETRY: key.stoichiometry, FACTOR: key.factor}, "-")
    for at, value in zip(found.stoichiometry, found.columns[FACTOR], strict=True):
        if not 1 / WIDEST <= value <= WIDEST:
            raise InputError(
                f"{path}: {value:g} in the column '{key.factor}' at the stoichiometry {at:g} is no "
                f"factor of a diffusivity, {1 / WIDEST:g} to {WIDEST:g}: divide the column by the "
                'quantity "diffusivity".'
            )
    return found
