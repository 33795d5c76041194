"""The cathode's options as PyBaMM takes them, and those of PyBaMM's that cannot work here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssb_model.errors import InputError

POTENTIAL, SITES = "open-circuit potential", "number of MSMR reactions"
#: what PyBaMM takes for the electrode of lithium, where an option is of each electrode
OF_LITHIUM = {
    POTENTIAL: "single",
    "particle": "Fickian diffusion",
    "intercalation kinetics": "symmetric Butler-Volmer",
    SITES: "1",
}
_FACE = "the lithium's interface is the face, whose own film and contact say what grows there"
_HEAT = 'heat is balanced over the whole cell: choose "thermal": "lumped"'
_ONE = "garnet and face are modelled in one dimension"
_LEAD_ACID = "it belongs to lead-acid cells"
_ONE_WAY = "an electrode's file states one value for both directions of the current"
_NOTHING_GROWS = "no side reaction takes place on the cathode"
#: PyBaMM's options that cannot work in this cell, and why; the first of its values can
REFUSED = {
    "SEI": _FACE,
    "SEI film resistance": _FACE,
    "SEI on cracks": _FACE,
    "SEI porosity change": _FACE,
    "lithium plating": "lithium is plated on the metal, and none on the cathode",
    "lithium plating porosity change": "lithium is plated on the metal, and none on the cathode",
    "x-average side reactions": _NOTHING_GROWS,
    "interface utilisation": _FACE,
    "calculate heat source for isothermal models": _HEAT,
    "heat of mixing": _HEAT,
    "use lumped thermal capacity": _HEAT,
    "surface temperature": _HEAT,
    "cell geometry": _ONE,
    "current collector": _ONE,
    "dimensionality": _ONE,
    "convection": _LEAD_ACID,
    "hydrolysis": _LEAD_ACID,
    "diffusivity": _ONE_WAY,
    "exchange-current density": _ONE_WAY,
    "particle phases": "an electrode's file states one active material",
    "particle shape": "particles are spheres, of whose volume the capacity is reckoned",
}
#: single values that cannot work, of options of which others do
REFUSED_VALUES = {
    ("electrolyte conductivity", "leading order"): "the cathode is resolved in depth",
    ("electrolyte conductivity", "composite"): "the cathode is resolved in depth",
    ("electrolyte conductivity", "integrated"): "the cathode is resolved in depth",
    ("operating mode", "explicit power"): "PyBaMM has it for no cell with a resistance in series",
    ("operating mode", "explicit resistance"): (
        "PyBaMM has it for no cell with a resistance in series"
    ),
    ("loss of active material", "reaction-driven"): _NOTHING_GROWS,
    ("surface form", "false"): "the double layer of the cathode is part of the cell",
    ("contact resistance", "false"): (
        "the resistance between garnet and cathode is the contact resistance: set it to 0 instead"
    ),
    ("working electrode", "both"): "the other electrode is lithium metal",
    ("thermal", "x-lumped"): _HEAT,
    ("thermal", "x-full"): _HEAT,
}
#: what works where it is the only value that does, since PyBaMM counts it as chosen
_HARMLESS = {"none", "false", "ambient", "uniform", "single", "full", "1", "spherical", "arbitrary"}


def refuse_unworkable(options: Mapping[str, Any]) -> None:
    """Raise InputError for an option or value of PyBaMM's that cannot work in a full cell."""
    for option, value in options.items():
        reason = REFUSED_VALUES.get((option, str(value)))
        if reason is None and str(value) not in {*_HARMLESS, "0"}:
            reason = REFUSED.get(option)
        if reason is not None:
            raise InputError(f'The option "{option}" cannot be "{value}" in a full cell: {reason}.')


def _refuse_sites(options: Mapping[str, Any]) -> None:
    """Reactions of sites are chosen by the potential, and are counted."""
    if options.get(POTENTIAL) == "MSMR":
        if SITES not in options:
            raise InputError(
                f'The option "{POTENTIAL}": "MSMR" needs "{SITES}": add it, as a cathode\'s file '
                "with reactions does by itself."
            )
        return
    for name in ("particle", "intercalation kinetics"):
        if options.get(name) == "MSMR":
            raise InputError(
                f'The option "{name}" cannot be "MSMR" alone: choose "{POTENTIAL}": "MSMR", '
                "which brings it."
            )


def refuse_combinations(own: Mapping[str, str], options: Mapping[str, Any]) -> None:
    """Raise InputError for options that do not go together."""
    _refuse_sites(options)
    if own["thermal"] == "lumped" and options.get("particle size") == "distribution":
        raise InputError(
            'The options "thermal": "lumped" and "particle size": "distribution" cannot be '
            "combined, since the heat of each size would have to be known: leave one out."
        )


def for_pybamm(options: Mapping[str, Any]) -> dict[str, Any]:
    """PyBaMM's options with those of the cathode alone said of it alone."""
    options = dict(options)
    if options.get(POTENTIAL) == "MSMR":
        options |= {"particle": "MSMR", "intercalation kinetics": "MSMR"}
    return {
        name: (OF_LITHIUM[name], value)
        if isinstance(value, str) and _is_of_one(name, value)
        else value
        for name, value in options.items()
    }


def _is_of_one(name: str, value: str) -> bool:
    """Whether the value is one that lithium metal cannot have too."""
    if name == POTENTIAL:
        return value != "single"
    return name in OF_LITHIUM and (value == "MSMR" or name == SITES)
