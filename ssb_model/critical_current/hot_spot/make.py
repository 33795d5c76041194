"""Computes the tables of :mod:`.focus` anew: minutes on one core.

Run ``python -m ssb_model.critical_current.hot_spot.make``; it writes ``focus.json`` beside itself.
The maps of a random layer are the same at every point of the grid, so that its values lie on one
smooth function; their mean over the maps has the error that is written beside them.
"""

from __future__ import annotations

import json

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.hot_spot.disc import rim_factor
from ssb_model.critical_current.hot_spot.focus import (
    CONTACT_AXES,
    LAYER_AXES,
    SPREADING,
    TABLES,
    layer_scale,
    rim_scale,
    thinning_scale,
)
from ssb_model.field import contact_field, lognormal_thickness
from ssb_model.library import write_whole

MAPS, LARGEST, PIXELS = 24, 64, 4  # random faces, their side and the pixels in correlation lengths
SMALLEST_RADIUS = 0.02  # of discs, in cell radii: for the limit of discs far apart
SMALLEST_VARIATION = 0.01  # for the limit of an even layer


def main() -> None:
    """Compute both tables and write them."""
    focus, scatter, resistance = _layers()
    content = {
        "layer": focus.round(5).tolist(),
        "layer_scatter": scatter.round(5).tolist(),
        "layer_resistance": resistance.round(5).tolist(),
        "contact": _contacts().round(6).tolist(),
    }
    write_whole(TABLES, json.dumps(content) + "\n")


def _contacts() -> Float[np.ndarray, "fractions ratios"]:
    """(E - 1)/:func:`rim_scale` of contact discs."""
    roots, logarithms = (axis.nodes for axis in CONTACT_AXES)
    return np.array([[_rim(s, np.exp(x)) for x in logarithms] for s in roots])


def _rim(s: float, t: float) -> float:
    if s == 1:
        return 0.0
    return (rim_factor(max(s, SMALLEST_RADIUS) ** 2, 1 / t) - 1) / float(rim_scale(t))


def _layers() -> tuple[
    Float[np.ndarray, "sides variations shares ratios"],
    Float[np.ndarray, "sides variations shares ratios"],
    Float[np.ndarray, "variations shares ratios"],
]:
    """ln k/:func:`layer_scale` of log-normal layers, the mean over faces and its standard
    deviation between them; and -ln of the resistance over that of an even layer, over
    :func:`thinning_scale`."""
    sides, variations, shares, ratios = (axis.nodes for axis in LAYER_AXES)
    normal = np.array([_normal(seed) for seed in range(MAPS)])
    normal = (normal - normal.mean()) / normal.std()
    focus = np.empty([axis.number for axis in LAYER_AXES])
    scatter, thinning = np.empty_like(focus), np.empty(focus.shape[1:])
    for i, variation in enumerate(variations):
        print(f"variation {variation:g}", flush=True)
        s = max(variation, SMALLEST_VARIATION)
        thickness = np.exp(s * normal - s**2 / 2)
        for j, m in enumerate(shares):
            for k, A in enumerate(np.exp(ratios)):
                current = _currents(thickness, A, m) * (A + m)  # 1 for an even layer
                thinning[i, j, k] = np.log(current.mean()) / thinning_scale(s, m, A)
                for n, side in enumerate(sides):
                    hottest = np.log(_blocks(current, round(2**side))) / layer_scale(s, A)
                    focus[n, i, j, k] = hottest.mean()
                    scatter[n, i, j, k] = hottest.std(ddof=1)
    return focus, scatter, thinning


def _normal(seed: int) -> Float[np.ndarray, "n n"]:
    """A map of mean 0 and variance 1 but for chance, correlation length 1."""
    shape = (LARGEST * PIXELS, LARGEST * PIXELS)
    h = lognormal_thickness(
        shape, mean=1.0, variation=1.0, correlation_length=1.0, pixel=1 / PIXELS, seed=seed
    )
    return np.log(h) + 0.5


def _currents(
    thickness: Float[np.ndarray, "maps n n"], ratio: float, share: float
) -> Float[np.ndarray, "maps n n"]:
    """Current density at every map, times r_c + c l/sigma."""
    if share == 1:  # nothing spreads: places in parallel
        return 1 / (ratio * thickness + 1)
    evening = SPREADING / (1 - share)  # in units of l/sigma
    fields = [
        contact_field(
            np.ones(z.shape), period=float(LARGEST), conductivity=1.0, contact_resistance=z
        )
        for z in evening * (ratio * thickness + share)
    ]
    return np.array([field.current_density for field in fields]) * evening


def _blocks(
    current: Float[np.ndarray, "maps n n"], side: int
) -> Float[np.ndarray, "maps squares squares"]:
    """Hottest over mean of every square of ``side`` correlation lengths."""
    n = LARGEST // side
    squares = current.reshape(len(current), n, side * PIXELS, n, side * PIXELS)
    return squares.max(axis=(2, 4)) / squares.mean(axis=(2, 4))


if __name__ == "__main__":
    main()
