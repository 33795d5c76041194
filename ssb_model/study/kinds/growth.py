"""Growth of a symmetric cell's interface resistance under current."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MA_CM2, HOUR, TO_OHM_CM2
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    chunk_for,
    growth,
    member_inputs,
)
from ssb_model.study.kinds.experiment import Bound, Drawn, Experiment, ExperimentTable, Text, Texts
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell


class GrowthTable(ExperimentTable):
    """Rise of the interface resistance over a time at current densities (of either sign)."""

    kind: Literal["growth"] = "growth"
    interfaces: Literal[1, 2] = 2
    current_density: Texts
    duration: Text
    growth: Texts | None = None
    temperature: Text = "25 degC"
    bound: Bound = "equal"

    def read(self, source: Source) -> list[Growth]:
        """One experiment; the noise is relative, in %, or absolute with its unit."""
        source.needs("growth", "symmetric")
        if not source.predicted:
            _refuse_a_face_that_does_not_grow(source)
        J = np.array([source.si(x, "A.m-2", "current_density") for x in self.current_density])
        relative = isinstance(self.noise, str) and "%" in self.noise
        return [
            Growth(
                name=source.named(self, f"{source.cell.name}, growth {source.number + 1}"),
                cell=source.cell.name,
                noise=source.noise(self, "-" if relative else "Ohm.m2"),
                held_out=self.held_out,
                bound=self.bound,
                share=self.interfaces / 2,
                current_density=J,
                duration=source.positive(self.duration, "s", "duration"),
                growth=source.numbers(self.growth, "Ohm.m2", "growth", len(J), "current densities"),
                temperature=source.temperature(self.temperature),
                relative=relative,
            )
        ]


def _refuse_a_face_that_does_not_grow(source: Source) -> None:
    """A face without a layer grows only if it is asked to, one made of arcs never."""
    options = source.cell.completed_options
    if options["interface"] != "mechanisms":
        raise InputError(
            f"{source.where}: the face of '{source.cell.name}' is made of arcs, which do not grow: "
            "name a coating."
        )
    if options["interface growth"] == "none":
        raise InputError(
            f"{source.where}: the face of '{source.cell.name}' does not grow: give the cell "
            'options = { "interface growth" = "film" }.'
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Growth(Experiment):
    """Rises [Ohm.m2] of both faces times ``share`` after ``duration`` [s].

    current_density [A.m-2], temperature [K]. With ``relative`` the noise is so to the growth.
    """

    share: float
    current_density: Float[np.ndarray, " numbers"]
    duration: float
    growth: Float[np.ndarray, " numbers"] | None
    temperature: float
    relative: bool

    unit: ClassVar[str] = "Ohm.m2"
    first_estimate: ClassVar[float] = 1e-5
    numbers: ClassVar[str] = "growth"

    @property
    def spread(self) -> str:
        return "growth"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a current."""
        after = f"growth of resistance after {self.duration / HOUR:.6g} h"
        return tuple(
            f"{self.name}: {after} at {J / FROM_MA_CM2:.6g} mA/cm2" for J in self.current_density
        )

    @property
    def scale(self) -> Float[np.ndarray, " numbers"]:
        return np.abs(np.asarray(self.growth)) if self.relative else super().scale

    @property
    def hours(self) -> float:
        """One current after the other."""
        return len(self.current_density) * self.duration / HOUR

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """One each: its currents are one batch."""
        return [_simulator(cell, measured, mapping) for measured in experiments]

    @property
    def drawn(self) -> Drawn:
        return Drawn(
            self.current_density / FROM_MA_CM2,
            "current density [mA/cm²]",
            TO_OHM_CM2,
            "growth of resistance [Ω cm²]",
        )


def _simulator(cell: StudyCell, measured: Growth, mapping: InputsByLabel) -> Simulator:
    members = len(measured.current_density)
    fixed = {
        TEMPERATURE: np.full(members, measured.temperature),
        CURRENT: measured.current_density * cell.area,
    }

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        times = jnp.full((1, len(inputs[CURRENT])), measured.duration)
        return by_member(growth(compiled, inputs, times).value[0], members) * measured.share

    chunk = chunk_for(members)
    return Simulator(measured.name, tuple(mapping), measured.observables, simulate, chunk)
