"""Discharge capacity of a full cell against C-rate and cycle number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

import numpy as np
from jaxtyping import Float
from pydantic import Field

from ssb_model.data import CyclingData, Dataset
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import COMPLETENESS, CYCLES, Charge, InputsByLabel
from ssb_model.study.kinds.experiment import Drawn, Experiment, MeasuredTable, Text, Texts
from ssb_model.study.kinds.rate_protocol import Order, charge_rates, order_of, stated_charge
from ssb_model.study.kinds.rate_record import recorded_rates
from ssb_model.study.kinds.rate_runs import rate_simulators
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

Rate = Annotated[float, Field(gt=0)]
Often = Annotated[int, Field(ge=1)]


class RateTable(MeasuredTable):
    """Discharge capacities, each to the lower cut-off after the charge before it.

    Listed by ``c_rate`` and ``capacity``, or read off a recorded file with the active material's
    ``mass``, or the electrode's ``area``. ``charge`` says how the cell is charged
    (:mod:`ssb_model.measurements.charging`); the cell's own counts where it is left out, and
    where neither says the completeness of charge is one more unknown. A cell that is not said to be
    charged fully is cycled for long at each rate, or, with ``cycles_at_each``, so often at each in
    the order listed, after cycles of ``formation`` (the C-rate of each): a capacity is then the
    mean of the cycles at its rate.
    """

    dataset: ClassVar[type[Dataset]] = CyclingData
    kind: Literal["rate"] = "rate"
    c_rate: Annotated[list[Rate], Field(min_length=1)] | None = None
    capacity: Texts | None = None
    mass: Text | None = None
    area: Text | None = None
    current_positive_on: Literal["charge", "discharge"] | None = None
    charge: Text | None = None
    cycles_at_each: Often | Annotated[list[Often], Field(min_length=1)] | None = None
    formation: Annotated[list[Rate], Field(min_length=1)] | None = None
    cycles: Annotated[float, Field(ge=0)] = 0.0
    temperature: Text = "25 degC"

    def read(self, source: Source) -> list[RateTest]:
        """One experiment."""
        source.needs("rate", "full")
        found = self._listed(source) if self.file_name is None else self._recorded(source)
        charge = stated_charge(self.charge, source)
        return [
            RateTest(
                name=source.named(self, f"{source.cell.name}, rates {source.number + 1}"),
                cell=source.cell.name,
                noise=source.noise(self, "A.h.kg-1"),
                held_out=self.held_out,
                cycles=self.cycles,
                temperature=source.temperature(self.temperature),
                charge=charge,
                order=order_of(self, len(found["c_rate"]), charge, source),
                **found,
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

    capacity [A.h.kg-1] of the weighed active material, temperature [K]; how the cell is charged,
    None if that is not stated; the order of its cycles, None if it was cycled for long at each
    rate.
    """

    c_rate: Float[np.ndarray, " numbers"]
    capacity: Float[np.ndarray, " numbers"] | None
    cycles: float
    temperature: float
    charge: Charge | None = None
    order: Order | None = None

    unit: ClassVar[str] = "A.h.kg-1"
    first_estimate: ClassVar[float] = 1.0
    numbers: ClassVar[str] = "capacity"
    starts_charged: ClassVar[bool] = True

    @property
    def spread(self) -> str:
        return "capacity"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a rate."""
        after = f" after {self.cycles:g} cycles" if self.cycles else ""
        return tuple(f"{self.name}: capacity at {rate:g}C{after}" for rate in self.c_rate)

    @property
    def own_inputs(self) -> tuple[str, ...]:
        """Inputs of the cell that it sets, or that stand for what it does not state."""
        return (CYCLES,) if self.charge else (CYCLES, COMPLETENESS)

    @property
    def hours(self) -> float:
        """Of a charge and a discharge in each cycle, one at each rate where they are not stated."""
        rates = self.c_rate if self.order is None else self.order.c_rates(self.c_rate)
        return float(np.sum(1 / rates) + np.sum(1 / charge_rates(self.charge, rates)))

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """Tests that are charged alike are one batch, each discharge a member; one whose cycles
        are stated is a member of its own."""
        return rate_simulators(cell, experiments, mapping)

    @property
    def drawn(self) -> Drawn:
        return Drawn(self.c_rate, "C-rate [1]", 1.0, "discharge capacity [mAh/g]")
