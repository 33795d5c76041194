"""Mechanisms of a face that other packages bring, each chosen by an option of the cells.

A package declares, in its ``pyproject.toml``::

    [project.entry-points."ssb_model.mechanisms"]
    "carbonate" = "my_package:CarbonateFilm"

The class says in ``option`` the option that chooses it, whose value is the entry point's name, and
in ``quantities`` what it brings: a parameter set may state them, a study may free them. Its
equations are the business of :mod:`ssb_model.cells`.
"""

from collections.abc import Mapping

from ssb_model.errors import InputError, suggestion
from ssb_model.library.quantities import quantities_of
from ssb_model.library.quantity import Quantity
from ssb_model.library.registered import registered

GROUP = "ssb_model.mechanisms"
#: options that choose one of the face's own mechanisms, and the values that do, the default first
REPLACED = {
    "interface growth": ("film", "none"),
    "surface skin": ("none", "dielectric"),
    "contact loss": ("none", "voids", "vacancies"),
}

_added: dict[str, type] = {}


def add_mechanism(name: str, mechanism: type) -> None:
    """Make a mechanism known to this process by a name, as an entry point does to every one.

    Raises
    ------
    InputError
        If it does not say its option and its quantities, or another one has the name.
    """
    where = f"The mechanism '{name}'"
    _check(name, mechanism, where)
    if _added.setdefault(name, mechanism) is not mechanism:
        raise InputError(f"{where} is known already: give this one another name.")


def known_mechanisms() -> dict[str, dict[str, type]]:
    """Mechanisms of other packages, by the option and the value that choose them.

    Raises
    ------
    InputError
        For one that cannot be loaded or does not say what it must, naming its entry point.
    """
    found: dict[str, dict[str, type]] = {}
    for name, mechanism, where in registered(GROUP, object):
        _check(name, mechanism, where)
        found.setdefault(getattr(mechanism, "option"), {})[name] = mechanism  # noqa: B009
    for name, mechanism in _added.items():
        found.setdefault(mechanism.option, {})[name] = mechanism
    return found


def chosen_mechanisms(options: Mapping[str, str]) -> dict[str, type]:
    """Those that a cell's options choose, by option."""
    if not options:
        return {}
    known = known_mechanisms()
    pairs = ((option, known.get(option, {}).get(value)) for option, value in options.items())
    return {option: mechanism for option, mechanism in pairs if mechanism is not None}


def brought_quantities(options: Mapping[str, str]) -> dict[str, Quantity]:
    """What the mechanisms that a cell's options choose bring to a face, by name."""
    chosen = chosen_mechanisms(options).values()
    return {q.name: q for mechanism in chosen for q in mechanism.quantities}


def refuse_no_mechanism(options: Mapping[str, str], where: str) -> None:
    """Raise InputError, beginning with ``where``, unless each option chooses a mechanism."""
    for option, value in options.items():
        if option not in chosen_mechanisms({option: value}):
            raise InputError(f"{where}: {_unknown(option, value)}")


def _unknown(option: str, value: str) -> str:
    """What to do where an option and its value choose no mechanism of another package."""
    known = known_mechanisms()
    named = f'no installed package has a mechanism "{value}" for the option "{option}"'
    if option in known:
        return f"{named}. {suggestion(value, known[option])}"
    return f"{named}. {suggestion(option, known)} A package of your own must be installed."


def choices_of(name: str) -> list[tuple[str, str]]:
    """The options and values of the mechanisms that bring a quantity of this name."""
    return [
        (option, value)
        for option, by_value in known_mechanisms().items()
        for value, mechanism in by_value.items()
        if name in {q.name for q in mechanism.quantities}
    ]


def _check(name: str, mechanism: type, where: str) -> None:
    option, quantities = (getattr(mechanism, key, None) for key in ("option", "quantities"))
    if not (isinstance(option, str) and option.strip()):
        raise InputError(f'{where} must say in its attribute option what chooses it: "my film".')
    if name in REPLACED.get(option, ("none",)):
        raise InputError(f"{where} cannot have that name, which means something else: rename it.")
    if not (isinstance(quantities, tuple) and quantities) or not all(
        isinstance(one, Quantity) for one in quantities
    ):
        raise InputError(
            f"{where} must have in its attribute quantities a tuple of ssb_model.library.quantity, "
            "at least one: without one nothing of it can be stated or fitted."
        )
    own = [one.name for one in quantities if one.name in quantities_of("coating")]
    if own:
        raise InputError(
            f"{where} brings '{own[0]}', which every coating has: leave it out of quantities."
        )
