"""The page's sliders: what each moves and how it writes its value, which there are, and the state
that they are in."""

from ssb_model.explore.sliders.quantities import sliders_of
from ssb_model.explore.sliders.slider import STEPS, Part, Slider
from ssb_model.explore.sliders.state import (
    COATING,
    State,
    coating_of_query,
    moved_of,
    state_of_query,
)

__all__ = [
    "COATING",
    "STEPS",
    "Part",
    "Slider",
    "State",
    "coating_of_query",
    "moved_of",
    "sliders_of",
    "state_of_query",
]
