"""Draws of several cells of one batch together, to compare them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.field_model.covariates import designs
from ssb_model.critical_current.field_model.draws import Posterior, learned_field
from ssb_model.critical_current.field_model.mean import fall, level
from ssb_model.critical_current.field_model.priors import SPREADS
from ssb_model.critical_current.field_model.simulated import noise
from ssb_model.critical_current.field_model.tree import effects_of
from ssb_model.library import BATCH, OWN_LAB, FieldCell

DRAWS, SEED = 4000, 7


def joint_draws(
    kinds: Sequence[tuple[str, str | None]],
    resistances: Sequence[Float[np.ndarray, " draws"]],
    own: Sequence[FieldCell] = (),
    posterior: Posterior | None = None,
    batch: tuple[str, str] = (OWN_LAB, BATCH),
) -> tuple[Float[np.ndarray, "cells draws"], Float[np.ndarray, "cells draws"]]:
    """ln J [mA/cm2] at 25 degC, without and with the noise between cells.

    Parameters
    ----------
    kinds
        Layer and class of contact of each.
    resistances
        Draws of each one's resistance [ohm cm2], both faces.
    own
        Cells that were measured beside the published ones.
    posterior
        By default the shipped draws.
    batch
        Lab and garnet of those that are compared.
    """
    posterior, rng = posterior or learned_field(), np.random.default_rng(SEED)
    known = effects_of(batch, own, posterior)
    place = rng.integers(len(known.chosen), size=DRAWS)
    theta = {name: x[known.chosen[place]] for name, x in posterior.theta.items()}
    shared = known.sum[place]
    for name in SPREADS[known.depth : len(batch)]:
        shared = shared + theta[name] * rng.normal(size=DRAWS)
    typical = np.empty((len(kinds), DRAWS))
    for k, ((layer, contact), of) in enumerate(zip(kinds, resistances, strict=True)):
        R = rng.choice(of, DRAWS)
        mean = level(theta, designs(contact, layer, R, posterior.spread)) + fall(theta, R, np)
        typical[k] = mean + shared + theta["interface"] * rng.normal(size=DRAWS)
    each = [theta["noise"] * noise(rng, DRAWS) for _ in kinds]
    return typical, typical + np.stack(each)
