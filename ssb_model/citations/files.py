"""Works behind a user's own TOML file, of whatever kind; the kind shows in its keys."""

from collections.abc import Iterator
from pathlib import Path

from ssb_model.citations.library import of_experiment, of_parameter_set, of_published
from ssb_model.citations.uses import Use, named
from ssb_model.errors import InputError
from ssb_model.library import (
    load_experiment,
    load_parameter_set,
    load_published,
    read_toml,
    validated,
)

CELL_KEYS = {"garnet", "cathode", "values"}


def of_file(path: Path) -> Iterator[Use]:
    """Works behind a TOML file. Raises InputError if it is none that ssb_model reads."""
    table = read_toml(path)
    kinds = {
        "parameters": lambda: of_parameter_set(load_parameter_set(path)),
        "types": lambda: of_published(load_published(path)),
        "statements": lambda: of_experiment(load_experiment(path)),
        "cells": lambda: _of_study(path),
        "vary": lambda: _of_sweep(path),
        "type": lambda: of_coating(path),
    }
    for key, uses in kinds.items():
        if key in table:
            return uses()
    if table and table.keys() <= CELL_KEYS:
        return _of_cell_file(path)
    raise InputError(
        f"{path} is none of the files that ssb_model reads: give a coating, a cell, a parameter "
        "set, a study, a sweep or an experiment."
    )


def of_coating(path: Path) -> Iterator[Use]:
    """The source that a coating file gives, and what it leaves to the parameter set of its type."""
    from ssb_model.citations.predicted import of_source
    from ssb_model.prediction import load_coating

    coating = load_coating(path)
    yield from of_source(path, coating.name)
    for name, quantity in coating.quantities.items():
        yield from named(quantity.source, f"coating {coating.name}", name)


def _of_study(path):
    from ssb_model.citations.study import of_study

    return of_study(path)


def _of_sweep(path):
    from ssb_model.citations.predicted import FOUNDING, of_predicted_file
    from ssb_model.sweep import SweepTable, files_of

    files = files_of(validated(SweepTable, read_toml(path), path), path)
    return of_predicted_file(files["coating"], files["cell"] or FOUNDING)


def _of_cell_file(path):
    from ssb_model.citations.predicted import surroundings

    found = surroundings(str(path))
    for name in (found.garnet, found.cathode):
        yield from of_parameter_set(load_parameter_set(name))
