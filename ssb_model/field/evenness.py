r"""How far the current at a face is from even: its hottest spot over its mean.

.. math::

    k = \frac{\max \bar i}{\langle i \rangle}, \qquad
    \bar i(x) = \frac{4}{\pi d^2} \int_{|x' - x| < d/2} i(x') \, \mathrm{d}^2 x'

with the current density :math:`i` [A.m-2] that enters the garnet and the diameter :math:`d` [m] of
the spot; without one, of the pixels themselves. An even face has k = 1.

Pixels suffice where every place has a resistance of its own: k then has a limit for fine pixels
(within 2 % at three pixels a correlation length of thickness, or for a contact of 1 ohm cm2 and
more at ten a radius). Below a perfect contact the current at its edge is unbounded, and k means
something only with a spot of stated size; on a spot of eight pixels it is within 2 % of its limit.
``tests/field/test_hot_spot.py`` holds both.

The hottest of a random face grows with the area that is looked at, without bound where a layer
limits alone: say the area.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError
from ssb_model.field.lattice import Given
from ssb_model.field.result import ContactField
from ssb_model.library import one_positive

FEWEST_PIXELS = 4  # across a spot
INNER = 5  # sub-pixels in each direction that share a pixel of the spot's rim


def hot_spot(field: ContactField, spot: float | None = None) -> float:
    """The largest over the mean current density at a face, k.

    Parameters
    ----------
    field
        As solved, over a map of resistances (:func:`~ssb_model.field.layer_resistance`) or of
        contact.
    spot
        Diameter over which the current is averaged [m]; needed at a perfect contact.

    Raises
    ------
    InputError
        At a perfect contact without a spot, and for a spot finer than the pixels or wider than
        the face.

    Examples
    --------
    A layer twice as thick on one half of a face, far more resistive than what spreads below:

    >>> import numpy as np
    >>> from ssb_model.field import contact_field
    >>> resistance = np.where(np.arange(64) < 32, 1.0, 2.0)  # Ohm.m2
    >>> field = contact_field(
    ...     np.ones(64), period=1e-5, conductivity=0.071, contact_resistance=resistance
    ... )
    >>> print(f"{hot_spot(field):.3f}")
    1.333
    """
    if spot is None:
        _refuse_perfect(field)
        return field.focusing_factor
    weight = _disc(field, one_positive(spot, "diameter of the spot", "m"))
    transformed = np.fft.rfftn(field.current_density) * np.fft.rfftn(weight)
    averaged = np.fft.irfftn(transformed, s=field.contact.shape, axes=range(field.contact.ndim))
    return float(averaged.max() / field.mean_current_density)


def _refuse_perfect(field: ContactField) -> None:
    resistance = np.broadcast_to(field.contact_resistance, field.contact.shape)
    partial = not field.contact.all()
    if partial and (resistance[field.contact] == 0).any():
        raise InputError(
            "The current density at the edge of a perfect contact is unbounded: give the diameter "
            "of the spot over which it is averaged, or a contact resistance."
        )


def _disc(field: ContactField, diameter: float) -> Float[np.ndarray, "*face"]:
    """Weights of the pixels about the first one, periodic, whose sum is 1."""
    widths = [length / n for length, n in zip(field.period, field.contact.shape, strict=True)]
    if diameter < FEWEST_PIXELS * max(widths):
        raise InputError(
            f"A spot of {diameter:g} m is less than {FEWEST_PIXELS} pixels of {max(widths):g} m "
            "across: give finer pixels or a wider spot."
        )
    if diameter > field.period.min():
        raise InputError(
            f"A spot of {diameter:g} m is wider than the face of {field.period.min():g} m: give a "
            "narrower one."
        )
    inner = (np.arange(INNER) + 0.5) / INNER - 0.5
    squared: Given = 0.0
    for n, width in zip(field.contact.shape, widths, strict=True):
        places = np.minimum(np.arange(n), n - np.arange(n))[:, None] + inner
        squared = np.add.outer(squared, (width * places) ** 2)
    inside = np.asarray(squared) < (diameter / 2) ** 2
    # axes: pixel and sub-pixel, a pair a direction
    weight = inside.mean(axis=tuple(range(1, inside.ndim, 2)))
    return weight / weight.sum()
