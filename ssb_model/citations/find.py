"""What a user names, a file or a name of the library, and the works behind it."""

from collections.abc import Iterator
from pathlib import Path

from ssb_model.citations.files import of_coating, of_file
from ssb_model.citations.library import of_experiment, of_parameter_set, of_published
from ssb_model.citations.results import of_result_file
from ssb_model.citations.uses import Use
from ssb_model.errors import InputError, did_you_mean
from ssb_model.library import (
    find_coating,
    known_described,
    known_experiments,
    known_parameter_sets,
    known_published,
    load_experiment,
    load_parameter_set,
    load_published,
)

#: cells by the names that PyBaMM finds them by, models and parameter sets alike
CELLS = {
    "SSB symmetric cell": ("symmetric", "zni2-0.5"),
    "SSB full cell": ("full", "zni2-0.5"),
    "SSB blocking cell": ("blocking", None),
    "Zhai2024 symmetric": ("symmetric", "zni2-0.5"),
    "Zhai2024 symmetric bare": ("symmetric", "bare"),
    "Zhai2024 full": ("full", "zni2-0.5"),
    "LLZTO blocking": ("blocking", None),
}


def uses_of(target: str) -> Iterator[Use]:
    """Works behind a result file, a TOML file, or everything in the library of this name.

    Raises InputError, one sentence, for a name or a file that is not there or cannot be read.
    """
    path = Path(target).expanduser()
    if path.is_dir():
        raise InputError(f"{path} is a folder: name the file in it, such as {path}/fit.json.")
    if path.suffix == ".json":
        return of_result_file(path)
    if path.suffix == ".toml":
        return of_file(path)
    if path.exists():
        raise InputError(f"{path} is neither a result (.json) nor a file of ssb_model (.toml).")
    return _of_name(target)


def _of_name(name):
    if name in CELLS:
        yield from _of_cell(*CELLS[name])
        return
    sets = {full.rpartition("/")[2]: full for full in known_parameter_sets()}
    sets |= {full: full for full in sets.values()}
    known = [*known_published(), *known_described(), *sets, *known_experiments(), *CELLS]
    if name not in known:
        raise InputError(
            f"there is no file and nothing in the library named '{name}'."
            f"{did_you_mean(name, known)} `ssb list` says what there is."
        )
    if name in known_experiments():
        yield from of_experiment(load_experiment(name))
    if name in sets:
        yield from of_parameter_set(load_parameter_set(sets[name]))
    if name in known_described():
        yield from of_coating(find_coating(name))
    if name in known_published():
        yield from of_published(load_published(name))


def _of_cell(kind, coating):
    from ssb_model.citations.cells import of_cell
    from ssb_model.study import CellTable, read_cell

    return of_cell(read_cell(kind, CellTable(type=kind, coating=coating), Path(kind)))
