"""What other packages bring: classes by entry point, and folders of parameter sets.

A package declares, in its ``pyproject.toml``::

    [project.entry-points."ssb_model.parameter_sets"]
    "my lab" = "my_package.sets"

and the ``.toml`` files in that module's folder are parameter sets, by the names "my lab/FILE" and
"FILE". The module itself is not run.
"""

import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from ssb_model.errors import InputError

SETS = "ssb_model.parameter_sets"
Base = TypeVar("Base")


def registered(group: str, base: type[Base]) -> Iterator[tuple[str, type[Base], str]]:
    """Classes of a group of entry points: name, class, and what begins a message about it.

    Raises
    ------
    InputError
        For one that cannot be loaded or is no subclass of ``base``, naming its entry point.
    """
    for entry, where in _declared(group):
        try:
            found = entry.load()
        except Exception as error:  # whatever a package does when it is imported
            cause = f"{type(error).__name__}: {error}"
            raise InputError(f"{where} cannot be loaded ({cause}): mend or remove it.") from None
        if not (isinstance(found, type) and issubclass(found, base)):
            raise InputError(f"{where} must name a subclass of {base.__name__}.")
        yield entry.name, found, where


def registered_sets() -> dict[str, Path]:
    """Files of parameter sets that other packages bring, by "NAME/FILE".

    Raises
    ------
    InputError
        For a module that is not there or is in no folder, naming its entry point.
    """
    found = {}
    for entry, where in _declared(SETS):
        files = sorted(_folder(entry, where).glob("*.toml"))
        if not files:
            raise InputError(f"{where} names a folder without a .toml file: mend or remove it.")
        found |= {f"{entry.name}/{path.stem}": path for path in files}
    return found


def _declared(group: str) -> Iterator[tuple[EntryPoint, str]]:
    """Entry points of a group, none twice."""
    seen: dict[str, str] = {}
    for entry in _installed(group, tuple(sys.path)):
        where = f"The entry point '{entry.name}' = '{entry.value}' of the group {group}"
        if seen.setdefault(entry.name, entry.value) != entry.value:
            raise InputError(f"{where} has the name of another, '{seen[entry.name]}': rename one.")
        yield entry, where


@cache  # looking through all that is installed takes 10 ms
def _installed(group: str, path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))


def _folder(entry: EntryPoint, where: str) -> Path:
    try:
        spec = find_spec(entry.value)
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        raise InputError(f"{where} names no module: mend or remove it.")
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return Path(spec.origin or "").parent
