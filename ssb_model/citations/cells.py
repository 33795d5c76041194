"""Works behind a cell: the equations of its mechanisms, and the numbers that they take.

A work is credited where its equation is in the model, not where its file is: a face that loses no
contact owes nothing to the paper on voids. So it is with numbers: of a parameter set those count
that the model's equations reach.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pybamm

from ssb_model.citations.known import known_to_pybamm, of_equation, reference
from ssb_model.citations.reference import Reference
from ssb_model.citations.software import FOUNDING, software
from ssb_model.citations.uses import Use, named
from ssb_model.study import bare_name

PARAMETERS = pybamm.Parameter | pybamm.FunctionParameter
OF_PYBAMM = "PyBaMM's model"


def of_mechanisms(model: pybamm.BaseModel) -> Iterator[Use]:
    """Works whose equations the submodels of a cell are."""
    for submodel in model.submodels.values():
        for one in type(submodel).__mro__:
            for work in of_equation(one):
                yield Use(work, "mechanism", one.__module__.rpartition(".")[2].replace("_", " "))


def of_cell(cell) -> Iterator[Use]:
    """Works behind a ``StudyCell``: mechanisms, functions, numbers."""
    with _registered() as keys:
        model = cell.model
    yield from of_mechanisms(model)
    yield from (Use(reference(key), OF_PYBAMM) for key in keys if known_to_pybamm(key))
    reached, functions = _reached(model, cell.values)
    for function in functions:
        for work in of_equation(function):
            yield Use(work, "function", function.__name__.replace("_", " "))
    own = {bare_name(name).lower() for name in cell.table["values"]}
    for name in sorted(reached & set(cell.quantities)):
        if bare_name(name).lower() in own:
            continue  # the study's own value
        yield from named(cell.quantities[name].source, "value", bare_name(name))


def register(model: pybamm.BaseModel) -> None:
    """Have ``pybamm.print_citations()`` name ssb_model and the works behind a cell's equations."""
    for work in credited(model):
        pybamm.citations.register(work.bibtex)


def credited(model: pybamm.BaseModel) -> tuple[Reference, ...]:
    """ssb_model, the founding experiment and the works behind a cell's equations, each once."""
    works = [software(), reference(FOUNDING), *(use.reference for use in of_mechanisms(model))]
    return tuple(dict.fromkeys(works))


@contextmanager
def _registered():
    """The keys that PyBaMM registers meanwhile, read without its private state."""
    keys, register = {}, pybamm.citations.register

    def noted(key):
        keys[key] = None
        register(key)

    pybamm.citations.register = noted
    try:
        yield keys
    finally:
        del pybamm.citations.register  # the class's own comes back


def _reached(model, values):
    """Names of all parameters that a model's equations reach, and the functions on the way."""
    names, functions, waiting = set(), {}, list(model.parameters)
    while waiting:
        parameter = waiting.pop()
        value = values.get(parameter.name)
        if callable(value) and isinstance(parameter, pybamm.FunctionParameter):
            functions[value] = None
            value = value(*parameter.children)
        if parameter.name not in names and isinstance(value, pybamm.Symbol):
            waiting += [s for s in value.pre_order() if isinstance(s, PARAMETERS)]
        names.add(parameter.name)
    return names, functions
