"""Options that an electrode's file chooses, and the quantities that each of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ssb_model.errors import InputError, suggestion
from ssb_model.library.electrode.potential import VOLTAGE, Potential, Reactions
from ssb_model.library.electrode.table import Tabulated

POTENTIAL, SITES = "open-circuit potential", "number of MSMR reactions"
HYSTERESIS = (
    *("one-state hysteresis", "one-state differential capacity hysteresis", "current sigmoid"),
)

#: option of the full cell -> values, the default first
CATHODE_OPTIONS: dict[str, tuple[str, ...]] = {
    POTENTIAL: ("single", *HYSTERESIS, "MSMR"),
    "particle": (
        *("Fickian diffusion", "uniform profile", "quadratic profile", "quartic profile"),
    ),
    "particle size": ("single", "distribution"),
    "intercalation kinetics": (
        *("symmetric Butler-Volmer", "asymmetric Butler-Volmer", "linear"),
        *("Marcus", "Marcus-Hush-Chidsey"),
    ),
    "catholyte": ("single ion", "binary"),
    "thermal": ("isothermal", "lumped"),
    "lithium inventory": ("unlimited", "limited"),
}
_MARCUS = ("reorganisation energy",)
#: optional quantities that a choice needs
NEEDED: dict[tuple[str, str], tuple[str, ...]] = {
    (POTENTIAL, HYSTERESIS[0]): ("hysteresis decay rate",),
    (POTENTIAL, HYSTERESIS[1]): ("hysteresis decay rate", "hysteresis switching factor"),
    ("particle size", "distribution"): ("particle radius spread",),
    ("intercalation kinetics", "asymmetric Butler-Volmer"): ("transfer coefficient",),
    ("intercalation kinetics", "Marcus"): _MARCUS,
    ("intercalation kinetics", "Marcus-Hush-Chidsey"): _MARCUS,
    ("catholyte", "binary"): (
        *("salt concentration", "salt diffusivity", "cation transference number"),
        "salt thermodynamic factor",
    ),
    ("lithium inventory", "limited"): ("assembled stoichiometry",),
    ("thermal", "lumped"): ("areal heat capacity", "areal heat transfer coefficient"),
}


def refuse_no_cathode_option(options: Mapping[str, str]) -> None:
    """Raise InputError unless each is an option that an electrode's file may choose."""
    for option, value in options.items():
        if option not in CATHODE_OPTIONS:
            raise InputError(
                f'the key options: an electrode has no option "{option}". '
                f"{suggestion(option, CATHODE_OPTIONS)}"
            )
        if value not in CATHODE_OPTIONS[option]:
            raise InputError(
                f'the key options: "{option}" cannot be "{value}". '
                f"{suggestion(value, CATHODE_OPTIONS[option])}"
            )


def _refuse_missing(options: Mapping[str, str], stated: Iterable[str]) -> None:
    """Raise InputError where an option needs a quantity that is not among the ``stated``."""
    known = set(stated)
    for (option, value), names in NEEDED.items():
        missing = [name for name in names if name not in known]
        if options.get(option) == value and missing:
            raise InputError(
                f'the option "{option}" = "{value}" needs the quantity "{missing[0]}": add the '
                f'table [parameters."{missing[0]}"], or choose another.'
            )


def implied_options(potential: Potential) -> dict[str, str]:
    """What a potential asks for by itself: two branches for hysteresis, reactions for MSMR."""
    if isinstance(potential, Reactions):
        return {POTENTIAL: "MSMR", SITES: str(len(potential.reactions))}
    return {POTENTIAL: HYSTERESIS[0]} if _has_branches(potential) else {}


def refuse_unfit(options: Mapping[str, str], potential: Potential, stated: Iterable[str]) -> None:
    """Raise InputError where options do not fit the potential, or need a quantity not ``stated``.

    A table of two branches may be taken as "single": then their mean is the potential.
    """
    chosen = options.get(POTENTIAL, "single")
    reactions = isinstance(potential, Reactions)
    if reactions != (chosen == "MSMR"):
        raise InputError(
            f'the option "{POTENTIAL}" = "{chosen}" does not fit the open_circuit_potential: MSMR '
            "takes reactions = [...], and they nothing else."
        )
    if chosen in HYSTERESIS and not _has_branches(potential):
        raise InputError(
            f'the option "{POTENTIAL}" = "{chosen}" needs an open_circuit_potential that is a '
            "table with the columns lithiation and delithiation."
        )
    if reactions and options.get("particle", "Fickian diffusion") != "Fickian diffusion":
        raise InputError(
            'the option "particle" cannot be chosen beside reactions, whose particles are '
            "described by the potential in them: remove it."
        )
    _refuse_missing(options, stated)


def _has_branches(potential: Potential) -> bool:
    return isinstance(potential, Tabulated) and VOLTAGE not in potential.columns
