"""The forecast of a coating's critical current, of the published cells and those of its batch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ssb_model.critical_current import CellKind, FieldForecast, field_forecast, learned_field
from ssb_model.library import FieldCell, field_findings
from ssb_model.prediction.files import BARE, THIS, Coating


def forecast_of(
    layer: str, contact: str | None = None, own: Sequence[FieldCell] = ()
) -> FieldForecast:
    """The forecast at 25 degC of a coating's cell, made once for one that has no cells of its own.

    Bare garnet is one interface with the bare cells of the batch.
    """
    return _made(CellKind(layer, contact), tuple(own))


@lru_cache(maxsize=32)
def _made(kind: CellKind, own: tuple[FieldCell, ...]) -> FieldForecast:
    return field_forecast(kind, own, BARE if kind.layer == "none" else THIS)


def says_of(coating: Coating) -> tuple[str, ...]:
    """What a reader must know of a forecast: of how many cells it is, and what would narrow it."""
    own = coating.measured
    learnt = (
        "The critical current is forecast by a model of "
        f"{sum(cell.learnt_from for cell in learned_field().cells)} published cells"
    )
    if not own:
        return (
            f"{learnt}: most of its interval is scatter between labs, garnets and cells, which a "
            "bare cell of your batch narrows ([[measured]] in the coating's file).",
        )
    return (f"{learnt}, conditioned on {len(own)} of your batch.", *field_findings(own))
