"""Varied quantities: names and ranges as users write them to PyBaMM's names and SI."""

import re
from dataclasses import dataclass
from typing import get_args

import numpy as np

from ssb_model.errors import InputError, suggestion
from ssb_model.library import Kind, check_scale, parse, quantities_of, to_si

_UNIT = re.compile(r"\s*[-+\d.]+(?:[eE][-+]?\d+)?\s*(.*?)\s*")


@dataclass(frozen=True)
class Variable:
    """A varied quantity: from `lower` to `upper` in SI, even on its scale.

    `unit` is that of the sweep file, for figures, and `factor` one of it in SI.
    """

    name: str
    lower: float
    upper: float
    scale: str
    points: int | None = None
    unit: str = "-"
    factor: float = 1.0

    def at(self, share: np.ndarray) -> np.ndarray:
        """Values at shares of the way from the lower to the upper end."""
        # Rounding must not carry the last point beyond the range.
        return np.clip(self.stretched(share), self.lower, self.upper)

    def stretched(self, share: np.ndarray) -> np.ndarray:
        """The same for shares that may lie outside the range."""
        if self.scale == "log":
            return self.lower * (self.upper / self.lower) ** share
        return self.lower + (self.upper - self.lower) * share


def bare_name(name: str) -> str:
    """A PyBaMM name without its unit."""
    return name.split(" [")[0]


def read_variable(table, evaluator, where) -> Variable:
    """A :class:`Variable` from its table; InputError, beginning with ``where``, for a mistake."""
    name = _input_name(table.name, evaluator.inputs, f"{where}.name")
    quantity = evaluator.quantities[name]
    lower, upper = _ends(table, quantity, f"{where}.range")
    usual = "log" if quantity.known.scale == "log" and lower > 0 else "linear"
    scale = table.scale or usual
    check_scale(scale, lower, upper, f"{where}.range")
    return Variable(name, lower, upper, scale, table.points, *_shown(table, quantity.unit))


def _shown(table, si_unit):
    """The unit that the user writes and one of it in SI; SI's own where zeros differ (degC)."""
    unit = _UNIT.fullmatch(table.range[0])[1] if table.range else ""
    if not unit or to_si(0, unit, si_unit) != 0:
        return si_unit, 1.0
    return unit, to_si(1, unit, si_unit)


def _input_name(name, inputs, where):
    known = {bare_name(full).lower(): full for full in inputs}
    found = known.get(bare_name(name).lower())
    if found is None:
        bare = [bare_name(full) for full in inputs]
        told = "is fixed in this model" if _is_quantity(name) else "is not known"
        raise InputError(f"{where}: '{name}' {told} and cannot be varied. {suggestion(name, bare)}")
    return found


def _is_quantity(name):
    """Whether any parameter set may have a quantity of this name."""
    bare = bare_name(name).lower()
    return any(bare in quantities_of(kind) for kind in get_args(Kind))


def _ends(table, quantity, where):
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


def _end(text, quantity, where):
    try:
        return quantity.within_bounds(parse(text, quantity.unit), text)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
