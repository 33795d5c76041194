"""A coating and its sliders in a state, in the words that the browser shows."""

from __future__ import annotations

from typing import Any

from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import STEPS, Part, Slider, State
from ssb_model.plotting import typeset

PARTS: dict[Part, str] = {
    "coating": "Coating",
    "garnet": "Garnet",
    "cathode": "Cathode",
    "conditions": "Conditions",
}


def about(explorer: Explorer) -> dict[str, Any]:
    """What stays as it is: of every slider its ends and where it goes back to; warnings."""
    sliders = [_about(slider, explorer) for slider in explorer.sliders.values()]
    return {"sliders": sliders, "warnings": explorer.warnings}


def standing(explorer: Explorer, state: State) -> dict[str, dict[str, Any]]:
    """Of every slider: its text, its place in steps, and what a link says of it if it was moved."""
    values = explorer.values(state)
    return {
        name: {
            "text": typeset(slider.text(values[name])),
            "place": slider.place(values[name]),
            "moved": slider.exact(values[name]) if name in state.moved else None,
        }
        for name, slider in explorer.sliders.items()
    }


def _about(slider: Slider, explorer: Explorer) -> dict[str, Any]:
    interval = explorer.interval(slider.name)
    return {
        "name": slider.name,
        "part": PARTS[slider.part],
        "more": slider.advanced,
        "steps": STEPS,
        "log": slider.scale == "log",
        "ends": [slider.position(slider.start), slider.position(slider.end)],
        "unit": "" if slider.unit == "-" else slider.unit,
        "range": typeset(slider.between(slider.start, slider.end)),
        "believed": None if interval is None else typeset(slider.between(*interval)),
        "back": typeset(slider.text(slider.value)),
    }
