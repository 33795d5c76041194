"""From a protocol to the arrays that the integrator follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.protocols.affine import Affine, affine
from ssb_model.compiled.protocols.control import MODES
from ssb_model.compiled.protocols.protocol import OfInput, Piece, Protocol, Step
from ssb_model.compiled.protocols.schedule import LIMITS, NO_LIMITS, Schedule
from ssb_model.errors import InputError, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.integration import System

SAFETY_EVENTS = ("Minimum voltage [V]", "Maximum voltage [V]")
SAFETY_MARGIN = 1.0  # volts beyond which these stop a protocol, as in PyBaMM's experiments


class Plan(NamedTuple):
    """A protocol for any inputs: what of its schedule depends on them, and all the rest.

    value, slope, settings : as in :class:`Schedule`, one row a segment
    limits : one for each of LIMITS
    duration (segments,) : seconds
    rest : the schedule without these
    """

    value: Affine
    slope: Affine
    limits: tuple[Affine, ...]
    settings: dict[str, Affine]
    duration: Float[np.ndarray | jax.Array, " segments"]
    rest: Schedule

    def of(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        counted: Int[jax.Array, " batch"] | None = None,
    ) -> Schedule:
        """The schedule for a batch of inputs, of which the first ``counted`` segments count."""
        batch = next(iter(inputs.values())).shape[0]
        duration = jnp.asarray(self.duration)[:, None]
        return self.rest._replace(
            value=self.value.of(inputs, batch),
            slope=self.slope.of(inputs, batch),
            duration=jnp.broadcast_to(duration, (duration.shape[0], batch)),
            limits=jnp.stack([limit.of(inputs, batch) for limit in self.limits], axis=1),
            counted=counted,
            settings={name: value.of(inputs, batch) for name, value in self.settings.items()},
        )

    @property
    def slots(self) -> int:
        """Room for the outputs of one member: both ends and every period of each segment."""
        regular = np.floor(np.asarray(self.duration) / self.rest.period)
        return int(np.sum(regular + 2 - self.rest.continuous))


def plan_of(protocol: Protocol, system: System, period: float | None = None) -> Plan:
    """A protocol's plan for a model.

    Parameters
    ----------
    protocol
        What is done.
    system
        The model: its inputs, events, and what laws and limits it was given.
    period
        Between outputs [s], for steps that have none of their own.

    Raises
    ------
    InputError
        For a quantity, a limit or an input that the model does not know.
    """
    modes, known = (*MODES, *system.laws), (*LIMITS, *system.watched)
    for step in protocol.steps:
        _check(step, modes, known)
    steps, pieces = zip(*_segments(protocol), strict=True)
    number = segment_steps(protocol)
    last = np.append(np.diff(number) > 0, True)
    nothing = np.zeros((len(steps), 0))
    return Plan(
        value=affine([piece.value for piece in pieces], system.input_names),
        slope=affine([piece.slope for piece in pieces], system.input_names),
        limits=tuple(
            affine([_limit(step, name, none, protocol) for step in steps], system.input_names)
            for name, none in zip(LIMITS, NO_LIMITS, strict=True)
        ),
        settings=_settings(steps, system.input_names),
        duration=np.array([piece.duration for piece in pieces]),
        rest=Schedule(
            value=nothing,
            slope=nothing,
            shares=np.array([[float(s.quantity == mode) for mode in modes[1:]] for s in steps]),
            duration=nothing,
            limits=nothing[:, None],
            after=np.searchsorted(number, number, side="right"),
            continuous=np.diff(number, prepend=-1) == 0,
            period=np.array([step.period or period or np.inf for step in steps]),
            margins=safety_margins(system.event_names),
            stops=np.array([step.must_end for step in steps]) & last,
            watched=np.array([[name in s.limits for name in system.watched] for s in steps]),
        ),
    )


def segment_steps(protocol: Protocol) -> Int[np.ndarray, " segments"]:
    """Which step each segment belongs to."""
    return np.repeat(np.arange(len(protocol.steps)), [len(step.pieces) for step in protocol.steps])


def _segments(protocol: Protocol) -> list[tuple[Step, Piece]]:
    return [(step, piece) for step in protocol.steps for piece in step.pieces]


def _check(step: Step, modes: Collection[str], limits: Collection[str]) -> None:
    if step.quantity not in modes:
        raise InputError(
            f'"{step.quantity}" cannot be controlled. {suggestion(step.quantity, modes)}'
        )
    for name in step.limits:
        if name not in limits:
            raise InputError(f'"{name}" cannot end a step. {suggestion(name, limits)}')


def _limit(step: Step, name: str, none: float, protocol: Protocol) -> float | OfInput:
    limit = step.limits.get(name, none)
    if name == "time" and not isinstance(limit, OfInput):
        return min(limit, protocol.time_limit)
    return limit


def _settings(steps: Sequence[Step], known: Collection[str]) -> dict[str, Affine]:
    """Inputs that any step sets; the other steps leave them as they are."""
    names = sorted({name for step in steps for name in step.settings})
    return {
        name: affine([step.settings.get(name, OfInput(name)) for step in steps], known)
        for name in names
    }


def safety_margins(event_names: Sequence[str]) -> Float[np.ndarray, " events"]:
    """What is added to the model's own events (events,): limits of voltage become wider."""
    return np.array([SAFETY_MARGIN * (name in SAFETY_EVENTS) for name in event_names])
