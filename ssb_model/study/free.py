"""The fitted parameters of a study: their priors, and which cells share them."""

from dataclasses import dataclass

from ssb_model.errors import InputError, suggestion
from ssb_model.fitting import FreeParameter
from ssb_model.library.units import parse
from ssb_model.study.names import bare_name, full_name, unit_of


@dataclass(frozen=True)
class FreeSet:
    """Free parameters, and for each its PyBaMM name and the cells it acts on."""

    parameters: tuple
    names: dict
    cells: dict

    def mapping(self, cell):
        """Inputs of a cell by label, for its simulators."""
        return {label: (name,) for label, name in self.names.items() if cell in self.cells[label]}


def read_free(tables, cells, path):
    """A :class:`FreeSet` from the ``[[free]]`` tables."""
    parameters, names, owners = [], {}, {}
    for k, table in enumerate(tables):
        where = f"{path}: free[{k}]"
        own = _own_cells(table, cells, where)
        name = full_name(table.name, cells[own[0]].quantities, where)
        label = bare_name(name) if table.cells is None else f"{', '.join(own)}: {bare_name(name)}"
        if label in names:
            raise InputError(f"{where}: '{label}' is free already: write it once.")
        parameters.append(_parameter(table, label, cells[own[0]].quantities[name], name, where))
        names[label], owners[label] = name, tuple(own)
    return FreeSet(tuple(parameters), names, owners)


def _own_cells(table, cells, where):
    """The cells that a free parameter acts on: those named, or all that have it."""
    for name in table.cells or ():
        if name not in cells:
            raise InputError(f"{where}.cells: no such cell. {suggestion(name, cells)}")
    if table.cells:
        return list(table.cells)
    wanted = bare_name(table.name).lower()
    having = [
        name
        for name, cell in cells.items()
        if wanted in {bare_name(full).lower() for full in cell.quantities}
    ]
    if not having:
        known = [name for cell in cells.values() for name in cell.quantities]
        full_name(table.name, known, where)
    return having


def _parameter(table, label, quantity, name, where):
    """Prior from the table where it gives one, else from the parameter set."""
    unit = unit_of(name)
    value = quantity.value if table.value is None else _number(table.value, unit, f"{where}.value")
    if table.range is None:
        if quantity.prior is None:
            raise InputError(
                f"{where}: the parameter file gives '{bare_name(name)}' no range: add "
                'range = ["...", "..."] with units.'
            )
        lower, upper, scale = quantity.prior.lower, quantity.prior.upper, quantity.prior.scale
    else:
        lower, upper = (_number(text, unit, f"{where}.range") for text in table.range)
        scale = table.scale or (quantity.prior.scale if quantity.prior else "log")
        if table.value is None and not lower < value < upper:
            value = (lower * upper) ** 0.5 if scale == "log" else (lower + upper) / 2
    if not lower < value < upper:
        raise InputError(
            f"{where}: the range {lower:g} to {upper:g} {unit} must rise and contain the value "
            f"{value:g}."
        )
    return FreeParameter(label, unit, value, lower, upper, table.scale or scale)


def _number(text, unit, where):
    try:
        return parse(text, unit)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
