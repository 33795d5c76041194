"""The physics beside the circuit: all spectra of a cell as one study, from a neutral face.

Cell: leads in series, electrolyte with as many arcs as the circuits show, faces made of one arc or
two. Every resistance and capacity follows an Arrhenius law or is constant, and scatters between the
temperatures about it. Ranges are a decade and more to either side of what the circuits say, which
only start the search. The study is written down and may be taken from there: name a coating, add
polarisation or a ramp.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.bench.physics.starts import Start, starts_of
from ssb_model.constants import VACUUM_PERMITTIVITY, ZERO_CELSIUS
from ssb_model.study import (
    CellTable,
    FreeTable,
    ImpedanceTable,
    Study,
    make_study,
)

if TYPE_CHECKING:
    from ssb_model.bench.folder import Facts
    from ssb_model.bench.spectra import Measured

NEUTRAL = "unknown-electrolyte"
FACE = "Negative face {}"
ELECTROLYTE = "Garnet {}"
CONTACT, CERAMIC, CAPACITY = "5 %", "3 %", "30 %"  # expected scatter
DRIFT = "1.5 %"  # of a contact during a sweep, as for the circuits
PERMITTIVITY = 50.0  # relative, of a bulk: where its search begins
BOUNDARY_PERMITTIVITY = 20 * PERMITTIVITY * VACUUM_PERMITTIVITY  # F/m, effective
ENERGIES = (15e3, 90e3)  # J/mol, between which a search begins
LEAST_ENERGY = 1e3  # J/mol
DECADES = {"resistance": 10.0, "capacity": 100.0}  # of a range to either side of its start


@dataclass(frozen=True)
class CellTables:
    """A cell's part of a study file."""

    cell: CellTable
    experiments: tuple[ImpedanceTable, ...]
    free: tuple[FreeTable, ...]


def cell_tables(name: str, spectra: Sequence[Measured], facts: Facts) -> CellTables | None:
    """The study of a cell's spectra; None where the circuits give nothing to start from."""
    start = starts_of(spectra, facts)
    if start is None or facts.thickness is None:
        return None
    values = {
        "Cell area": f"{facts.area:.8g} m2",
        "Garnet thickness": f"{facts.thickness:.8g} m",
    }
    blocks = start.double_layer is not None
    if not start.by_temperature and not blocks:
        values[FACE.format("interface activation energy")] = "0 kJ/mol"
        values[FACE.format("slow interface activation energy")] = "0 kJ/mol"
    cell = CellTable(
        type="blocking" if blocks else "symmetric",
        garnet=NEUTRAL,
        coating=None if blocks else "interface",
        options=_options(start),
        values=values,
    )
    experiments = tuple(_experiment(name, one) for one in spectra)
    free = (*_leads(name), *_electrolyte(name, start), *_face(name, start))
    return CellTables(cell, experiments, free)


def study_of(title: str, cells: Mapping[str, CellTables]) -> Study:
    """One study of all cells, to be written down; no parameter is shared, so that it parts."""
    return make_study(
        {name: one.cell for name, one in cells.items()},
        [table for one in cells.values() for table in one.experiments],
        [table for one in cells.values() for table in one.free],
        title=title,
    )


def _options(start: Start) -> dict[str, str]:
    parts = ("none", "grain boundary", "bulk and grain boundary")
    arcs = min(start.electrolyte_arcs, 2)
    split = arcs == 2 and start.by_temperature
    face = {"interface": "two arcs" if start.faces[1:] else "one arc"} if start.faces else {}
    return face | {
        "leads": "series",
        "double layer": "constant phase",
        "garnet permittivity": parts[arcs],
        "garnet relaxation": "constant phase",
        "garnet activation": "bulk and grain boundary" if split else "common",
    }


def _experiment(cell: str, one: Measured) -> ImpedanceTable:
    return ImpedanceTable(
        data=one.data,
        cell=cell,
        name=f"{cell}, {one.name}",
        temperature=f"{one.temperature - ZERO_CELSIUS:.6g} degC",
        noise="estimate",
    )


def _leads(cell: str) -> list[FreeTable]:
    return [FreeTable(name=f"Lead {name}", cells=[cell]) for name in ("resistance", "inductance")]


def _electrolyte(cell: str, start: Start) -> list[FreeTable]:
    def free(name: str, value: float, unit: str, reach: float, scatter: str = "") -> FreeTable:
        return _free(cell, ELECTROLYTE.format(name), value, unit, reach, start, scatter)

    reach = DECADES["resistance"]
    found = [free("conductivity", start.conductivity, "S/m", reach, CERAMIC)]
    if start.by_temperature:
        energy = "conductivity activation energy"
        found.append(_energy(cell, ELECTROLYTE.format(energy), start.electrolyte_energy))
    if start.electrolyte_arcs:
        found.append(_share(cell, ELECTROLYTE.format("grain boundary share")))
        boundary = "grain boundary effective permittivity"
        found.append(free(boundary, BOUNDARY_PERMITTIVITY, "F/m", 1e3, CAPACITY))
        found.append(_exponent(cell, ELECTROLYTE.format("grain boundary constant-phase exponent")))
    if start.electrolyte_arcs > 1:
        found.append(free("bulk relative permittivity", PERMITTIVITY, "1", 30.0))
        found.append(_exponent(cell, ELECTROLYTE.format("bulk constant-phase exponent")))
        if start.by_temperature:
            energy = "grain boundary activation energy"
            found.append(_energy(cell, ELECTROLYTE.format(energy), start.electrolyte_energy))
    return found


def _face(cell: str, start: Start) -> list[FreeTable]:
    found = []
    if start.double_layer is not None:
        capacity = FACE.format("double-layer capacity")
        found.append(_free(cell, capacity, start.double_layer, "F/m2", 1e3, start, CAPACITY))
        found.append(_exponent(cell, FACE.format("constant-phase exponent")))
    for arc, one in zip(("", "slow "), start.faces, strict=False):
        name = FACE.format(f"{arc}{{}}")
        R, C = one
        reach, wide = DECADES["resistance"], DECADES["capacity"]
        resistance = name.format("interface resistance")
        found += [
            _free(cell, resistance, R, "ohm m2", reach, start, CONTACT, DRIFT),
            _free(cell, name.format("double-layer capacity"), C, "F/m2", wide, start, CAPACITY),
            _exponent(cell, name.format("constant-phase exponent")),
        ]
        if start.by_temperature:
            energy = name.format("interface activation energy")
            found.append(_energy(cell, energy, start.interface_energy))
    return found


def _free(
    cell: str,
    name: str,
    value: float,
    unit: str,
    reach: float,
    start: Start,
    scatter: str,
    drift: str | None = None,
) -> FreeTable:
    ends = [f"{value / reach:.6g} {unit}", f"{value * reach:.6g} {unit}"]
    return FreeTable(
        name=name,
        cells=[cell],
        value=f"{value:.6g} {unit}",
        range=ends,
        scatter=scatter if scatter and start.by_temperature else None,
        drift=drift,
    )


def _energy(cell: str, name: str, value: float) -> FreeTable:
    middle = float(np.clip(value, *ENERGIES))
    reach = middle - LEAST_ENERGY
    ends = [f"{middle - reach:.6g} J/mol", f"{middle + reach:.6g} J/mol"]
    return FreeTable(name=name, cells=[cell], value=f"{middle:.6g} J/mol", range=ends)


def _share(cell: str, name: str) -> FreeTable:
    return FreeTable(name=name, cells=[cell], value="30 %", range=["1.2 %", "93.8 %"])


def _exponent(cell: str, name: str) -> FreeTable:
    return FreeTable(name=name, cells=[cell], value="0.87", range=["0.5", "0.978"])
