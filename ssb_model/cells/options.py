"""Options of the cells, kept beside PyBaMM's own in one dictionary."""

from collections.abc import Mapping

from ssb_model.errors import InputError

#: option -> values, the default first
CELL_OPTIONS: dict[str, tuple[str, ...]] = {
    "buffer layer": ("mixed conductor", "none"),
    "coverage": ("complete", "partial"),
    "interface growth": ("film", "none"),
    "double layer": ("capacitor", "constant phase"),
    "garnet permittivity": ("grain boundary", "bulk and grain boundary", "bulk", "none"),
    "garnet relaxation": ("capacitor", "constant phase"),
    "layer permittivity": ("none", "dielectric"),
    "surface skin": ("none", "dielectric"),
    "contact loss": ("none", "voids"),
    "short circuit": ("none", "critical current"),
}


#: The same of the blocking cell, whose faces have nothing but a double layer.
BLOCKING_OPTIONS: dict[str, tuple[str, ...]] = {
    "double layer": ("capacitor", "constant phase"),
    "garnet permittivity": ("bulk and grain boundary", "grain boundary", "bulk", "none"),
    "garnet relaxation": ("capacitor", "constant phase"),
    "electronic conduction": ("none", "parallel"),
}


def split_options(
    options: Mapping[str, str] | None, offered: Mapping[str, tuple[str, ...]] = CELL_OPTIONS
) -> tuple[dict[str, str], dict[str, str]]:
    """Split a user's options into the cells' own (completed) and PyBaMM's.

    A face without a layer does not grow unless it is asked to.

    Raises :class:`ssb_model.InputError` for a value that is not offered, and for an option of
    another cell; names that are not ours are left to PyBaMM, which suggests the nearest of its own.
    """
    given = dict(options or {})
    if given.get("buffer layer") == "none" and "interface growth" in offered:
        given.setdefault("interface growth", "none")
    _refuse_of_other_cells(given, offered)
    own = {}
    for name, values in offered.items():
        own[name] = given.pop(name, values[0])
        if own[name] not in values:
            raise InputError(
                f'Option "{name}" cannot be "{own[name]}"; '
                f"choose one of {', '.join(repr(v) for v in values)}."
            )
    return own, given


def _refuse_of_other_cells(
    given: Mapping[str, str], offered: Mapping[str, tuple[str, ...]]
) -> None:
    for name in given:
        if name not in offered and name in CELL_OPTIONS | BLOCKING_OPTIONS:
            raise InputError(
                f'This cell has no option "{name}": remove it; it has '
                f"{', '.join(repr(own) for own in offered)}."
            )
