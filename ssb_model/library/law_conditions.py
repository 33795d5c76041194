r"""What temperature and pressure make of the critical current that a law gives.

.. math::

    J_\mathrm{c}(T, P) = J_\mathrm{c} \,
    \exp\left[ -\frac{E}{R} \left( \frac{1}{T} - \frac{1}{T_\mathrm{ref}} \right) \right]
    \exp\left[ -k \, (P - P_0)_+ \right]

:math:`J_\mathrm{c}` is the law's at the reference temperature, of the resistance that the cell
would have there: temperature counts once, by the activation energy :math:`E` of the critical
current itself. Above a threshold :math:`P_0` stack pressure lowers it with a strength :math:`k`.
Both factors are 1 at the reference temperature without over-pressure; :math:`E` = 0 and
:math:`k` = 0 switch them off. The forms are assumed. Data: 0.9 +- 0.7, 3.8 +- 0.9 and
6.0 +- 0.7 mA/cm2 at room temperature, 40 and 60 degC on uncoated LLZO (Taylor et al. 2018,
doi:10.1016/j.jpowsour.2018.06.055, abstract); 0.382 and 0.229 mA/cm2 at 12.5 and 25 MPa (Batteries
2023, 9, 507, by a digest of it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ssb_model.constants import GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.library.law_form import Arithmetic

#: PyBaMM's names of E, k and P_0 of :class:`LawConditions`
CONDITION_PARAMETERS: tuple[str, ...] = (
    "Critical current law activation energy [J.mol-1]",
    "Critical current law over-pressure strength [Pa-1]",
    "Critical current law over-pressure threshold [Pa]",
)


class LawConditions(NamedTuple):
    """How the critical current follows temperature and stack pressure.

    Numbers, arrays or PyBaMM symbols.

    Attributes
    ----------
    activation_energy
        E [J.mol-1].
    strength
        k [Pa-1].
    threshold
        P_0 [Pa].
    """

    activation_energy: Arithmetic = 0.0
    strength: Arithmetic = 0.0
    threshold: Arithmetic = 0.0

    def activation(
        self,
        temperature: Arithmetic,
        exp: Callable[[Any], Any],
        reference: Arithmetic = ROOM_TEMPERATURE,
    ) -> Any:
        """Factor of a ``temperature`` [K]; ``exp`` is that of the arguments' own kind."""
        inverse = 1 / temperature - 1 / reference
        return exp(-(self.activation_energy / GAS_CONSTANT) * inverse)

    def over_pressure(
        self,
        pressure: Arithmetic,
        exp: Callable[[Any], Any],
        maximum: Callable[[Any, float], Any],
    ) -> Any:
        """Factor of a stack ``pressure`` [Pa]."""
        return exp(-self.strength * maximum(pressure - self.threshold, 0.0))
