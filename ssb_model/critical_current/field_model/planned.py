"""What measurements of the batch would do to the interval of one more cell.

Outcomes of the planned cells are drawn from what is known now, the forecast is conditioned on them,
and the width of its central 68 % is averaged over outcomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ssb_model.constants import FROM_MA_CM2
from ssb_model.critical_current.field_model.anchors import batch_of, field_forecast
from ssb_model.critical_current.field_model.draws import Posterior, learned_field
from ssb_model.critical_current.field_model.forecast import CellKind, FieldForecast
from ssb_model.critical_current.field_model.simulated import noise
from ssb_model.library import FieldCell

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
) -> float:
    """Mean half width of the ``wanted`` cell's ln J, once the planned cells are measured."""
    posterior, rng = _fewer(posterior or learned_field()), np.random.default_rng(SEED)
    known = batch_of(own, plan.interface, posterior)
    widths = []
    for k in rng.choice(len(known.chosen), OUTCOMES, replace=False):
        theta = {name: x[known.chosen[k]] for name, x in posterior.theta.items()}
        effect = known.batch[k]
        inside = None if known.interface is None else known.interface[k]
        effect += theta["interface"] * rng.normal() if inside is None else inside
        one = {name: np.array([x]) for name, x in theta.items()}
        alone = FieldForecast(
            plan.kind, one, np.array([effect]), np.zeros(1), np.ones(1), posterior.spread
        )
        middle = alone.mixture(plan.resistance).means[0]
        y = middle + theta["noise"] * noise(rng, plan.repeats)
        rows = [_row(plan, f"planned {n}", value) for n, value in enumerate(y)]
        forecast = field_forecast(wanted.kind, [*own, *rows], wanted.interface, posterior)
        widths.append(half_width(forecast, wanted.resistance))
    return float(np.mean(widths))


def _fewer(posterior: Posterior) -> Posterior:
    every = max(1, len(posterior.theta["noise"]) // DRAWS)
    return posterior._replace(theta={name: x[::every] for name, x in posterior.theta.items()})


def _row(plan: Planned, name: str, ln_J: float) -> FieldCell:
    kind = plan.kind
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
        source="planned",
        lab="own",
    )
