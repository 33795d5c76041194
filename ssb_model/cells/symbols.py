"""Types of what the cells pass on: PyBaMM's symbols by name, options, the sides of a cell."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

import pybamm

Face = Literal["negative", "positive"]
Share = Literal["coated", "uncoated"]
#: PyBaMM's variables by name
Variables = dict[str, pybamm.Symbol]
#: the cells' own options, completed, with the value chosen for each
CellOptions = Mapping[str, str]
#: PyBaMM's geometry: the limits of each domain's coordinates
Geometry = dict[str, dict[pybamm.SpatialVariable, dict[str, float]]]
#: mesh points of each coordinate, by its symbol or, PyBaMM's own, by name
Points = dict[Any, int]
#: kind of mesh, or spatial method, of each domain
Meshes = dict[str, Any]
#: a number, a NumPy or JAX array, or a PyBaMM symbol: a formula takes all, and they share no type
Value = Any


def sum_of(symbols: Iterable[pybamm.Symbol]) -> pybamm.Symbol:
    """The sum of at least one symbol, which is a symbol and not the number 0."""
    return cast(pybamm.Symbol, sum(symbols))


def replaced(symbol: pybamm.Symbol, old: pybamm.Symbol, new: pybamm.Symbol) -> pybamm.Symbol:
    """An expression in which ``new`` stands wherever ``old`` did."""
    if symbol == old:
        return new
    if not symbol.children:
        return symbol
    return symbol.create_copy([replaced(child, old, new) for child in symbol.children])
