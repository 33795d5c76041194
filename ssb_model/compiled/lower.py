"""PyBaMM's discretised expression tree -> :class:`~ssb_model.compiled.program.Program`.

One branch a node type; a type without one is named in the error. Shared subtrees are met
once: PyBaMM's symbols compare by content.
"""

import numpy as np
import pybamm
import scipy.sparse as sparse

from ssb_model.errors import InputError

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


class Lowering:
    """Appends discretised PyBaMM symbols to a program.

    Parameters
    ----------
    program : Program
        Where nodes go; several expressions may share it and so share their subtrees.
    """

    def __init__(self, program):
        self.program = program
        self._nodes = {}

    def __call__(self, symbol):
        """Number of the node that computes ``symbol``."""
        if symbol not in self._nodes:
            self._nodes[symbol] = self._lower(symbol)
        return self._nodes[symbol]

    def _lower(self, symbol):
        kind, p = type(symbol), self.program
        if isinstance(symbol, pybamm.Scalar | pybamm.Array) or symbol.is_constant():
            return p.constant(_dense(symbol.evaluate()))
        if kind is pybamm.MatrixMultiplication:
            return self._product(*symbol.children)
        if kind in UNARY_NODES:
            return p.unary(UNARY_NODES[kind], self(symbol.children[0]))
        if kind in BINARY_NODES:
            return p.binary(BINARY_NODES[kind], *map(self, symbol.children))
        if kind in STRUCTURE:
            return STRUCTURE[kind](self, symbol)
        raise InputError(
            f'The compiler does not know the PyBaMM node "{kind.__name__}" ({symbol.name}); '
            "compile a model without it, or report it so that it is added."
        )

    def _product(self, left, right):
        """A constant matrix, possibly scaled by expressions, times a column."""
        if left.is_constant():
            matrix = left.evaluate()
            return self.program.linear(sparse.csr_matrix(matrix), self(right))
        if isinstance(left, pybamm.Multiplication):
            scale, matrix = left.children
            if matrix.is_constant() or isinstance(matrix, pybamm.Multiplication):
                return self.program.binary("mul", self(scale), self._product(matrix, right))
            if scale.is_constant():
                return self.program.binary("mul", self(matrix), self._product(scale, right))
        raise InputError(
            f"The compiler takes matrix products with a constant matrix only, not {left.name}."
        )

    def _state(self, symbol):
        return self.program.state(np.flatnonzero(symbol.evaluation_array))

    def _index(self, symbol):
        child = self(symbol.children[0])
        return self.program.take(child, np.arange(self.program.size(child))[symbol.slice])

    def _stack(self, symbol):
        return self.program.concatenate([self(child) for child in symbol.children])

    def _domain_concatenation(self, symbol):
        """Children interleaved point by point of the secondary domain."""
        p = self.program
        children = [
            p.broadcast(self(child), child.size) if child.size > 1 else self(child)
            for child in symbol.children
        ]
        starts = np.cumsum([0, *map(p.size, children)])
        target, source = [], []
        for start, slices in zip(starts, symbol._children_slices, strict=False):
            for domain, child_slices in slices.items():
                pairs = zip(symbol._slices[domain], child_slices, strict=True)
                for whole, own in pairs:
                    target.append(np.arange(whole.start, whole.stop))
                    source.append(start + np.arange(own.start, own.stop))
        order = np.argsort(np.concatenate(target))
        return p.take(p.concatenate(children), np.concatenate(source)[order])

    def _arcsinh2(self, symbol):
        """arcsinh(a / b_eff), b_eff = sign(b) hypot(b, eps), sign(0) = 1."""
        p = self.program
        a, b = map(self, symbol.children)
        zero, one, two = (p.constant(v) for v in (0.0, 1.0, 2.0))
        sign = p.binary("sub", p.binary("mul", two, p.binary("less_equal", zero, b)), one)
        squares = p.binary("add", p.binary("mul", b, b), p.constant(symbol.eps**2))
        b_eff = p.binary("mul", sign, p.unary("sqrt", squares))
        return p.unary("arcsinh", p.binary("div", a, b_eff))

    def _reg_power(self, symbol):
        """x (x^2 + delta^2)^((a-1)/2) scale^a with x = base/scale."""
        p = self.program
        base, exponent, scale = map(self, symbol.children)
        x = p.binary("div", base, scale)
        squares = p.binary("add", p.binary("mul", x, x), p.constant(symbol.delta**2))
        half = p.binary("mul", p.binary("sub", exponent, p.constant(1.0)), p.constant(0.5))
        power = p.binary("mul", x, p.binary("pow", squares, half))
        return p.binary("mul", power, p.binary("pow", scale, exponent))


STRUCTURE = {
    pybamm.StateVector: Lowering._state,
    pybamm.InputParameter: lambda self, symbol: self.program.input(symbol.name),
    pybamm.Time: lambda self, symbol: self.program.time(),
    pybamm.Index: Lowering._index,
    pybamm.NumpyConcatenation: Lowering._stack,
    pybamm.DomainConcatenation: Lowering._domain_concatenation,
    pybamm.Arcsinh2: Lowering._arcsinh2,
    pybamm.RegPower: Lowering._reg_power,
    pybamm.NotConstant: lambda self, symbol: self(symbol.children[0]),
}


def _dense(value):
    return value.toarray() if sparse.issparse(value) else value
