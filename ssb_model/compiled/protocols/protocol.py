"""A protocol: what is done to the cell, step by step. Plain data, no PyBaMM.

Made from a ``pybamm.Experiment``, or written down directly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jaxtyping import Float


@dataclass(frozen=True, eq=False)
class OfInput:
    """A value that is ``factor``, a number or a drive cycle, times an input of the model."""

    name: str
    factor: float | Float[np.ndarray, "points 2"] = 1.0


class Piece(NamedTuple):
    """A straight piece of a controlled value: the value at its start, slope, duration [s]."""

    value: float | OfInput
    slope: float | OfInput
    duration: float


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a protocol.

    Attributes
    ----------
    quantity
        "current", "voltage", "power" or "resistance"; current and power are positive on
        discharge. (Or the name of a law that the compiled model was given.)
    value
        In A, V, W or Ohm; an array is a drive cycle of times [s], from 0, and values.
    duration
        Longest time of the step [s].
    limits
        What ends the step before: "voltage below", "voltage above" [V], "current below",
        "current above", "current magnitude below" [A], "capacity" [A.h] (from the step's start),
        "time" [s] (from the protocol's start).
    period
        Time between outputs [s]; by default outputs are kept at the step's ends only.
    settings
        Inputs of the model that have another value during this step.
    must_end
        Whether the protocol stops where the step reaches its duration before a limit.
    may_be_skipped
        Whether the protocol goes on where one of the limits is met at the start already.
    """

    quantity: str
    value: float | OfInput | Float[np.ndarray, "points 2"]
    duration: float
    limits: dict[str, float | OfInput] = field(default_factory=dict)
    period: float | None = None
    settings: dict[str, float] = field(default_factory=dict)
    must_end: bool = False
    may_be_skipped: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.value, OfInput | np.ndarray) and not _is_number(self.value):
            raise InputError(
                "The value of a step must be a number, an OfInput or an array of times and "
                f"values, not {self.value!r}."
            )
        for name, number in self.limits.items():
            if not isinstance(number, OfInput) and not _is_number(number):
                raise InputError(f'The limit "{name}" must be a number, not {number!r}.')
        for name, number in self.settings.items():
            if not _is_number(number):
                raise InputError(f'A step sets "{name}" to {number!r}, which is no number.')
        period = 1.0 if self.period is None else self.period
        for what, number in (("duration", self.duration), ("period", period)):
            if not _is_number(number) or number <= 0:
                raise InputError(f"The {what} of a step must be positive, not {number!r}.")

    @property
    def pieces(self) -> list[Piece]:
        """Straight pieces of the controlled value."""
        value = self.value
        if isinstance(value, OfInput) and isinstance(value.factor, np.ndarray):
            return [
                Piece(OfInput(value.name, start), OfInput(value.name, slope), duration)
                for start, slope, duration in _drive_cycle(value.factor, self.duration)
            ]
        if isinstance(value, np.ndarray):
            return [Piece(*piece) for piece in _drive_cycle(value, self.duration)]
        return [Piece(value, 0.0, self.duration)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and bool(np.isfinite(value))


def _drive_cycle(
    table: Float[np.ndarray, "points 2"], duration: float
) -> list[tuple[float, float, float]]:
    """Value, slope and duration of a drive cycle's pieces up to ``duration``, checked."""
    if table.ndim != 2 or table.shape[1] != 2 or len(table) < 2:
        raise InputError(f"A drive cycle must be (N, 2), times and values, not {table.shape}.")
    t, value = np.asarray(table, dtype=float).T
    if not np.isfinite(table).all() or t[0] != 0 or (np.diff(t) <= 0).any():
        raise InputError("The times of a drive cycle must rise from 0, its values be finite.")
    if duration > t[-1] * (1 + 1e-12):
        raise InputError(f"The drive cycle ends at {t[-1]} s, before its step of {duration} s.")
    inner = t < duration
    value = np.append(value[inner], np.interp(duration, t, value))
    t = np.append(t[inner], duration)
    return list(zip(value[:-1], np.diff(value) / np.diff(t), np.diff(t), strict=True))


@dataclass(frozen=True, eq=False)
class Termination:
    """What ends a protocol after a cycle.

    Attributes
    ----------
    reason
        What the solution then says.
    outputs
        What is looked at: outputs of the model.
    met
        Whether it ends there, from the outputs of a cycle and of the first one, (times,) each,
        and the inputs.
    """

    reason: str
    outputs: tuple[str, ...]
    met: Callable[
        [
            Mapping[str, Float[np.ndarray, " times"]],
            Mapping[str, Float[np.ndarray, " times"]],
            Mapping[str, float],
        ],
        bool,
    ]


@dataclass(frozen=True, eq=False)
class Protocol:
    """Steps in order.

    Attributes
    ----------
    steps
        One after the other.
    cycles
        How many steps each cycle has; a cycle all of whose steps would be skipped is a failure,
        unless it is one step that may be. By default no cycles are told apart.
    time_limit
        When the protocol ends at the latest [s].
    terminations
        What ends the protocol after one of its cycles.
    """

    steps: Sequence[Step]
    cycles: Sequence[int] = ()
    time_limit: float = np.inf
    terminations: Sequence[Termination] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.steps, tuple | list) or not self.steps:
            raise InputError("A protocol needs a list of steps, at least one.")
