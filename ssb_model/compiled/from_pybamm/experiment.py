"""A ``pybamm.Experiment`` as a :class:`~ssb_model.compiled.protocols.protocol.Protocol`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pybamm

from ssb_model.compiled.protocols import CAPACITY, OfInput, Protocol, Step
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from jaxtyping import Float

    from ssb_model.compiled.integration import System

Capacity = float | OfInput | None  # what C-rates refer to [A.h]
QUANTITIES = {
    pybamm.step.Current: "current",
    pybamm.step.Rest: "current",
    pybamm.step.CRate: "current",
    pybamm.step.Voltage: "voltage",
    pybamm.step.Power: "power",
    pybamm.step.Resistance: "resistance",
}


def protocol_of(experiment: pybamm.Experiment, capacity: Capacity) -> Protocol:
    """The steps of an experiment.

    Parameters
    ----------
    experiment
        PyBaMM's.
    capacity
        Nominal capacity [A.h], which C-rates refer to.

    Raises
    ------
    InputError
        For what the compiled program does not know: custom steps and terminations, steps
        with a temperature, start times, and terminations of the whole experiment.
    """
    if experiment.termination:
        raise InputError(
            "A termination of the whole experiment is not supported in a compiled solve; "
            "end its steps by limits, or look for the condition in the solution."
        )
    return Protocol(tuple(_step(n, s, capacity) for n, s in enumerate(experiment.steps, 1)))


def _step(number: int, step: pybamm.step.BaseStep, capacity: Capacity) -> Step:
    kind = type(step)
    if kind not in QUANTITIES:
        raise _unsupported(number, step, f"steps of the kind {kind.__name__}")
    for what, given in (
        ("a temperature of its own", step.temperature is not None),
        ("a start time", step.start_time is not None),
        ("skip_ok=False", not step.skip_ok),
        ("a function of time (give an array of times and values)", step.is_python_function),
    ):
        if given:
            raise _unsupported(number, step, what)
    return Step(
        quantity=QUANTITIES[kind],
        value=_value(number, step, capacity),
        duration=float(cast(float, step.duration)),
        limits=_limits(number, step, capacity),
        period=cast("float | None", step.period),
    )


def _value(
    number: int, step: pybamm.step.BaseStep, capacity: Capacity
) -> float | OfInput | Float[np.ndarray, "points 2"]:
    unit = _per_c_rate(number, step, capacity) if isinstance(step, pybamm.step.CRate) else 1.0
    if step.is_drive_cycle:
        if isinstance(unit, OfInput):
            raise _unsupported(number, step, f'a drive cycle of C-rates while "{CAPACITY}" varies')
        return np.column_stack([step.value.x[0], unit * np.asarray(step.value.y)])
    if isinstance(step.value, pybamm.InputParameter) and unit == 1.0:
        return OfInput(step.value.name)
    if isinstance(step.value, pybamm.Symbol):
        raise _unsupported(number, step, f"the value {step.value}")
    if isinstance(unit, OfInput):
        return OfInput(unit.name, float(step.value))
    return unit * float(step.value)


def _per_c_rate(number: int, step: pybamm.step.BaseStep, capacity: Capacity) -> float | OfInput:
    if capacity is None:
        raise _unsupported(number, step, f'a C-rate without a parameter "{CAPACITY}"')
    return capacity


def _limits(number: int, step: pybamm.step.BaseStep, capacity: Capacity) -> dict[str, float]:
    """What ends a step; of two limits of one quantity, the one met first."""
    limits = {}
    for term in filter(None, step.termination):
        name, value = _limit(number, step, term, capacity)
        first = min if name.endswith("above") else max
        limits[name] = first(value, limits.get(name, value))
    return limits


def _limit(
    number: int, step: pybamm.step.BaseStep, term: pybamm.step.BaseTermination, capacity: Capacity
) -> tuple[str, float]:
    """Name and value of what a termination limits."""
    if isinstance(term, pybamm.step.CRateTermination):
        scale = _per_c_rate(number, step, capacity)
        if isinstance(scale, OfInput):
            raise _unsupported(number, step, f'a C-rate as limit while "{CAPACITY}" varies')
        return "current magnitude below", scale * term.value
    if isinstance(term, pybamm.step.CurrentTermination):
        name = {"<": "current below", ">": "current above", None: "current magnitude below"}
        return name[term.operator], float(term.value)
    if isinstance(term, pybamm.step.VoltageTermination):
        operator = term.operator or {"charge": ">", "discharge": "<"}.get(step.direction or "")
        if operator is None:
            raise _unsupported(number, step, "a voltage limit without a direction (write < or >)")
        return {"<": "voltage below", ">": "voltage above"}[operator], float(term.value)
    raise _unsupported(number, step, f"the termination {type(term).__name__}")


def _unsupported(number: int, step: pybamm.step.BaseStep, what: str) -> InputError:
    text = " ".join(str(step).split())
    return InputError(
        f'Step {number} of the experiment ("{text}") cannot be compiled: {what} is not supported.'
    )


def capacity_of(system: System) -> Capacity:
    """What C-rates refer to in a compiled model."""
    return OfInput(CAPACITY) if CAPACITY in system.input_names else system.nominal_capacity
