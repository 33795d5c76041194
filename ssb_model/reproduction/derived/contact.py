"""The field around the bare cell's contacts beside the coated face: figures 4g-j.

One disc in a square cell, with the fitted contact fraction and spacing of the bare face and its
charge transfer as resistance of the contact; beside it a face in contact everywhere that has the
coated face's resistance. The paper gives no geometry: the fitted one is a posterior, not a fact.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ssb_model.constants import TO_OHM_CM2
from ssb_model.field import ContactField, contact_field, disc
from ssb_model.fitting import Fit
from ssb_model.reproduction.derived.critical import Critical
from ssb_model.reproduction.derived.draws import Answer
from ssb_model.reproduction.study import transfer_resistance

PIXELS = 256


def contact_maps(critical: Critical, fit: Fit) -> dict[str, ContactField]:
    """The solved fields of the bare and of the coated face."""
    values = fit.parameters
    garnet = {
        "conductivity": values["garnet: conductivity"],
        "thickness": values["garnet: thickness"],
        # a square of the same area as the circle of the fit
        "period": values["bare: contact spacing"] * np.sqrt(np.pi) / 2,
    }
    transfer = transfer_resistance(values["bare: exchange-current density"])
    touching = disc((PIXELS, PIXELS), values["bare: contact fraction"])
    bare = contact_field(touching, contact_resistance=transfer, **garnet)
    coated_face = critical.resistances["coated"][0] / 2
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
