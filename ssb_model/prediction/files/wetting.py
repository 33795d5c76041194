"""How much of a layer lithium touches, where nobody says.

A layer's parameter set may take it for all, without a range; that is an assumption, not a number
that was read. Unsaid, the contact fraction has the prior of LiI's set for every layer: from all of
the face, which is the most probable, down to a tenth of it (assumed). With full contact alone two
of the 18 published mixed and electronic layers resist more than 95 % of such cells are expected to,
with this range one does (Gd-LLZO, 2404 ohm cm2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ssb_model.library import Prior, Quantity

CONTACT = "contact fraction"
LEAST, MOST = 0.1, 1.0


def with_unsaid_wetting(known: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Quantities of a layer, of which none is taken to be in full contact for certain."""
    own = known[CONTACT]
    if own.prior is not None or own.tag != "assumed":
        return dict(known)
    source = "unsaid: from all of the face, the most probable, down to a tenth of it"
    prior = Prior(LEAST, MOST, "log")
    return {**known, CONTACT: replace(own, value=MOST, prior=prior, source=source)}


def says_of_wetting(quantities: Mapping[str, Quantity], stated: bool) -> tuple[str, ...]:
    """What a reader must know of a layer's contact that its file does not state."""
    own = quantities[CONTACT]
    if stated or own.prior is None:
        return ()
    low, high = (f"{100 * end:.3g}" for end in (own.prior.lower, own.prior.upper))
    return (
        f"How much of the layer lithium touches is not stated: {low} to {high} % is taken "
        f"({own.tag}); contact_fraction or wetting_angle in the coating's file says it.",
    )
