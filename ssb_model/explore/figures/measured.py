"""Points of measured files, each with its label."""

import numpy as np


def points_of(overlays, kind):
    """All points of one kind as columns.

    Parameters
    ----------
    overlays : sequence of Overlay
    kind : str
        "spectra" or "discharges".

    Returns
    -------
    x, y : arrays (points,)
    labels : list of str
    """
    curves = [(*pair, overlay.label) for overlay in overlays for pair in getattr(overlay, kind)]
    x, y = (np.concatenate([*(curve[k] for curve in curves), []]) for k in (0, 1))
    return x, y, [label for points, _, label in curves for _ in points]
