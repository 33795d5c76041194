"""What a row of the library says of its cell, in numbers; what it leaves unsaid as alternatives.

An unstated temperature is 25 degC in nine cases of ten, else 60 degC: of the papers that state one,
a tenth measured warm. An unstated resistance is one of three points of the spread that resistances
of its class have in the library; of an unknown number of faces R and 2 R are equally probable. An
unstated density or pressure changes nothing: what they would do lies in the spread between garnets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.special import expit

from ssb_model.constants import FROM_MPA, ROOM_TEMPERATURE, TO_OHM_CM2, ZERO_CELSIUS
from ssb_model.critical_current.field_model.mean import DENSE, LEVELS, THRESHOLD
from ssb_model.library import FieldCell

WARM, WARM_SHARE = 60 + ZERO_CELSIUS, 0.1
POINTS = 3
_x, _w = np.polynomial.hermite_e.hermegauss(POINTS)
NODES, NODE_WEIGHTS = _x, _w / _w.sum()
BOUND = 0.5  # a resistance below a bound is taken as this part of it


class Spread(NamedTuple):
    """Of ln R [ohm cm2], both faces: centre, standard deviation, and how many cells say so."""

    centre: float
    sd: float
    cells: int


class Covariates(NamedTuple):
    """Of one cell: shares of the levels, and alternatives with their probabilities."""

    design: Float[np.ndarray, " levels"]
    resistance: Float[np.ndarray, " points"]
    resistance_weights: Float[np.ndarray, " points"]
    temperature: Float[np.ndarray, " 2"]
    temperature_weights: Float[np.ndarray, " 2"]
    density: float
    pressure: float


def spreads(cells: Iterable[FieldCell]) -> Mapping[str, Spread]:
    """Of the resistances that the library has of bare, control and coated cells.

    Liquids have those of coated cells. Between laboratories: one number of each garnet and lab.
    """
    found: dict[str, dict[tuple[str, str], float]] = {"bare": {}, "bare control": {}, "coated": {}}
    for cell in cells:
        own, faces = cell.R, 0.5 * np.log(2) if cell.faces == "unknown" else np.log(2 / cell.faces)
        if own and cell.contact in found and own.sign not in ("<", "<=", ">", ">="):
            found[cell.contact][cell.lab, cell.name] = np.log(own.value * TO_OHM_CM2) + faces
        if cell.before:
            key = cell.lab, cell.garnet
            found["bare control"][key] = np.log(cell.before.value * TO_OHM_CM2) + faces
    spread = {
        k: Spread(float(np.mean([*v.values()])), float(np.std([*v.values()], ddof=1)), len(v))
        for k, v in found.items()
    }
    return {**spread, "wetted": spread["coated"]}


def covariates(cell: FieldCell, spread: Mapping[str, Spread]) -> Covariates:
    """Of a row."""
    R, weights = _resistances(cell, spread)
    T, shares = _temperatures(cell)
    pressure = THRESHOLD if cell.stack is None else cell.stack / FROM_MPA
    return Covariates(
        design(cell.contact, cell.layer), R, weights, T, shares, _density(cell), pressure
    )


def design(contact: str, layer: str) -> Float[np.ndarray, " levels"]:
    """Shares of the levels in a cell of this class.

    >>> design("bare control", "none")[:4].tolist()
    [1.0, 1.0, 0.0, 0.0]
    """
    own = {"bare": ["bare"], "bare control": ["bare", "control"], "wetted": ["wetted"]}
    names = own.get(contact, ["coated", layer])
    return np.array([float(name in names) for name in LEVELS])


def designs(
    contact: str | None,
    layer: str,
    resistance: Float[np.ndarray, " n"],
    spread: Mapping[str, Spread],
) -> Float[np.ndarray, "n levels"]:
    """Alike for resistances of both faces [ohm cm2].

    Of a bare cell whose ``contact`` is None nobody says whether it is a careless control or clean:
    it has the share of a control that its resistance makes probable.
    """
    if contact is not None or layer != "none":
        own = design(contact or "coated", layer)
        return np.broadcast_to(own, (len(resistance), len(own)))
    control, bare = design("bare control", "none"), design("bare", "none")
    share = control_share(resistance, spread)[:, None]
    return share * control + (1 - share) * bare


def control_share(
    resistance: Float[np.ndarray, " n"], spread: Mapping[str, Spread]
) -> Float[np.ndarray, " n"]:
    """How probable a bare cell of this resistance is a control, both as probable before."""
    ln_R = np.log(resistance)
    log = [
        -0.5 * ((ln_R - own.centre) / own.sd) ** 2 - np.log(own.sd)
        for own in (spread["bare"], spread["bare control"])
    ]
    # far above every control the wider law of bare cells would be the more probable: it is not
    likely = expit(log[1] - log[0])
    top = spread["bare control"].centre
    at_top = expit(
        -np.log(spread["bare control"].sd)
        + np.log(spread["bare"].sd)
        + 0.5 * ((top - spread["bare"].centre) / spread["bare"].sd) ** 2
    )
    return np.where(ln_R > top, np.maximum(likely, at_top), likely)


def _resistances(
    cell: FieldCell, spread: Mapping[str, Spread]
) -> tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]:
    """Of both faces [ohm cm2]."""
    if cell.R is None or cell.R.sign in (">", ">="):
        own = spread[cell.contact]
        return np.exp(own.centre + own.sd * NODES), NODE_WEIGHTS
    R = cell.R.value * TO_OHM_CM2 * (BOUND if cell.R.sign in ("<", "<=") else 1.0)
    if cell.faces != "unknown":
        return np.full(POINTS, R * 2 / cell.faces), np.array([1.0, 0.0, 0.0])
    return np.array([R, 2 * R, R]), np.array([0.5, 0.5, 0.0])


def _temperatures(cell: FieldCell) -> tuple[Float[np.ndarray, " 2"], Float[np.ndarray, " 2"]]:
    if cell.T is None:
        return np.array([ROOM_TEMPERATURE, WARM]), np.array([1 - WARM_SHARE, WARM_SHARE])
    return np.full(2, cell.T), np.array([1.0, 0.0])


def _density(cell: FieldCell) -> float:
    """In %; of a bound a point and a half beyond it, of a range its middle."""
    known = cell.relative_density
    if known is None:
        return DENSE
    beyond = {">": 1.5, ">=": 1.5, "<": -1.5, "<=": -1.5}.get(known.sign or "", 0.0)
    middle = known.value if known.upper is None else (known.value + known.upper) / 2
    return 100 * middle + beyond
