"""A symmetric cell that loses contact and shorts, compiled once for ramps, holds and cycling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool
from numpy.typing import ArrayLike

from ssb_model.compiled import CompiledModel, Protocol, Solution
from ssb_model.errors import InputError
from ssb_model.library import CONDITION_PARAMETERS, LAW_PARAMETERS, refuse_conditions

if TYPE_CHECKING:
    from pybamm import ParameterValues

    from ssb_model.cells import SymmetricCell

FILAMENT = "Filament share of garnet"
SHORT_CIRCUIT = "Short circuit"
LOSS = "Lithium contact loss per charge [m2.C-1]"
OUTPUTS = (
    "Polarisation [V]",
    "Interface resistance [Ohm.m2]",
    "Critical current density [A.m-2]",
    "Negative face retained contact",
    "Positive face retained contact",
    FILAMENT,
)
#: inputs that every shorting cell has: the law's constants and the conditions of a test
CONDITIONS = (
    LOSS,
    "Lithium void radius [m]",
    "Lithium plating recovery",
    "Stack pressure [Pa]",
    "Ambient temperature [K]",
    "Filament charge [C.m-2]",
    *LAW_PARAMETERS,
    *CONDITION_PARAMETERS,
)


@dataclass(frozen=True, eq=False)
class ShortingCell:
    """Li | face | garnet | face | Li with voids and short circuit.

    Parameters
    ----------
    coating, garnet
        Names or paths of parameter sets.
    inputs
        Parameters to leave open beside :data:`CONDITIONS`.
    options
        Of the cell, beside its voids and its short circuit.
    """

    coating: str = "zni2-0.5"
    garnet: str = "llzto"
    inputs: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def model(self) -> SymmetricCell:
        """The PyBaMM model."""
        import ssb_model

        layer = ssb_model.load_parameter_set(self.coating).type != "none"
        options = {"contact loss": "voids", "short circuit": "critical current"}
        options["buffer layer"] = "mixed conductor" if layer else "none"
        return ssb_model.SymmetricCell(options | dict(self.options))

    @cached_property
    def compiled(self) -> CompiledModel:
        """The compiled model, made when first needed."""
        import ssb_model

        return ssb_model.compile(
            self.model,
            self.values,
            inputs=list(dict.fromkeys((*CONDITIONS, *self.inputs))),
            outputs=OUTPUTS,
        )

    @cached_property
    def values(self) -> ParameterValues:
        """PyBaMM parameter values."""
        import ssb_model

        return ssb_model.cell_parameters("symmetric", garnet=self.garnet, coating=self.coating)

    @property
    def area(self) -> float:
        """Area of a face [m2]."""
        return float(self.values["Cell area [m2]"])

    @property
    def short(self) -> float:
        """Share of the garnet at which filaments have shorted it."""
        from ssb_model.cells import SHORT

        return SHORT

    def run(
        self, protocol: Protocol, inputs: Mapping[str, ArrayLike], period: float | None = None
    ) -> Solution:
        """Follow a protocol, with numbers or arrays (batch,) by name; kept every ``period`` [s].

        Raises
        ------
        InputError
            For a temperature or a pressure that no cell has; if a member's solve failed, naming
            the first.
        """
        refuse_conditions(inputs)
        given = {name: np.atleast_1d(value) for name, value in inputs.items()}
        solution = self.compiled.solve(given, experiment=protocol, period=period)
        if not np.all(solution.succeeded):
            k = int(np.argmin(solution.succeeded))
            raise InputError(f"The cell of row {k} could not be simulated: {solution.status[k]}.")
        return solution

    @staticmethod
    def shorted(solution: Solution) -> Bool[np.ndarray, " batch"]:
        """Which members ended by a short circuit."""
        return np.array([reason == SHORT_CIRCUIT for reason in solution.termination])
