"""The bare cell's contact: how much of the face touches, and the field around it (figures 4g-j).

Resistance and activation energy leave contact fraction and spacing of the bare face all but open;
its critical current narrows them, if the hottest spot bears in every cell what it bears in the
coated one. So the field is that of the fit that holds all of them (:mod:`.hot_spot`): one disc in
a square cell, with the fitted fraction, spacing and resistance under the contact; beside it a face
in contact everywhere that has the coated face's resistance. The paper gives no geometry: the
fitted one is a posterior, not a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import TO_OHM_CM2
from ssb_model.field import ContactField, contact_field, disc
from ssb_model.reproduction.derived.critical import SCATTER, Critical
from ssb_model.reproduction.derived.draws import Answer, Drawn, interval, posterior_draws
from ssb_model.reproduction.derived.hot_spot import CONTACT, HotSpotStudy

if TYPE_CHECKING:
    from ssb_model.fitting import Fit

PIXELS = 256
DRAWS = 2000


def contact_maps(tried: HotSpotStudy, thickness: float) -> dict[str, ContactField]:
    """The solved fields of the bare and of the coated face, in a garnet of a thickness [m]."""
    values = tried.all.parameters
    garnet = {
        "conductivity": values["garnet: conductivity"],
        "thickness": thickness,
        # a square of the same area as the circle of the fit
        "period": values["bare: contact spacing"] * np.sqrt(np.pi) / 2,
    }
    touching = disc((PIXELS, PIXELS), values[CONTACT])
    bare = contact_field(touching, contact_resistance=values["bare: local resistance"], **garnet)
    coated_face = tried.all.observable("coated: resistance") / 2
    everywhere = np.ones_like(touching)
    coated = contact_field(everywhere, contact_resistance=coated_face, **garnet)
    return {"bare": bare, "coated": coated}


def contact_answers(maps: Mapping[str, ContactField]) -> dict[str, Answer]:
    """Rows of the field: how strongly the current is focused, and what that costs."""
    answers = {
        f"field: focusing factor, {face}": Answer(float(field.focusing_factor))
        for face, field in maps.items()
    }
    bare = 2 * maps["bare"].constriction_resistance * TO_OHM_CM2
    return answers | {"field: constriction resistance of both faces, bare": Answer(float(bare))}


def fraction_answers(fit: Fit, critical: Critical, tried: HotSpotStudy) -> dict[str, Answer]:
    """Rows of the bare face's contact fraction: by the fit of impedance, by law D and by law H.

    The laws compare critical currents of single cells, each of which scatters between cells.
    """
    cells = np.exp(np.sqrt(2) * SCATTER * np.random.default_rng(3).normal(size=DRAWS))
    D = np.asarray(critical.laws["D"].bare_contact_fraction)  # type: ignore[attr-defined]
    H = np.append(tried.all.observable(CONTACT), tried.column("all", CONTACT))
    drawn = {
        "impedance": posterior_draws(fit, DRAWS)[CONTACT],
        "law D": _scattered(D, cells),
        "law H": _scattered(H, cells),
    }
    return {
        f"contact fraction: {by}": Answer(*map(float, (x[0], *interval(np.minimum(x, 1.0)))))
        for by, x in drawn.items()
    }


def _scattered(drawn: Drawn, cells: Drawn) -> Drawn:
    """The optimum, then its draws with the scatter between cells."""
    own = np.resize(drawn[1:], len(cells))
    return np.append(drawn[0], own * cells)
