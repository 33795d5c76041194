"""What to cite for results, for files and names of the library, and for anything with works."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from ssb_model.citations.registry import FOUNDING, SOFTWARE, reference
from ssb_model.citations.results import SUFFIXES, read_works
from ssb_model.citations.uses import Use, of_experiment, of_parameter_set, of_published, printed
from ssb_model.errors import InputError, did_you_mean
from ssb_model.library import (
    known_described,
    known_experiments,
    known_parameter_sets,
    known_published,
    load_experiment,
    load_parameter_set,
    load_published,
    read_toml,
)

#: a key of each kind of file that only its own room can read, and what reads it
LOADED = {"cells": "load_study", "vary": "read_sweep", "type": "load_coating"}


class Cited(Protocol):
    """A result, a study, a coating, a cell: whatever says which works it used."""

    @property
    def works(self) -> Sequence[Use]:
        """The works behind it."""
        ...


def cite(used: Sequence[str | Path | Cited] = (), as_bibtex: bool = False) -> str:
    """The works to cite for what was used, as text or as BibTeX.

    Parameters
    ----------
    used
        Result files, files and names of the library, results and whatever else has ``works``, such
        as a loaded study; without any, the works that ``CITATION.cff`` asks for.
    as_bibtex
        BibTeX instead of text.

    Raises
    ------
    InputError
        One sentence, for what is not there, cannot be read, or names no works.

    Examples
    --------
    >>> print(cite(["graphite"]).splitlines()[-2])
    Shao 2018 (concepedia abstract)
    """
    uses = [Use(SOFTWARE, "this software")]
    if not used:
        uses.append(Use(reference(FOUNDING), "the experiment that it is founded on"))
    for one in used:
        uses += uses_of(one)
    return printed(uses, as_bibtex)


def uses_of(one: str | Path | Cited) -> Iterable[Use]:
    """The works behind one of what :func:`cite` is given."""
    if not isinstance(one, str | Path):
        return one.works
    path = Path(one).expanduser()
    if path.is_dir():
        raise InputError(f"{path} is a folder: name the file in it, such as {path}/fit.json.")
    if path.suffix in SUFFIXES:
        return read_works(path)
    if path.suffix == ".toml":
        return _of_file(path)
    if path.exists():
        raise InputError(f"{path} is neither a result (.json) nor a file of ssb_model (.toml).")
    return _of_name(str(one))


def _of_file(path: Path) -> Iterable[Use]:
    """Works behind a file of the library or one alike; its kind shows in its keys."""
    table = read_toml(path)
    if "parameters" in table:
        return of_parameter_set(load_parameter_set(path))
    if "types" in table:
        return of_published(load_published(path))
    if "statements" in table:
        return of_experiment(load_experiment(path))
    for load in (load for key, load in LOADED.items() if key in table):
        raise InputError(f"{path} must be loaded to be cited from Python: give {load}('{path}').")
    raise InputError(
        f"{path} is none of the files that ssb_model reads: give a coating, a cell, a parameter "
        "set, a study, a sweep or an experiment."
    )


def _of_name(name: str) -> list[Use]:
    """Works behind everything in the library of this name."""
    sets = {full.rpartition("/")[2]: full for full in known_parameter_sets()}
    sets |= {full: full for full in sets.values()}
    known = [*known_published(), *sets, *known_experiments()]
    if name in known_described() and name not in known:
        raise InputError(f"{name} must be loaded to be cited: give load_coating('{name}').")
    if name not in known:
        raise InputError(
            f"there is no file and nothing in the library named '{name}'."
            f"{did_you_mean(name, known)} `ssb list` says what there is."
        )
    uses: list[Use] = []
    if name in known_experiments():
        uses += of_experiment(load_experiment(name))
    if name in sets:
        uses += of_parameter_set(load_parameter_set(sets[name]))
    if name in known_published():
        uses += of_published(load_published(name))
    return uses
