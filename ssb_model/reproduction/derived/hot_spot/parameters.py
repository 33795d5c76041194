"""Free parameters of the hot-spot study: from parameter sets where they say them, else assumed."""

from __future__ import annotations

from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import load_parameter_set

#: quantities of parameter sets: the set, and names in it by label
OF_SETS = {
    "llzto": {
        "garnet: conductivity": "conductivity",
        "garnet: activation energy": "conductivity activation energy",
    },
    "zni2-0.5": {
        "coated: layer thickness": "layer thickness",
        "coated: layer ionic conductivity": "layer ionic conductivity",
        "coated: exchange-current density": "exchange-current density",
        "coated: activation energy": "layer activation energy",
    },
    "i2": {
        "LiI alone: layer thickness": "layer thickness",
        "LiI alone: layer ionic conductivity": "layer ionic conductivity",
        "LiI alone: exchange-current density": "exchange-current density",
    },
}

#: assumed, since neither the paper nor another source says them
ASSUMED = (
    FreeParameter("local limit", "A.m-2", 30.0, 5.0, 300.0, "log"),
    FreeParameter("correlation length", "m", 3e-6, 1e-6, 10e-6, "log"),
    FreeParameter("variation at 0.5 mol/L", "-", 0.1, 0.03, 0.3, "log"),
    FreeParameter("variation at 1.5 mol/L", "-", 0.5, 0.2, 1.0, "log"),
    FreeParameter("variation of LiI alone", "-", 0.3, 0.1, 1.0, "log"),
    FreeParameter("bare: contact fraction", "-", 0.05, 0.003, 0.5, "log"),
    FreeParameter("bare: contact spacing", "m", 50e-6, 5e-6, 500e-6, "log"),
    FreeParameter("bare: local resistance", "Ohm.m2", 20e-4, 0.5e-4, 500e-4, "log"),
    FreeParameter("bare: local activation energy", "J.mol-1", 3e4, 1e4, 6e4, "linear"),
)


def parameter_space() -> ParameterSpace:
    """All of them."""
    of_sets = [
        FreeParameter.from_quantity(label, load_parameter_set(name)[quantity])
        for name, quantities in OF_SETS.items()
        for label, quantity in quantities.items()
    ]
    return ParameterSpace([*of_sets, *ASSUMED])
