"""Cells of one's own batch out of a fitted study: critical currents and fitted resistances."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.errors import InputError
from ssb_model.library import BATCH, OWN_LAB, FieldCell, beside, find_coating, load_parameter_set
from ssb_model.prediction.files.coating import Coating
from ssb_model.prediction.files.known_cells import BARE
from ssb_model.study import CriticalCurrent, Resistance, StudyFit, load_fit

ANSWER = "the bare and coated cells of the batch are what narrows a forecast"


def cells_of_study(path: str | Path, coating: Coating) -> tuple[FieldCell, ...]:
    """The cells of a ``fit.json`` with a critical current, as rows of the batch of a coating.

    A cell whose coating is the one that is predicted, by its file, has the same interface.

    Raises
    ------
    InputError
        If none of its cells has a measured critical current.
    """
    fit = load_fit(path)
    measured = [e for e in fit.study.experiments if isinstance(e, CriticalCurrent)]
    if not measured:
        raise InputError(
            f"{path}: its study has no experiment of kind 'critical current', so that it says "
            f"nothing of the batch: {ANSWER}."
        )
    return tuple(_row(fit, e, coating, str(path)) for e in measured)


def _row(fit: StudyFit, e: CriticalCurrent, coating: Coating, source: str) -> FieldCell:
    cell = fit.study.cells[e.cell]
    assert e.current_density is not None
    named = beside(str(cell.table["coating"]), fit.study.path.parent.absolute())
    layer = load_parameter_set(named).type or "none"
    same = find_coating(named).resolve() == coating.path.resolve()
    own = coating.contact if same else None
    sign = ">= " if e.bound == "at least" else ""
    return FieldCell(
        name=e.name,
        treatment=BARE if layer == "none" else coating.known.interface if same else named,
        layer=layer,
        contact=own or ("bare" if layer == "none" else "coated"),
        garnet=BATCH,
        temperature=f"{e.temperature:.6g} K",
        resistance=f"{_resistance(fit, e.cell):.6g} Ohm.m2",
        faces=2,
        critical_current=f"{sign}{float(e.current_density[0]):.6g} A.m-2",
        source=source,
        lab=OWN_LAB,
    )


def _resistance(fit: StudyFit, name: str) -> float:
    """Of both faces at 25 degC, as fitted [Ohm.m2]."""
    cell, free = fit.study.cells[name], fit.study.free
    at_rest = Resistance(
        name=name,
        cell=name,
        noise=None,
        held_out=False,
        quantity="interface",
        share=1.0,
        temperature=np.array([ROOM_TEMPERATURE]),
        resistance=None,
        relative=False,
    )
    [simulator] = Resistance.simulators(cell, [at_rest], free.mapping(name))
    values, _ = simulator.evaluate(free.space, fit.fit.u[None])
    return float(values[0, 0])
