"""How the current is controlled: one algebraic equation, switched by inputs.

The compiled model carries its current as its last, algebraic state, with the equation

    (1 - v - p - r - sum of l) (I - a) + v (V - a) + p (I V - a) + r (V - a I)
        + sum of l g_l = 0

where a = value + slope (t - start). One of v, p, r is 1 for control of voltage, power or
resistance, and all are 0 for control of the current. So one program serves every step of a
protocol. A law g_l is whatever else an experiment's steps ask for: a residual of the model's
variables, of time and of inputs, that its share l switches on.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CURRENT = "Current function [A]"  # the input that is `value`, whatever is controlled
VOLTAGE = "Voltage [V]"
CAPACITY = "Nominal cell capacity [A.h]"  # what C-rates refer to
MODES = ("current", "voltage", "power", "resistance")


def shares_of(modes: Iterable[str]) -> tuple[str, ...]:
    """The inputs that switch ``modes``, or laws, on."""
    return tuple(f"Control of {mode}" for mode in modes)


SHARES = shares_of(MODES[1:])
SLOPE = "Control slope"
START = "start time"  # PyBaMM's name, which its steps' functions of time read
CONTROL_INPUTS = (*SHARES, SLOPE, START)
NO_LAWS: Mapping[str, Any] = MappingProxyType({})


def residual(
    inputs: Mapping[str, Any], t: Any, current: Any, voltage: Any, laws: Mapping[str, Any] = NO_LAWS
) -> Any:
    """The control equation's left-hand side, for PyBaMM symbols and for arrays alike.

    ``inputs`` is a dict of the names above and of the laws' shares; ``laws`` are the residuals
    by name.
    """
    v, p, r = (inputs[name] for name in SHARES)
    by_law = dict(zip(shares_of(laws), laws.values(), strict=True))
    aim = inputs[CURRENT] + inputs[SLOPE] * (t - inputs[START])
    total = (
        (1 - v - p - r - sum(inputs[share] for share in by_law)) * (current - aim)
        + v * (voltage - aim)
        + p * (current * voltage - aim)
        + r * (voltage - aim * current)
    )
    return total + sum(inputs[share] * law for share, law in by_law.items())
