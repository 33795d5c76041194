r"""A cathode of several kinds of sites: PyBaMM's multi-species, multi-reaction model (MSMR).

The sites of kind :math:`j` are filled at the potential :math:`U` against lithium by

.. math::

    x_j = \frac{X_j}{1 + \exp[F (U - U_j) / (w_j R T)]}, \qquad x = \sum_j x_j,

with :math:`X_j` their share of all sites, :math:`U_j` [V] their potential and :math:`w_j` their
ideality (PyBaMM's MSMR submodels, which cite Baker and Verbrugge 2018). Where a cell starts,
:math:`x` is the electrode's charged stoichiometry at the reference temperature.
"""

from __future__ import annotations

from typing import cast

from scipy.optimize import brentq
from scipy.special import expit

from ssb_model.cells.symbols import Value
from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.errors import InputError
from ssb_model.library import Reactions

SITE = "Positive electrode host site"
ENDS = (-5.0, 15.0)  # V, beyond any electrode's


def stoichiometry_at(U: float, found: Reactions) -> float:
    """Share of all sites that are filled at the potential U [V], at 25 degC."""
    f = FARADAY / (GAS_CONSTANT * ROOM_TEMPERATURE)
    return float(sum(j.share * expit(-f * (U - j.potential) / j.ideality) for j in found.reactions))


def potential_at(stoichiometry: float, found: Reactions) -> float:
    """The potential [V] at which so many sites are filled, at 25 degC."""
    total = sum(j.share for j in found.reactions)
    if not 0 < stoichiometry < total:
        raise InputError(
            f"at the charged stoichiometry {stoichiometry:g} the reactions have no potential: it "
            f"must lie between 0 and {total:g}."
        )
    found_at = brentq(lambda U: stoichiometry_at(U, found) - stoichiometry, *ENDS, xtol=1e-12)
    return float(cast(float, found_at))


def reaction_values(found: Reactions, charged: float) -> dict[str, Value]:
    """PyBaMM's parameters of the sites, and of the potential at which the cell starts."""
    values: dict[str, Value] = {
        "Initial voltage in positive electrode [V]": potential_at(charged, found)
    }
    for k, j in enumerate(found.reactions):
        values |= {
            f"{SITE} occupancy fraction ({k})": j.share,
            f"{SITE} standard potential ({k}) [V]": j.potential,
            f"{SITE} ideality factor ({k})": j.ideality,
            f"{SITE} charge transfer coefficient ({k})": j.transfer_coefficient,
            f"{SITE} reference exchange-current density ({k}) [A.m-2]": j.exchange_current_density,
        }
    return values
