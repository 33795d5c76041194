"""Voltages of a symmetric cell at constant current."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MA_CM2, HOUR, TO_MV
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    chunk_for,
    member_inputs,
    polarisation,
)
from ssb_model.study.kinds.experiment import Bound, Drawn, Experiment, ExperimentTable, Text, Texts
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell


class PolarisationTable(ExperimentTable):
    """Size of the voltage after some time at constant current, or its rise since an earlier time.

    Growth of a film depends on the current's size alone, so that thousands of hours of cycling to
    and fro are simulated as one direction for the same time.
    """

    kind: Literal["polarisation"] = "polarisation"
    current_density: Texts
    voltage: Texts | None = None
    duration: Text
    since: Text | None = None
    temperature: Text = "25 degC"
    bound: Bound = "equal"

    def read(self, source: Source) -> list[Polarisation]:
        """One experiment."""
        source.needs("polarisation", "symmetric")
        J = np.array([source.si(x, "A.m-2", "current_density") for x in self.current_density])
        V = source.numbers(self.voltage, "V", "voltage", len(J), "current densities")
        _refuse_other_sign(source, self, J, V)
        duration = source.positive(self.duration, "s", "duration")
        since = None if self.since is None else source.positive(self.since, "s", "since")
        if since is not None and since >= duration:
            raise InputError(f"{source.where}.since must be earlier than the duration.")
        return [
            Polarisation(
                name=source.named(self, f"{source.cell.name}, polarisation {source.number + 1}"),
                cell=source.cell.name,
                noise=source.noise(self, "V"),
                held_out=self.held_out,
                bound=self.bound,
                current_density=np.abs(J),
                voltage=None if V is None else np.abs(V),
                duration=duration,
                since=since,
                temperature=source.temperature(self.temperature),
            )
        ]


def _refuse_other_sign(
    source: Source,
    table: PolarisationTable,
    J: Float[np.ndarray, " numbers"],
    V: Float[np.ndarray, " numbers"] | None,
) -> None:
    """The voltage of a symmetric cell has the sign of its current: it gives no energy."""
    if V is None or table.voltage is None:
        return
    against = np.flatnonzero(J * V < 0)
    if against.size:
        k = int(against[0])
        raise InputError(
            f"{source.where}.voltage: {table.voltage[k]} at {table.current_density[k]}: a "
            "symmetric cell's voltage has the sign of its current: write both with the same sign, "
            "or correct the one that is wrong."
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Polarisation(Experiment):
    """Size of a symmetric cell's voltage, one number a current.

    current_density [A.m-2], voltage [V], duration and since [s], temperature [K].
    """

    current_density: Float[np.ndarray, " numbers"]
    voltage: Float[np.ndarray, " numbers"] | None
    duration: float
    since: float | None
    temperature: float

    unit: ClassVar[str] = "V"
    first_estimate: ClassVar[float] = 1e-3
    numbers: ClassVar[str] = "voltage"

    @property
    def spread(self) -> str:
        return "polarisation"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a current."""
        what = "rise of voltage" if self.since else "voltage"
        return tuple(
            f"{self.name}: {what} at {J / FROM_MA_CM2:.6g} mA/cm2" for J in self.current_density
        )

    @property
    def hours(self) -> float:
        """One current after the other."""
        return len(self.current_density) * self.duration / HOUR

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """One for all: every current is a member of one batch."""
        names = tuple(name for e in experiments for name in e.observables)
        simulate, chunk = _voltages(cell, experiments, mapping), chunk_for(len(names))
        return [Simulator(f"{cell.name}: polarisation", tuple(mapping), names, simulate, chunk)]

    @property
    def drawn(self) -> Drawn:
        return Drawn(
            self.current_density / FROM_MA_CM2, "current density [mA/cm²]", TO_MV, "voltage [mV]"
        )


def _voltages(
    cell: StudyCell, experiments: Sequence[Polarisation], mapping: InputsByLabel
) -> Callable[[ValuesByLabel], Float[Array, "numbers batch"]]:
    """Function of the parameters to voltages [V] or their rises."""
    each = [len(e.current_density) for e in experiments]
    fixed = {
        TEMPERATURE: np.repeat([e.temperature for e in experiments], each),
        CURRENT: np.concatenate([e.current_density for e in experiments]) * cell.area,
    }
    rise = np.repeat([e.since is not None for e in experiments], each)
    begin, end = (
        np.repeat([getattr(e, name) or 0.0 for e in experiments], each)
        for name in ("since", "duration")
    )
    members = len(end)

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        batch = len(inputs[CURRENT]) // members
        times = jnp.repeat(jnp.stack([begin, end]), batch, axis=1)
        V = by_member(polarisation(compiled, inputs, times).value, members)
        return V[1] - jnp.where(rise[:, None], V[0], 0.0)

    return simulate
