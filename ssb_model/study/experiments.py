"""Experiments of a study file: tables and measured files to numbers in SI."""

from ssb_model.errors import InputError
from ssb_model.study.kinds import Source


def read_experiments(tables, key, path, cells):
    """The experiments of ``[[experiments]]`` or, without measured values, ``[[predictions]]``."""
    found = []
    for k, table in enumerate(tables):
        where = f"{path}: {key}[{k}]"
        predicted = key == "predictions"
        source = Source(where, k, path.parent, cells[table.cell], predicted)
        found += table.read(source)
    return found


def refuse_same_names(experiments, path):
    """Every experiment needs a name of its own."""
    names = [experiment.name for experiment in experiments]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"{path}: two experiments are both '{name}': name one file once only, or give one "
                "of them another name."
            )
