"""A protocol: what is done to the cell, step by step. Plain data, no PyBaMM.

Made from a ``pybamm.Experiment`` by ``protocol_of``, or
written down directly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.protocols.control import MODES
from ssb_model.compiled.protocols.schedule import LIMITS, NO_LIMITS, Schedule
from ssb_model.errors import InputError, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jaxtyping import Float

SAFETY_EVENTS = ("Minimum voltage [V]", "Maximum voltage [V]")
SAFETY_MARGIN = 1.0  # volts beyond which these stop a protocol, as in PyBaMM's experiments


@dataclass(frozen=True)
class OfInput:
    """A value that is ``factor`` times an input of the compiled model."""

    name: str
    factor: float = 1.0


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a protocol.

    Attributes
    ----------
    quantity
        "current", "voltage", "power" or "resistance"; current and power are positive on
        discharge.
    value
        In A, V, W or Ohm; an array is a drive cycle of times [s], from 0, and values.
    duration
        Longest time of the step [s].
    limits
        What ends the step before: keys of ``LIMITS``, in V, A
        or A.h (the capacity counts from the step's start).
    period
        Time between outputs [s]; by default outputs are kept at the step's ends only.
    """

    quantity: str
    value: float | OfInput | Float[np.ndarray, "points 2"]
    duration: float
    limits: dict[str, float] = field(default_factory=dict)
    period: float | None = None

    def __post_init__(self) -> None:
        if self.quantity not in MODES:
            raise InputError(
                f'"{self.quantity}" cannot be controlled. {suggestion(self.quantity, MODES)}'
            )
        for name in self.limits:
            if name not in LIMITS:
                raise InputError(f'"{name}" cannot end a step. {suggestion(name, LIMITS)}')
        if not isinstance(self.value, OfInput | np.ndarray) and not _is_number(self.value):
            raise InputError(
                "The value of a step must be a number, an OfInput or an array of times and "
                f"values, not {self.value!r}."
            )
        for name, number in self.limits.items():
            if not _is_number(number):
                raise InputError(f'The limit "{name}" must be a number, not {number!r}.')
        period = 1.0 if self.period is None else self.period
        for what, number in (("duration", self.duration), ("period", period)):
            if not _is_number(number) or number <= 0:
                raise InputError(f"The {what} of a step must be positive, not {number!r}.")

    @property
    def pieces(self) -> list[tuple[float | OfInput, float, float]]:
        """Straight pieces of the controlled value: (value, slope, duration) each."""
        if not isinstance(self.value, np.ndarray):
            return [(self.value, 0.0, self.duration)]
        t, value = _drive_cycle(self.value, self.duration)
        return list(zip(value[:-1], np.diff(value) / np.diff(t), np.diff(t), strict=True))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and bool(np.isfinite(value))


def _drive_cycle(
    table: Float[np.ndarray, "points 2"], duration: float
) -> tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]:
    """Times and values of a drive cycle up to ``duration``, checked."""
    if table.ndim != 2 or table.shape[1] != 2 or len(table) < 2:
        raise InputError(f"A drive cycle must be (N, 2), times and values, not {table.shape}.")
    t, value = np.asarray(table, dtype=float).T
    if not np.isfinite(table).all() or t[0] != 0 or (np.diff(t) <= 0).any():
        raise InputError("The times of a drive cycle must rise from 0, its values be finite.")
    if duration > t[-1] * (1 + 1e-12):
        raise InputError(f"The drive cycle ends at {t[-1]} s, before its step of {duration} s.")
    inner = t < duration
    return np.append(t[inner], duration), np.append(value[inner], np.interp(duration, t, value))


@dataclass(frozen=True)
class Protocol:
    """Steps in order."""

    steps: Sequence[Step]

    def __post_init__(self) -> None:
        if not isinstance(self.steps, tuple | list) or not self.steps:
            raise InputError("A protocol needs a list of steps, at least one.")

    @property
    def segments(self) -> list[tuple[int, Step, float | OfInput, float, float, bool]]:
        """(step number, step, value, slope, duration, first) of every straight piece."""
        return [
            (number, step, *piece, k == 0)
            for number, step in enumerate(self.steps)
            for k, piece in enumerate(step.pieces)
        ]

    def slopes(self, names: Sequence[str]) -> Float[np.ndarray, "segments names"]:
        """Derivatives (segments, inputs) of the controlled values by the inputs ``names``."""
        values = [value for _, _, value, *_ in self.segments]
        known = [(v.name, v.factor) if isinstance(v, OfInput) else (None, 0.0) for v in values]
        return np.array([[factor * (of == name) for name in names] for of, factor in known])

    def schedule(
        self,
        inputs: Mapping[str, Float[np.ndarray, " batch"]],
        event_names: Sequence[str],
        period: float | None = None,
    ) -> Schedule:
        """The protocol as arrays.

        Parameters
        ----------
        inputs
            The model's, which values of steps may refer to.
        event_names
            The model's own events.
        period
            For steps that have none of their own [s].
        """
        number, steps, value, slope, duration, first = zip(*self.segments, strict=True)
        batch = next(iter(inputs.values())).shape[0]
        number = np.array(number)
        values = np.stack([np.broadcast_to(_value(v, inputs), (batch,)) for v in value])
        periods = [step.period or period or np.inf for step in steps]
        return Schedule(
            value=values,
            slope=np.array(slope, dtype=float),
            shares=np.array([[float(s.quantity == mode) for mode in MODES[1:]] for s in steps]),
            duration=np.broadcast_to(np.array(duration)[:, None], values.shape),
            limits=np.array([_limits(step) for step in steps]),
            after=np.searchsorted(number, number, side="right"),
            continuous=~np.array(first),
            period=np.array(periods),
            margins=safety_margins(event_names),
        )


def safety_margins(event_names: Sequence[str]) -> Float[np.ndarray, " events"]:
    """What is added to the model's own events (events,): limits of voltage become wider."""
    return np.array([SAFETY_MARGIN * (name in SAFETY_EVENTS) for name in event_names])


def _value(
    value: float | OfInput, inputs: Mapping[str, Float[np.ndarray, " batch"]]
) -> float | Float[np.ndarray, " batch"]:
    if not isinstance(value, OfInput):
        return float(value)
    if value.name not in inputs:
        raise InputError(
            f'A step is controlled by "{value.name}", which is not an input of this compiled '
            f"model. {suggestion(value.name, inputs)}"
        )
    return value.factor * inputs[value.name]


def _limits(step: Step) -> list[float]:
    return [step.limits.get(name, none) for name, none in zip(LIMITS, NO_LIMITS, strict=True)]


def slots(schedule: Schedule) -> int:
    """Room for the outputs of one member: both ends and every period of each segment."""
    regular = np.floor(np.max(schedule.duration, axis=1) / schedule.period)
    return int(np.sum(regular + 2 - schedule.continuous))
