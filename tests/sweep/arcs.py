"""A small model to sweep: the arc of a face and the cell's ohmic voltage, in closed form, by JAX.

A face has h/s_i + RT/(F j0); the pellet 119.7 ohm cm2. The critical current is a voltage over all
of it, and less for a thin layer, so that no candidate is best in everything. Layers above 800 nm
fail, so that a sweep has candidates without a result. "slow" arcs take a while, so that one can
stop a sweep in between; "deadly" ones end their process, as one without memory would be.
"""

import json
import os
import signal
import time
from hashlib import sha256
from pathlib import Path

import numpy as np

from ssb_model.citations import of_methods
from ssb_model.errors import InputError, suggestion
from ssb_model.library import load_parameter_set

INPUTS = {
    "Layer thickness [m]": "layer thickness",
    "Layer ionic conductivity [S.m-1]": "layer ionic conductivity",
    "Exchange-current density [A.m-2]": "exchange-current density",
}
OUTPUTS = {
    "interface resistance": "ohm cm2",
    "polarisation at 0.1 mA/cm2": "mV",
    "critical current density": "mA/cm2",
}
THERMAL = 8.314462618 * 298.15 / 96485.33212  # V
PELLET, LIMIT = 119.7, 241.0  # ohm cm2, mV
HALF, THICKEST = 100e-9, 800e-9  # m
SLOW = 0.15  # s a chunk


class Arcs:
    """The evaluator."""

    inputs = tuple(INPUTS)

    def __init__(self, coating, outputs):
        known = load_parameter_set("zni2-0.5")
        self.quantities = {name: known[own] for name, own in INPUTS.items()}
        self.coating = coating
        self.outputs = {name: OUTPUTS[name] for name in outputs}
        self.sha256 = sha256(json.dumps([coating, list(outputs)]).encode()).hexdigest()
        self.works = tuple(of_methods("integration in time"))

    def __call__(self, columns):
        import jax

        jax.config.update("jax_enable_x64", True)
        if self.coating == "slow":
            time.sleep(SLOW)
        if self.coating == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        thickness, *others = (columns[name] for name in self.inputs)
        numbers = _compiled()(thickness, *others)
        failed = thickness > THICKEST
        answer = {
            name: np.where(failed, np.nan, np.asarray(value))
            for name, value in zip(OUTPUTS, numbers, strict=True)
            if name in self.outputs
        }
        return answer | {"status": np.where(failed, "layer too thick", "")}

    def save(self, folder):
        (Path(folder) / "arcs.json").write_text(json.dumps([self.coating, list(self.outputs)]))


def _arcs(h, conductivity, j0):
    both = 2e4 * (h / conductivity + THERMAL / j0)
    return both, 0.1 * (PELLET + both), LIMIT / (PELLET + both) * h / (h + HALF)


def _compiled():
    import jax

    return jax.jit(_arcs)


def evaluator(table):
    """The entry that a sweep calls."""
    if table["coating"] not in ("arcs", "slow", "deadly"):
        raise InputError(f"there is no coating '{table['coating']}'.")
    for name in table["outputs"]:
        if name not in OUTPUTS:
            raise InputError(f"outputs: no output '{name}'. {suggestion(name, OUTPUTS)}")
    return Arcs(table["coating"], table["outputs"])


def load_evaluator(folder):
    """The saved one."""
    return Arcs(*json.loads((folder / "arcs.json").read_text()))
