"""The works behind a coating, and behind what is predicted of it in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ssb_model.citations import Use, of_methods, of_packages, source_of
from ssb_model.library import field_cells, versions
from ssb_model.prediction.coated_cells import CoatedCells, face_name

if TYPE_CHECKING:
    from ssb_model.prediction.files import Coating, PredictionCell


def of_prediction(
    coating: Coating, cell: PredictionCell, cells: CoatedCells, forecast: bool
) -> Iterator[Use]:
    """Works behind answers of ``cells``, those of a coating in a cell.

    ``forecast`` says whether its critical current is forecast from those of published cells.
    """
    yield from coating.sources
    yield from cell.works
    face = {face_name(name, q.unit): q for name, q in coating.quantities.items()}
    for one in cells.cells.values():
        yield from replace(one, quantities=one.quantities | face).works
    if forecast:
        yield from of_forecast()
    yield from of_methods("integration in time")
    yield from of_packages(versions())


def of_forecast() -> Iterator[Use]:
    """Works behind the critical currents that a forecast is learnt on."""
    papers = {cell.source: cell for cell in field_cells() if cell.learnt_from}
    for cell in papers.values():
        text = f"{cell.source}, doi:{cell.doi}" if cell.doi else cell.source
        yield Use(source_of(text, cell.lab), "cells that critical currents are learnt on")
