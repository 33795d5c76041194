"""Interface resistances of cells of one kind: the kind's median, its scatter, what a coating did.

The model is that of :mod:`ssb_model.populations`.
"""

from __future__ import annotations

from collections.abc import Mapping

from ssb_model.bench.arrhenius import Arrhenius
from ssb_model.bench.figures import Drawn, column_style, new_column
from ssb_model.bench.findings import Findings
from ssb_model.bench.folder import Bench
from ssb_model.bench.kinds.comparison import (
    pairs,
    ratio_rows,
    ratio_sentence,
)
from ssb_model.bench.spectra import INTERFACE
from ssb_model.bench.table import Row
from ssb_model.constants import FARADAY, TO_KJ, ZERO_CELSIUS
from ssb_model.errors import InputError
from ssb_model.populations import (
    CellMeasurement,
    Group,
    Population,
    degC,
    fit_population,
    mark_groups,
    shared_temperatures,
)

Lines = Mapping[str, tuple[Arrhenius, float]]


def interfaces(bench: Bench, lines: Lines) -> Findings:
    """The interface resistances of groups, from every temperature of every cell.

    Parameters
    ----------
    bench
        With its groups.
    lines
        By cell: its resistances [ohm], and the factor to ohm cm2 per face.
    """
    measured = [
        CellMeasurement(group, cell, factor * R, factor * error, T)
        for group, cells in bench.groups.items()
        for cell in cells
        if cell in lines
        for fit, factor in (lines[cell],)
        for T, R, error in zip(fit.temperature, fit.resistance, fit.error, strict=True)
    ]
    result = Findings()
    if not measured:
        return result
    population = fit_population(measured, INTERFACE, "ohm cm2")
    for group in population.groups.values():
        if len(group.cells) > 1:
            result.rows += _group_rows(group)
            result.of_kinds.append(_scatter_sentence(group))
    _interface_ratios(bench, population, result)
    result.draw(lambda: _drawn(population), INTERFACE)
    return result


def _group_rows(group: Group) -> list[Row]:
    name, note, at = group.name, f"{len(group.cells)} cells", degC(group.temperature)
    quantity = f"{INTERFACE}, population median"
    rows = [
        Row.of(name, quantity, degC(T), group.median(T), "ohm cm2", note=note)
        for T in group.temperatures
    ]
    new = "what one more cell would have, measured without noise"
    rows.append(Row.of(name, f"{INTERFACE}, a new cell", at, group.new_cell(), "ohm cm2", note=new))
    rows.append(Row.of(name, f"{INTERFACE}, scatter between cells", at, group.between, "%"))
    if len(group.measurements) > len(group.cells):
        beside = "between the spectra of a cell, beyond their errors"
        within = f"{INTERFACE}, scatter within cells"
        rows.append(Row.of(name, within, "", group.within, "%", note=beside))
    if group.energy is not None:
        T = group.temperatures
        where = f"{T[0] - ZERO_CELSIUS:.4g} to {T[-1] - ZERO_CELSIUS:.4g} degC"
        for unit, factor in (("eV", 1 / (TO_KJ * FARADAY)), ("kJ/mol", 1.0)):
            quantity = "interface activation energy, population mean"
            rows.append(Row.of(name, quantity, where, group.energy, unit, factor))
    return rows


def _interface_ratios(bench: Bench, population: Population, result: Findings) -> None:
    for a, b in pairs(bench, population.groups, result):
        first, second = population[a], population[b]
        try:
            temperatures = shared_temperatures(first, second)
        except InputError as error:
            result.of_kinds.append(str(error))
            continue
        found = [population.difference(a, b, T) for T in temperatures]
        counts = len(first.cells), len(second.cells)
        for one in found:
            result.rows += ratio_rows(INTERFACE, degC(one.temperature), one, counts)
        where = degC(found[0].temperature)
        result.of_kinds.append(ratio_sentence(INTERFACE, where, found[0], counts))


def _scatter_sentence(group: Group) -> str:
    new, at = group.new_cell(), degC(group.temperature)
    return (
        f"{group.name}: {len(group.cells)} cells scatter by {group.between.value:.2g} % in the "
        f"{INTERFACE} ({group.between.lower:.2g} to {group.between.upper:.2g} %); one more would "
        f"have {new.lower:.3g} to {new.upper:.3g} ohm cm2 at {at} (95 %)."
    )


def _drawn(population: Population) -> Drawn:
    with column_style():
        figure, axes = new_column()
        mark_groups(axes, population)
        axes.set_ylabel(f"{INTERFACE} [Ω cm²]")
    data = {}
    for name, group in population.groups.items():
        own = [group.cell(cell) for cell in group.cells]
        data[name] = {
            "Number of the cell": range(1, len(own) + 1),
            "Value [ohm cm2]": [one.value for one in own],
            "lower 95 [ohm cm2]": [one.lower for one in own],
            "upper 95 [ohm cm2]": [one.upper for one in own],
        }
    return Drawn(f"population {INTERFACE}", figure, data)
