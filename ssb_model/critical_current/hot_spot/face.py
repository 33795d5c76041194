"""Faces of known evenness: what each resists, and how far its hottest spot is above its mean.

All are one face of a cell, on a garnet of a conductivity. Their numbers may be arrays, of NumPy or
JAX, that broadcast: a member each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.hot_spot.focus import (
    CONTACT_AXES,
    LAYER_AXES,
    SIDE,
    contact_focus,
    layer_focus,
    layer_scatter,
    uneven_resistance,
)
from ssb_model.critical_current.hot_spot.smooth import Axis, interpolate
from ssb_model.errors import InputError
from ssb_model.field import EVEN, ContactField, constriction_factor, hot_spot
from ssb_model.library import is_true, non_negative, positive, share

if TYPE_CHECKING:
    from ssb_model.critical_current.hot_spot.focus import Numbers

THINNEST = 1e-9  # m: about two unit cells of LiI; a layer thinner than that is none
DEVIATIONS = 3.5  # by which the thinnest place of a face lies below the mean of ln h
HALF_SPACE = 5.0  # half thicknesses in cell radii: beyond, the garnet is infinitely deep
FEWEST_CONTACT = 1e-3
CONTACT_SCATTER = 0.1  # of ln k between faces of contacts that are alike: assumed
ROOTS = Axis(FEWEST_CONTACT**0.5, 1.0, 49)  # of contact fractions


class Face(Protocol):
    """What the hot-spot law asks of a face."""

    @property
    def focus(self) -> Any:
        """k, the largest over the mean current density at the garnet."""
        ...

    @property
    def scatter(self) -> Any:
        """Standard deviation of ln k between faces that are alike."""
        ...

    @property
    def resistance(self) -> Any:
        """Area-specific resistance of the face beside the garnet's own [Ohm.m2]."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said beside its numbers."""
        ...


@dataclass(frozen=True, kw_only=True)
class UnevenLayer:
    """A layer of log-normal thickness that covers the garnet.

    Attributes
    ----------
    thickness
        Its mean [m].
    ionic_conductivity
        [S/m]
    charge_transfer
        Area-specific resistance of charge transfer, the same everywhere [Ohm.m2].
    variation
        Standard deviation of the logarithm of the thickness; 0 is an even layer.
    correlation_length
        Of the thickness [m].
    conductivity
        Of the garnet [S/m].
    side
        Of the square face whose hottest spot counts, in correlation lengths.

    Raises
    ------
    InputError
        For numbers out of range, and for a variation that leaves bare spots.
    """

    thickness: Numbers
    ionic_conductivity: Numbers
    charge_transfer: Numbers
    variation: Numbers
    correlation_length: Numbers
    conductivity: Numbers
    side: float = SIDE

    def __post_init__(self) -> None:
        for name, unit in _POSITIVE.items():
            positive(getattr(self, name), name.replace("_", " "), unit)
        non_negative(self.charge_transfer, "charge transfer", "Ohm.m2")
        _refuse_variation(self.variation)
        lowest, highest = (round(2 ** LAYER_AXES[0][end]) for end in (0, 1))
        if not lowest <= self.side <= highest:
            raise InputError(
                f"A face of {self.side:g} correlation lengths a side is not tabulated: give "
                f"{lowest} to {highest}."
            )
        refuse_bare_spots(self.thickness, self.variation)

    @property
    def layer_resistance(self) -> Numbers:
        """Of the mean thickness [Ohm.m2]."""
        return self.thickness / self.ionic_conductivity

    @property
    def focus(self) -> Any:
        """k; see :class:`Face`."""
        return layer_focus(*self._numbers, side=self.side)

    @property
    def scatter(self) -> Any:
        """Of random layers; see :class:`Face`."""
        return layer_scatter(*self._numbers, side=self.side)

    @property
    def resistance(self) -> Any:
        """[Ohm.m2], lower than an even layer's; see :class:`Face`."""
        return uneven_resistance(*self._numbers)

    @property
    def warnings(self) -> tuple[str, ...]:
        """A layer thinner than its roughness is allowed, and said."""
        return rough(self.variation)

    @property
    def _numbers(self) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
        resistances = self.layer_resistance, self.charge_transfer
        return self.variation, *resistances, self.correlation_length, self.conductivity


@dataclass(frozen=True, kw_only=True)
class PartialContact:
    """Contact discs of one spacing, with a resistance under each.

    Attributes
    ----------
    contact_fraction
        Share of the face in contact, 0.001 to 1.
    spacing
        Centre to centre [m].
    local_resistance
        Under the contacts, per area of contact [Ohm.m2].
    conductivity
        Of the garnet [S/m].

    Raises
    ------
    InputError
        For numbers out of range, and where the current at the contacts' rim is not tabulated.
    """

    contact_fraction: Numbers
    spacing: Numbers
    local_resistance: Numbers
    conductivity: Numbers

    def __post_init__(self) -> None:
        for name, unit in _POSITIVE_CONTACT.items():
            positive(getattr(self, name), name.replace("_", " "), unit)
        theta = share(self.contact_fraction, "contact fraction")
        if not is_true(theta >= FEWEST_CONTACT):
            raise InputError(
                f"A contact fraction below {FEWEST_CONTACT:g} is not tabulated: give a larger one."
            )
        largest = math.exp(CONTACT_AXES[1].last)
        if not is_true(self._ratio <= largest):
            raise InputError(
                f"A contact's radius is more than {largest:.0f} times conductivity times its "
                "resistance: its rim is all but singular; give the resistance under the contact."
            )

    @property
    def focus(self) -> Any:
        """k; see :class:`Face`."""
        return contact_focus(
            self.contact_fraction, self.spacing, self.local_resistance, self.conductivity
        )

    @property
    def scatter(self) -> float:
        """Assumed: even discs say nothing of it; see :class:`Face`."""
        return CONTACT_SCATTER

    @property
    def resistance(self) -> Any:
        """[Ohm.m2], of the contacts and of the constriction below them; see :class:`Face`."""
        s = self.contact_fraction**0.5
        factor = interpolate(_constrictions(), [ROOTS], s) / s
        constriction = self.spacing / (2 * self.conductivity) * factor
        return self.local_resistance / self.contact_fraction + constriction

    @property
    def warnings(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def _ratio(self) -> Any:
        radius = self.spacing * self.contact_fraction**0.5 / 2
        return radius / (self.conductivity * self.local_resistance)


@dataclass(frozen=True)
class SolvedFace:
    """A face whose field was solved, over a map of contact or of thickness.

    Attributes
    ----------
    focus, resistance, scatter
        See :class:`Face`; that of one face is assumed.
    warnings
        None.
    """

    focus: float
    resistance: float
    warnings: tuple[str, ...] = ()
    scatter: float = CONTACT_SCATTER

    @classmethod
    def of(cls, field: ContactField, spot: float | None = None) -> Self:
        """From a field, averaged over a ``spot`` [m] as :func:`~ssb_model.field.hot_spot` does."""
        resistance = field.constriction_resistance + field.contact_part
        return cls(hot_spot(field, spot), resistance)


_POSITIVE: Mapping[str, str] = {
    "thickness": "m",
    "ionic_conductivity": "S/m",
    "correlation_length": "m",
    "conductivity": "S/m",
}
_POSITIVE_CONTACT: Mapping[str, str] = {
    "contact_fraction": "parts of 1",
    "spacing": "m",
    "local_resistance": "Ohm.m2",
    "conductivity": "S/m",
}


@cache
def _constrictions() -> Float[np.ndarray, " roots"]:
    """s f(s) of discs on an infinitely deep garnet, as :mod:`ssb_model.field.pellet` has it."""
    s = ROOTS.nodes
    f = constriction_factor(s, HALF_SPACE)
    return s * (f - s**2 * f[-1])  # the truncated sum leaves a trace at full contact


def rough(variation: Numbers) -> tuple[str, ...]:
    """A sentence where a layer of this variation is thinner than its roughness; else none."""
    if is_true(variation <= EVEN):
        return ()
    return (
        f"The layer is thinner than its roughness: its thickness varies by up to "
        f"{np.max(np.asarray(variation)):.2f} (standard deviation of the logarithm), and above "
        f"{EVEN:.2f} the root mean square of it exceeds the mean.",
    )


def _refuse_variation(variation: Numbers) -> None:
    non_negative(variation, "thickness variation", "parts of 1, of the logarithm of the thickness")
    largest = LAYER_AXES[1].last
    if not is_true(variation <= largest):
        raise InputError(
            f"A thickness variation above {largest:g} (standard deviation of the logarithm) is not "
            "tabulated: such a layer is islands; describe it by a contact or a coated share."
        )


def refuse_bare_spots(thickness: Numbers, variation: Numbers) -> None:
    """InputError where a mean thickness [m] varies so that places of the face have no layer."""
    thinnest = thickness * math.e ** (-variation * (DEVIATIONS + variation / 2))
    if not is_true(thinnest >= THINNEST):
        raise InputError(
            f"This variation leaves bare spots: at {DEVIATIONS:g} standard deviations the layer is "
            f"below {THINNEST:g} m; say them with a coated share, or give a smaller "
            "variation or a thicker layer."
        )
