"""How a resistance was read: of the cell at rest, or by a circuit from its spectrum.

A paper's interface resistance is the slowest arc of a circuit. Where the face relaxes at several
rates, or the pellet beside it, that is not the sum of what the face has at rest: so a number that
a circuit read is compared with what the same circuit reads in the model's own spectrum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.circuits import LEAST_POINTS, Circuit, parse_circuit, read_resistances
from ssb_model.compiled import CURRENT
from ssb_model.errors import InputError
from ssb_model.measurements import (
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    member_inputs,
    resistances_at_rest,
    spectrum,
)
from ssb_model.study.kinds.experiment import ExperimentTable, Range, Text
from ssb_model.study.kinds.source import Source
from ssb_model.study.kinds.spectral import ten_a_decade, with_leads

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

ARCS = ("RQ", "RC")
#: resistances [Ohm.m2] by quantity: "interface", "garnet", "cell"
Resistances = dict[str, Float[Array, "temperatures batch"]]


class ReadTable(ExperimentTable):
    """Keys of resistances: ``circuit`` that read them in a spectrum over ``frequencies``."""

    circuit: Text | None = None
    frequencies: Range | None = None

    def reading(self, source: Source) -> Reading | None:
        """How they were read; None for resistances at rest."""
        if self.circuit is None and self.frequencies is None:
            return None
        if self.circuit is None or self.frequencies is None:
            missing = "circuit" if self.circuit is None else "frequencies"
            raise InputError(
                f"{source.where}: the key {missing} is missing: a resistance that a circuit read "
                'has both, such as circuit = "L-R-(RQ)-(RQ)" and frequencies = ["1 MHz", "1 Hz"].'
            )
        limits = [source.positive(text, "Hz", "frequencies") for text in self.frequencies]
        f = ten_a_decade(source, limits)
        try:
            circuit = parse_circuit(self.circuit)
        except InputError as error:
            raise InputError(f"{source.where}.circuit: {error}") from None
        if not any(kind in ARCS for kind in circuit.kinds):
            raise InputError(
                f"{source.where}.circuit: '{self.circuit:.60}' has no arc that could be the "
                "interface's: add (RQ)."
            )
        if 2 * len(f) <= len(circuit.parameters) or len(f) < LEAST_POINTS:
            raise InputError(
                f"{source.where}.frequencies: the circuit's {len(circuit.parameters)} numbers need "
                "a wider band."
            )
        return Reading(circuit, tuple(f))


@dataclass(frozen=True)
class Reading:
    """A circuit and the frequencies [Hz], falling, of the spectrum that it is fitted to.

    The interface is the circuit's slowest arc, the garnet its other resistances.
    """

    circuit: Circuit
    frequencies: tuple[float, ...]

    def __str__(self) -> str:
        high, low = self.frequencies[0], self.frequencies[-1]
        return f"{self.circuit.text} from {high:.4g} to {low:.4g} Hz"

    def of(
        self, cell: StudyCell, inputs: dict[str, Float[Array, " members"]]
    ) -> dict[str, Float[Array, " members"]]:
        """Resistances [Ohm.m2] by quantity; pure JAX."""
        f = np.array(self.frequencies)
        z = with_leads(
            cell, spectrum(cell.compiled, inputs, jnp.asarray(f)), jnp.asarray(f), inputs
        )
        read = read_resistances(self.circuit, f, z) * cell.area
        return {"interface": read[-1], "garnet": read[:-1].sum(0), "cell": read.sum(0)}


def resistances(
    cell: StudyCell,
    mapping: InputsByLabel,
    theta: ValuesByLabel,
    temperatures: Float[np.ndarray, " temperatures"],
    reading: Reading | None,
) -> Resistances:
    """Resistances [Ohm.m2] of a cell at temperatures [K]; pure JAX."""
    members = len(temperatures)
    fixed = {TEMPERATURE: temperatures, CURRENT: np.zeros(members)}
    inputs = member_inputs(cell.compiled.system.defaults, mapping, theta, fixed, members)
    found = reading.of(cell, inputs) if reading else resistances_at_rest(cell.compiled, inputs)
    return {quantity: by_member(values, members) for quantity, values in found.items()}
