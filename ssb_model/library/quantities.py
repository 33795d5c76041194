"""The schema of parameter sets: the quantities of each kind, their SI units and their bounds.

Bounds are what is physically conceivable, wide enough for any real cell and narrow enough to catch
a slip of unit (mm for nm). The scale is the one on which a prior range is even: "log" for positive
quantities that vary over decades, "logit" for shares, "linear" for the rest. All values are at the
reference temperature, 298.15 K, unless the source says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "garnet", "electrode", "metal", "coating", "blocking electrode", "interface", "leads"
]
CoatingType = Literal["ionic", "electronic", "mixed", "none"]
Scale = Literal["log", "linear", "logit"]


@dataclass(frozen=True)
class Known:
    """One known quantity: SI unit, inclusive bounds in it, prior scale, and where it is needed."""

    unit: str
    lower: float
    upper: float
    scale: Scale = "log"
    needed: Literal["always", "with a layer", "optional"] = "always"


def _optional(unit: str, lower: float, upper: float, scale: Scale = "log") -> Known:
    return Known(unit, lower, upper, scale, "optional")


def _layer(unit: str, lower: float, upper: float, scale: Scale = "log") -> Known:
    return Known(unit, lower, upper, scale, "with a layer")


_GARNET = {
    "conductivity": Known("S.m-1", 1e-8, 1e2),
    "conductivity activation energy": Known("J.mol-1", 0, 2e5, "linear"),
    "grain boundary activation energy": _optional("J.mol-1", 0, 2e5, "linear"),
    "electronic conductivity": _optional("S.m-1", 1e-14, 1e-1),
    "thickness": Known("m", 1e-7, 2e-2),
    "area": Known("m2", 1e-8, 1),
    "grain boundary share": Known("-", 0, 0.99, "logit"),
    "bulk relative permittivity": Known("-", 1, 1e6),
    "grain boundary effective permittivity": Known("F.m-1", 1e-12, 1e-2),
    "bulk constant-phase exponent": _optional("-", 0.3, 1, "logit"),
    "grain boundary constant-phase exponent": _optional("-", 0.3, 1, "logit"),
    "skin thickness": _optional("m", 1e-10, 1e-5),
    "skin conductivity": _optional("S.m-1", 1e-14, 1e2),
    "skin activation energy": _optional("J.mol-1", 0, 2e5, "linear"),
    "skin relative permittivity": _optional("-", 1, 1e4),
    "critical current law reference current density": _optional("A.m-2", 1e-4, 1e5),
    "critical current law reference resistance": _optional("Ohm.m2", 0, 1e2),
    "critical current law series resistance": _optional("Ohm.m2", 0, 1e2),
    "critical current law exponent": _optional("-", 0, 10, "linear"),
    "critical current law decay": _optional("Ohm-1.m-2", 0, 1e6),
    "critical current law contact exponent": _optional("-", 0, 10, "linear"),
    "critical current law activation energy": _optional("J.mol-1", 0, 2e5, "linear"),
    "critical current law over-pressure strength": _optional("Pa-1", 0, 1e-5),
    "critical current law over-pressure threshold": _optional("Pa", 0, 1e9),
}
_COATING = {
    "coated share": Known("-", 0, 1, "logit"),
    "contact fraction": Known("-", 1e-8, 1),
    "contact spacing": Known("m", 1e-8, 1e-2),
    "exchange-current density": Known("A.m-2", 1e-6, 1e6),
    "exchange-current density activation energy": Known("J.mol-1", 0, 2e5, "linear"),
    "double-layer capacity": Known("F.m-2", 1e-8, 1e3),
    "constant-phase exponent": Known("-", 0.3, 1, "linear"),
    "layer thickness": _layer("m", 1e-10, 1e-3),
    "layer ionic conductivity": _layer("S.m-1", 1e-14, 1e4),
    "layer electronic conductivity": _layer("S.m-1", 1e-16, 1e8),
    "layer lithium concentration": _layer("mol.m-3", 1e-3, 1.5e5),
    "layer thermodynamic factor": _layer("-", 1e-2, 1e8),
    "layer activation energy": _layer("J.mol-1", 0, 2e5, "linear"),
    "dip coverage threshold": _optional("mol.m-3", 1e-3, 1e5),
    "dip coverage sharpness": _optional("-", 0.1, 20),
    "layer relative permittivity": _optional("-", 1, 1e4),
    "layer potential plateau": _optional("V", 1e-3, 3),
    "layer thickness variation": _optional("-", 0, 3),
    "layer continuity thickness": _optional("m", 1e-10, 1e-4),
    "layer dissolution rate": _optional("m.s-1", 0, 1e-5),
    "layer dissolution activation energy": _optional("J.mol-1", 0, 2e5, "linear"),
    "reference calendar growth": _layer("Ohm.m2", 0, 1e2),
    "reference current growth": _layer("Ohm.m4.A-1", 0, 1e2),
    "growth exponent": _layer("-", 0.05, 2, "linear"),
    "growth activation energy": _layer("J.mol-1", 0, 2e5, "linear"),
}
_ELECTRODE = {
    "areal loading": Known("kg.m-2", 1e-4, 1),
    "1C specific current": Known("A.kg-1", 1, 1e3),
    "density": Known("kg.m-3", 100, 2.5e4),
    "active material volume fraction": Known("-", 0.01, 0.99, "logit"),
    "porosity": Known("-", 0.01, 0.99, "logit"),
    "electrolyte conductivity": Known("S.m-1", 1e-6, 1e2),
    "electronic conductivity": Known("S.m-1", 1e-6, 1e8),
    "particle radius": Known("m", 1e-9, 1e-4),
    "diffusivity": Known("m2.s-1", 1e-24, 1e-9),
    "diffusivity activation energy": Known("J.mol-1", 0, 2e5, "linear"),
    "maximum concentration": Known("mol.m-3", 1e3, 1e5),
    "reaction rate constant": Known("A.m-2.(m3.mol-1)1.5", 1e-12, 1),
    "reaction activation energy": Known("J.mol-1", 0, 2e5, "linear"),
    "utilisation": Known("-", 0.01, 1.2),
    "cathode-side resistance": Known("Ohm.m2", 0, 10),
    "charged stoichiometry": Known("-", 0, 0.9, "linear"),
    "lower cut-off voltage": Known("V", 0, 6, "linear"),
    "upper cut-off voltage": Known("V", 0, 6, "linear"),
    "double-layer capacity": Known("F.m-2", 1e-8, 1e3),
    "fade per cycle": Known("-", 0, 0.5),
    "assembled stoichiometry": _optional("-", 0, 1, "linear"),
    "open-circuit potential temperature coefficient": _optional("V.K-1", -0.01, 0.01, "linear"),
    "hysteresis decay rate": _optional("-", 1e-2, 1e5),
    "hysteresis switching factor": _optional("-", 0, 100, "linear"),
    "particle radius spread": _optional("-", 0.01, 1),
    "transfer coefficient": _optional("-", 0.01, 0.99, "logit"),
    "reorganisation energy": _optional("J.mol-1", 1e2, 1e6),
    "salt concentration": _optional("mol.m-3", 1, 2e4),
    "salt diffusivity": _optional("m2.s-1", 1e-18, 1e-7),
    "cation transference number": _optional("-", 1e-3, 0.999, "logit"),
    "salt thermodynamic factor": _optional("-", 0.1, 100),
    "areal heat capacity": _optional("J.m-2.K-1", 1, 1e8),
    "areal heat transfer coefficient": _optional("W.m-2.K-1", 1e-4, 1e6),
}
_METAL = {
    "molar volume": Known("m3.mol-1", 1e-6, 1e-4),
    "specific capacity": Known("A.h.kg-1", 10, 5e3),
    "density": Known("kg.m-3", 100, 2.5e4),
    "creep reference stress": _optional("Pa", 1e3, 1e10),
    "creep reference rate": _optional("s-1", 1e-15, 1e3),
    "creep exponent": _optional("-", 1, 20, "linear"),
    "creep activation energy": _optional("J.mol-1", 0, 2e5, "linear"),
    "contact hardness": _optional("Pa", 1e5, 1e11),
    "contact creep time": _optional("s", 1e-6, 1e12),
    "assembly pressure": _optional("Pa", 0, 1e9),
    "assembly time": _optional("s", 0, 1e8),
    "stack pressure": _optional("Pa", 0, 1e9),
    "stripping limit without pressure": _optional("A.m-2", 0, 1e5),
    "stripping limit per pressure": _optional("A.m-2.Pa-1", 0, 1),
    "resupply activation energy": _optional("J.mol-1", 0, 2e5, "linear"),
    "gap width": _optional("m", 1e-10, 1e-4),
    "nucleation overpotential": _optional("V", 1e-5, 2),
    "coalescence charge": _optional("C.m-2", 1e-3, 1e7),
    "void radius": _optional("m", 1e-9, 1e-2),
    "vacancy transition constant": _optional("A.m-2.s0.5", 1e-3, 1e15),
    "contact loss per charge": _optional("m2.C-1", 0, 1),
    "plating recovery": _optional("-", 0, 1, "logit"),
    "thickness": _optional("m", 0, 1e-2),
    "plating efficiency": _optional("-", 0, 1, "logit"),
    "filament charge": _optional("C.m-2", 1, 1e9),
}
_BLOCKING = {
    "double-layer capacity": Known("F.m-2", 1e-8, 1e3),
    "constant-phase exponent": Known("-", 0.3, 1, "logit"),
}
_ARC = {
    "interface resistance": Known("Ohm.m2", 1e-8, 1e3),
    "interface activation energy": Known("J.mol-1", 0, 2e5, "linear"),
    "double-layer capacity": Known("F.m-2", 1e-8, 1e6),
    "constant-phase exponent": Known("-", 0.3, 1, "logit"),
}
_INTERFACE = _ARC | {
    f"slow {name}": replace(known, needed="optional") for name, known in _ARC.items()
}
_LEADS = {
    "resistance": Known("Ohm", 1e-6, 1e3),
    "inductance": Known("H", 1e-10, 1e-2),
}
_KNOWN = {
    "garnet": _GARNET,
    "electrode": _ELECTRODE,
    "metal": _METAL,
    "coating": _COATING,
    "blocking electrode": _BLOCKING,
    "interface": _INTERFACE,
    "leads": _LEADS,
}


def quantities_of(kind: Kind) -> Mapping[str, Known]:
    """Return every quantity that a parameter set of this kind may have, by name."""
    return MappingProxyType(_KNOWN[kind])


def required(kind: Kind, coating_type: CoatingType | None = None) -> tuple[str, ...]:
    """Return the quantities a parameter set must have; a coating of type "none" needs no layer."""
    spared = {"optional"} | ({"with a layer"} if coating_type == "none" else set())
    return tuple(name for name, known in _KNOWN[kind].items() if known.needed not in spared)
