"""Ramps on cells of the batch, by what is left of the interval of the critical current."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import ZERO_CELSIUS
from ssb_model.critical_current import (
    CellKind,
    Planned,
    expected_half_width,
    field_beside,
    half_width,
)
from ssb_model.library import CELL, OWN_LAB, spread_of
from ssb_model.prediction.design.candidates_file import HALF_CYCLE, STEP
from ssb_model.prediction.field import forecast_for, forecast_of
from ssb_model.prediction.files import BARE, Coating

if TYPE_CHECKING:
    from collections.abc import Sequence

BARE_RESISTANCE = 100e-4  # Ohm.m2, of a bare cell that was prepared with care
WARM = 60 + ZERO_CELSIUS
BETWEEN_CELLS = float(spread_of("critical current")[CELL].size)  # of ln J
LEAST = 1e-4  # of the variance that can be learnt, at least so much is left


@dataclass(frozen=True)
class BatchRamp:
    """Ramps until the short, and the share of the interval that they would leave.

    Attributes
    ----------
    name, hours
        Of what is done; hours of all its cells.
    left
        Mean width of a further cell's interval over the present one.
    """

    name: str
    hours: float
    left: float

    def weight(self, scatter: float) -> float:
        """Of a row of the standard normal coordinate of what is learnt that leaves this share.

        ``scatter`` is the present standard deviation of ln J, that between cells in it, which no
        ramp takes away.
        """
        learnt = max(scatter**2 - BETWEEN_CELLS**2, 0.0)
        left = max((self.left * scatter) ** 2 - BETWEEN_CELLS**2, LEAST * learnt)
        return float(np.sqrt(max(learnt / left - 1, 0.0))) if left > 0 else 0.0


def batch_ramps(coating: Coating, resistance: float) -> Sequence[BatchRamp]:
    """The usual ramps on cells of the batch of a coating of a ``resistance`` [Ohm.m2]."""
    known = coating.known
    posterior, _ = field_beside(known.folder)
    kind = CellKind(coating.type, coating.contact)
    wanted = Planned(kind, resistance, known.interface)
    now = forecast_for(coating)
    width, batch = half_width(now, resistance), (OWN_LAB, known.garnet)
    warm = replace(kind, temperature=WARM)
    plans = {"one cell with this coating": wanted}
    if coating.type != "none":
        plans["one bare cell of the batch"] = Planned(CellKind("none"), BARE_RESISTANCE, BARE)
    plans["three cells with this coating"] = wanted._replace(repeats=3)
    plans["one cell with this coating at 60 degC"] = wanted._replace(kind=warm)
    found = []
    for name, plan in plans.items():
        at = forecast_of(plan.kind.layer, plan.kind.contact, known).at(plan.kind.temperature)
        J = float(np.exp(at.mixture(plan.resistance).quantile(0.5))) * 10
        hours = plan.repeats * 2 * HALF_CYCLE * J / STEP
        later = expected_half_width(wanted, plan, known.rows, posterior, batch)
        left = later / width
        text = f"ramp until the short, steps of 0.1 mA/cm2, 1 h each way: {name}"
        found.append(BatchRamp(text, hours, min(left, 1.0)))
    return found
