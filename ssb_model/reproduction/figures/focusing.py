"""Figs. 4g-j: the fitted bare contact beside the coated face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.reproduction.figures.contact_field import contact_field

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


def focusing(reproduction: Reproduction) -> Figure:
    """Potential and current around a bare point contact and below a coated face."""
    maps = reproduction.curves["contact field"]
    origin = "Fitted, not determined (a square cell, one disc, assumed)"
    return contact_field(maps["bare"], maps["coated"], geometry=origin)
