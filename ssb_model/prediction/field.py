"""The forecast of a coating's critical current, of the published cells and those of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ssb_model.critical_current import (
    CellKind,
    FieldForecast,
    field_beside,
    field_forecast,
    learned_field,
)
from ssb_model.library import OWN_LAB, field_findings
from ssb_model.prediction.files import BARE, NOTHING_KNOWN, Coating, KnownCells

FEW = 50  # effective draws, below which the ends of an interval are rough


def forecast_of(
    layer: str, contact: str | None = None, known: KnownCells = NOTHING_KNOWN
) -> FieldForecast:
    """The forecast at 25 degC of a cell, made once for each kind and what is known beside it.

    Bare garnet is one interface with the bare cells of the batch.
    """
    return _made(CellKind(layer, contact), known)


def forecast_for(coating: Coating) -> FieldForecast:
    """The forecast at 25 degC of a coating's cell."""
    return forecast_of(coating.type, coating.contact, coating.known)


@lru_cache(maxsize=32)
def _made(kind: CellKind, known: KnownCells) -> FieldForecast:
    interface = BARE if kind.layer == "none" else known.interface
    posterior, _ = field_beside(known.folder)
    batch = OWN_LAB, known.garnet
    return field_forecast(kind, known.rows, interface, posterior, batch)


def says_of(coating: Coating) -> tuple[str, ...]:
    """What a reader must know of a forecast: of which cells it is, and what would narrow it."""
    known = coating.known
    number = sum(cell.learnt_from for cell in learned_field().cells)
    learnt = f"The critical current is forecast by a model of {number} published cells"
    if not known.rows:
        return (
            f"{learnt}: most of its interval is scatter between labs, garnets and cells, which a "
            "bare cell of your batch narrows ([[measured]] in the coating's file).",
        )
    parts = _parts(known)
    findings = field_findings(known.rows)
    return (f"{learnt}, conditioned on {' and '.join(parts)}.", *_doubts(coating), *findings)


def _parts(known: KnownCells) -> Iterator[str]:
    batch = [row for row in known.batch if row.learnt_from]
    if batch:
        yield f"{len(batch)} of your batch"
    if others := len(known.rows) - len(batch):
        own = ", ".join(row.name for row in known.of_lab) or "none"
        rows = "row" if others == 1 else "rows"
        yield f"{others} {rows} of the folder {known.folder} (of your own lab: {own})"


def _doubts(coating: Coating) -> Iterator[str]:
    """On draws that are of other rows, or too few."""
    _, stale = field_beside(coating.known.folder)
    if stale:
        yield stale
    effective = forecast_for(coating).effective
    if effective < FEW:
        folder = coating.known.folder
        cure = f"run 'ssb library learn {folder}'" if folder else "take the interval as rough"
        yield (
            f"Only {effective:.0f} draws of the model agree with your own cells, so that the ends "
            f"of the interval are rough: {cure}."
        )
