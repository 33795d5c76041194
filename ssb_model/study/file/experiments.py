"""Experiments of a study file: tables and measured files to numbers in SI."""

from ssb_model.errors import InputError
from ssb_model.study.kinds import Source


def read_experiments(tables, key, path, cells):
    """The experiments of ``[[experiments]]`` or, without measured values, of ``[[predictions]]``
    and ``[[candidates]]``; a candidate says how well it would be measured."""
    found = []
    for k, table in enumerate(tables):
        where = f"{path}: {key}[{k}]"
        predicted = key != "experiments"
        source = Source(where, k, path.parent, cells[table.cell], predicted)
        if key == "candidates":
            table = _named_candidate(table, k)
        read = table.read(source)
        if key == "candidates" and any(experiment.noise is None for experiment in read):
            raise InputError(f"{where}.noise: a candidate says its noise as a number with unit.")
        found += read
    return found


def _named_candidate(table, k):
    """The table with a name that is not that of a measurement."""
    named = table.name or f"candidate {k + 1}, {table.kind} of {table.cell}"
    return table.model_copy(update={"name": named})


def refuse_same_names(experiments, path):
    """Every experiment needs a name of its own."""
    names = [experiment.name for experiment in experiments]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"{path}: two experiments are both '{name}': name one file once only, or give one "
                "of them another name."
            )
