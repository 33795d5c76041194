"""Every figure of the page, in the order in which they stand."""

from __future__ import annotations

from typing import Any

from bokeh.embed import json_item

from ssb_model.explore.curves import Curve
from ssb_model.explore.figures.base import PageFigure, TakesOverlays
from ssb_model.explore.figures.bode import Bode
from ssb_model.explore.figures.capacity import Capacity
from ssb_model.explore.figures.contact import Contact
from ssb_model.explore.figures.critical import Critical
from ssb_model.explore.figures.discharge import Discharge
from ssb_model.explore.figures.look import LOOKS
from ssb_model.explore.figures.nyquist import Nyquist
from ssb_model.explore.figures.polarisation import Polarisation
from ssb_model.explore.overlay import Overlay

FIGURES: tuple[type[PageFigure], ...] = (
    Nyquist,
    Bode,
    Polarisation,
    Critical,
    Capacity,
    Discharge,
    Contact,
)


def empty_figures(look: str) -> dict[str, Any]:
    """By name, what BokehJS makes each figure from, in one of the :data:`LOOKS`."""
    return {figure.name: json_item(figure(LOOKS[look]).figure) for figure in FIGURES}


def shown(curves: dict[str, Curve | str]) -> dict[str, dict[str, Any]]:
    """What fills the figures of these curves, and their notes; of one without, the reason."""
    filled: dict[str, dict[str, Any]] = {}
    for figure in FIGURES:
        if not set(figure.curves) <= curves.keys():
            continue
        first, *others = (curves[name] for name in figure.curves)
        if isinstance(first, str):
            filled[figure.name] = {"missing": first}
        else:
            models = figure.models(first, *others)
            filled[figure.name] = {"models": models, "note": figure.note(first)}
    return filled


def points_of(overlay: Overlay) -> dict[str, Any]:
    """By figure, the columns of a measured file's points."""
    return {f.name: f.points(overlay) for f in FIGURES if issubclass(f, TakesOverlays)}
