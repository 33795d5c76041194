"""Voltage against time under the current that was recorded: discharges, pulses, cycling.

The recorded current becomes constant pieces, each from the last sample under the current before.
The cell starts at rest: a full cell charged, unless its stoichiometry at the start is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float
from pydantic import Field

from ssb_model.compiled import CURRENT
from ssb_model.constants import HOUR
from ssb_model.data import CyclingData, Dataset
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.library import parse
from ssb_model.measurements import (
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    chunk_for,
    member_inputs,
    voltage_record,
)
from ssb_model.study.kinds.experiment import Experiment, MeasuredTable, Range, Text
from ssb_model.study.kinds.pieces import Pieces
from ssb_model.study.kinds.recorded import recorded
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.study.file import StudyCell

START = "Positive electrode charged stoichiometry"


class VoltageTable(MeasuredTable):
    """A recorded file, a window of its time or some of its cycles, thinned to ``points``, most of
    them where the current is switched.

    A prediction gives ``steps`` instead, pairs of a current (positive on discharge, as "0.1 mA" or
    "0.1 mA/cm2") and a duration, ``repeat`` times.
    """

    dataset: ClassVar[type[Dataset]] = CyclingData
    kind: Literal["voltage"] = "voltage"
    steps: Annotated[list[Range], Field(min_length=1)] | None = None
    repeat: Annotated[int, Field(ge=1)] = 1
    times: Range | None = None
    cycles: list[int] | None = None
    points: Annotated[int, Field(ge=2)] = 200
    start_stoichiometry: Annotated[float, Field(gt=0, lt=1)] | None = None
    current_positive_on: Literal["charge", "discharge"] | None = None
    temperature: Text = "25 degC"

    def read(self, source: Source) -> list[VoltageRecord]:
        """One experiment."""
        source.needs("voltage", "full", "symmetric")
        if self.start_stoichiometry is not None and source.cell.type != "full":
            raise InputError(
                f"{source.where}.start_stoichiometry is that of a full cell's cathode."
            )
        potential = source.cell.options.get("open-circuit potential")
        if self.start_stoichiometry is not None and potential == "MSMR":
            raise InputError(
                f"{source.where}.start_stoichiometry: a cathode of reactions starts at its file's "
                "charged stoichiometry: change that."
            )
        self._refuse_file_or_steps(source)
        what = self._predicted(source) if source.predicted else recorded(self, source)
        named = self.file_name or f"voltage {source.number + 1}"
        return [
            VoltageRecord(
                name=source.named(self, f"{source.cell.name}, {named}"),
                cell=source.cell.name,
                noise=source.noise(self, "V"),
                held_out=self.held_out,
                start_stoichiometry=self.start_stoichiometry,
                temperature=source.temperature(self.temperature),
                **what,
            )
        ]

    def _refuse_file_or_steps(self, source: Source) -> None:
        """Measured voltages are in a file; predicted ones follow steps."""
        given, other = ("steps", "file") if source.predicted else ("file", "steps")
        if getattr(self, given) is None and (given == "steps" or self.data is None):
            cures = {
                "file": "name the recorded file",
                "steps": 'give pairs of a current and a duration, [["0.1 mA", "20 min"]]',
            }
            raise InputError(f"{source.where}: the key {given} is missing: {cures[given]}.")
        if getattr(self, other) is not None:
            raise InputError(f"{source.where}.{other}: give {given} alone.")

    def _predicted(self, source: Source) -> dict[str, Any]:
        """Pieces and evenly spaced times of a prediction."""
        steps = [
            (_current(current, source), source.positive(duration, "s", "steps"))
            for current, duration in (self.steps or []) * self.repeat
        ]
        current, duration = np.array(steps).T
        time = np.linspace(0, duration.sum(), self.points + 1)[1:]
        numbers = {"pieces": Pieces(current, duration), "time": time, "voltage": None}
        return numbers | {"switching_error": np.zeros(len(time))}


@dataclass(frozen=True, eq=False, kw_only=True)
class VoltageRecord(Experiment):
    """A voltage [V] at times [s] from the start, under constant currents one by one.

    The switching error [V] is what the unrecorded moment of a switch adds to the noise.
    """

    pieces: Pieces
    time: Float[np.ndarray, " times"]
    voltage: Float[np.ndarray, " times"] | None
    switching_error: Float[np.ndarray, " times"]
    start_stoichiometry: float | None
    temperature: float

    unit: ClassVar[str] = "V"
    first_estimate: ClassVar[float] = 5e-3
    numbers: ClassVar[str] = "voltage"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a time."""
        return tuple(f"{self.name}: voltage at {t:.9g} s" for t in self.time)

    def standard_deviations(self, noise: float | None = None) -> Float[np.ndarray, " times"]:
        """Of its voltages [V], with the switching error."""
        return np.hypot(super().standard_deviations(noise), self.switching_error)

    @property
    def own_inputs(self) -> tuple[str, ...]:
        """Inputs of the cell that it sets."""
        return (START,) if self.start_stoichiometry is not None else ()

    @property
    def currents(self) -> Float[np.ndarray, " currents"]:
        """Sizes [A] of the currents that flow, rests left out."""
        sizes = np.abs(self.pieces.current)
        return sizes[sizes > 0.01 * sizes.max()]

    @property
    def hours(self) -> float:
        """How long it takes."""
        return float(self.pieces.edges[-1] / HOUR)

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """Records with the same number of pieces are one batch."""
        groups: dict[int, list[Self]] = {}
        for record in experiments:
            groups.setdefault(len(record.pieces), []).append(record)
        return [_simulator(cell, records, mapping) for records in groups.values()]

    def figure(self, model: Float[np.ndarray, " times"], noise: float | None = None) -> Figure:
        from ssb_model.study.kinds.figures import record_fit

        return record_fit(self, model, noise)


def _simulator(
    cell: StudyCell, records: Sequence[VoltageRecord], mapping: InputsByLabel
) -> Simulator:
    """Voltages of records, all records' times one after the other."""
    members, slots = len(records), max(len(record.time) for record in records)
    times = np.full((slots, members), np.inf)
    for k, record in enumerate(records):
        times[: len(record.time), k] = record.time
    wanted = np.isfinite(times).T
    current, duration = (
        np.stack([getattr(record.pieces, name) for record in records], axis=1)
        for name in ("current", "duration")
    )
    fixed = {
        TEMPERATURE: np.array([record.temperature for record in records]),
        CURRENT: np.zeros(members),
    }
    if any(record.start_stoichiometry is not None for record in records):
        charged = float(cell.values[START])
        fixed[START] = np.array([record.start_stoichiometry or charged for record in records])

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        batch = len(inputs[CURRENT]) // members
        repeated = (jnp.repeat(jnp.asarray(x), batch, axis=1) for x in (current, duration, times))
        V = by_member(voltage_record(compiled, inputs, *repeated).value, members)
        return jnp.swapaxes(V, 0, 1)[wanted]

    names = tuple(name for record in records for name in record.observables)
    chunk = chunk_for(members)
    return Simulator(f"{cell.name}: voltage", tuple(mapping), names, simulate, chunk)


def _current(text: str, source: Source) -> float:
    """A current [A] as written, or the current density times the cell's area."""
    try:
        return parse(text, "A")
    except InputError:
        return source.si(text, "A.m-2", "steps") * source.cell.area
