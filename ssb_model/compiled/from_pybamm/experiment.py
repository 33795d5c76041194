"""A ``pybamm.Experiment`` as a :class:`~ssb_model.compiled.protocols.protocol.Protocol`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm.additions import Additions, Law, Watch
from ssb_model.compiled.from_pybamm.lowered_system import BATTERY_VOLTAGE
from ssb_model.compiled.from_pybamm.python_functions import Itself
from ssb_model.compiled.protocols import CAPACITY, OfInput, Protocol, Step, Termination
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from jaxtyping import Float

    from ssb_model.compiled.integration import System

QUANTITIES = {
    pybamm.step.Current: "current",
    pybamm.step.Rest: "current",
    pybamm.step.CRate: "current",
    pybamm.step.Voltage: "voltage",
    pybamm.step.Power: "power",
    pybamm.step.Resistance: "resistance",
}
AMBIENT, INITIAL = "Ambient temperature [K]", "Initial temperature [K]"
ELECTRODE_CAPACITIES = {
    "Q_n": "Negative electrode capacity [A.h]",
    "Q_p": "Positive electrode capacity [A.h]",
    "Q_Li": "Total lithium capacity in particles [A.h]",
}
C_RATES = (pybamm.step.CRateTermination, pybamm.step.CrateTermination)
CURRENT_LIMITS = {"<": "current below", ">": "current above", None: "current magnitude below"}
VOLTAGE_LIMITS = {"<": "voltage below", ">": "voltage above"}
BY_DIRECTION = {"charge": ">", "discharge": "<"}  # of a voltage limit that says neither
FUNCTIONS = ("current_value_function", "current_rhs_function", "control")  # of custom steps


def read_experiment(
    experiment: pybamm.Experiment,
    system: System,
    cell_capacity: Callable[[Mapping[str, float]], float] | None = None,
) -> tuple[Protocol, Additions]:
    """The steps of an experiment, and what a model must have more than ``system`` to follow it.

    Parameters
    ----------
    experiment
        PyBaMM's.
    system
        The compiled model.
    cell_capacity
        Capacity [A.h] by the electrodes' ("Q_n", "Q_p"), the lithium's ("Q_Li") and all inputs.

    Raises
    ------
    InputError
        For a C-rate without a nominal capacity, or a step that does not say what it controls.
    """
    reader = _Reader(system, experiment.steps[0])
    terminations = _terminations(experiment, cell_capacity)
    steps, cycles = [], []
    for number, step in enumerate(experiment.steps, 1):
        steps.append([reader.step(number, step), *reader.padding(step)])
    first = 0
    for length in experiment.cycle_lengths:
        cycles.append(sum(len(s) for s in steps[first : first + length]))
        first += length
    protocol = Protocol(
        steps=tuple(step for parts in steps for step in parts),
        cycles=tuple(cycles),
        time_limit=float(experiment.termination.get("time", np.inf)),
        terminations=terminations,
    )
    looked_at = dict.fromkeys(name for t in terminations for name in t.outputs)
    outputs = tuple(name for name in looked_at if name not in system.output_names)
    return protocol, reader.additions(outputs)


class _Reader:
    """Reads steps one after the other, and notes what the model must have to follow them."""

    def __init__(self, system: System, first: pybamm.step.BaseStep) -> None:
        self._inputs = system.input_names
        of_input = CAPACITY in self._inputs
        self._capacity = OfInput(CAPACITY) if of_input else system.nominal_capacity
        self._origin = first.start_time
        self._initial = first.temperature
        self._laws: dict[Law, str] = {}
        self._watches: dict[Watch, str] = {}
        self._set: dict[str, None] = {}

    def additions(self, outputs: tuple[str, ...]) -> Additions:
        inputs = tuple(name for name in self._set if name not in self._inputs)
        return Additions(tuple(self._laws), tuple(self._watches), inputs, outputs)

    def step(self, number: int, step: pybamm.step.BaseStep) -> Step:
        quantity, value = self._control(number, step)
        return Step(
            quantity=quantity,
            value=value,
            duration=float(cast(float, step.duration)),
            limits=self._limits(number, step),
            period=cast("float | None", step.period),
            settings=self._settings(step),
            must_end=step.uses_default_duration,
            may_be_skipped=step.skip_ok,
        )

    def padding(self, step: pybamm.step.BaseStep) -> list[Step]:
        """The rest until the next start time, if one is given."""
        if step.next_start_time is None:
            return []
        until = self._time(cast("datetime", step.next_start_time))
        limits: dict[str, float | OfInput] = {"time": until}
        return [Step("current", 0.0, max(2 * until, 1.0), limits, None, self._settings(step))]

    def _time(self, moment: datetime) -> float:
        """Seconds since the experiment's start."""
        return (moment - cast("datetime", self._origin)).total_seconds()

    def _control(
        self, number: int, step: pybamm.step.BaseStep
    ) -> tuple[str, float | OfInput | Float[np.ndarray, "points 2"]]:
        """The controlled quantity, or a law, and its value."""
        quantity = QUANTITIES.get(type(step))
        value = self._value(number, step) if quantity else None
        if quantity is None or value is None:
            law = Law(_key_of(step), step)
            return self._laws.setdefault(law, f"law {len(self._laws) + 1}"), 0.0
        return quantity, value

    def _value(
        self, number: int, step: pybamm.step.BaseStep
    ) -> float | OfInput | Float[np.ndarray, "points 2"] | None:
        """A number, an input times a number, or a drive cycle of these; None for all else."""
        value: Any = step.value
        if step.is_drive_cycle:
            value = np.column_stack([value.x[0], np.asarray(value.y)])
        if isinstance(step, pybamm.step.CRate):
            unit = self._per_c_rate(number, step)
            if isinstance(value, pybamm.Symbol):
                return None
            if isinstance(unit, OfInput):
                return OfInput(unit.name, value)
            return value * (np.array([1.0, unit]) if step.is_drive_cycle else unit)
        if isinstance(value, pybamm.InputParameter) and value.name in self._inputs:
            return OfInput(value.name)
        return None if isinstance(value, pybamm.Symbol) else value

    def _per_c_rate(self, number: int, step: pybamm.step.BaseStep) -> float | OfInput:
        if self._capacity is None:
            text = " ".join(str(step).split())
            raise InputError(
                f'Step {number} of the experiment ("{text}") has a C-rate, and the model has no '
                f'parameter "{CAPACITY}" that is a number or an input: give it one, or amperes.'
            )
        return self._capacity

    def _limits(self, number: int, step: pybamm.step.BaseStep) -> dict[str, float | OfInput]:
        """What ends a step; of two limits of one quantity, the one met first."""
        limits: dict[str, float | OfInput] = {}
        for term in filter(None, step.termination):
            name, value = self._limit(number, step, term)
            known = limits.get(name)
            if isinstance(value, float) and isinstance(known, float):
                value = min(value, known) if name.endswith("above") else max(value, known)
            elif known is not None:
                name, value = self._watch(step, term), 0.0
            limits[name] = value
        if step.end_time is not None:
            limits["time"] = self._time(cast("datetime", step.end_time))
        return limits

    def _limit(
        self, number: int, step: pybamm.step.BaseStep, term: pybamm.step.BaseTermination
    ) -> tuple[str, float | OfInput]:
        """Name and value of what a termination limits."""
        kind, plain = type(term), isinstance(getattr(term, "value", None), int | float)
        if kind in C_RATES and plain:
            scale = self._per_c_rate(number, step)
            if isinstance(scale, OfInput):
                return "current magnitude below", OfInput(scale.name, float(term.value))
            return "current magnitude below", scale * float(term.value)
        if kind is pybamm.step.CurrentTermination and plain:
            return CURRENT_LIMITS[term.operator], float(term.value)
        if kind is pybamm.step.VoltageTermination and plain:
            operator = term.operator or BY_DIRECTION.get(step.direction or "")
            if operator is not None:
                return VOLTAGE_LIMITS[operator], float(term.value)
        return self._watch(step, term), 0.0

    def _watch(self, step: pybamm.step.BaseStep, term: pybamm.step.BaseTermination) -> str:
        own = (Itself(term), Itself(step))
        key = own if _foreign(term) else (term, step.direction)
        watch = Watch(key, term, step)
        return self._watches.setdefault(watch, f"watch {len(self._watches) + 1}")

    def _settings(self, step: pybamm.step.BaseStep) -> dict[str, float]:
        """The temperatures of a step; the model starts at that of the first."""
        given = {AMBIENT: step.temperature, INITIAL: self._initial}
        settings = {name: float(T) for name, T in given.items() if T is not None}
        self._set.update(dict.fromkeys(settings))
        return settings


def _key_of(step: pybamm.step.BaseStep) -> tuple[Any, ...]:
    """What makes two laws the same: the kind, the functions, the value."""
    if _foreign(step):
        return (Itself(step),)
    value: Any = step.value
    return (type(step), *(getattr(step, name, None) for name in FUNCTIONS), value)


def _foreign(thing: pybamm.step.BaseStep | pybamm.step.BaseTermination) -> bool:
    """Whether it is of a user's own class, of which nobody knows what it is equal to."""
    return not type(thing).__module__.startswith("pybamm.")


def _terminations(
    experiment: pybamm.Experiment,
    cell_capacity: Callable[[Mapping[str, float]], float] | None,
) -> tuple[Termination, ...]:
    """What ends the experiment after a cycle, as in PyBaMM."""
    asked: Mapping[str, Any] = experiment.termination
    found = []
    if "capacity" in asked:
        limit, unit = asked["capacity"]
        found.append(_capacity_termination(limit, unit, cell_capacity))
    if "voltage" in asked:
        least = float(asked["voltage"][0])
        found.append(
            Termination(
                reason="experiment voltage limit reached",
                outputs=(BATTERY_VOLTAGE,),
                met=lambda cycle, first, inputs: bool(cycle[BATTERY_VOLTAGE].min() <= least),
            )
        )
    return tuple(found)


def _capacity_termination(
    limit: float, unit: str, cell_capacity: Callable[[Mapping[str, float]], float] | None
) -> Termination:
    """Below a capacity in A.h, or in % of that after the first cycle."""
    if cell_capacity is None:
        raise InputError(
            "A termination by capacity needs PyBaMM's electrode balance, which a model from a "
            "file has not: compile the model with ssb_model.compile and solve with that."
        )

    def capacity(
        cycle: Mapping[str, Float[np.ndarray, " times"]], inputs: Mapping[str, float]
    ) -> float:
        own = {name: float(cycle[of][-1]) for name, of in ELECTRODE_CAPACITIES.items()}
        return cell_capacity({**inputs, **own})

    def met(
        cycle: Mapping[str, Float[np.ndarray, " times"]],
        first: Mapping[str, Float[np.ndarray, " times"]],
        inputs: Mapping[str, float],
    ) -> bool:
        least = limit if unit == "Ah" else limit / 100 * capacity(first, inputs)
        return capacity(cycle, inputs) <= least

    outputs = tuple(ELECTRODE_CAPACITIES.values())
    return Termination("experiment capacity limit reached", outputs, met)
