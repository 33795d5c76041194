"""PyBaMM's parameters of a cathode: from the numbers and curves of an electrode's file."""

from __future__ import annotations

from collections.abc import Mapping

import pybamm

from ssb_model.cells.cathode.kinetics import (
    DIFFUSIVITY,
    diffusivity_with,
    exchange_current_density,
)
from ssb_model.cells.cathode.potential import START, STATE, potential_values
from ssb_model.cells.cathode.reactions import reaction_values
from ssb_model.cells.cathode.window import (
    CHARGED,
    LOWER,
    UPPER,
    refuse_nominal,
    refuse_window,
)
from ssb_model.cells.symbols import Value
from ssb_model.constants import FARADAY
from ssb_model.library import ParameterSet, Reactions

CATHOLYTE_CONCENTRATION = 1000.0  # mol/m3, a scale only while the catholyte is single-ion
#: PyBaMM's names of the cathode's quantities where they are not "Positive electrode <name>".
CATHODE_NAMES = {
    "particle radius": "Positive particle radius",
    "diffusivity": "Positive particle reference diffusivity",
    "diffusivity activation energy": "Positive particle diffusivity activation energy",
    "maximum concentration": "Maximum concentration in positive electrode",
    "electronic conductivity": "Positive electrode conductivity",
    "electrolyte conductivity": "Catholyte conductivity",
    "cathode-side resistance": "Cathode-side resistance",
    "lower cut-off voltage": LOWER.partition(" [")[0],
    "upper cut-off voltage": UPPER.partition(" [")[0],
}
#: PyBaMM's names of quantities that a file need not state, and ours
RENAMED = {
    "Positive electrode OCP entropic change [V.K-1]": (
        "Positive electrode open-circuit potential temperature coefficient [V.K-1]"
    ),
    "Positive particle hysteresis switching factor": (
        "Positive electrode hysteresis switching factor"
    ),
    "Positive electrode Butler-Volmer transfer coefficient": (
        "Positive electrode transfer coefficient"
    ),
    "Electrolyte diffusivity [m2.s-1]": "Positive electrode salt diffusivity [m2.s-1]",
}
REORGANISATION = "Positive electrode reorganisation energy [J.mol-1]"
SPREAD = "Positive electrode particle radius spread"
RADIUS = "Positive particle radius [m]"
WIDTH = 5  # standard deviations from the mean radius to the largest and, above 0, the smallest
SMALLEST = 0.05  # of the mean radius

_name = pybamm.Parameter


def cathode_values(numbers: Mapping[str, float], cathode: ParameterSet) -> dict[str, Value]:
    """PyBaMM's parameters of the full cell that follow from its cathode.

    Raises
    ------
    InputError
        Where the potential does not span the window of voltages, or 1C is far from the capacity.
    """
    refuse_window(numbers, cathode)
    refuse_nominal(numbers, str(cathode.path))
    loading = numbers["Positive electrode areal loading [kg.m-2]"]
    solid = numbers["Positive electrode active material volume fraction"]
    density = numbers["Positive electrode density [kg.m-3]"]
    capacity = numbers["Positive electrode 1C specific current [A.kg-1]"] * loading
    return (
        _functions(numbers, cathode)
        | _optional(numbers)
        | {
            "Nominal cell capacity [A.h]": capacity * numbers["Cell area [m2]"],
            "Positive electrode thickness [m]": loading / (density * solid),
            "Positive electrode Bruggeman coefficient (electrolyte)": 1.5,
            "Positive electrode Bruggeman coefficient (electrode)": 0.0,
            "Initial concentration in positive electrode [mol.m-3]": _name(CHARGED)
            * _name("Maximum concentration in positive electrode [mol.m-3]"),
            "Cation transference number": 1.0,
            "Thermodynamic factor": 1.0,
            "Open-circuit voltage at 0% SOC [V]": numbers[LOWER],
            "Open-circuit voltage at 100% SOC [V]": numbers[UPPER],
            "Cycle number": 0.0,
        }
    )


def _functions(numbers: Mapping[str, float], cathode: ParameterSet) -> dict[str, Value]:
    """Values that PyBaMM takes as functions, or that are functions of other parameters."""
    area = numbers["Cell area [m2]"]
    potential = cathode.open_circuit_potential
    assert potential is not None

    def active_material(*position: pybamm.Symbol) -> pybamm.Symbol:
        fade = _name("Positive electrode fade per cycle") * _name("Cycle number")
        return solid * _name("Positive electrode utilisation") * (1 - fade)

    solid = numbers["Positive electrode active material volume fraction"]
    reactions = isinstance(potential, Reactions)
    return {
        "Positive electrode active material volume fraction": active_material,
        **(reaction_values(potential, numbers[CHARGED]) if reactions else {}),
        **potential_values(potential),
        "Positive electrode OCP entropic change [V.K-1]": 0.0,
        "Positive electrode exchange-current density [A.m-2]": exchange_current_density,
        DIFFUSIVITY: diffusivity_with(cathode.relative_diffusivity),
        "Electrolyte conductivity [S.m-1]": lambda c_e, T: _name("Catholyte conductivity [S.m-1]"),
        "Contact resistance [Ohm]": _name("Cathode-side resistance [Ohm.m2]") / area,
        "Initial concentration in electrolyte [mol.m-3]": CATHOLYTE_CONCENTRATION,
    }


def _optional(numbers: Mapping[str, float]) -> dict[str, Value]:
    """What follows from quantities that an electrode's file need not state."""
    values: dict[str, Value] = {
        theirs: _name(ours) for theirs, ours in RENAMED.items() if ours in numbers
    }
    if RENAMED["Positive electrode OCP entropic change [V.K-1]"] in numbers:
        values["Initial temperature [K]"] = _name("Ambient temperature [K]")
    if REORGANISATION in numbers:
        energy = _name(REORGANISATION) / FARADAY
        values["Positive electrode reorganization energy [eV]"] = energy
    decay = "Positive electrode hysteresis decay rate"
    if decay in numbers:
        kinds = ("", "lithiation ", "delithiation ")
        values |= {f"Positive particle {kind}hysteresis decay rate": _name(decay) for kind in kinds}
        values[STATE] = START
    return values | (_sizes() if SPREAD in numbers else {})


def _sizes() -> dict[str, Value]:
    """A log-normal distribution of the area over the radii, cut off at its tails."""
    radius, spread = _name(RADIUS), _name(SPREAD)
    return {
        "Positive minimum particle radius [m]": radius
        * pybamm.maximum(SMALLEST, 1 - WIDTH * spread),
        "Positive maximum particle radius [m]": radius * (1 + WIDTH * spread),
        "Positive area-weighted particle-size distribution [m-1]": lambda R: pybamm.lognormal(
            R, radius, spread * radius
        ),
    }
