"""A series of spectra as resistances against what changes: figure, circuits, first and last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.bench.figures import Columns, Drawn, column_style, new_column
from ssb_model.bench.spectra.cells import DETERMINED, INTERFACE, CellFindings
from ssb_model.bench.spectra.circuit_table import circuit_rows
from ssb_model.bench.spectra.fitted import Fitted, fit_spectra
from ssb_model.bench.table import Row
from ssb_model.circuits import fit_series
from ssb_model.constants import TO_OHM_CM2, ZERO_CELSIUS
from ssb_model.fitting import NORMAL_95
from ssb_model.plotting import shades
from ssb_model.populations import Interval

if TYPE_CHECKING:
    from ssb_model.bench.folder import Facts, Series

ELECTROLYTE = "electrolyte resistance with leads"


def series_result(series: Series, facts: Facts) -> CellFindings:
    """Rows, warnings, a figure of one series, and the circuit of every spectrum."""
    result = CellFindings()
    found, left_out = fit_spectra(
        series.spectra, lambda some: fit_series(some, area=facts.area).fits, facts.area
    )
    name = f"{series.cell} {series.temperature - ZERO_CELSIUS:.4g} degC"
    if left_out:
        result.warnings.append(
            f"{name}: {len(left_out)} of {len(series.spectra)} spectra of the series are left out. "
            f"The first: {left_out[0]}"
        )
    if not found:
        return result
    doubtful = [one for one in found if one.separated.warnings or one.circuit.doubts]
    if doubtful:
        first = (*doubtful[0].separated.warnings, *doubtful[0].circuit.doubts)[0]
        result.warnings.append(
            f"{name}: {len(doubtful)} of {len(found)} spectra of the series have a warning. "
            f"The first: {first}"
        )
    result.draw(lambda: _figure(name, series, found, facts), name)
    counted = series.label.partition(" [")[0].lower()
    temperature = name.removeprefix(series.cell).strip()
    where = [f"{temperature}, {counted} {series.at[one.place]:g}" for one in found]
    for k in (0, -1):
        for quantity, unit, interval, factor in _resistances(found[k], facts):
            result.rows.append(Row.of(series.cell, quantity, where[k], interval, unit, factor))
    result.circuits += circuit_rows(series.cell, [one.circuit for one in found], where)
    return result


def _resistances(one: Fitted, facts: Facts) -> Iterator[tuple[str, str, Interval, float]]:
    """Quantity, unit, interval in SI and factor to the unit, of what is determined."""
    of = one.separated
    pairs = [(ELECTROLYTE, "ohm", of.electrolyte, of.electrolyte_error, 1.0)]
    if of.interface is not None and of.interface_error is not None:
        per_face = TO_OHM_CM2 * (facts.area or np.nan) / 2
        pairs.append((INTERFACE, "ohm cm2", of.interface, of.interface_error, per_face))
    for quantity, unit, R, error, factor in pairs:
        if error < DETERMINED * R:
            reach = np.exp(NORMAL_95 * error / R)
            yield quantity, unit, Interval(R, R / reach, R * reach), factor


def _figure(name: str, series: Series, found: Sequence[Fitted], facts: Facts) -> Drawn:
    """Both resistances against what changes; behind it the numbers of every spectrum."""
    curves: dict[str, list[tuple[float, float, float, float]]] = {}
    for one in found:
        for quantity, unit, R, factor in _resistances(one, facts):
            numbers = (
                float(series.at[one.place]),
                factor * R.value,
                factor * R.lower,
                factor * R.upper,
            )
            curves.setdefault(f"{quantity} [{unit}]", []).append(numbers)
    data: dict[str, Columns] = {}
    with column_style():
        figure, axes = new_column()
        for (quantity, rows), colour in zip(
            curves.items(), shades(max(len(curves), 2)), strict=False
        ):
            at, value, low, high = np.array(rows).T
            axes.plot(
                at,
                value,
                "-",
                color=colour,
                label=quantity.replace("ohm", "Ω").replace("cm2", "cm²"),
            )
            axes.fill_between(at, low, high, color=colour, alpha=0.25, lw=0)
            ends = {"lower 95": low, "upper 95": high}
            data[quantity.partition(" [")[0]] = {series.label: at, quantity: value, **ends}
        axes.set(xlabel=series.label, ylabel="resistance", yscale="log", title=name)
        axes.legend()
    return Drawn(f"series {name}", figure, data)
