"""Mechanisms that other packages bring to a face (:mod:`ssb_model.library`), and what they owe it.

One whose option is of :data:`REPLACED` stands in that mechanism's place and sets what it sets. Any
other is in series with the rest of the face. It sets the variable "OPTION resistance [Ohm.m2]", its
resistance at rest; and, if it holds its voltage in a state, "OPTION voltage [V]". Without the
latter all of its resistance follows the current at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pybamm

from ssb_model.cells.face.mechanism import FaceMechanism
from ssb_model.cells.offered import BLOCKING_OPTIONS, FULL_OPTIONS
from ssb_model.cells.symbols import CellOptions
from ssb_model.errors import InputError
from ssb_model.library import REPLACED, brought_quantities, chosen_mechanisms, known_mechanisms


def offered_with(
    given: Mapping[str, str], offered: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """Options of a cell with those of the mechanisms that ``given`` may mean."""
    perhaps = [option for option in given if option not in offered or option in REPLACED]
    known = known_mechanisms() if perhaps else {}
    more = {
        option: (*offered.get(option, ("none",)), *known[option])
        for option in perhaps
        if option in known
    }
    return {**offered, **more}


def chosen(cell_options: CellOptions) -> dict[str, type[FaceMechanism]]:
    """Mechanisms of other packages that a cell has, by option.

    Raises
    ------
    InputError
        For one that no face can have.
    """
    found = chosen_mechanisms(cell_options)
    for option, mechanism in found.items():
        _check(mechanism, option, f'The mechanism "{cell_options[option]}" of "{option}"')
    return found


def in_series(cell_options: CellOptions) -> dict[str, type[FaceMechanism]]:
    """Those beside the face's own."""
    return {name: one for name, one in chosen(cell_options).items() if name not in REPLACED}


@contextmanager
def refused_in_words(model: pybamm.BaseModel, cell_options: CellOptions) -> Iterator[None]:
    """While a cell is built: an InputError where a chosen mechanism does not do its part.

    It does not where the face needs a variable that it does not set, and where one of its
    quantities has no part in the cell's voltage.
    """
    found = chosen(cell_options)
    named = {option: f'"{cell_options[option]}" of the option "{option}"' for option in found}
    try:
        yield
    except pybamm.ModelError as error:
        if not found:
            raise
        raise InputError(
            f"The cell cannot be built with the mechanism {' and '.join(named.values())}, which "
            f"must set what the face needs: {' '.join(str(error).split())}"
        ) from None
    read = set(_behind_voltage(model)) if found else set()
    for option in found:
        for quantity in brought_quantities({option: cell_options[option]}).values():
            name = quantity.full_name
            if f"Negative face {name}" not in read:
                raise InputError(
                    f"The mechanism {named[option]} changes nothing by its '{quantity.name}': no "
                    f'equation behind the cell\'s voltage reads self.parameter("{name}").'
                )


def _behind_voltage(model: pybamm.BaseModel) -> Iterator[str]:
    """Names of the parameters in the voltage, and in the equations of all states behind it."""
    equations: dict[str, list[pybamm.Symbol]] = {}
    for one in (model.rhs, model.algebraic, model.initial_conditions):
        for key, expression in one.items():
            for name in _names(key, pybamm.Variable):
                equations.setdefault(name, []).append(expression)
    waiting, seen = [model.variables["Voltage [V]"]], set()
    while waiting:
        expression = waiting.pop()
        yield from _names(expression, pybamm.Parameter)
        new = set(_names(expression, pybamm.Variable)) - seen
        seen |= new
        waiting += [behind for name in new for behind in equations.get(name, ())]


def _names(symbol: pybamm.Symbol, kind: type[pybamm.Symbol]) -> Iterator[str]:
    return (one.name for one in symbol.pre_order() if isinstance(one, kind))


def _check(mechanism: type, option: str, where: str) -> None:
    if not issubclass(mechanism, FaceMechanism):
        raise InputError(f"{where} must be a subclass of ssb_model.cells.FaceMechanism.")
    taken = {*FULL_OPTIONS, *BLOCKING_OPTIONS, *pybamm.BatteryModelOptions({}).possible_options}
    if option in taken - {*REPLACED}:
        raise InputError(
            f"{where} must have an option of its own, or one of {', '.join(REPLACED)}: that one "
            "means something else."
        )
