r"""The form of the critical current that every law is a case of.

.. math::

    J_\mathrm{c}(R, x) = J_\mathrm{ref}
    \left( \frac{R_\mathrm{ref} + R_0}{R + R_0} \right)^n
    \exp\left( -\frac{R - R_\mathrm{ref}}{R_\mathrm{s}} \right) x^m

:math:`R` is the resistance of the interfaces, the sum of the faces, and :math:`x` the contact that
the worst face retains. The constants are quantities of parameter sets; the cells, the calibrated
laws and the forecast take this one formula.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import numpy as np
from jaxtyping import Float

#: PyBaMM's names of the constants J_ref, R_ref, R_0, n, 1/R_s and m of :class:`LawForm`
LAW_PARAMETERS: tuple[str, ...] = (
    "Critical current law reference current density [A.m-2]",
    "Critical current law reference resistance [Ohm.m2]",
    "Critical current law series resistance [Ohm.m2]",
    "Critical current law exponent",
    "Critical current law decay [Ohm-1.m-2]",
    "Critical current law contact exponent",
)


class Arithmetic(Protocol):
    """A number, an array of NumPy or JAX, or a PyBaMM symbol."""

    def __add__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __truediv__(self, other: Any, /) -> Any: ...
    def __pow__(self, other: Any, /) -> Any: ...
    def __rtruediv__(self, other: Any, /) -> Any: ...
    def __neg__(self) -> Any: ...


class LawForm(NamedTuple):
    """How the critical current falls as the interface's resistance rises and its contact is lost.

    Numbers, arrays or PyBaMM symbols.

    Attributes
    ----------
    series_resistance
        R_0 [Ohm.m2].
    exponent
        n; 0 for no power.
    resistance_scale
        R_s [Ohm.m2]; infinite for no exponential.
    contact_exponent
        m; 0 where the contact counts through the resistance alone.
    """

    series_resistance: Arithmetic = 0.0
    exponent: Arithmetic = 0.0
    resistance_scale: Arithmetic = np.inf
    contact_exponent: Arithmetic = 0.0

    @property
    def decay(self) -> Any:
        """1/R_s [Ohm-1.m-2], the constant of parameter sets, which may be zero."""
        return 1 / self.resistance_scale

    def current_density(
        self,
        resistance: Arithmetic,
        contact: Arithmetic,
        reference_current_density: Arithmetic,
        reference_resistance: Arithmetic,
        exp: Callable[[Any], Any],
    ) -> Any:
        """J_c [A.m-2]; ``exp`` is that of the arguments' own kind."""
        R, R_ref, R_0 = resistance, reference_resistance, self.series_resistance
        ratio = (R_ref + R_0) / (R + R_0)
        decay = exp((R_ref - R) * self.decay)
        return (
            reference_current_density
            * ratio**self.exponent
            * decay
            * contact**self.contact_exponent
        )

    def log(self, resistance: Arithmetic) -> Float[np.ndarray, " ..."]:
        """ln J_c at full contact, less what does not depend on R.

        Finite where J_c itself would be too small for a number.
        """
        R, R_0 = resistance, self.series_resistance
        return -self.exponent * np.log(R + R_0) - R / self.resistance_scale
