"""The lab's words and symbols for what files and models call otherwise; docs/glossary.md says more.

A word may stand for a result, which is no parameter: then the names are of what decides it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Word(NamedTuple):
    """What a word of the lab is called in the glossary, and its names in files and models."""

    term: str
    names: tuple[str, ...]


_FACE = ("exchange-current density", "contact fraction", "layer ionic conductivity")
_INTERFACE = Word("interface resistance", ("interface_resistance", "resistance", *_FACE))
_TRANSFER = Word(
    "charge-transfer resistance",
    ("exchange-current density", "exchange_current_density", "interface_resistance", "resistance"),
)
_CONDUCTIVITY = Word("ionic conductivity", ("Garnet conductivity", "ionic_conductivity"))
_CCD = Word("critical current density", ("critical_current", "critical current"))
_SPECTRUM = Word("impedance", ("impedance",))
_DIFFUSIVITY = Word("solid diffusion", ("particle reference diffusivity", "particle radius"))
_EXCHANGE = Word(
    "exchange current density", ("exchange-current density", "exchange_current_density")
)
_CAPACITANCE = Word(
    "double-layer capacitance", ("double-layer capacity", "constant-phase exponent")
)
_ENERGY = Word(
    "activation energy",
    ("activation_energy", "activation energy", "conductivity activation energy"),
)
_BOUNDARY = Word("pellet resistance", ("Garnet grain boundary share", "Garnet conductivity"))
_PELLET = Word("pellet thickness", ("Garnet thickness", "thickness"))
_COATING = Word("coating", ("layer thickness", "thickness"))
_COVERAGE = Word("coverage", ("coated share", "coated_share"))
_WETTING = Word("wetting", ("contact fraction", "contact_fraction", "wetting_angle"))
_RATE = Word("C-rate", ("rate", "c_rate"))

#: by the word in small letters, without spaces, hyphens, underscores and braces
WORDS = {
    **dict.fromkeys(
        ("asr", "rint", "rinterface", "interfaceresistance", "interfacial"), _INTERFACE
    ),
    **dict.fromkeys(("interfacialresistance", "areaspecificresistance"), _INTERFACE),
    **dict.fromkeys(("rct", "chargetransfer", "chargetransferresistance"), _TRANSFER),
    **dict.fromkeys(("sigma", "σ", "ionicconductivity", "kappa", "conductivity"), _CONDUCTIVITY),
    **dict.fromkeys(("ccd", "criticalcurrent", "criticalcurrentdensity", "jc"), _CCD),
    **dict.fromkeys(("eis", "nyquist", "spectrum", "geis", "peis"), _SPECTRUM),
    **dict.fromkeys(("dli", "ds", "diffusivity", "diffusioncoefficient"), _DIFFUSIVITY),
    **dict.fromkeys(
        ("i0", "i₀", "j0", "j₀", "exchangecurrent", "exchangecurrentdensity"), _EXCHANGE
    ),
    **dict.fromkeys(("cdl", "cpe", "doublelayer", "doublelayercapacitance", "qdl"), _CAPACITANCE),
    **dict.fromkeys(("ea", "eact", "activationenergy"), _ENERGY),
    **dict.fromkeys(("rgb", "rbulk", "rb", "grainboundary", "bulkresistance"), _BOUNDARY),
    **dict.fromkeys(("pelletthickness", "electrolytethickness"), _PELLET),
    **dict.fromkeys(("interlayer", "bufferlayer", "coatingthickness"), _COATING),
    **dict.fromkeys(("coverage", "coatingcoverage"), _COVERAGE),
    **dict.fromkeys(("wetting", "contactarea", "contactangle", "wettability"), _WETTING),
    **dict.fromkeys(("crate", "ratetest", "ratecapability"), _RATE),
}


def word_of(name: str) -> Word | None:
    """What a name is among the lab's words; None if it is not one of them.

    >>> word_of("R_{ct}").term
    'charge-transfer resistance'
    """
    return WORDS.get(re.sub(r"[\s_{}$\\-]", "", name.lower()))


def meant(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the `known` names that a word of the lab stands for, as the word lists them.

    >>> meant("D_Li", ["Garnet conductivity", "Positive particle reference diffusivity"])
    ('Positive particle reference diffusivity',)
    """
    word, known = word_of(name), sorted(known, key=len)
    best = [
        next((one for one in known if _is(one, target)), "")
        for target in (word.names if word else ())
    ]
    return tuple(dict.fromkeys(filter(None, best)))[:3]


def _is(name: str, target: str) -> bool:
    """Whether a name is the target, or that of one part of a cell: "Negative face ..."."""
    own, target = name.lower(), target.lower()
    return own == target or (" " in target and own.endswith(f" {target}"))
