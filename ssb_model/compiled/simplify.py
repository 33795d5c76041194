"""Elementwise operations that need not be done: neutral and annihilating constants."""

import numpy as np


def simplified(program, op, a, b):
    """The node that a constant operand of ``op`` leaves, or None.

    A zero annihilates whatever it multiplies, as in PyBaMM's own simplification.
    """
    x, y = program.value(a), program.value(b)
    size = max(program.size(a), program.size(b))
    if program.size(a) == size and y is not None and _neutral(y, op, after=True):
        return a
    if program.size(b) == size and x is not None and _neutral(x, op, after=False):
        return b
    if (op == "mul" and (_zero(x) or _zero(y))) or (op == "div" and _zero(x)):
        return program.constant(np.zeros(size))
    if op == "pow" and y is not None and y.size == 1:
        return _constant_power(program, a, float(y[0]))
    return None


def _zero(constant):
    return constant is not None and not constant.any()


def _neutral(constant, op, after):
    """Whether ``constant`` leaves the other operand of ``op`` as it is."""
    if op in (("add", "sub") if after else ("add",)):
        return _zero(constant)
    return op in (("mul", "div") if after else ("mul",)) and bool((constant == 1).all())


def _constant_power(program, a, exponent):
    """Cheaper nodes for the commonest exponents, or None."""
    if exponent == 0:
        return program.constant(np.ones(program.size(a)))
    if exponent == 1:
        return a
    if exponent == 2:
        return program.binary("mul", a, a)
    if exponent == 0.5:
        return program.unary("sqrt", a)
    if exponent == -1:
        return program.binary("div", program.constant(1.0), a)
    return None
