"""Sweeps: a model of a coating asked for up to a million candidates, whole or not at all.

>>> from ssb_model.sweep import EXAMPLE, pareto
>>> EXAMPLE.splitlines()[0]
'title = "Thickness and conductivity of the layer"'
>>> pareto([1.0, 2.0, 3.0], [5.0, 7.0, 6.0], best=("low", "high")).tolist()
[0, 1]
"""

from ssb_model.sweep.evaluator import Evaluator
from ssb_model.sweep.example import EXAMPLE
from ssb_model.sweep.maps import map_of
from ssb_model.sweep.pareto import front_of, pareto
from ssb_model.sweep.run import run_sweep
from ssb_model.sweep.store.load import load_sweep
from ssb_model.sweep.store.stopped import SweepStopped
from ssb_model.sweep.sweep import Sweep, read_sweep

__all__ = [
    "EXAMPLE",
    "Evaluator",
    "Sweep",
    "SweepStopped",
    "front_of",
    "load_sweep",
    "map_of",
    "pareto",
    "read_sweep",
    "run_sweep",
]
