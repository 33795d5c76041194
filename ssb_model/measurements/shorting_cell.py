"""A symmetric cell that loses contact and shorts, compiled once for ramps, holds and cycling."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ssb_model.errors import InputError

FILAMENT = "Filament share of garnet"
SHORT_CIRCUIT = "Short circuit"
LOSS = "Lithium contact loss per charge [m2.C-1]"
LAW = "Critical current law {}"
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
    LAW.format("reference current density [A.m-2]"),
    LAW.format("reference resistance [Ohm.m2]"),
    LAW.format("series resistance [Ohm.m2]"),
    LAW.format("exponent"),
    LAW.format("decay [Ohm-1.m-2]"),
    LAW.format("contact exponent"),
)


@dataclass(frozen=True, eq=False)
class ShortingCell:
    """Li | face | garnet | face | Li with voids and short circuit.

    Parameters
    ----------
    coating, garnet : str
        Names or paths of parameter sets.
    inputs : tuple of str
        Parameters to leave open beside :data:`CONDITIONS`.
    """

    coating: str = "zni2-0.5"
    garnet: str = "llzto"
    inputs: tuple = ()

    @property
    def model(self):
        """The PyBaMM model."""
        import ssb_model

        layer = ssb_model.load_parameter_set(self.coating).type != "none"
        options = {"contact loss": "voids", "short circuit": "critical current"}
        options["buffer layer"] = "mixed conductor" if layer else "none"
        return ssb_model.SymmetricCell(options)

    @cached_property
    def compiled(self):
        """The compiled model, made when first needed."""
        import ssb_model

        return ssb_model.compile(
            self.model,
            self.values,
            inputs=list(dict.fromkeys((*CONDITIONS, *self.inputs))),
            outputs=OUTPUTS,
        )

    @cached_property
    def values(self):
        """PyBaMM parameter values."""
        import ssb_model

        return ssb_model.cell_parameters("symmetric", garnet=self.garnet, coating=self.coating)

    @property
    def area(self):
        """Area of a face [m2]."""
        return float(self.values["Cell area [m2]"])

    @property
    def short(self):
        """Share of the garnet at which filaments have shorted it."""
        from ssb_model.cells import SHORT

        return SHORT

    def run(self, protocol, inputs, period=None):
        """Follow a protocol; the batch's :class:`~ssb_model.compiled.Solution`.

        Raises
        ------
        InputError
            If a member's solve failed, naming the first.
        """
        inputs = {name: np.atleast_1d(value) for name, value in inputs.items()}
        solution = self.compiled.solve(inputs, experiment=protocol, period=period)
        if not np.all(solution.succeeded):
            k = int(np.argmin(solution.succeeded))
            raise InputError(f"The cell of row {k} could not be simulated: {solution.status[k]}.")
        return solution

    @staticmethod
    def shorted(solution):
        """Which members ended by a short circuit; bool array (B,)."""
        return np.array([reason == SHORT_CIRCUIT for reason in solution.termination])
