"""One-way stripping of symmetric cells: the charge that passes before the cell opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT, Outcome
from ssb_model.constants import FROM_MA_CM2, HOUR
from ssb_model.data import CyclingData, Dataset, read_cycling
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    TEMPERATURE,
    WINDOW,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    chunk_for,
    member_inputs,
    stripping_capacity,
)
from ssb_model.study.kinds.experiment import Bound, Drawn, Experiment, MeasuredTable, Text, Texts
from ssb_model.study.kinds.source import Source
from ssb_model.study.kinds.stripping_record import stripped_in

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

UNIT = "A.h.m-2"
LIMIT = WINDOW[0]  # which stripping the negative electrode meets
MOST = 1e3  # A.h.m-2: half a millimetre of lithium, at which a cell that goes on is given up


class StrippingTable(MeasuredTable):
    """Capacities stripped one way from a new cell, one a current density, until its voltage meets
    ``limit`` or its contact is lost; or a recorded file of one current.

    A cell that goes on until it is stopped has ``bound = "at least"``, as has a file that does not
    reach the limit.
    """

    dataset: ClassVar[type[Dataset]] = CyclingData
    kind: Literal["one-way stripping"] = "one-way stripping"
    current_density: Texts | None = None
    capacity: Texts | None = None
    current_positive_on: Literal["charge", "discharge"] | None = None
    limit: Text = "5 V"
    temperature: Text = "25 degC"
    bound: Bound = "equal"

    def read(self, source: Source) -> list[Stripping]:
        """One experiment; the noise is relative, in %, or absolute with its unit."""
        source.needs("one-way-stripping", "symmetric")
        _refuse_a_face_that_keeps_its_contact(source)
        limit = source.positive(self.limit, "V", "limit")
        recorded = self.file_name is not None
        numbers = self._recorded(source, limit) if recorded else self._listed(source)
        relative = isinstance(self.noise, str) and "%" in self.noise
        default = f"{source.cell.name}, one-way stripping {source.number + 1}"
        return [
            Stripping(
                name=source.named(self, default),
                cell=source.cell.name,
                noise=source.noise(self, "-" if relative else UNIT),
                held_out=self.held_out,
                limit=limit,
                temperature=source.temperature(self.temperature),
                relative=relative,
                **numbers,
            )
        ]

    def _listed(self, source: Source) -> dict[str, Any]:
        if self.current_density is None:
            raise InputError(
                f"{source.where}: the key current_density is missing: list the current densities, "
                "or name the recorded file."
            )
        J = [source.positive(x, "A.m-2", "current_density") for x in self.current_density]
        capacity = source.numbers(
            self.capacity, UNIT, "capacity", len(J), "current densities", above_zero=True
        )
        _refuse_more_than_any(source, capacity)
        return {"current_density": np.array(J), "capacity": capacity, "bound": self.bound}

    def _recorded(self, source: Source, limit: float) -> dict[str, Any]:
        if source.predicted:
            raise InputError(f"{source.where}.file: a prediction has no measured values.")
        if self.current_density is not None or self.capacity is not None:
            raise InputError(f"{source.where}: give either file, or current_density and capacity.")
        file = str(self.file_name)
        read = partial(read_cycling, current_positive_on=self.current_positive_on)
        [record] = source.measured(self, read)
        found = stripped_in(record, source.cell.area, limit, f"{source.where}: {file}")
        capacity = np.array([found.capacity])
        _refuse_more_than_any(source, capacity)
        said = f"{file} ends before {limit:g} V: what was stripped is a lower bound."
        return {
            "current_density": np.array([found.current_density]),
            "capacity": capacity,
            "bound": self.bound if found.ended else "at least",
            "files": {file: record.sha256},
            "synthetic": record.synthetic,
            "notes": () if found.ended else (said,),
        }


def _refuse_a_face_that_keeps_its_contact(source: Source) -> None:
    """Without contact loss no cell ends, and no capacity is one."""
    options = source.cell.completed_options
    if options["contact loss"] == "none":
        cure = (
            'give the cell options = { "contact loss" = "vacancies" }.'
            if options["interface"] == "mechanisms"
            else 'name a coating, with options = { "contact loss" = "vacancies" }.'
        )
        raise InputError(
            f"{source.where}: the face of '{source.cell.name}' keeps its contact, so that "
            f"stripping has no end: {cure}"
        )


def _refuse_more_than_any(source: Source, capacity: Float[np.ndarray, " numbers"] | None) -> None:
    if capacity is not None and capacity.max() >= MOST:
        raise InputError(
            f"{source.where}.capacity: {capacity.max() / FROM_MA_CM2:g} mAh/cm2 is more than "
            f"{MOST / FROM_MA_CM2:g} mAh/cm2 of lithium, the most simulated: check the unit."
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Stripping(Experiment):
    """Capacities [A.h.m-2] stripped one way at current densities [A.m-2] and a temperature [K].

    ``limit`` is the size of the voltage [V] at which a run ends. With ``relative`` the noise is so
    to the capacity.
    """

    current_density: Float[np.ndarray, " numbers"]
    capacity: Float[np.ndarray, " numbers"] | None
    limit: float
    temperature: float
    relative: bool

    unit: ClassVar[str] = UNIT
    first_estimate: ClassVar[float] = 1.0
    numbers: ClassVar[str] = "capacity"
    without_number: ClassVar[str] = (
        "within its interval the cell goes on beyond 100 mAh/cm2, or shorts"
    )

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a current."""
        return tuple(
            f"{self.name}: stripped capacity at {J / FROM_MA_CM2:.6g} mA/cm2"
            for J in self.current_density
        )

    @property
    def scale(self) -> Float[np.ndarray, " numbers"]:
        return np.abs(np.asarray(self.capacity)) if self.relative else super().scale

    @property
    def own_inputs(self) -> tuple[str, ...]:
        """Inputs of the cell that it sets."""
        return (LIMIT,)

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """One for all: every current is a member of one batch."""
        names = tuple(name for e in experiments for name in e.observables)
        return [_simulator(cell, experiments, mapping, names)]

    @property
    def drawn(self) -> Drawn:
        return Drawn(
            self.current_density / FROM_MA_CM2,
            "current density [mA/cm²]",
            1 / FROM_MA_CM2,
            "stripped capacity [mAh/cm²]",
        )


def _simulator(
    cell: StudyCell,
    tests: Sequence[Stripping],
    mapping: InputsByLabel,
    names: tuple[str, ...],
) -> Simulator:
    each, members = [len(test.current_density) for test in tests], len(names)
    J = np.concatenate([test.current_density for test in tests])
    fixed = {
        TEMPERATURE: np.repeat([test.temperature for test in tests], each),
        CURRENT: J * cell.area,
        LIMIT: -np.repeat([test.limit for test in tests], each),
    }
    bounded = np.repeat([test.bound == "at least" for test in tests], each)

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        batch = len(inputs[CURRENT]) // members
        longest = jnp.repeat(jnp.asarray(MOST * HOUR / J), batch)
        charge, outcome = (
            by_member(one, members) for one in stripping_capacity(compiled, inputs, longest)
        )
        # what is to be at least so much is met by a cell that never ends
        goes_on = bounded[:, None] & (outcome == Outcome.FINAL_TIME)
        return jnp.where(goes_on, MOST, charge / cell.area)

    chunk = chunk_for(members)
    return Simulator(f"{cell.name}: one-way stripping", tuple(mapping), names, simulate, chunk)
