"""Draws of several cells of one batch together, to compare them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.field_model.anchors import batch_of
from ssb_model.critical_current.field_model.covariates import designs
from ssb_model.critical_current.field_model.draws import Posterior, learned_field
from ssb_model.critical_current.field_model.mean import fall, level
from ssb_model.critical_current.field_model.simulated import noise
from ssb_model.library import FieldCell

DRAWS, SEED = 4000, 7


def joint_draws(
    kinds: Sequence[tuple[str, str | None]],
    resistances: Sequence[Float[np.ndarray, " draws"]],
    own: Sequence[FieldCell] = (),
    posterior: Posterior | None = None,
) -> tuple[Float[np.ndarray, "cells draws"], Float[np.ndarray, "cells draws"]]:
    """ln J [mA/cm2] at 25 degC, without and with the noise between cells.

    Parameters
    ----------
    kinds
        Layer and class of contact of each.
    resistances
        Draws of each one's resistance [ohm cm2], both faces.
    own
        Cells of the batch that were measured.
    posterior
        By default the shipped draws.
    """
    posterior, rng = posterior or learned_field(), np.random.default_rng(SEED)
    known = batch_of(own, None, posterior)
    place = rng.integers(len(known.chosen), size=DRAWS)
    theta = {name: x[known.chosen[place]] for name, x in posterior.theta.items()}
    typical = np.empty((len(kinds), DRAWS))
    for k, ((layer, contact), of) in enumerate(zip(kinds, resistances, strict=True)):
        R = rng.choice(of, DRAWS)
        mean = level(theta, designs(contact, layer, R, posterior.spread)) + fall(theta, R, np)
        typical[k] = mean + known.batch[place] + theta["interface"] * rng.normal(size=DRAWS)
    each = [theta["noise"] * noise(rng, DRAWS) for _ in kinds]
    return typical, typical + np.stack(each)
