"""Interface resistance of dip-coated garnets against the concentration of the dip.

The layer's thickness is in proportion to the concentration, and its covered share grows as
:func:`ssb_model.cells.face.coverage.coverage` says: the cell needs the option coverage "partial".
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MOL_L
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import by_member, member_inputs, resistances_at_rest
from ssb_model.study.kinds.experiment import Bound, Drawn, Experiment, ExperimentTable, Text, Texts

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

    def read(self, source):
        """One :class:`Dip`."""
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
                ratio=source.numbers(self.ratio, "-", "ratio", len(c), "concentrations"),
            )
        ]


@dataclass(frozen=True, eq=False, kw_only=True)
class Dip(Experiment):
    """Interface resistances (N,) over that at ``reference``; concentrations [mol.m-3] (N,)."""

    reference: float
    concentration: np.ndarray
    ratio: np.ndarray | None

    unit: ClassVar[str] = "-"
    first_estimate: ClassVar[float] = 0.1
    numbers: ClassVar[str] = "ratio"

    @property
    def observables(self):
        """One name a concentration."""
        over = f"over that at {self.reference / FROM_MOL_L:g} mol/L"
        return tuple(
            f"{self.name}: interface resistance at {c / FROM_MOL_L:g} mol/L {over}"
            for c in self.concentration
        )

    @property
    def own_inputs(self):
        """Inputs of the cell that it sets."""
        return (SHARE, THICKNESS)

    @classmethod
    def simulators(cls, cell, experiments, mapping):
        return [_simulator(cell, measured, mapping) for measured in experiments]

    @property
    def drawn(self):
        return Drawn(
            self.concentration / FROM_MOL_L,
            "concentration of the dip [mol/L]",
            1.0,
            "resistance over the reference's [1]",
        )


def _simulator(cell, measured, mapping):
    c = np.append(measured.concentration, measured.reference)

    def simulate(theta):
        R = dipped_resistance(cell, mapping, theta, c, measured.reference)
        return R[:-1] / R[-1]

    return Simulator(measured.name, tuple(mapping), measured.observables, simulate)


def dipped_resistance(cell, mapping, theta, concentrations, reference):
    """Sum of both faces [Ohm.m2] after dips at ``concentrations``, (concentrations, batch)."""
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
