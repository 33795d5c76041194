"""A law in the resistance alone: it is a case of the form that all laws share."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple, cast

from ssb_model.critical_current.laws.base import CriticalCurrentLaw
from ssb_model.library import namespace

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


class Reference(NamedTuple):
    """A point that a law's curve passes through: J_ref [A.m-2] at R_ref [Ohm.m2]."""

    current_density: Numbers
    resistance: Numbers


class ResistanceLaw(CriticalCurrentLaw):
    """A law J(R) that follows its ``form`` from its ``reference`` on.

    The shape alone, given the one constant in it, is ``falling``: the forecast takes it with
    constants of its own.
    """

    @property
    @abstractmethod
    def reference(self) -> Reference:
        """A point of the calibrated curve."""

    def _current_density(self, R: Numbers) -> Numbers:
        J_ref, R_ref = self.reference
        exp = namespace(R, J_ref, *cast("tuple[Numbers, ...]", self.form)).exp
        return self.form.current_density(R, 1.0, J_ref, R_ref, exp)
