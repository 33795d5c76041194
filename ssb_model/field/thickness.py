r"""Maps of a layer's thickness: drawn at random, or read from a grey picture with its scale.

A random map is log-normal: no thickness is negative or zero, so there are no bare spots in it.
With the mean :math:`\bar h` [m], the variation :math:`s` and the correlation length
:math:`\ell` [m] it has, between places a distance :math:`r` apart,

.. math::

    h = \bar h \, \mathrm{e}^{s g - s^2/2}, \qquad
    \langle g \rangle = 0, \quad \langle g^2 \rangle = 1, \quad
    \langle g(0) \, g(r) \rangle = \mathrm{e}^{-r^2/\ell^2}.

The variation :math:`s` is the **standard deviation of the logarithm** of the thickness. The root
mean square of the thickness about its mean, which a profilometer calls the roughness
:math:`R_\mathrm{q}`, is

.. math::

    \frac{R_\mathrm{q}}{\bar h} = \sqrt{\mathrm{e}^{s^2} - 1}, \qquad
    s = \sqrt{\ln \left( 1 + R_\mathrm{q}^2/\bar h^2 \right)}:

0.53 at s = 0.5 and 0.95 at s = 0.8. Above s = 0.83 the layer is thinner than its roughness. That
thicknesses are log-normal, with this correlation, is assumed.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError
from ssb_model.field.checks import check_shape
from ssb_model.field.lattice import Given
from ssb_model.field.patterns import generator
from ssb_model.field.picture import grey_levels
from ssb_model.library import non_negative, one_positive, positive_array

FEWEST = 4  # correlation lengths along a face: below, its map is one hill
EVEN = math.sqrt(math.log(2))  # variation at which the roughness equals the thickness


def lognormal_thickness(
    shape: tuple[int, int],
    *,
    mean: float,
    variation: float,
    correlation_length: float,
    pixel: float,
    seed: int = 0,
) -> Float[np.ndarray, "n m"]:
    """A random map of a layer's thickness [m] on a periodic face.

    Parameters
    ----------
    shape
        Pixels of the face.
    mean
        Thickness [m].
    variation
        Standard deviation of the logarithm of the thickness; 0 is an even layer.
    correlation_length
        Distance [m] over which the correlation of the logarithm falls to 1/e.
    pixel
        Width of a pixel [m].
    seed
        The same seed gives the same map, on finer pixels another one.

    Raises
    ------
    InputError
        For a correlation length below a pixel, or a face of too few correlation lengths.

    Examples
    --------
    >>> h = lognormal_thickness(
    ...     (64, 64), mean=200e-9, variation=0.5, correlation_length=3e-6, pixel=1e-6
    ... )
    >>> print(f"{1e9 * h.min():.0f} to {1e9 * h.max():.0f} nm")
    27 to 818 nm
    """
    n, m = check_shape(shape, 2)
    h = one_positive(mean, "mean thickness", "m")
    s = float(np.asarray(non_negative(variation, "variation", "parts of 1")))
    width = one_positive(pixel, "width of a pixel", "m")
    length = one_positive(correlation_length, "correlation length", "m")
    if length < width:
        raise InputError(
            f"The correlation length of {length:g} m is below the width of a pixel, {width:g} m, "
            "so that the map cannot show it: give finer pixels or a larger correlation length."
        )
    if min(n, m) * width < FEWEST * length:
        raise InputError(
            f"The face of {min(n, m) * width:g} m has fewer than {FEWEST} correlation lengths of "
            f"{length:g} m along a side: give more pixels or a smaller correlation length."
        )
    noise = generator(seed).normal(size=(n, m))
    k = (2 * np.pi * np.fft.fftfreq(count) / width for count in (n, m))
    squared = sum(np.ix_(*(each**2 for each in k)))
    amplitude = np.exp(-squared * length**2 / 8)
    g = np.fft.ifft2(np.fft.fft2(noise) * amplitude).real / np.sqrt(np.mean(amplitude**2))
    return h * np.exp(s * g - s**2 / 2)


def thickness_from_picture(
    path: str | Path, *, black: float, white: float
) -> Float[np.ndarray, "n m"]:
    """A map of thickness [m] from a grey picture: its brightness, in proportion, between two.

    Parameters
    ----------
    path
        Any format that matplotlib reads; rows run along the first axis, from the top.
    black, white
        Thickness of black and of white [m]. A picture does not say it: an atomic-force microscope
        or a profilometer does.

    Raises
    ------
    InputError
        If it cannot be read, is coloured, or has places without a layer: a bare spot is no thin
        layer, and what lithium does there must be said (a contact of its own).
    """
    ends = [float(np.asarray(non_negative(x, "thickness", "m"))) for x in (black, white)]
    if ends[0] == ends[1]:
        raise InputError(
            f"Black and white both stand for {ends[0]:g} m: a map needs its scale, the thickness "
            "of black and another of white."
        )
    brightness = grey_levels(Path(path))
    thickness = ends[0] + (ends[1] - ends[0]) * brightness
    bare = np.mean(thickness == 0)
    if bare:
        raise InputError(
            f"{path}: {100 * bare:.3g} % of the map has no layer at all; give those places to a "
            "coated share or a map of contact, or say the least thickness that they have."
        )
    return thickness


def layer_resistance(
    thickness: Given, ionic_conductivity: float, charge_transfer: float = 0.0
) -> Float[np.ndarray, "*face"]:
    """Area-specific resistance of each place of a layer [Ohm.m2]: h/s_i, and charge transfer.

    Parameters
    ----------
    thickness
        Map of the layer's thickness [m].
    ionic_conductivity
        Of the layer [S/m].
    charge_transfer
        Its area-specific resistance [Ohm.m2], the same everywhere.
    """
    h = positive_array(thickness, "thickness", "m")
    transfer = float(np.asarray(non_negative(charge_transfer, "charge transfer", "Ohm.m2")))
    return h / one_positive(ionic_conductivity, "ionic conductivity", "S/m") + transfer
