"""Any discretised PyBaMM model as one JAX program; knows no battery."""

from ssb_model.compiled.compile import compile
from ssb_model.compiled.model import CompiledModel, Trajectory
from ssb_model.compiled.solution import Solution

__all__ = ["CompiledModel", "Solution", "Trajectory", "compile"]
