"""Critical current densities of symmetric cells, stated or read from a recorded ramp.

What is compared is the new cell's critical current by the law of ``cells/short_circuit.py``, which
the cell needs as an option; how contact is lost on the way is the ramp's own simulation
(:mod:`ssb_model.critical_current`), which steps and has no derivative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import TO_MA_CM2
from ssb_model.data import CyclingData, Dataset, read_cycling
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    CRITICAL,
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    at_rest,
    by_member,
    member_inputs,
)
from ssb_model.study.evenness import HOT_SPOT
from ssb_model.study.kinds.experiment import Drawn, Experiment, MeasuredTable, Text
from ssb_model.study.kinds.hot_spot import hot_spot_current
from ssb_model.study.kinds.noise import NoiseTable
from ssb_model.study.kinds.ramp_record import steps_of
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

NOISE = "30 %"  # scatter between nominally equal cells


class CriticalCurrentTable(MeasuredTable):
    """The last current density without a short and the first with one, or a file of the ramp.

    Between the two anything is equally likely; the noise, relative to the current density, is the
    scatter between cells that comes on top. Without a short the last one is a lower bound.
    """

    dataset: ClassVar[type[Dataset]] = CyclingData
    kind: Literal["critical current"] = "critical current"
    current_positive_on: Literal["charge", "discharge"] | None = None
    last_safe: Text | None = None
    first_failed: Text | None = None
    temperature: Text = "25 degC"
    noise: Text | NoiseTable | None = NOISE

    def read(self, source: Source) -> list[CriticalCurrent]:
        """One experiment."""
        source.needs("critical-current", "symmetric")
        by_resistance = source.cell.table["critical_current_law"] != HOT_SPOT
        if by_resistance and source.cell.options.get("short circuit") != "critical current":
            raise InputError(
                f"{source.where}: give the cell '{source.cell.name}' "
                'options = { "short circuit" = "critical current" }, or critical_current_law = '
                f'"{HOT_SPOT}".'
            )
        safe, failed, files, notes = self._steps(source)
        relative = source.noise(self, "-")
        middle = safe if failed is None else (safe + failed) / 2
        step = 0.0 if failed is None else (failed - safe) / np.sqrt(12)
        noise = None
        if not source.predicted:
            if relative is None:
                raise InputError(
                    f"{source.where}.noise: the noise of one number cannot be estimated: state it."
                )
            noise = float(np.hypot(step, relative * middle))
        default = f"{source.cell.name}, critical current {source.number + 1}"
        return [
            CriticalCurrent(
                name=source.named(self, default),
                cell=source.cell.name,
                noise=noise,
                held_out=self.held_out,
                bound="at least" if failed is None and not source.predicted else "equal",
                files=files,
                notes=notes,
                current_density=None if source.predicted else np.array([middle]),
                temperature=source.temperature(self.temperature),
            )
        ]

    def _steps(
        self, source: Source
    ) -> tuple[float, float | None, Mapping[str, str], tuple[str, ...]]:
        """Last safe and first failed current density [A.m-2], the files they are from, notes."""
        if source.predicted:
            return 0.0, None, {}, ()
        if (self.file_name is None) == (self.last_safe is None):
            raise InputError(
                f"{source.where}: give either file, the recorded ramp, or last_safe (and "
                "first_failed, if it shorted)."
            )
        if self.last_safe is None:
            file = str(self.file_name)
            read = partial(read_cycling, current_positive_on=self.current_positive_on)
            [record] = source.measured(self, read)
            safe, failed, said = steps_of(record, source.cell.area, f"{source.where}: {file}")
            return safe, failed, {file: record.sha256}, (said,) if said else ()
        safe = source.positive(self.last_safe, "A.m-2", "last_safe")
        if self.first_failed is None:
            return safe, None, {}, ()
        failed = source.positive(self.first_failed, "A.m-2", "first_failed")
        if failed <= safe:
            raise InputError(f"{source.where}.first_failed must be above last_safe.")
        return safe, failed, {}, ()


@dataclass(frozen=True, eq=False, kw_only=True)
class CriticalCurrent(Experiment):
    """Critical current density [A.m-2] at a temperature [K]."""

    current_density: Float[np.ndarray, " one"] | None
    temperature: float

    unit: ClassVar[str] = "A.m-2"
    first_estimate: ClassVar[float] = 1.0
    numbers: ClassVar[str] = "current_density"

    @property
    def spread(self) -> str:
        return "critical current"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name."""
        return (f"{self.name}: critical current density",)

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        return [_simulator(cell, measured, mapping) for measured in experiments]

    @property
    def drawn(self) -> Drawn:
        return Drawn(np.ones(1), "number", TO_MA_CM2, "critical current density [mA/cm²]")


def _simulator(cell: StudyCell, measured: CriticalCurrent, mapping: InputsByLabel) -> Simulator:
    fixed = {TEMPERATURE: [measured.temperature], CURRENT: [0.0]}

    def simulate(theta: ValuesByLabel) -> Float[Array, "one batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, 1)
        if cell.table["critical_current_law"] == HOT_SPOT:
            return by_member(hot_spot_current(cell, inputs, measured.temperature), 1)
        return by_member(at_rest(compiled, inputs)[CRITICAL], 1)

    return Simulator(measured.name, tuple(mapping), measured.observables, simulate)
