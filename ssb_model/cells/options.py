"""Options of the cells, kept beside PyBaMM's own in one dictionary."""

from ssb_model.errors import InputError

#: option -> values, the default first
CELL_OPTIONS = {
    "buffer layer": ("mixed conductor", "none"),
    "coverage": ("complete", "partial"),
    "interface growth": ("film", "none"),
    "double layer": ("capacitor", "constant phase"),
    "garnet permittivity": ("grain boundary", "bulk and grain boundary", "none"),
    "layer permittivity": ("none", "dielectric"),
    "surface skin": ("none", "dielectric"),
    "contact loss": ("none", "voids"),
    "short circuit": ("none", "critical current"),
}


def split_options(options):
    """Split a user's options into the cells' own (completed) and PyBaMM's.

    A face without a layer does not grow unless it is asked to.

    Raises :class:`ssb_model.InputError` for a value that is not offered; names that are not
    ours are left to PyBaMM, which suggests the nearest of its own.
    """
    given = dict(options or {})
    if given.get("buffer layer") == "none":
        given.setdefault("interface growth", "none")
    own = {}
    for name, values in CELL_OPTIONS.items():
        own[name] = given.pop(name, values[0])
        if own[name] not in values:
            raise InputError(
                f'Option "{name}" cannot be "{own[name]}"; '
                f"choose one of {', '.join(repr(v) for v in values)}."
            )
    return own, given
