"""PyBaMM's discretised expression tree -> :class:`~ssb_model.compiled.program.program.Program`.

One entry a node type; a type without one is named in the error. Shared subtrees are met
once: PyBaMM's symbols compare by content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pybamm

from ssb_model.compiled.from_pybamm import special_nodes
from ssb_model.compiled.from_pybamm.interpolants import interpolant
from ssb_model.compiled.from_pybamm.matrix_products import product
from ssb_model.compiled.from_pybamm.python_functions import FunctionNames, python_function
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.compiled.program import Program

UNARY_NODES = {
    pybamm.Negate: "neg",
    pybamm.AbsoluteValue: "abs",
    pybamm.Sign: "sign",
    pybamm.Floor: "floor",
    pybamm.Ceiling: "ceil",
    pybamm.Exp: "exp",
    pybamm.Log: "log",
    pybamm.Sqrt: "sqrt",
    pybamm.Sin: "sin",
    pybamm.Cos: "cos",
    pybamm.Sinh: "sinh",
    pybamm.Cosh: "cosh",
    pybamm.Tanh: "tanh",
    pybamm.Arcsinh: "arcsinh",
    pybamm.Arctan: "arctan",
    pybamm.Erf: "erf",
}
BINARY_NODES = {
    pybamm.Addition: "add",
    pybamm.Subtraction: "sub",
    pybamm.Multiplication: "mul",
    pybamm.Inner: "mul",
    pybamm.Division: "div",
    pybamm.Power: "pow",
    pybamm.Minimum: "minimum",
    pybamm.Maximum: "maximum",
    pybamm.EqualHeaviside: "less_equal",
    pybamm.NotEqualHeaviside: "less",
    pybamm.Equality: "equal",
    pybamm.Modulo: "mod",
}
SPECIAL_NODES = {
    pybamm.MatrixMultiplication: lambda lower, symbol: product(lower, *symbol.children),
    pybamm.Time: lambda lower, symbol: lower.program.time(),
    pybamm.NotConstant: lambda lower, symbol: lower(symbol.children[0]),
    pybamm.Max: lambda lower, symbol: lower.program.extreme("max", lower(symbol.children[0])),
    pybamm.Min: lambda lower, symbol: lower.program.extreme("min", lower(symbol.children[0])),
    pybamm.StateVector: special_nodes.state,
    pybamm.InputParameter: special_nodes.input_parameter,
    pybamm.Index: special_nodes.index,
    pybamm.NumpyConcatenation: special_nodes.stack,
    pybamm.SparseStack: special_nodes.stack,
    pybamm.KroneckerProduct: special_nodes.kronecker_product,
    pybamm.DomainConcatenation: special_nodes.domain_concatenation,
    pybamm.Conditional: special_nodes.conditional,
    pybamm.Interpolant: interpolant,
    pybamm.DiscreteTimeData: interpolant,
    pybamm.Function: python_function,
    pybamm.SpecificFunction: python_function,
    pybamm.Arcsinh2: special_nodes.arcsinh2,
    pybamm.RegPower: special_nodes.reg_power,
    pybamm.Hypot: special_nodes.hypot,
}
AFTER_THE_SOLVE = "PyBaMM computes it after a solve, so compile what is under it instead."
VALUE = "give the parameter a value in the parameter values."
DISCRETISE = "discretise the model first."
COMPONENT = 'take a number of it, such as pybamm.Magnitude(field, "lr") in the model.'
CURES = {
    pybamm.ExplicitTimeIntegral: AFTER_THE_SOLVE,
    pybamm.DiscreteTimeSum: AFTER_THE_SOLVE,
    pybamm.Parameter: VALUE,
    pybamm.FunctionParameter: VALUE,
    pybamm.VariableBase: DISCRETISE,
    pybamm.IndependentVariable: DISCRETISE,
    pybamm.SpatialOperator: DISCRETISE,
    pybamm.Concatenation: DISCRETISE,
    pybamm.CoupledVariable: DISCRETISE,
    pybamm.Magnitude: DISCRETISE,
    pybamm.Component: DISCRETISE,
    pybamm.Norm: DISCRETISE,
    pybamm.TensorField: COMPONENT,
    pybamm.TensorProduct: COMPONENT,
    pybamm.StateVectorDot: "write the right-hand side of its equation instead.",
    pybamm.Transpose: "a row can only be multiplied with a column, as row @ column.",
    pybamm.Symbol: "write it with PyBaMM's own operators and functions.",
}


def cure_of(kind: type[pybamm.Symbol]) -> str:
    """What to do about a node that is not known, by its nearest base class."""
    return next(CURES[base] for base in kind.__mro__ if base in CURES)


class Lowering:
    """Appends discretised PyBaMM symbols to a program.

    Parameters
    ----------
    program
        Where nodes go; several expressions may share it and so share their subtrees.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.functions = FunctionNames()
        self._nodes: dict[pybamm.Symbol, int] = {}

    def __call__(self, symbol: pybamm.Symbol) -> int:
        """Number of the node that computes ``symbol``."""
        if symbol not in self._nodes:
            self._nodes[symbol] = self._lower(symbol)
        return self._nodes[symbol]

    def _lower(self, symbol: pybamm.Symbol) -> int:
        kind, p = type(symbol), self.program
        if isinstance(symbol, pybamm.Scalar | pybamm.Array):
            return self._constant(symbol)
        if kind in UNARY_NODES:
            return p.unary(UNARY_NODES[kind], self(symbol.children[0]))
        if kind in BINARY_NODES:
            return p.binary(BINARY_NODES[kind], *map(self, symbol.children))
        if kind in SPECIAL_NODES:
            return SPECIAL_NODES[kind](self, symbol)
        if symbol.is_constant() and not isinstance(symbol, pybamm.TensorField):
            return self._constant(symbol)
        raise InputError(
            f'The compiler does not know the PyBaMM node "{kind.__name__}" ({symbol.name}); '
            f"{cure_of(kind)}"
        )

    def _constant(self, symbol: pybamm.Symbol) -> int:
        value = special_nodes.dense(symbol.evaluate())
        if np.ndim(value) == 2 and value.shape[1] != 1:
            raise InputError(
                f"The compiler takes a matrix on the left of a product only, not {symbol.name} "
                f"of shape {value.shape} where a column is expected."
            )
        return self.program.constant(value)
