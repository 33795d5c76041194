"""Python functions in PyBaMM's expressions, by what they do to their arguments.

A function is called with :class:`Traced` columns, which take numpy's operators and functions
and write them down as nodes. What PyBaMM gives its solvers is made in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pybamm
from numpy.lib.mixins import NDArrayOperatorsMixin
from scipy.special import erf

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from ssb_model.compiled.from_pybamm.lower import Lowering
    from ssb_model.compiled.program import Program

UNARY = {
    np.negative: "neg",
    np.absolute: "abs",
    np.fabs: "abs",
    np.sign: "sign",
    np.floor: "floor",
    np.ceil: "ceil",
    np.exp: "exp",
    np.log: "log",
    np.sqrt: "sqrt",
    np.sin: "sin",
    np.cos: "cos",
    np.sinh: "sinh",
    np.cosh: "cosh",
    np.tanh: "tanh",
    np.arcsinh: "arcsinh",
    np.arctan: "arctan",
    erf: "erf",
}
BINARY = {
    np.add: "add",
    np.subtract: "sub",
    np.multiply: "mul",
    np.divide: "div",
    np.power: "pow",
    np.float_power: "pow",
    np.minimum: "minimum",
    np.maximum: "maximum",
    np.fmin: "minimum",
    np.fmax: "maximum",
    np.less: "less",
    np.less_equal: "less_equal",
    np.equal: "equal",
    np.remainder: "mod",
}


def _log1p(x: Any) -> Any:
    """The logarithm of 1 + x, corrected for what rounding took from the sum."""
    total = 1 + x
    return np.log(total) + (x - (total - 1)) / total


COMPOSED = {
    np.positive: lambda x: x,
    np.square: lambda x: x * x,
    np.reciprocal: lambda x: 1 / x,
    np.cbrt: lambda x: np.sign(x) * np.abs(x) ** (1 / 3),
    np.hypot: lambda x, y: np.sqrt(x * x + y * y),
    np.deg2rad: lambda x: x * (np.pi / 180),
    np.rad2deg: lambda x: x * (180 / np.pi),
    np.exp2: lambda x: np.exp(x * np.log(2)),
    np.expm1: lambda x: np.tanh(x / 2) * (np.exp(x) + 1),
    np.log2: lambda x: np.log(x) / np.log(2),
    np.log10: lambda x: np.log(x) / np.log(10),
    np.log1p: _log1p,
    np.logaddexp: lambda x, y: np.maximum(x, y) + _log1p(np.exp(-np.abs(x - y))),
    np.tan: lambda x: np.sin(x) / np.cos(x),
    np.arcsin: lambda x: np.arctan(x / np.sqrt((1 - x) * (1 + x))),
    np.arccos: lambda x: 2 * np.arctan(np.sqrt((1 - x) / (1 + x))),
    np.arctanh: lambda x: (_log1p(x) - _log1p(-x)) / 2,
    np.arccosh: lambda x: np.log(x + np.sqrt((x - 1) * (x + 1))),
    np.trunc: lambda x: np.sign(x) * np.floor(np.abs(x)),
    np.floor_divide: lambda x, y: np.floor(x / y),
    np.heaviside: lambda x, at_zero: (x > 0) + at_zero * (x == 0),
    np.greater: lambda x, y: np.less(y, x),
    np.greater_equal: lambda x, y: np.less_equal(y, x),
    np.not_equal: lambda x, y: 1 - np.equal(x, y),
    np.logical_not: lambda x: np.equal(x, 0),
    np.logical_and: lambda x, y: np.not_equal(x, 0) * np.not_equal(y, 0),
    np.logical_or: lambda x, y: np.maximum(np.not_equal(x, 0), np.not_equal(y, 0)),
}


class Traced(NDArrayOperatorsMixin):
    """A node of a program as a number in numpy's functions; their results are nodes too."""

    def __init__(self, program: Program, node: int) -> None:
        self.program = program
        self.node = node

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any
    ) -> Traced | None:
        """What numpy calls for each of its functions and operators."""
        if method != "__call__" or options or any(np.ndim(x) for x in inputs if not _traced(x)):
            return NotImplemented
        if ufunc in COMPOSED:
            return COMPOSED[ufunc](*inputs)
        nodes = [node_of(self.program, x) for x in inputs]
        if ufunc in UNARY:
            return Traced(self.program, self.program.unary(UNARY[ufunc], *nodes))
        if ufunc in BINARY:
            return Traced(self.program, self.program.binary(BINARY[ufunc], *nodes))
        return NotImplemented

    def __bool__(self) -> bool:
        raise TypeError("A value that is not known yet is neither true nor false.")

    def __array__(self, *_: Any, **__: Any) -> np.ndarray:
        raise TypeError("A value that is not known yet is no array.")


def _traced(value: Any) -> bool:
    return isinstance(value, Traced)


def node_of(program: Program, value: Any) -> int:
    """The node of a :class:`Traced` value, or of a number."""
    return value.node if isinstance(value, Traced) else program.constant(float(value))


def python_function(lower: Lowering, symbol: pybamm.Function) -> int:
    """A Python function as what it does to its arguments."""
    lower.functions.check(symbol)
    arguments = [Traced(lower.program, lower(child)) for child in symbol.children]
    try:
        return node_of(lower.program, symbol.function(*arguments))
    except Exception as error:
        raise InputError(
            f'The compiler cannot look into the Python "{symbol.name}"; write it with operators '
            "and numpy's elementary functions, without conditions or loops that depend on its "
            "arguments."
        ) from error


class Itself:
    """A key that stands for one object, whatever else equals that."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.thing is other.thing

    def __hash__(self) -> int:
        return object.__hash__(self.thing)


def check_functions(model: pybamm.BaseModel) -> None:
    """Refuse a model in which PyBaMM would take one Python function for another.

    A discretised model does not show it any more.
    """
    names, seen = FunctionNames(), set()
    stack = [
        *(e for group in _equations(model) for e in group.values()),
        *(value for sides in model.boundary_conditions.values() for value, _ in sides.values()),
        *(event.expression for event in model.events),
    ]
    while stack:
        symbol = stack.pop()
        if isinstance(symbol, pybamm.Symbol) and Itself(symbol) not in seen:
            seen.add(Itself(symbol))
            stack.extend(symbol.children)
            if type(symbol) is pybamm.Function:
                names.check(symbol)


def _equations(model: pybamm.BaseModel) -> tuple[Mapping[Any, Any], ...]:
    return model.rhs, model.algebraic, model.initial_conditions, model.variables


class FunctionNames:
    """Which function has which name: PyBaMM takes two of one name for one and the same."""

    def __init__(self) -> None:
        self._known: dict[str, Hashable] = {}

    def check(self, symbol: pybamm.Function) -> None:
        """Refuse a function whose name another one has already."""
        identity = _identity(symbol.function)
        if self._known.setdefault(symbol.name, identity) != identity:
            raise InputError(
                f'Two Python functions of the model are called "{symbol.name}", which PyBaMM '
                "takes for one and the same; define each with def and a name of its own."
            )


def _identity(function: Callable[..., Any]) -> Hashable:
    """What two functions share that do the same: their code and the values that it reads."""
    code = getattr(function, "__code__", None)
    if code is None:
        return Itself(function)
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    return (code, *map(Itself, (*cells, *(function.__defaults__ or ()))))
