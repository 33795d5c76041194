"""Points of measured files, each with its label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from jaxtyping import Float, Inexact

from ssb_model.explore.overlay import Overlay


def points_of(
    overlays: Sequence[Overlay], kind: Literal["spectra", "discharges"]
) -> tuple[Float[np.ndarray, " points"], Inexact[np.ndarray, " points"], list[str]]:
    """All points of one kind as columns: both coordinates as the overlays have them, and labels."""
    curves = [(*pair, overlay.label) for overlay in overlays for pair in getattr(overlay, kind)]
    x, y = (np.concatenate([*(curve[k] for curve in curves), []]) for k in (0, 1))
    return x, y, [label for points, _, label in curves for _ in points]
