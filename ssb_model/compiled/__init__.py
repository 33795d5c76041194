"""Any discretised PyBaMM model as one JAX program; knows no battery.

PyBaMM is imported only by what needs it (:func:`compile`, :class:`CompiledSolver`): a saved model
is loaded and run by numpy and JAX alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ssb_model.compiled.artefact import load_compiled
from ssb_model.compiled.model import CompiledModel, Trajectory
from ssb_model.compiled.protocols.protocol import OfInput, Protocol, Step
from ssb_model.compiled.solution import Solution

if TYPE_CHECKING:
    from ssb_model.compiled.from_pybamm.compile import compile
    from ssb_model.compiled.from_pybamm.solver import CompiledSolver

__all__ = [
    "CompiledModel",
    "CompiledSolver",
    "OfInput",
    "Protocol",
    "Solution",
    "Step",
    "Trajectory",
    "compile",
    "load_compiled",
]


_OF_PYBAMM = {
    "compile": "ssb_model.compiled.from_pybamm.compile",
    "CompiledSolver": "ssb_model.compiled.from_pybamm.solver",
}


def __getattr__(name):
    if name in _OF_PYBAMM:
        return getattr(import_module(_OF_PYBAMM[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
