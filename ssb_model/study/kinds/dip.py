"""Interface resistance of dip-coated garnets against the concentration of the dip.

The layer's thickness is in proportion to the concentration, and its covered share grows as
:func:`ssb_model.cells.face.coverage.coverage` says: the cell needs the option coverage "partial".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MOL_L
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    InputsByLabel,
    ValuesByLabel,
    by_member,
    member_inputs,
    resistances_at_rest,
)
from ssb_model.study.kinds.experiment import Bound, Drawn, Experiment, ExperimentTable, Text, Texts
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

SHARE = "Negative face coated share"
THICKNESS = "Negative face layer thickness [m]"
CURVE = {
    "threshold": "Negative face dip coverage threshold [mol.m-3]",
    "sharpness": "Negative face dip coverage sharpness",
}


class DipTable(ExperimentTable):
    """Resistances after dips, over the one at the reference concentration.

    The cell's own layer thickness is that of the reference dip.
    """

    kind: Literal["dip"] = "dip"
    reference: Text
    concentration: Texts
    ratio: Texts | None = None
    bound: Bound = "equal"

    def read(self, source: Source) -> list[Dip]:
        """One experiment; the cell must have the option."""
        source.needs("dip", "symmetric")
        if source.cell.options.get("coverage") != "partial":
            raise InputError(
                f"{source.where}: a dip leaves part of the face bare: give the cell "
                f"'{source.cell.name}' options = {{ coverage = \"partial\" }}."
            )
        c = np.array([source.positive(x, "mol.m-3", "concentration") for x in self.concentration])
        return [
            Dip(
                name=source.named(self, f"{source.cell.name}, dip {source.number + 1}"),
                cell=source.cell.name,
                noise=source.noise(self, "-"),
                held_out=self.held_out,
                bound=self.bound,
                reference=source.positive(self.reference, "mol.m-3", "reference"),
                concentration=c,
                ratio=source.numbers(
                    self.ratio, "-", "ratio", len(c), "concentrations", above_zero=True
                ),
            )
        ]


@dataclass(frozen=True, eq=False, kw_only=True)
class Dip(Experiment):
    """Interface resistances over that at ``reference``; concentrations [mol.m-3]."""

    reference: float
    concentration: Float[np.ndarray, " numbers"]
    ratio: Float[np.ndarray, " numbers"] | None

    unit: ClassVar[str] = "-"
    first_estimate: ClassVar[float] = 0.1
    numbers: ClassVar[str] = "ratio"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a concentration."""
        over = f"over that at {self.reference / FROM_MOL_L:g} mol/L"
        return tuple(
            f"{self.name}: interface resistance at {c / FROM_MOL_L:g} mol/L {over}"
            for c in self.concentration
        )

    @property
    def own_inputs(self) -> tuple[str, ...]:
        """Inputs of the cell that it sets."""
        return (SHARE, THICKNESS)

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        return [_simulator(cell, measured, mapping) for measured in experiments]

    @property
    def drawn(self) -> Drawn:
        return Drawn(
            self.concentration / FROM_MOL_L,
            "concentration of the dip [mol/L]",
            1.0,
            "resistance over the reference's [1]",
        )


def _simulator(cell: StudyCell, measured: Dip, mapping: InputsByLabel) -> Simulator:
    c = np.append(measured.concentration, measured.reference)

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        R = dipped_resistance(cell, mapping, theta, c, measured.reference)
        return R[:-1] / R[-1]

    return Simulator(measured.name, tuple(mapping), measured.observables, simulate)


def dipped_resistance(
    cell: StudyCell,
    mapping: InputsByLabel,
    theta: ValuesByLabel,
    concentrations: Float[np.ndarray, " concentrations"],
    reference: float,
) -> Float[Array, "concentrations batch"]:
    """Sum of both faces [Ohm.m2] after dips at ``concentrations``; that of the cell's own layer is
    ``reference``, both [mol.m-3]."""
    from ssb_model.cells import coverage

    members = len(concentrations)
    defaults = cell.compiled.system.defaults
    inputs = member_inputs(defaults, mapping, theta, {CURRENT: np.zeros(members)}, members)
    c = jnp.repeat(jnp.asarray(concentrations), len(inputs[CURRENT]) // members)
    curve = {key: inputs.get(name, float(cell.values[name])) for key, name in CURVE.items()}
    inputs[SHARE] = coverage(c, **curve)
    inputs[THICKNESS] = inputs[THICKNESS] * c / reference
    R = resistances_at_rest(cell.compiled, inputs)
    return by_member(R["cell"] - R["garnet"], members)
