"""Critical current of a coating by the hot-spot law, where its file states how even it is.

The limit of a spot comes from the founding coating, whose evenness the paper does not state: it is
called even there, and a variation of 0.03 to 0.3 over 1 to 10 um is assumed. What a face states of
its thickness or its contact decides the rest. Lithium is taken to touch the whole of a layer
whose thickness varies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.constants import FARADAY, GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.critical_current import (
    CONTACT_SCATTER,
    GarnetNumbers,
    GarnetStrengths,
    HotSpotLaw,
    MeasuredFace,
    UnevenLayer,
    founding_garnet,
    garnet_factor,
    published_strengths,
)
from ssb_model.errors import InputError
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import load_parameter_set
from ssb_model.prediction.coated_cells import face_name
from ssb_model.prediction.questions import CRITICAL_CURRENT
from ssb_model.study import GARNET

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.prediction.files import Coating, Evenness, PredictionCell
    from ssb_model.study import StudyCell

HOT_SPOT = f"{CRITICAL_CURRENT}, hot-spot law"
FOUNDING_SET = "zni2-0.5"
SCATTER = "scatter of the hot spot"
OF_GARNET = ("strength of the garnet's electrons", "strength of its grain boundaries")
#: of the founding coating, assumed
FOUNDING = (
    FreeParameter("variation", "-", 0.1, 0.03, 0.3, "log"),
    FreeParameter("correlation length", "m", 3e-6, 1e-6, 10e-6, "log"),
)
HYPOTHESIS = (
    "The hot-spot law is a hypothesis: that the hottest spot bears the same current in every cell; "
    "how even the founding coating is, which its limit is from, is assumed."
)

Column = Float[np.ndarray, " draws"]


def hot_spot_currents(
    coating: Coating,
    columns: Mapping[str, Column],
    founding: Coating,
    seed: int = 0,
    garnet: GarnetNumbers | None = None,
) -> tuple[Column, dict[str, Float[np.ndarray, "draws one"]]]:
    """Draws of the critical current [A.m-2], and the unknowns behind them by name.

    Parameters
    ----------
    coating
        With its evenness.
    columns
        Inputs of its cells by PyBaMM name.
    founding
        Whose measured critical current gives the law its limit.
    seed
        Of the unknowns.
    garnet
        Of the cells; the founding one unless given.

    Raises
    ------
    InputError
        For a variation that leaves bare spots.
    """
    evenness: Evenness = coating.evenness
    assert founding.critical_current is not None
    number = len(next(iter(columns.values())))
    rng = np.random.default_rng(seed)
    normals = {SCATTER: rng.normal(size=number), "limit of a spot": rng.normal(size=(3, number))}
    space = ParameterSpace(FOUNDING)
    assumed = {k: np.asarray(v) for k, v in space.values(normals["limit of a spot"][:2]).items()}
    centre, sd = founding.critical_current
    J = np.exp(centre + sd * normals["limit of a spot"][2])
    law = HotSpotLaw.calibrate([MeasuredFace(_founding_face(assumed, columns), J)])
    own = {q.name: rng.normal(size=number) for q in _uncertain(evenness)}
    k, scatter = _focus(coating, evenness, columns, own)
    factor, strengths = _garnet(garnet or founding_garnet(), number, rng)
    drawn = normals | own | strengths
    sources = {name: np.atleast_2d(normal).T for name, normal in drawn.items()}
    return np.asarray(law.local_limit / k * factor * np.exp(scatter * normals[SCATTER])), sources


def garnet_of(
    cell: StudyCell, around: PredictionCell, columns: Mapping[str, Column]
) -> GarnetNumbers:
    """The garnet of a cell where it is known; what nobody states is the founding garnet's.

    Parameters
    ----------
    cell
        Whose values are known.
    around
        The same with what is uncertain in it: what still has the founding garnet's prior was
        neither stated nor fitted.
    columns
        Draws by PyBaMM name.
    """
    numbers = [
        number if _unstated(cell, around, name) else columns.get(name, float(cell.values[name]))
        for name, number in zip(GARNET, founding_garnet(), strict=True)
    ]
    return GarnetNumbers(*numbers)


def _unstated(cell: StudyCell, around: PredictionCell, name: str) -> bool:
    label = next((label for label, names in around.inputs.items() if name in names), None)
    if label is None:  # a garnet without the number, or described without grain boundaries
        return name not in cell.quantities or not float(cell.values[name])
    k = around.space.labels.index(label)
    if around.centre[k] != 0 or around.root[k, k] != 1:
        return False
    quantity = load_parameter_set("llzto")[name.removeprefix("Garnet ").split(" [")[0]]
    return FreeParameter.from_quantity(label, quantity) == around.space.parameters[k]


def _garnet(
    garnet: GarnetNumbers, number: int, rng: np.random.Generator
) -> tuple[Column | float, dict[str, Column]]:
    """What another garnet than the founding one makes of J*, and the unknowns behind it."""
    pairs = zip(garnet, founding_garnet(), strict=True)
    if all(np.allclose(own, known, rtol=1e-12, atol=0) for own, known in pairs):
        return 1.0, {}
    found = published_strengths().values()
    normals = {name: rng.normal(size=number) for name in OF_GARNET}
    drawn = [one.mean + one.sd * z for one, z in zip(found, normals.values(), strict=True)]
    return garnet_factor(*garnet, GarnetStrengths(*drawn)), normals


def _founding_face(assumed: Mapping[str, Any], columns: Mapping[str, Column]) -> UnevenLayer:
    layer = load_parameter_set(FOUNDING_SET)
    return UnevenLayer(
        thickness=layer["layer thickness"].value,
        ionic_conductivity=layer["layer ionic conductivity"].value,
        charge_transfer=_transfer(layer["exchange-current density"].value),
        variation=assumed["variation"],
        correlation_length=assumed["correlation length"],
        conductivity=columns["Garnet conductivity [S.m-1]"],
    )


def _focus(
    coating: Coating, evenness: Evenness, columns: Mapping[str, Column], own: Mapping[str, Column]
) -> tuple[Column, Column | float]:
    """k, and the standard deviation of its logarithm between faces that are alike."""
    sigma = columns["Garnet conductivity [S.m-1]"]
    transfer = _transfer(columns[face_name("exchange-current density", "A.m-2")])
    if not coating.layered:
        assert evenness.contact is not None
        return evenness.contact.focus(transfer, sigma), CONTACT_SCATTER
    h = columns[face_name("layer thickness", "m")]
    conductivity = columns[face_name("layer ionic conductivity", "S.m-1")]
    if evenness.contact is not None:
        return evenness.contact.focus(h / conductivity + transfer, sigma), CONTACT_SCATTER
    if evenness.thickness is not None:
        return evenness.thickness.focus(h / conductivity, transfer, sigma), CONTACT_SCATTER
    variation, length = evenness.variation, evenness.correlation_length
    assert variation is not None
    assert length is not None
    try:
        face = UnevenLayer(
            thickness=h,
            ionic_conductivity=conductivity,
            charge_transfer=transfer,
            variation=_drawn(variation, own),
            correlation_length=_drawn(length, own),
            conductivity=sigma,
        )
    except InputError as error:
        raise InputError(f"{coating.path}: thickness_variation: {error}") from None
    return face.focus, face.scatter


def _uncertain(evenness: Evenness) -> list[Quantity]:
    both = (evenness.variation, evenness.correlation_length)
    return [q for q in both if q is not None and q.prior is not None]


def _drawn(quantity: Quantity, normals: Mapping[str, Column]) -> Column | float:
    if quantity.prior is None:
        return quantity.value
    space = ParameterSpace([FreeParameter.from_quantity(quantity.name, quantity)])
    low, high = quantity.known.lower, quantity.known.upper
    return np.clip(np.asarray(space.values(normals[quantity.name][None])[quantity.name]), low, high)


def _transfer(exchange_current: Any) -> Any:
    """Area-specific resistance of charge transfer [Ohm.m2]."""
    return GAS_CONSTANT * ROOM_TEMPERATURE / FARADAY / exchange_current
