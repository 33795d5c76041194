from ssb_model.compiled.chunks import in_chunks as in_chunks
from ssb_model.compiled.integration import Sampling as Sampling, Tolerances
from ssb_model.compiled.model import CompiledModel, load_compiled
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import (
    CURRENT as CURRENT,
    VOLTAGE as VOLTAGE,
    OfInput,
    Protocol,
    Step,
    constant_segments as constant_segments,
    safety_margins as safety_margins,
    to_a_voltage as to_a_voltage,
)
from ssb_model.compiled.pybamm_model import compile
from ssb_model.compiled.runtime import cache_folder as cache_folder, prepare as prepare
from ssb_model.compiled.smallsignal import AT_ONCE as AT_ONCE, contributions as contributions
from ssb_model.compiled.solution import Solution, load_solution
from ssb_model.compiled.solver import CompiledSolver
from ssb_model.compiled.trajectory import Trajectory

__all__ = [
    "CompiledModel",
    "CompiledSolver",
    "OfInput",
    "Outcome",
    "Protocol",
    "Solution",
    "Step",
    "Tolerances",
    "Trajectory",
    "compile",
    "load_compiled",
    "load_solution",
]
