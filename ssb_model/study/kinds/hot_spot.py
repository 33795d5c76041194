r"""The critical current of a cell by the hot-spot law, from the face's own numbers.

.. math::

    J_c = \frac{J^*}{k} \, G \, A(T) \, \mathrm{e}^{-\kappa (P - P_0)_+}, \qquad
    r_\mathrm{ct} = \frac{R T_\mathrm{ref}}{F j_0}

:math:`k` is the largest over the mean current density at the garnet
(:mod:`ssb_model.critical_current.hot_spot.focus`): of a layer by its resistance, its charge
transfer :math:`r_\mathrm{ct}` and how its thickness varies, of a bare face by its contacts, or
either as a picture shows it. :math:`G` has the garnet's electrons and grain boundaries
(:mod:`ssb_model.critical_current.garnet`), 1 where they are those of the founding one. All numbers
are those at the reference temperature, so that temperature counts once, by the critical current's
own activation energy; over-pressure lowers it as in every law
(:mod:`ssb_model.library.law_conditions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jaxtyping import Array, Float

from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.critical_current import (
    GarnetStrengths,
    PartialContact,
    ThicknessPicture,
    UnevenLayer,
    activation_factor,
    garnet_factor,
    over_pressure_factor,
)
from ssb_model.library import CONDITION_PARAMETERS
from ssb_model.study.evenness import GARNET, LENGTH, LIMIT, STRENGTHS, THICKNESS, VARIATION

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell

FACE = "Negative face "
CONDUCTIVITY = f"{FACE}layer ionic conductivity [S.m-1]"
PRESSURE = "Stack pressure [Pa]"


def hot_spot_current(
    cell: StudyCell, inputs: Mapping[str, Float[Array, " batch"]], temperature: float
) -> Float[Array, " batch"]:
    """Critical current density [A.m-2] of a new cell at a temperature [K]; pure JAX."""

    def of(name: str) -> Any:
        return inputs.get(name, float(cell.values[name]))

    energy, strength, threshold = map(of, CONDITION_PARAMETERS)
    warm = activation_factor(temperature, energy)
    pressed = over_pressure_factor(of(PRESSURE), strength, threshold)
    return of(LIMIT) / _focus(cell, of) * _garnet(cell, of) * warm * pressed


def _garnet(cell: StudyCell, of: Any) -> Any:
    """What the garnet's electrons and grain boundaries make of J*; 1 for the founding garnet."""
    electrons, boundaries = GARNET
    if electrons not in cell.quantities or not float(cell.values[boundaries]):
        return 1.0  # a garnet that is described without them
    return garnet_factor(of(electrons), of(boundaries), GarnetStrengths(*map(of, STRENGTHS)))


def _focus(cell: StudyCell, of: Any) -> Any:
    transfer = (
        GAS_CONSTANT * ROOM_TEMPERATURE / FARADAY / of(f"{FACE}exchange-current density [A.m-2]")
    )
    sigma = of("Garnet conductivity [S.m-1]")
    if cell.picture is not None:
        return _pictured(cell, of, transfer, sigma)
    if LENGTH in cell.quantities:
        return UnevenLayer(
            thickness=of(THICKNESS),
            ionic_conductivity=of(CONDUCTIVITY),
            charge_transfer=transfer,
            variation=of(VARIATION),
            correlation_length=of(LENGTH),
            conductivity=sigma,
        ).focus
    return PartialContact(
        contact_fraction=of(f"{FACE}contact fraction"),
        spacing=of(f"{FACE}contact spacing [m]"),
        local_resistance=transfer,
        conductivity=sigma,
    ).focus


def _pictured(cell: StudyCell, of: Any, transfer: Any, conductivity: Any) -> Any:
    """k of what the cell's picture shows; a layer lies under its contact too."""
    layer = of(THICKNESS) / of(CONDUCTIVITY) if THICKNESS in cell.quantities else 0.0
    if isinstance(cell.picture, ThicknessPicture):
        return cell.picture.focus(layer, transfer, conductivity)
    assert cell.picture is not None
    return cell.picture.focus(layer + transfer, conductivity)
