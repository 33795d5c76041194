"""Works behind a cell: the equations of its mechanisms, and the numbers that they take.

A work is credited where its equation is in the model, not where its file is: a face that loses no
contact owes nothing to the paper on voids. So it is with numbers: of a parameter set those count
that the model's equations reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ssb_model.citations.reference import Reference
from ssb_model.citations.registry import FOUNDING, SOFTWARE, of_equation, of_pybamm, reference
from ssb_model.citations.uses import Use, named
from ssb_model.library import Quantity

if TYPE_CHECKING:
    import pybamm

OF_PYBAMM = "PyBaMM's model"


def of_mechanisms(model: pybamm.BaseModel) -> Iterator[Use]:
    """Works whose equations the submodels of a cell are."""
    for submodel in model.submodels.values():
        for one in type(submodel).__mro__:
            for work in of_equation(one):
                yield Use(work, "mechanism", one.__module__.rpartition(".")[2].replace("_", " "))


def of_cell(
    build: Callable[[], pybamm.BaseModel],
    values: pybamm.ParameterValues,
    quantities: Mapping[str, Quantity],
) -> Iterator[Use]:
    """Works behind the model that ``build`` makes, solved with ``values``.

    What PyBaMM registers meanwhile counts too; ``quantities`` have the sources of values by name.
    """
    model, keys = _built(build)
    yield from of_mechanisms(model)
    yield from (Use(reference(key), OF_PYBAMM) for key in keys if key in of_pybamm())
    reached, functions = _reached(model, values)
    for function in functions:
        for work in of_equation(function):
            yield Use(work, "function", function.__name__.replace("_", " "))
    for name in sorted(reached & set(quantities)):
        yield from named(quantities[name].source, "value", name.partition(" [")[0])


def read_parameters(model: pybamm.BaseModel, values: pybamm.ParameterValues) -> set[str]:
    """Names of all parameters that a model's equations reach."""
    return _reached(model, values)[0]


def register(model: pybamm.BaseModel) -> None:
    """Have ``pybamm.print_citations()`` name ssb_model and the works behind a cell's equations."""
    import pybamm

    for work in credited(model):
        pybamm.citations.register(work.bibtex)


def credited(model: pybamm.BaseModel) -> tuple[Reference, ...]:
    """ssb_model, the founding experiment and the works behind a cell's equations, each once."""
    works = [SOFTWARE, reference(FOUNDING), *(use.reference for use in of_mechanisms(model))]
    return tuple(dict.fromkeys(works))


def _built(build: Callable[[], pybamm.BaseModel]) -> tuple[pybamm.BaseModel, list[str]]:
    """The model, and the keys that PyBaMM registers meanwhile, read without its private state."""
    import pybamm

    keys: list[str] = []
    register = pybamm.citations.register

    def noted(key: str) -> None:
        keys.append(key)
        register(key)

    pybamm.citations.register = noted
    try:
        return build(), keys
    finally:
        del pybamm.citations.register  # the class's own comes back


def _reached(
    model: pybamm.BaseModel, values: pybamm.ParameterValues
) -> tuple[set[str], list[Callable[..., object]]]:
    """Names of all parameters that a model's equations reach, and the functions on the way."""
    import pybamm

    names: set[str] = set()
    functions: dict[Callable[..., object], None] = {}
    waiting = list(model.parameters)
    while waiting:
        parameter = waiting.pop()
        value = values.get(parameter.name)
        if callable(value) and isinstance(parameter, pybamm.FunctionParameter):
            functions[value] = None
            value = value(*parameter.children)
        if parameter.name not in names and isinstance(value, pybamm.Symbol):
            kinds = pybamm.Parameter | pybamm.FunctionParameter
            waiting += [symbol for symbol in value.pre_order() if isinstance(symbol, kinds)]
        names.add(parameter.name)
    return names, sorted(functions, key=lambda f: (f.__module__, f.__qualname__))
