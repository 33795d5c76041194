"""What a sweep varies and asks for: all that its figures need to know beside the chunks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ssb_model.errors import InputError, suggestion
from ssb_model.sweep.file import SweepTable
from ssb_model.sweep.store import column_name
from ssb_model.sweep.variables import Variable, bare_name


@dataclass(frozen=True, eq=False)
class Plan:
    """A sweep without the model that answers it.

    Attributes
    ----------
    table
        The sweep file.
    variables
        Varied quantities, in the file's order.
    outputs
        Names and units, in the file's order.
    """

    table: SweepTable
    variables: tuple[Variable, ...]
    outputs: Mapping[str, str]

    @property
    def candidates(self) -> int:
        """How many there are."""
        return self.table.design.candidates or math.prod(v.points or 1 for v in self.variables)

    @property
    def is_grid(self) -> bool:
        """Whether the design is a grid."""
        return self.table.design.kind == "grid"

    def variable(self, name: str) -> Variable:
        """The varied quantity that a user means; InputError if there is none."""
        found = self._variables.get(bare_name(name).lower())
        if found is None:
            raise InputError(f"'{name}' is not varied. {suggestion(name, self._variables)}")
        return found

    def column(self, name: str) -> str:
        """The column of an output or a varied quantity; InputError if there is none."""
        columns = {output: column_name(output, unit) for output, unit in self.outputs.items()}
        columns |= {bare: variable.name for bare, variable in self._variables.items()}
        bare = bare_name(name)
        found = columns.get(bare, columns.get(bare.lower()))
        if found is None:
            raise InputError(f"there is no column '{name}'. {suggestion(name, columns)}")
        return found

    @property
    def _variables(self) -> dict[str, Variable]:
        return {bare_name(variable.name).lower(): variable for variable in self.variables}
