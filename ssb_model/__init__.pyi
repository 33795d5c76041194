from ssb_model.cells import BlockingCell, FullCell, SymmetricCell, cell_parameters
from ssb_model.compiled import CompiledModel, CompiledSolver, compile, load_compiled
from ssb_model.data import read, read_cycling, read_impedance
from ssb_model.errors import InputError
from ssb_model.library import load_experiment, load_parameter_set
from ssb_model.reproduction import reproduce
from ssb_model.version import __version__

__all__ = [
    "BlockingCell",
    "CompiledModel",
    "CompiledSolver",
    "FullCell",
    "InputError",
    "SymmetricCell",
    "__version__",
    "cell_parameters",
    "compile",
    "load_compiled",
    "load_experiment",
    "load_parameter_set",
    "read",
    "read_cycling",
    "read_impedance",
    "reproduce",
]
