"""Derivatives of programs: entries of the Jacobian, tangents."""

from ssb_model.compiled.derivatives.derivative import Derivative as Derivative
from ssb_model.compiled.derivatives.jacobian import SparseJacobian as SparseJacobian
from ssb_model.compiled.derivatives.partials import row_of_ones as row_of_ones
from ssb_model.compiled.derivatives.tangent import TIME as TIME, Tangent as Tangent
