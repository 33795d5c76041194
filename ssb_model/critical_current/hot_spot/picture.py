r"""The focusing of one face as a picture shows it: of contact, or of a layer's thickness.

The field of a map depends on few numbers. With the width :math:`w` of the map, a contact of
resistance :math:`r` on an infinitely deep garnet has

.. math::

    k = k(t), \qquad t = \frac{w}{\sigma r}, \qquad
    R = \frac{r}{\theta} + \frac{w}{\sigma} \, f(t),

and a layer of resistance :math:`r_\mathrm{l}` (of its mean thickness) beside charge transfer
:math:`r_\mathrm{c}` has, with :math:`A` and :math:`m` as in :mod:`.focus`,
:math:`k = k(A, m)`. They are solved on a grid of these once and interpolated, so that a thousand
draws cost no more than one. The map repeats beyond its edges.

What is finer than a pixel is not seen: where :math:`\sigma r` is less than a pixel, the current at
a contact's rim is that of a contact whose :math:`\sigma r` is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import jax
import numpy as np
from jaxtyping import Bool, Float

from ssb_model.critical_current.hot_spot.face import THINNEST
from ssb_model.critical_current.hot_spot.focus import SPREADING
from ssb_model.critical_current.hot_spot.smooth import Axis, interpolate
from ssb_model.errors import InputError
from ssb_model.field import (
    contact_field,
    contact_fields,
    contact_from_picture,
    hot_spot,
    thickness_from_picture,
)
from ssb_model.library import namespace, one_positive

if TYPE_CHECKING:
    from ssb_model.critical_current.hot_spot.focus import Numbers

FEWEST_PIXELS, MOST_PIXELS = 4, 1024  # along a side
LEAST = 1 - 1e-6  # of the thinnest layer: a picture has single precision
CONTACT_NODES = 15
SMALLEST = np.log(1e-4)  # of t
RATIOS, SHARES = Axis(np.log(0.05), np.log(200), 9), Axis(0.0, 1.0, 5)
HILLS = 16.0  # lengths along the width that the spreading is scaled by: chosen for a smooth table


@dataclass(frozen=True, eq=False)
class ContactPicture:
    """A map of contact.

    Attributes
    ----------
    contact
        True where lithium touches.
    width
        Of the map, along its second direction [m]; pixels are square.

    Raises
    ------
    InputError
        For a map of too many or too few pixels.
    """

    contact: Bool[np.ndarray, "n m"]
    width: float

    def __post_init__(self) -> None:
        _refuse_size(self.contact)

    @classmethod
    def read(cls, path: str | Path, width: float) -> Self:
        """From a black-and-white picture, black where lithium touches."""
        return cls(contact_from_picture(path), one_positive(width, "width of the picture", "m"))

    @property
    def contact_fraction(self) -> float:
        """Share of the map in contact."""
        return float(self.contact.mean())

    def focus(self, local_resistance: Numbers, conductivity: Numbers) -> Any:
        """k, from the resistance under the contacts [Ohm.m2] and the garnet's [S/m]."""
        log_k = self._read(0, local_resistance, conductivity)
        return namespace(log_k).exp(log_k)

    def constriction(self, local_resistance: Numbers, conductivity: Numbers) -> Any:
        """Resistance of the garnet below the contacts beyond an even face's [Ohm.m2]."""
        f = self._read(1, local_resistance, conductivity)
        return f * self.width / conductivity

    def _read(self, which: int, resistance: Numbers, conductivity: Numbers) -> Any:
        t = self.width / (conductivity * resistance)
        return interpolate(self._table[which], [self._axis], namespace(t).log(t))

    @property
    def _axis(self) -> Axis:
        return Axis(SMALLEST, float(np.log(self.contact.shape[1])), CONTACT_NODES)

    @cached_property
    def _table(self) -> Float[np.ndarray, "2 nodes"]:
        """ln k and f at each ln t."""
        if self.contact.all():
            return np.zeros((2, CONTACT_NODES))
        with jax.ensure_compile_time_eval():  # a table is of the map alone, inside a jit too
            fields = contact_fields(
                self.contact,
                period=_period(self.contact),
                conductivity=1.0,
                contact_resistance=np.exp(-self._axis.nodes),
            )
        k = [hot_spot(field) for field in fields]
        return np.array([np.log(k), [field.constriction_resistance for field in fields]])


@dataclass(frozen=True, eq=False)
class ThicknessPicture:
    """A map of a layer's thickness.

    Attributes
    ----------
    thickness
        [m], nowhere zero.
    width
        Of the map, along its second direction [m]; pixels are square.

    Raises
    ------
    InputError
        For a map of too many or too few pixels, and one with bare spots.
    """

    thickness: Float[np.ndarray, "n m"]
    width: float

    def __post_init__(self) -> None:
        _refuse_size(self.thickness)
        bare = np.mean(self.thickness < LEAST * THINNEST)
        if bare:
            raise InputError(
                f"{100 * bare:.3g} % of the map is thinner than {THINNEST:g} m, no layer at all: "
                "give those places to a coated share or a map of contact, or say the least "
                "thickness that they have."
            )

    @classmethod
    def read(cls, path: str | Path, width: float, black: float, white: float) -> Self:
        """From a grey picture, between the thicknesses of black and of white [m]."""
        thickness = thickness_from_picture(path, black=black, white=white)
        return cls(thickness, one_positive(width, "width of the picture", "m"))

    @property
    def mean(self) -> float:
        """Of the thickness [m]."""
        return float(self.thickness.mean())

    @property
    def variation(self) -> float:
        """Standard deviation of the logarithm of the thickness."""
        return float(np.log(self.thickness).std())

    def focus(
        self, layer_resistance: Numbers, charge_transfer: Numbers, conductivity: Numbers
    ) -> Any:
        """k, from both resistances [Ohm.m2], that of the mean thickness, and the garnet's [S/m]."""
        evening = charge_transfer + SPREADING * self.width / HILLS / conductivity
        ratio, share = layer_resistance / evening, charge_transfer / evening
        xp = namespace(ratio, share)
        table = interpolate(self._table, [RATIOS, SHARES], xp.log(ratio), share)
        return xp.exp(ratio / (1 + ratio) * table)

    @cached_property
    def _table(self) -> Float[np.ndarray, "ratios shares"]:
        """ln k (1 + A)/A."""
        h = self.thickness / self.mean
        table = np.empty((RATIOS.number, SHARES.number))
        for i, A in enumerate(np.exp(RATIOS.nodes)):
            for j, m in enumerate(SHARES.nodes):
                table[i, j] = np.log(_uneven(h, A, m)) * (1 + A) / A
        return table


def _uneven(h: Float[np.ndarray, "n m"], ratio: float, share: float) -> float:
    if share == 1:  # nothing spreads: places in parallel
        current = 1 / (ratio * h + 1)
        return float(current.max() / current.mean())
    evening = SPREADING / HILLS / (1 - share)
    with jax.ensure_compile_time_eval():
        field = contact_field(
            np.ones(h.shape),
            period=_period(h),
            conductivity=1.0,
            contact_resistance=evening * (ratio * h + share),
        )
    return hot_spot(field)


def _period(face: np.ndarray) -> tuple[float, float]:
    """In widths of the map."""
    return face.shape[0] / face.shape[1], 1.0


def _refuse_size(face: np.ndarray) -> None:
    size = f"The picture has {face.shape[0]} x {face.shape[1]} pixels"
    if max(face.shape) > MOST_PIXELS:
        raise InputError(
            f"{size}: give at most {MOST_PIXELS} along a side, by a smaller part of it or by fewer "
            "pixels."
        )
    if min(face.shape) < FEWEST_PIXELS:
        raise InputError(
            f"{size}, too few to show how even a face is: give {FEWEST_PIXELS} or more along a "
            "side."
        )
