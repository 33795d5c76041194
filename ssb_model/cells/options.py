"""Options of the cells, kept beside PyBaMM's own in one dictionary."""

from collections.abc import Iterable, Mapping

import pybamm

from ssb_model.cells.cathode import refuse_combinations, refuse_unworkable
from ssb_model.cells.face import offered_with
from ssb_model.cells.offered import BLOCKING_OPTIONS, CELL_OPTIONS, FULL_OPTIONS
from ssb_model.errors import InputError, suggestion

#: options that a face made of arcs has nothing for, and what they must be
_OF_MECHANISMS = {
    "buffer layer": "none",
    "coverage": "complete",
    "interface growth": "none",
    "layer permittivity": "none",
    "layer dissolution": "none",
    "lithium below layer": "none",
    "surface skin": "none",
    "contact gap": "none",
    "contact closure": "none",
    "contact loss": "none",
}
#: what PyBaMM wants beside a value to look at it alone
_ALONE = {"MSMR": {"working electrode": "positive", "number of MSMR reactions": "1"}}


def split_options(
    options: Mapping[str, str] | None, offered: Mapping[str, tuple[str, ...]] = CELL_OPTIONS
) -> tuple[dict[str, str], dict[str, str]]:
    """Split a user's options into the cells' own (completed) and PyBaMM's.

    A face without a layer does not grow unless it is asked to, and has gaps between its contacts
    unless it is asked not to; one made of arcs has no mechanisms.
    The cells' own include those that choose a mechanism of another package.

    Raises :class:`ssb_model.InputError` for a value that is not offered, for an option of another
    cell, and for a name that is neither ours nor PyBaMM's.
    """
    given = dict(options or {})
    if "catholyte" in offered:
        refuse_unworkable(given)
    if "interface" in offered:
        offered = offered_with(given, offered)
    if given.get("interface", "mechanisms") != "mechanisms":
        _refuse_mechanisms(given, [name for name in offered if name not in FULL_OPTIONS])
        given = _OF_MECHANISMS | given
    if given.get("buffer layer") == "none" and "interface growth" in offered:
        given.setdefault("interface growth", "none")
        if given.get("coverage", "complete") == "complete":
            given.setdefault("contact gap", "capacitance")
    _refuse_of_other_cells(given, offered)
    own = {}
    for name, values in offered.items():
        own[name] = given.pop(name, values[0])
        if own[name] not in values:
            raise InputError(
                f'Option "{name}" cannot be "{own[name]}"; '
                f"choose one of {', '.join(repr(v) for v in values)}."
            )
    _refuse_unknown(given, offered)
    _refuse_gaps_of_shares(own)
    _refuse_without_layer(own)
    if "catholyte" in offered:
        refuse_combinations(own, given)
    return own, given


def usual_coating(cell_options: Mapping[str, str]) -> str:
    """The parameter set of a face with these completed options, where none is named."""
    if cell_options["interface"] != "mechanisms":
        return "interface"
    return {"none": "bare", "alloy": "lizn"}.get(cell_options["buffer layer"], "zni2-0.5")


def _refuse_gaps_of_shares(own: Mapping[str, str]) -> None:
    """Shares divide their current by what follows it at once, which gaps leave nothing of."""
    shares = own.get("coverage", "complete")
    if shares != "complete" and own.get("contact gap") == "capacitance":
        raise InputError(
            f'The options "coverage": "{shares}" and "contact gap": "capacitance" cannot be '
            "combined: leave one of them out."
        )


def _refuse_without_layer(own: Mapping[str, str]) -> None:
    """What acts on a layer needs one; an alloy's electrons short its permittivity."""
    layer = own.get("buffer layer")
    acting = {name: own.get(name) for name in ("layer dissolution", "lithium below layer")}
    acting["coverage"] = own.get("coverage") if own.get("coverage") == "pinholes" else "none"
    for name, value in acting.items():
        if layer == "none" and value != "none":
            raise InputError(
                f'The option "{name}": "{value}" needs a layer: leave it out, or "buffer layer": '
                '"none".'
            )
    if layer == "alloy" and own.get("layer permittivity") == "dielectric":
        raise InputError(
            'The options "buffer layer": "alloy" and "layer permittivity": "dielectric" cannot be '
            "combined, as an alloy's electrons short it: leave the permittivity out."
        )


def _refuse_mechanisms(given: Mapping[str, str], added: Iterable[str]) -> None:
    """``added`` are the options of other packages' mechanisms."""
    none = _OF_MECHANISMS | dict.fromkeys(added, "none")
    for name, value in given.items():
        if none.get(name, value) != value:
            raise InputError(
                f'A face made of arcs has no mechanisms, so "{name}" cannot be "{value}": leave it '
                'out, or leave "interface" out and name a coating.'
            )


def _refuse_unknown(given: Mapping[str, str], offered: Mapping[str, tuple[str, ...]]) -> None:
    """Names that are neither the cell's nor PyBaMM's, and values that PyBaMM does not know."""
    known = pybamm.BatteryModelOptions({}).possible_options
    for name, value in given.items():
        if name not in known:
            raise InputError(
                f'there is no option "{name}". {suggestion(name, offered)} A mechanism of your own '
                "is known once its package is installed."
            )
        try:
            pybamm.BatteryModelOptions(_ALONE.get(value, {}) | {name: value})
        except pybamm.OptionError as error:
            raise InputError(f'Option "{name}" cannot be "{value}". PyBaMM: {error}') from None


def _refuse_of_other_cells(
    given: Mapping[str, str], offered: Mapping[str, tuple[str, ...]]
) -> None:
    for name in given:
        if name not in offered and name in FULL_OPTIONS | BLOCKING_OPTIONS and name != "thermal":
            raise InputError(
                f'This cell has no option "{name}": remove it; it has '
                f"{', '.join(repr(own) for own in offered)}."
            )
