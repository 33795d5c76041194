"""Whether what a file says is a compiled model: its programs, its matrix, its names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.program import (
    check_integers,
    check_names,
    check_numbers,
    check_program,
    check_values,
    is_name,
    require,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssb_model.compiled.integration import System

GROUPS = ("outputs", "events", "terminals", "watched")
TERMINALS = 3  # voltage, current, discharge capacity


def check_system(system: System) -> None:
    """Raise :class:`Unsound`, with one clause, unless ``system`` is whole and consistent."""
    check_names(system.inputs, "the inputs")
    check_numbers(system.mass, None, "the mass matrix's entries")
    require(np.isfinite(system.mass).all(), "the mass matrix's entries are not finite")
    _check_equations(system)
    _check_matrix(system)
    _check_observer(system)
    _check_words(system)


def _check_equations(system: System) -> None:
    program = system.program
    # the right-hand side's size is the number of states: its own nodes are looked at first
    nodes = (system.rhs, system.initial, system.jacobian)
    require(all(isinstance(n, int) for n in nodes), "the equations are no nodes")
    require(0 <= system.rhs < len(program.nodes), "the equations are no nodes")
    require(isinstance(system.states, int) and system.states > 0, "there are no states")
    check_program(program, system.states, system.inputs)
    check_values(program, nodes, "an equation")
    require(program.size(system.initial) in (1, system.states), "initial values do not fit")
    require(program.size(system.jacobian) == len(system.mass), "the Jacobian does not fit")


def _check_matrix(system: System) -> None:
    rows, columns, states = system.rows, system.columns, system.states
    for array, what in ((rows, "rows"), (columns, "columns"), (system.last, "last states")):
        check_integers(array, states, f"the matrix's {what}")
    require(len(rows) == len(columns) == len(system.mass), "the matrix's pattern does not fit")
    require((np.diff(rows * states + columns) > 0).all(), "the matrix's pattern is out of order")
    require(len(np.unique(system.last)) == len(system.last), "the last states are not different")


def _check_observer(system: System) -> None:
    observer = system.observer
    check_integers(observer.rows, system.states, "the observed states")
    require(set(observer.groups) <= {*GROUPS}, "what is observed is not known")
    check_program(observer.program, len(observer.rows), system.inputs)
    check_values(observer.program, list(observer.groups.values()), "what is observed")
    sizes = {group: observer.size(group) for group in observer.groups}
    values = list(system.output_sizes)
    require(all(isinstance(n, int) and n > 0 for n in values), "the outputs' sizes are none")
    require(sizes.get("outputs", 0) == sum(values), "the outputs do not fit")
    require(len(values) == len(system.output_names), "the outputs' names do not fit")
    require(sizes.get("events", 0) == len(system.event_names), "the events' names do not fit")
    require(sizes.get("terminals", TERMINALS) == TERMINALS, "the terminals do not fit")
    require(not system.controlled or len(system.last) > 0, "no state is the current")


def _check_words(system: System) -> None:
    check_names(system.output_names, "the outputs")
    names = (*system.event_names, *system.state_names)
    require(all(map(is_name, names)), "events or states are no names")
    require(len(system.state_names) in (0, system.states), "the states' names do not fit")
    _check_defaults(system.defaults)
    capacity = system.nominal_capacity
    require(capacity is None or _is_number(capacity), "the nominal capacity is no number")


def _check_defaults(defaults: Mapping[str, float]) -> None:
    require(isinstance(defaults, dict), "the defaults are no table")
    require(all(map(is_name, defaults)), "the defaults are no names")
    require(all(map(_is_number, defaults.values())), "a default is no number")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
