"""Names as users write them, "Garnet conductivity", to PyBaMM's, "Garnet conductivity [S.m-1]"."""

from collections.abc import Collection

from ssb_model.errors import InputError, did_you_mean


def bare_name(name: str) -> str:
    """Without the unit."""
    return name.split(" [")[0]


def unit_of(name: str) -> str:
    """The unit in PyBaMM's notation, "-" for a pure number."""
    return name.split(" [")[1].rstrip("]") if " [" in name else "-"


def full_name(name: str, known: Collection[str], where: str) -> str:
    """The known PyBaMM name that ``name`` means.

    Raises InputError, beginning with ``where``, with the nearest names.
    """
    by_bare = {bare_name(full).lower(): full for full in known}
    meant = by_bare.get(bare_name(name).lower())
    if meant is None:
        bare = [bare_name(full) for full in known]
        near = (
            did_you_mean(bare_name(name), bare) or f" There are for example {', '.join(bare[:3])}."
        )
        raise InputError(f"{where}: there is no parameter '{name}'.{near}")
    return meant
