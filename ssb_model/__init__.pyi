from ssb_model.build import __version__
from ssb_model.cells import BlockingCell, FullCell, SymmetricCell, cell_parameters
from ssb_model.circuits import fit_circuit
from ssb_model.compiled import CompiledModel, CompiledSolver, compile, load_compiled
from ssb_model.data import read, read_cycling, read_impedance
from ssb_model.errors import InputError
from ssb_model.library import load_experiment, load_parameter_set
from ssb_model.populations import fit_population
from ssb_model.prediction import predict
from ssb_model.reproduction import reproduce
from ssb_model.study import (
    CellTable,
    FreeTable,
    ImpedanceTable,
    load_fit,
    load_study,
    make_study,
    save_study,
)

__all__ = [
    "BlockingCell",
    "CellTable",
    "CompiledModel",
    "CompiledSolver",
    "FreeTable",
    "FullCell",
    "ImpedanceTable",
    "InputError",
    "SymmetricCell",
    "__version__",
    "cell_parameters",
    "compile",
    "fit_circuit",
    "fit_population",
    "load_compiled",
    "load_experiment",
    "load_fit",
    "load_parameter_set",
    "load_study",
    "make_study",
    "predict",
    "read",
    "read_cycling",
    "read_impedance",
    "reproduce",
    "save_study",
]
