"""C text of the elementwise operations on a vector of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EXPRESSIONS = {
    "neg": "-{0}",
    "abs": "v_abs({0})",
    "sign": "v_sign({0})",
    "sqrt": "v_sqrt({0})",
    "floor": "v_floor({0})",
    "ceil": "v_ceil({0})",
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "{0} * {1}",
    "div": "{0} / {1}",
    "minimum": "v_choose(({0} <= {1}) | ({0} != {0}), {0}, {1})",  # of nan and a number: nan
    "maximum": "v_choose(({0} >= {1}) | ({0} != {0}), {0}, {1})",
    "less": "v_choose({0} < {1}, v_of(1), v_of(0))",
    "less_equal": "v_choose({0} <= {1}, v_of(1), v_of(0))",
    "equal": "v_choose({0} == {1}, v_of(1), v_of(0))",
    "select": "v_choose({0} != 0.0, {1}, {2})",
    "mod": "{0} - {1} * v_floor({0} / {1})",
}
FUNCTIONS = {
    *("exp", "log", "sin", "cos", "sinh", "cosh", "tanh", "arcsinh", "arctan", "erf", "pow"),
}  # of vectors.h
HIGHEST = 8.0  # powers beyond it are `v_pow`'s


def elementwise(op: str, args: Sequence[str], exponent: float | None = None) -> str:
    """The operation ``op`` of C expressions; a power may have a known ``exponent``."""
    if op == "pow" and exponent is not None:
        power = _by_roots(args[0], exponent)
        if power is not None:
            return power
    if op in EXPRESSIONS:
        return EXPRESSIONS[op].format(*args)
    assert op in FUNCTIONS, "programs are checked when they are read"
    return f"v_{op}({', '.join(args)})"


def _by_roots(x: str, exponent: float) -> str | None:
    """A power by a multiple of a quarter from products and square roots, or None."""
    quarters = abs(exponent) * 4
    if quarters != int(quarters) or not 0 < abs(exponent) <= HIGHEST:
        return None
    whole, rest = divmod(int(quarters), 4)
    factors = [x] * whole
    factors += [f"v_sqrt({x})"] * (rest >= 2) + [f"v_sqrt(v_sqrt({x}))"] * (rest % 2)
    power = " * ".join(factors)
    return power if exponent > 0 else f"1 / ({power})"
