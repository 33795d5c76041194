"""What measurements of the batch would do to the interval of one more cell.

Outcomes of the planned cells are drawn from what is known now, the forecast is conditioned on them,
and the width of its central 68 % is averaged over outcomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ssb_model.constants import FROM_MA_CM2
from ssb_model.critical_current.field_model.anchors import field_forecast
from ssb_model.critical_current.field_model.draws import Posterior, learned_field
from ssb_model.critical_current.field_model.forecast import CellKind, FieldForecast
from ssb_model.critical_current.field_model.simulated import noise
from ssb_model.critical_current.field_model.tree import effects_of
from ssb_model.library import BATCH, OWN_LAB, FieldCell

OUTCOMES, SEED = 12, 5
DRAWS = 100  # of the posterior: a mean width needs no more
CENTRAL_68 = np.array([0.16, 0.84])


class Planned(NamedTuple):
    """Cells to be measured alike.

    Attributes
    ----------
    kind
        Of cell.
    resistance
        Both faces [Ohm.m2].
    interface
        Its treatment, as own cells name theirs.
    repeats
        How many cells.
    """

    kind: CellKind
    resistance: float
    interface: str
    repeats: int = 1


def half_width(forecast: FieldForecast, resistance: float) -> float:
    """Half of the central 68 % of ln J at a resistance [Ohm.m2]."""
    low, high = forecast.mixture(resistance).quantile(CENTRAL_68)
    return float(high - low) / 2


def expected_half_width(
    wanted: Planned,
    plan: Planned,
    own: Sequence[FieldCell] = (),
    posterior: Posterior | None = None,
    batch: tuple[str, str] = (OWN_LAB, BATCH),
) -> float:
    """Mean half width of the ``wanted`` cell's ln J, once the planned cells are measured."""
    posterior, rng = _fewer(posterior or learned_field()), np.random.default_rng(SEED)
    known = effects_of((*batch, plan.interface), own, posterior)
    unknown = np.sqrt(known.variances(posterior))
    widths = []
    for k in rng.choice(len(known.chosen), OUTCOMES, replace=False):
        theta = {name: x[known.chosen[k]] for name, x in posterior.theta.items()}
        effect = known.sum[k] + unknown[k] * rng.normal()
        one = {name: np.array([x]) for name, x in theta.items()}
        alone = FieldForecast(
            plan.kind, one, np.array([effect]), np.zeros(1), np.ones(1), posterior.spread
        )
        middle = alone.mixture(plan.resistance).means[0]
        y = middle + theta["noise"] * noise(rng, plan.repeats)
        rows = [_row(plan, f"planned {n}", value, batch) for n, value in enumerate(y)]
        forecast = field_forecast(wanted.kind, [*own, *rows], wanted.interface, posterior, batch)
        widths.append(half_width(forecast, wanted.resistance))
    return float(np.mean(widths))


def _fewer(posterior: Posterior) -> Posterior:
    every = max(1, len(posterior.theta["noise"]) // DRAWS)
    return posterior._replace(theta={name: x[::every] for name, x in posterior.theta.items()})


def _row(plan: Planned, name: str, ln_J: float, batch: tuple[str, str]) -> FieldCell:
    kind, (lab, garnet) = plan.kind, batch
    bare = kind.layer == "none"
    return FieldCell(
        name=name,
        treatment=plan.interface,
        layer=kind.layer,  # pyright: ignore[reportArgumentType]
        contact=kind.contact or ("bare" if bare else "coated"),  # pyright: ignore
        temperature=f"{kind.temperature} K",
        resistance=f"{plan.resistance} Ohm.m2",
        faces=2,
        critical_current=f"{np.exp(ln_J) * FROM_MA_CM2} A.m-2",
        garnet=garnet,
        source="planned",
        lab=lab,
    )
