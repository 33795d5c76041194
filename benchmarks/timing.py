"""Wall times: of alternating runs, and of fresh processes."""

import importlib.util
import json
import subprocess
import sys
from time import perf_counter

import numpy as np


class NotMeasured(Exception):
    """Why a number is missing; goes into the table in its place."""


def require(package):
    """Raise :class:`NotMeasured` unless ``package`` can be imported."""
    if importlib.util.find_spec(package) is None:
        raise NotMeasured(f"not measured: pip install {package}")


def seconds(function):
    """Wall time of one call."""
    start = perf_counter()
    function()
    return perf_counter() - start


def interleaved(functions, repeats):
    """Median wall time [s] of each named function over alternating runs."""
    taken = {name: [] for name in functions}
    for _ in range(repeats):
        for name, function in functions.items():
            taken[name].append(seconds(function))
    return {name: float(np.median(values)) for name, values in taken.items()}


def fresh(module, *arguments, limit=None, environment=None):
    """What ``python -m module arguments`` prints as its last line, a JSON object.

    Raises :class:`NotMeasured` when it runs longer than ``limit`` seconds.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, env=environment
        )
    except subprocess.TimeoutExpired:
        raise NotMeasured(f"over {limit:.0f} s") from None
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])
