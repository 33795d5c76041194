"""From a discretised PyBaMM model to a :class:`~ssb_model.compiled.integration.system.System`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pybamm

from ssb_model.compiled.derivatives import Derivative, SparseJacobian
from ssb_model.compiled.from_pybamm.discretised import DiscretisedModel
from ssb_model.compiled.from_pybamm.lower import Lowering
from ssb_model.compiled.from_pybamm.refusals import in_one_sentence
from ssb_model.compiled.integration import System
from ssb_model.compiled.program import Program, observer_of
from ssb_model.compiled.protocols import VOLTAGE
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jaxtyping import Float, Int

CAPACITY = "Discharge capacity [A.h]"
CONTROLLED = "Current variable [A]"  # PyBaMM's name of a current that is a state
INTEGRAL = "Integrated current [A]"  # the state that laws for dI/dt integrate
BATTERY_VOLTAGE = "Battery voltage [V]"  # what limits of voltage mean: of all cells in series
NONE = np.zeros(0, dtype=int)


def system_of(
    built: DiscretisedModel,
    names: tuple[str, ...],
    defaults: dict[str, float],
    outputs: tuple[str, ...],
    controlled: bool = False,
    nominal_capacity: float | None = None,
    laws: tuple[str, ...] = (),
    watched: tuple[str, ...] = (),
) -> System:
    """Lower a discretised model and plan its elimination.

    Parameters
    ----------
    built
        Discretised.
    names
        Its inputs; those that it reads besides are added.
    defaults
        Value of each input that a solve may leave out.
    outputs
        Variables to return.
    controlled
        Whether it has the current as a state.
    nominal_capacity
        What C-rates refer to [A.h].
    laws
        Names of what else may control the current.
    watched
        Variables that may end a step, each one number, positive before they do.
    """
    lower = Lowering(Program())
    read = [_output(lower, built, name) for name in outputs]
    groups = {"outputs": lower.program.concatenate(read)}
    if controlled:
        voltage = BATTERY_VOLTAGE if BATTERY_VOLTAGE in built.variables else VOLTAGE
        terminals = [_terminal(lower, built, name) for name in (voltage, CONTROLLED, CAPACITY)]
        groups["terminals"] = lower.program.concatenate(terminals)
    if watched:
        limits = [_output(lower, built, name) for name in watched]
        groups["watched"] = lower.program.concatenate(limits)
    held, current = _places(built, [INTEGRAL]), _places(built, [CONTROLLED])
    return _system(
        lower,
        built,
        groups,
        names,
        initial=lower(built.concatenated_initial_conditions),
        output_names=outputs,
        output_sizes=tuple(lower.program.size(node) for node in read),
        defaults=defaults,
        nominal_capacity=nominal_capacity,
        laws=laws,
        watched=watched,
        integral=(held[0], current[0]) if held else None,
    )


def system_of_states(
    built: DiscretisedModel, outputs: Mapping[str, pybamm.Symbol] | None = None
) -> System:
    """Lower a discretised model, as it stands, to a system of which whole states are recorded.

    Its inputs are those that its equations, events and ``outputs`` read. It has no initial state
    of its own.
    """
    lower = Lowering(Program())
    size = built.len_rhs_and_alg
    read = [lower(symbol) for symbol in (outputs or {}).values()]
    return _system(
        lower,
        built,
        {"outputs": lower.program.concatenate(read)},
        (),
        initial=lower.program.constant(np.zeros(size)),
        output_names=tuple(outputs or ()),
        output_sizes=tuple(map(lower.program.size, read)),
        defaults={},
        recorded=size,
    )


def _system(
    lower: Lowering,
    built: DiscretisedModel,
    groups: dict[str, int],
    names: tuple[str, ...],
    recorded: int = 0,
    **described: Any,
) -> System:
    """The equations and events of a discretised model, and what else is observed of it.

    Its inputs are ``names`` and what it reads besides; ``recorded`` states are observed in any
    case.
    """
    program = lower.program
    equations = [built.concatenated_rhs, built.concatenated_algebraic]
    rhs = program.concatenate([lower(e) for e in equations if e.size])
    jacobian, rows, columns, mass = _matrix(program, rhs, built.mass_matrix.entries)
    events = [e for e in built.events if e.event_type == pybamm.EventType.TERMINATION]
    if events:
        groups["events"] = program.concatenate([lower(e.expression) for e in events])
    read = sorted({node.data for node in program.nodes if node.op == "input"} - {*names})
    switched = {CONTROLLED, *(built.switching_control_variables or ())}
    system = System(
        program=program,
        rhs=rhs,
        jacobian=jacobian,
        observer=observer_of(program, groups, recorded),
        mass=mass,
        rows=rows,
        columns=columns,
        last=np.array(_places(built, switched), dtype=int),
        event_names=tuple(e.name for e in events),
        inputs=(*names, *read),
        state_names=_state_names(built),
        **described,
    )
    system.plan  # noqa: B018 a matrix without pivots is refused now, not at the first solve
    return system


def _output(lower: Lowering, built: DiscretisedModel, name: str) -> int:
    if name not in built.variables:
        near = did_you_mean(name, built.variables)
        raise InputError(
            f'The model has no variable "{name}" to return: give `outputs`, names of its '
            f"variables.{near}"
        )
    with in_one_sentence(f'The variable "{name}" cannot be discretised'):
        return lower(built.get_processed_variable(name))


def _terminal(lower: Lowering, built: DiscretisedModel, name: str) -> int:
    """A terminal's node; a model that does not count its charge has none to limit."""
    if name not in built.variables:
        return lower.program.constant(0.0)
    return _output(lower, built, name)


def _places(built: DiscretisedModel, names: Collection[str]) -> list[int]:
    """Where scalar variables, those of ``names`` that there are, lie in the state."""
    return [where[0].start for variable, where in built.y_slices.items() if variable.name in names]


def _state_names(built: DiscretisedModel) -> tuple[str, ...]:
    """The variable that each state belongs to."""
    names = [""] * built.len_rhs_and_alg
    for variable, where in built.y_slices.items():
        if not isinstance(variable, pybamm.ConcatenationVariable):
            for part in where:
                names[part] = [variable.name] * (part.stop - part.start)
    return tuple(names)


def _matrix(
    program: Program, rhs: int, mass_matrix: Any
) -> tuple[
    int, Int[np.ndarray, " entries"], Int[np.ndarray, " entries"], Float[np.ndarray, " entries"]
]:
    """Pattern of M/(gamma h) - J with its full diagonal, J's node and M's values on it."""
    size = program.size(rhs)
    derivative = SparseJacobian(program)(rhs)
    if derivative is None:  # the equations do not read the state
        derivative = Derivative(NONE, NONE, program.constant([]), size)
    mass = mass_matrix.tocoo()
    diagonal = np.arange(size)
    rows = np.concatenate([derivative.rows, mass.row, diagonal[mass_matrix.diagonal() != 0]])
    columns = np.concatenate([derivative.columns, mass.col, diagonal[mass_matrix.diagonal() != 0]])
    keys, inverse = np.unique(rows * size + columns, return_inverse=True)
    entries = len(derivative.rows)
    values = np.zeros(len(keys))
    values[inverse[entries : entries + mass.nnz]] = mass.data
    position = np.full(len(keys), entries)
    position[inverse[:entries]] = np.arange(entries)
    padded = program.concatenate([derivative.values, program.constant(0.0)])
    return program.take(padded, position), keys // size, keys % size, values
