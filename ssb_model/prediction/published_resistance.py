"""What published cells of a kind resist, beside a prediction whose resistance nobody measured."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from ssb_model.critical_current import learned_field, resistance_forecast
from ssb_model.library import written
from ssb_model.prediction.draws import even_normals
from ssb_model.prediction.files import Coating

PUBLISHED = "interface resistance, published cells of its kind"
CENTRAL_95 = (0.5, 0.025, 0.975)


class Published(NamedTuple):
    """Draws by name with their unit, and a sentence; none where the resistance was measured."""

    values: dict[str, tuple[Float[np.ndarray, " draws"], str]]
    warnings: tuple[str, ...]


def published_resistance(coating: Coating, draws: int, seed: int) -> Published:
    """The :class:`Published` resistance, anchored by the resistances of one's own cells."""
    if coating.resistance is not None:
        return Published({}, ())
    own = [row for row in coating.known.all if row.R]
    contact = coating.contact or ("coated" if coating.layered else "bare")
    cells = (*learned_field().cells, *own)
    forecast = resistance_forecast(coating.type, contact, cells)
    R = forecast.quantile(ndtr(even_normals(draws, seed)))
    middle, low, high = (written(x) for x in forecast.quantile(np.array(CENTRAL_95)))
    anchored = f", {len(own)} of your own among them" if own else ""
    return Published(
        {PUBLISHED: (R, "ohm cm2")},
        (
            "Nobody measured its interface resistance: it is of the priors of its quantities. Of "
            f"{forecast.rows} published resistances{anchored}, a cell of its kind has {middle} "
            f"({low} to {high}) ohm cm2, which is a prior too.",
        ),
    )
