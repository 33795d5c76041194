"""Names as users write them, "Garnet conductivity", to PyBaMM's, "Garnet conductivity [S.m-1]"."""

from ssb_model.errors import InputError, did_you_mean


def bare_name(name):
    """Without the unit."""
    return name.split(" [")[0]


def unit_of(name):
    """The unit in PyBaMM's notation, "-" for a pure number."""
    return name.split(" [")[1].rstrip("]") if " [" in name else "-"


def full_name(name, known, where):
    """The known PyBaMM name that ``name`` means.

    Raises InputError, beginning with ``where``, with the nearest names.
    """
    by_bare = {bare_name(full).lower(): full for full in known}
    found = by_bare.get(bare_name(name).lower())
    if found is None:
        near = did_you_mean(bare_name(name), [bare_name(full) for full in known])
        raise InputError(f"{where}: there is no parameter '{name}'.{near}")
    return found
