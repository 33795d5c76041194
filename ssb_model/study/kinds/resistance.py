"""Area resistances of a symmetric cell, at rest or read by a circuit; their activation energy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.constants import GAS_CONSTANT, TO_KJ, TO_OHM_CM2, ZERO_CELSIUS
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import InputsByLabel, ValuesByLabel
from ssb_model.study.kinds.experiment import Bound, Drawn, Experiment, Text, Texts
from ssb_model.study.kinds.reading import Reading, ReadTable, resistances
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

Quantity = Literal["interface", "garnet", "cell"]


class ResistanceTable(ReadTable):
    """Resistances at temperatures. ``interfaces``: whether one interface is meant or both."""

    kind: Literal["resistance"] = "resistance"
    quantity: Quantity = "interface"
    interfaces: Literal[1, 2] = 2
    temperature: Text | Texts = "25 degC"
    resistance: Texts | None = None
    bound: Bound = "equal"

    def read(self, source: Source) -> list[Resistance]:
        """One experiment; the noise is relative, in %, or absolute with its unit."""
        source.needs("resistance", "symmetric")
        texts = [self.temperature] if isinstance(self.temperature, str) else self.temperature
        T = np.array([source.temperature(text) for text in texts])
        R = source.numbers(
            self.resistance, "Ohm.m2", "resistance", len(T), "temperatures", above_zero=True
        )
        relative = isinstance(self.noise, str) and "%" in self.noise
        return [
            Resistance(
                name=source.named(self, f"{source.cell.name}, resistance {source.number + 1}"),
                cell=source.cell.name,
                noise=source.noise(self, "-" if relative else "Ohm.m2"),
                held_out=self.held_out,
                bound=self.bound,
                quantity=self.quantity,
                share=self.interfaces / 2 if self.quantity == "interface" else 1.0,
                temperature=T,
                resistance=R,
                relative=relative,
                reading=self.reading(source),
            )
        ]


@dataclass(frozen=True, eq=False, kw_only=True)
class Resistance(Experiment):
    """Resistances [Ohm.m2] at temperatures [K]; of both faces times ``share``.

    With ``relative`` the noise is so to the resistance.
    """

    quantity: Quantity
    share: float
    temperature: Float[np.ndarray, " numbers"]
    resistance: Float[np.ndarray, " numbers"] | None
    relative: bool
    reading: Reading | None = None

    unit: ClassVar[str] = "Ohm.m2"
    first_estimate: ClassVar[float] = 1e-4
    numbers: ClassVar[str] = "resistance"

    @property
    def spread(self) -> str:
        return "resistance" if self.quantity == "interface" else "cell resistance"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name a temperature."""
        at = [f"{T - ZERO_CELSIUS:.6g} degC" for T in self.temperature]
        return tuple(f"{self.name}: {self.quantity} resistance at {T}" for T in at)

    @property
    def scale(self) -> Float[np.ndarray, " numbers"]:
        return np.abs(np.asarray(self.resistance)) if self.relative else super().scale

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """One for each way of reading: every temperature is a member of one batch."""
        groups: dict[Reading | None, list[Self]] = {}
        for e in experiments:
            groups.setdefault(e.reading, []).append(e)
        return [_together(cell, mapping, *item) for item in groups.items()]

    @property
    def drawn(self) -> Drawn:
        return Drawn(
            self.temperature - ZERO_CELSIUS,
            "temperature [°C]",
            TO_OHM_CM2,
            f"{self.quantity} resistance [Ω cm²]",
        )


def _together(
    cell: StudyCell,
    mapping: InputsByLabel,
    reading: Reading | None,
    experiments: Sequence[Resistance],
) -> Simulator:
    T = np.concatenate([e.temperature for e in experiments])
    kind = [e.quantity for e in experiments for _ in e.temperature]
    share = np.concatenate([np.full(len(e.temperature), e.share) for e in experiments])

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        found = resistances(cell, mapping, theta, T, reading)
        return jnp.stack([found[q][k] for k, q in enumerate(kind)]) * share[:, None]

    names = tuple(name for e in experiments for name in e.observables)
    how = f", {reading}" if reading else ""
    return Simulator(f"{cell.name}: resistances{how}", tuple(mapping), names, simulate)


class ActivationEnergyTable(ReadTable):
    """Slope of ln(1/R) against -1/(R_gas T), by least squares over the temperatures."""

    kind: Literal["activation energy"] = "activation energy"
    quantity: Quantity = "interface"
    temperatures: Texts
    energy: Text | None = None

    def read(self, source: Source) -> list[ActivationEnergy]:
        """One experiment."""
        source.needs("activation-energy", "symmetric")
        T = np.array([source.temperature(text, "temperatures") for text in self.temperatures])
        if len(np.unique(T)) < 2:
            raise InputError(f"{source.where}.temperatures: a slope needs two of them.")
        energies = source.numbers(
            [self.energy] if self.energy else None, "J.mol-1", "energy", above_zero=True
        )
        default = f"{source.cell.name}, activation energy {source.number + 1}"
        return [
            ActivationEnergy(
                name=source.named(self, default),
                cell=source.cell.name,
                noise=self._noise(source, T),
                held_out=self.held_out,
                quantity=self.quantity,
                temperature=T,
                energy=energies,
                reading=self.reading(source),
            )
        ]

    def _noise(self, source: Source, T: Float[np.ndarray, " temperatures"]) -> float | None:
        """Of the energy [J.mol-1]; a relative one is that of each resistance, which the slope of a
        straight line through independent ones carries over."""
        if not (isinstance(self.noise, str) and "%" in self.noise):
            return source.noise(self, "J.mol-1")
        x = 1 / T - np.mean(1 / T)
        each = source.noise(self, "-")
        return None if each is None else float(GAS_CONSTANT * each / np.sqrt(np.sum(x**2)))


@dataclass(frozen=True, eq=False, kw_only=True)
class ActivationEnergy(Experiment):
    """Activation energy [J.mol-1] of a resistance over temperatures [K]."""

    quantity: Quantity
    temperature: Float[np.ndarray, " temperatures"]
    energy: Float[np.ndarray, " one"] | None
    reading: Reading | None = None

    unit: ClassVar[str] = "J.mol-1"
    first_estimate: ClassVar[float] = 1e3
    numbers: ClassVar[str] = "energy"

    @property
    def spread(self) -> str:
        return "activation energy"

    @property
    def observables(self) -> tuple[str, ...]:
        """One name."""
        return (f"{self.name}: {self.quantity} activation energy",)

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        return [_slope(cell, measured, mapping) for measured in experiments]

    @property
    def drawn(self) -> Drawn:
        return Drawn(np.ones(1), "number", TO_KJ, "activation energy [kJ/mol]")


def _slope(cell: StudyCell, measured: ActivationEnergy, mapping: InputsByLabel) -> Simulator:
    inverse = 1 / measured.temperature
    x = inverse - inverse.mean()

    def simulate(theta: ValuesByLabel) -> Float[Array, "one batch"]:
        T, by = measured.temperature, measured.reading
        R = resistances(cell, mapping, theta, T, by)[measured.quantity]
        return GAS_CONSTANT * jnp.einsum("t,tb->b", x / np.sum(x**2), jnp.log(R))[None]

    return Simulator(measured.name, tuple(mapping), measured.observables, simulate)
