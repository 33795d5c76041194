"""A coating's performance before it is made, as distributions.

>>> from ssb_model.prediction import load_coating
>>> load_coating("lii-znlix").type
'mixed'
"""

from importlib import import_module

_HOMES = {
    "Coating": "coating",
    "Evaluator": "evaluation.evaluator",
    "Prediction": "prediction",
    "PredictionCell": "cell",
    "load_cell": "cell",
    "load_coating": "coating",
    "load_evaluator": "evaluation.evaluator",
    "make_evaluator": "evaluation.make",
    "predict": "run",
}
__all__ = list(_HOMES)


def __getattr__(name):
    """Load a public name when it is first used: a shipped evaluator must not import PyBaMM."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
