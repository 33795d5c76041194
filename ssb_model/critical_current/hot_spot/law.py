r"""H, the hot-spot law: a cell shorts when its hottest spot bears as much as garnet can.

.. math::

    J = \frac{J^*}{k}, \qquad
    \ln J^* = \overline{\ln (J_i k_i)}

:math:`J^*` [A.m-2] is the current density that the garnet bears at any place of its face, the same
in all cells; :math:`k` is the largest over the mean current density at the face
(:mod:`.focus`), 1 where it is even. J* comes from cells whose critical current and evenness are
known, the least squares in the logarithm.

**It is a hypothesis.** Unlike the laws of the mean resistance it asks for evenness (a map of
thickness, or of contact), which can be measured (electron microscopy, atomic force, profilometry)
and which no published cell states. Two more choices are in it: the hottest spot is that of a
square of 32 correlation lengths a side, though a larger one has a hotter spot, and J* does not
depend on the area under load. Derived here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from ssb_model.critical_current.laws import Constant
from ssb_model.errors import InputError
from ssb_model.library import A_M2, LAW_PARAMETERS, LawForm, namespace, positive

if TYPE_CHECKING:
    from ssb_model.critical_current.hot_spot.face import Face
    from ssb_model.critical_current.hot_spot.focus import Numbers


class MeasuredFace(NamedTuple):
    """A symmetric cell whose evenness and critical current are known.

    Attributes
    ----------
    face
        Either of its two.
    critical_current_density
        [A.m-2]
    """

    face: Face
    critical_current_density: Numbers


@dataclass(frozen=True)
class HotSpotLaw:
    """H: the current density of the hottest spot is the same at the short in every cell.

    Attributes
    ----------
    local_limit
        J* [A.m-2].

    Examples
    --------
    A layer of 3.4 ohm cm2 beside 1.7 of charge transfer, nearly even, bears 2.3 mA/cm2; another,
    three times as thick and less even:

    >>> from ssb_model.critical_current import HotSpotLaw, MeasuredFace, UnevenLayer
    >>> layer = dict(
    ...     ionic_conductivity=5.9e-4,
    ...     charge_transfer=1.7e-4,
    ...     correlation_length=3e-6,
    ...     conductivity=0.071,
    ... )
    >>> even = UnevenLayer(thickness=200e-9, variation=0.1, **layer)
    >>> law = HotSpotLaw.calibrate([MeasuredFace(even, 23.0)])
    >>> thick = UnevenLayer(thickness=600e-9, variation=0.5, **layer)
    >>> print(f"{law.local_limit / 10:.1f} {law.current_density(thick) / 10:.1f} mA/cm2")
    2.8 1.0 mA/cm2
    """

    title: ClassVar[str] = "H (hot spot)"
    assumes: ClassVar[str] = "the hottest spot of the face bears the same current in every cell"
    source: ClassVar[str] = "derived; a hypothesis, tried on Zhai et al. 2024"

    local_limit: Numbers

    @classmethod
    def calibrate(cls, cells: Iterable[MeasuredFace]) -> Self:
        """J* from one cell or more.

        Raises
        ------
        InputError
            Without a cell, or for a critical current that is not positive.
        """
        limits = [positive(J, "critical current density", A_M2) * face.focus for face, J in cells]
        if not limits:
            raise InputError(f"{cls.title} is calibrated from one cell or more: give a cell.")
        xp = namespace(*limits)
        return cls(xp.exp(sum(xp.log(limit) for limit in limits) / len(limits)))

    def current_density(self, face: Face) -> Any:
        """Critical current density [A.m-2] of a cell with this face."""
        return self.local_limit / face.focus

    @property
    def form(self) -> LawForm:
        """In use, what counts is the contact that is retained."""
        return LawForm(contact_exponent=1.0)

    @property
    def constants(self) -> tuple[Constant, ...]:
        """The calibrated constant, with its unit."""
        return (Constant("critical current density of a spot", self.local_limit, "A.m-2"),)

    def inputs(self, face: Face) -> Mapping[str, Any]:
        """Inputs of a :class:`~ssb_model.critical_current.ShortingCell`, by PyBaMM name."""
        form = self.form
        shape = form.series_resistance, form.exponent, form.decay, form.contact_exponent
        constants = self.current_density(face), 2 * face.resistance, *shape
        return dict(zip(LAW_PARAMETERS, constants, strict=True))
