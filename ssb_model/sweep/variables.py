"""Varied quantities: names and ranges as users write them to PyBaMM's names and SI."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError, suggestion
from ssb_model.library import Kind, Quantity, check_scale, parse, quantities_of, to_si
from ssb_model.sweep.evaluator import Evaluator
from ssb_model.sweep.file import VaryTable

DECADE = 10.0  # ranges and outputs that are wider than this are shown on a logarithmic scale

_UNIT = re.compile(r"\s*[-+\d.]+(?:[eE][-+]?\d+)?\s*(.*?)\s*")


@dataclass(frozen=True)
class Variable:
    """A varied quantity, even on its scale.

    Attributes
    ----------
    name
        Of PyBaMM, with its unit.
    lower, upper
        Ends of the range, in SI.
    scale
        On which it is even.
    points
        Of a grid.
    unit
        Of the sweep file, for figures.
    factor
        One of that unit in SI.
    """

    name: str
    lower: float
    upper: float
    scale: Literal["log", "linear"]
    points: int | None = None
    unit: str = "-"
    factor: float = 1.0

    def at(self, share: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        """Values at shares of the way from the lower to the upper end."""
        # Rounding must not carry the last point beyond the range.
        return np.clip(self.stretched(share), self.lower, self.upper)

    def stretched(self, share: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        """The same for shares that may lie outside the range."""
        if self.scale == "log":
            return self.lower * (self.upper / self.lower) ** share
        return self.lower + (self.upper - self.lower) * share


def bare_name(name: str) -> str:
    """A PyBaMM name without its unit."""
    return name.split(" [")[0]


def read_variable(table: VaryTable, evaluator: Evaluator, where: str) -> Variable:
    """A :class:`Variable` from its table; InputError, beginning with ``where``, for a mistake."""
    name = _input_name(table.name, evaluator.inputs, f"{where}.name")
    quantity = evaluator.quantities[name]
    lower, upper = _ends(table, quantity, f"{where}.range")
    usual = "log" if quantity.known.scale == "log" and lower > 0 else "linear"
    scale = table.scale or usual
    check_scale(scale, lower, upper, f"{where}.range")
    return Variable(name, lower, upper, scale, table.points, *_shown(table, quantity.unit))


def variable_of(table: VaryTable, name: str, lower: float, upper: float) -> Variable:
    """The variable of a finished sweep, from its table, PyBaMM's name and the ends in SI."""
    scale = table.scale or ("log" if 0 < DECADE * lower < upper else "linear")
    si_unit = name.partition(" [")[2].removesuffix("]") or "-"
    return Variable(name, lower, upper, scale, table.points, *_shown(table, si_unit))


def _shown(table: VaryTable, si_unit: str) -> tuple[str, float]:
    """The unit that the user writes and one of it in SI; SI's own where zeros differ (degC)."""
    written = _UNIT.fullmatch(table.range[0]) if table.range else None
    unit = written[1] if written else ""
    if not unit or to_si(0, unit, si_unit) != 0:
        return si_unit, 1.0
    return unit, to_si(1, unit, si_unit)


def _input_name(name: str, inputs: Sequence[str], where: str) -> str:
    known = {bare_name(full).lower(): full for full in inputs}
    found = known.get(bare_name(name).lower())
    if found is None:
        bare = [bare_name(full) for full in inputs]
        why = "is fixed in this model" if _is_quantity(name) else "is not known"
        raise InputError(f"{where}: '{name}' {why} and cannot be varied. {suggestion(name, bare)}")
    return found


def _is_quantity(name: str) -> bool:
    """Whether any parameter set may have a quantity of this name."""
    bare = bare_name(name).lower()
    return any(bare in quantities_of(kind) for kind in get_args(Kind))


def _ends(table: VaryTable, quantity: Quantity, where: str) -> tuple[float, float]:
    """Both ends of the range in SI."""
    if table.range is None:
        if quantity.prior is None:
            raise InputError(
                f"{where} is missing: the quantity '{quantity.name}' has none of its own."
            )
        return quantity.prior.lower, quantity.prior.upper
    lower, upper = (_end(text, quantity, where) for text in table.range)
    if not lower < upper:
        raise InputError(f"{where}: {list(table.range)} must rise from its lower to its upper end.")
    return lower, upper


def _end(text: str, quantity: Quantity, where: str) -> float:
    try:
        return quantity.within_bounds(parse(text, quantity.unit), text)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
