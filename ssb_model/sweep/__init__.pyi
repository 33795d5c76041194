from ssb_model.sweep.cluster import (
    on_cluster as on_cluster,
    running_cluster as running_cluster,
)
from ssb_model.sweep.evaluator import Evaluator
from ssb_model.sweep.file import SweepTable as SweepTable
from ssb_model.sweep.maps import map_of
from ssb_model.sweep.optima import write_optima as write_optima
from ssb_model.sweep.pareto import front_of, pareto
from ssb_model.sweep.processes import in_processes as in_processes
from ssb_model.sweep.result import SweepResult, load_sweep
from ssb_model.sweep.run import Computed as Computed, alone as alone, run_sweep
from ssb_model.sweep.store import Folder as Folder, SweepStopped
from ssb_model.sweep.sweep import Sweep, files_of as files_of, read_sweep

__all__ = [
    "Evaluator",
    "Sweep",
    "SweepResult",
    "SweepStopped",
    "front_of",
    "load_sweep",
    "map_of",
    "pareto",
    "read_sweep",
    "run_sweep",
]
