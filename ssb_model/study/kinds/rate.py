"""Discharge capacity of a full cell against C-rate and cycle number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float
from pydantic import Field

from ssb_model.compiled import CURRENT
from ssb_model.data import CyclingData, Dataset
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    CYCLES,
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    chunk_for,
    discharge_capacity,
    member_inputs,
    one_c_current,
)
from ssb_model.study.kinds.experiment import Drawn, Experiment, MeasuredTable, Text, Texts
from ssb_model.study.kinds.rate_record import recorded_rates
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell


class RateTable(MeasuredTable):
    """Discharge capacities, each from the charged state at rest to the lower cut-off.

    Listed by ``c_rate`` and ``capacity``, or read off a recorded file with the active material's
    ``mass``, or the electrode's ``area``.
    """

    dataset: ClassVar[type[Dataset]] = CyclingData
    kind: Literal["rate"] = "rate"
    c_rate: Annotated[list[Annotated[float, Field(gt=0)]], Field(min_length=1)] | None = None
    capacity: Texts | None = None
    mass: Text | None = None
    area: Text | None = None
    current_positive_on: Literal["charge", "discharge"] | None = None
    cycles: Annotated[float, Field(ge=0)] = 0.0
    temperature: Text = "25 degC"

    def read(self, source: Source) -> list[RateTest]:
        """One experiment."""
        source.needs("rate", "full")
        return [
            RateTest(
                name=source.named(self, f"{source.cell.name}, rates {source.number + 1}"),
                cell=source.cell.name,
                noise=source.noise(self, "A.h.kg-1"),
                held_out=self.held_out,
                cycles=self.cycles,
                temperature=source.temperature(self.temperature),
                **(self._listed(source) if self.file_name is None else self._recorded(source)),
            )
        ]

    def _listed(self, source: Source) -> dict[str, Any]:
        if self.c_rate is None:
            raise InputError(
                f"{source.where}: the key c_rate is missing: list the C-rates, or name the "
                "recorded file."
            )
        if self.mass is not None or self.area is not None:
            raise InputError(f"{source.where}: mass and area belong to a recorded file.")
        rates = np.array(self.c_rate, dtype=float)
        count = len(rates)
        capacity = source.numbers(
            self.capacity, "A.h.kg-1", "capacity", count, "C-rates", above_zero=True
        )
        return {"c_rate": rates, "capacity": capacity}

    def _recorded(self, source: Source) -> dict[str, Any]:
        if source.predicted:
            raise InputError(f"{source.where}.file: a prediction has no measured values.")
        if self.c_rate is not None or self.capacity is not None:
            raise InputError(f"{source.where}: give either file, or c_rate and capacity.")
        return recorded_rates(self, source)._asdict()


@dataclass(frozen=True, eq=False, kw_only=True)
class RateTest(Experiment):
    """Capacities of full discharges after a number of cycles.

    capacity [A.h.kg-1] of the weighed active material, temperature [K].
    """

    c_rate: Float[np.ndarray, " numbers"]
    capacity: Float[np.ndarray, " numbers"] | None
    cycles: float
    temperature: float

    unit: ClassVar[str] = "A.h.kg-1"
    first_estimate: ClassVar[float] = 1.0
    numbers: ClassVar[str] = "capacity"
    starts_charged: ClassVar[bool] = True

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a rate."""
        after = f" after {self.cycles:g} cycles" if self.cycles else ""
        return tuple(f"{self.name}: capacity at {rate:g}C{after}" for rate in self.c_rate)

    @property
    def own_inputs(self) -> tuple[str, ...]:
        """Inputs of the cell that it sets."""
        return (CYCLES,)

    @property
    def hours(self) -> float:
        """A charge and a discharge at each rate, the cycles before not counted."""
        return float(2 * np.sum(1 / self.c_rate))

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """One for all: every discharge is a member of one batch."""
        names = tuple(name for e in experiments for name in e.observables)
        simulate, chunk = _discharges(cell, experiments, mapping), chunk_for(len(names))
        return [Simulator(f"{cell.name}: rates", tuple(mapping), names, simulate, chunk)]

    @property
    def drawn(self) -> Drawn:
        return Drawn(self.c_rate, "C-rate [1]", 1.0, "discharge capacity [mAh/g]")


def _discharges(
    cell: StudyCell, tests: Sequence[RateTest], mapping: InputsByLabel
) -> Callable[[ValuesByLabel], Float[Array, "numbers batch"]]:
    """Function of the parameters to capacities [A.h.kg-1]."""
    one_c, mass = one_c_current(cell.values)
    rates = np.concatenate([test.c_rate for test in tests])
    each = [len(test.c_rate) for test in tests]
    fixed = {
        TEMPERATURE: np.repeat([test.temperature for test in tests], each),
        CYCLES: np.repeat([test.cycles for test in tests], each),
        CURRENT: one_c * rates,
    }
    members = len(rates)

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        c_rate = jnp.repeat(jnp.asarray(rates), len(inputs[CURRENT]) // members)
        charge = discharge_capacity(compiled, inputs, c_rate).value
        return by_member(charge / mass, members)

    return simulate
