"""How the current is controlled: one algebraic equation, switched by inputs.

The compiled model carries its current as its last, algebraic state, with the equation

    (1 - v - p - r) (I - a) + v (V - a) + p (I V - a) + r (V - a I) = 0

where a = value + slope (t - start). One of v, p, r is 1 for control of voltage, power or
resistance, and all are 0 for control of the current. So one program serves every step of a
protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CURRENT = "Current function [A]"  # the input that is `value`, whatever is controlled
VOLTAGE = "Voltage [V]"
CAPACITY = "Nominal cell capacity [A.h]"  # what C-rates refer to
MODES = ("current", "voltage", "power", "resistance")
SHARES = tuple(f"Control of {mode}" for mode in MODES[1:])
SLOPE, START = "Control slope", "Control start [s]"
CONTROL_INPUTS = (*SHARES, SLOPE, START)


def residual(inputs: Mapping[str, Any], t: Any, current: Any, voltage: Any) -> Any:
    """The control equation's left-hand side, for PyBaMM symbols and for arrays alike.

    ``inputs`` is a dict of the names above.
    """
    v, p, r = (inputs[name] for name in SHARES)
    aim = inputs[CURRENT] + inputs[SLOPE] * (t - inputs[START])
    return (
        (1 - v - p - r) * (current - aim)
        + v * (voltage - aim)
        + p * (current * voltage - aim)
        + r * (voltage - aim * current)
    )
