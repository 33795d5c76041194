"""Solid-state cells with buffer layers: PyBaMM models, compiled by JAX, fitted to measurements.

The names below are imported from their rooms on first use, so that ``import ssb_model`` is quick:
PyBaMM and JAX, which take seconds, are loaded only by what needs them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssb_model.cells import BlockingCell, FullCell, SymmetricCell, cell_parameters
    from ssb_model.compiled import CompiledModel, CompiledSolver, compile, load_compiled
    from ssb_model.errors import InputError
    from ssb_model.library import load_experiment, load_parameter_set
    from ssb_model.reproduction import reproduce

    __version__: str

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
    "reproduce",
]

_ROOMS = {
    "BlockingCell": "ssb_model.cells",
    "CompiledModel": "ssb_model.compiled",
    "CompiledSolver": "ssb_model.compiled",
    "FullCell": "ssb_model.cells",
    "InputError": "ssb_model.errors",
    "SymmetricCell": "ssb_model.cells",
    "cell_parameters": "ssb_model.cells",
    "compile": "ssb_model.compiled",
    "load_compiled": "ssb_model.compiled",
    "load_experiment": "ssb_model.library",
    "load_parameter_set": "ssb_model.library",
    "reproduce": "ssb_model.reproduction",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value = version("ssb-model")
    elif name in _ROOMS:
        value = getattr(import_module(_ROOMS[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
