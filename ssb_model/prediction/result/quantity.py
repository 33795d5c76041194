"""A predicted quantity as plain data: median, 95 % interval, and what causes its width."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import numpy as np
from jaxtyping import Float

from ssb_model.library import CELL, MEASUREMENT, MISFIT
from ssb_model.prediction.questions import spread_kind
from ssb_model.prediction.result.explained import explained_variance
from ssb_model.study import bare_name

PERCENTILES = (50, 2.5, 97.5)
#: between the kind of an unknown and the one quantity that it is of
OF = " of "
SPREAD = (CELL, MEASUREMENT, MISFIT)


class Cause(TypedDict):
    """An unknown, and the share of a quantity's variance that it explains."""

    unknown: str
    share: float


class Quantity(TypedDict):
    """One quantity of a prediction."""

    name: str
    unit: str
    median: float
    lower95: float
    upper95: float
    causes: list[Cause]


def quantity_of(
    name: str,
    values: Float[np.ndarray, " n"],
    unit: str,
    sources: Mapping[str, Float[np.ndarray, "n _"]],
) -> Quantity:
    """A quantity of its draws and of what was drawn."""
    median, lower, upper = (float(x) for x in np.percentile(values, PERCENTILES))
    found = explained_variance(values, own_sources(name, sources))
    return {
        "name": name,
        "unit": unit,
        "median": median,
        "lower95": lower,
        "upper95": upper,
        "causes": [{"unknown": readable(k), "share": round(s, 3)} for k, s in found],
    }


def readable(name: str) -> str:
    """An unknown's name without its unit and the side of the face.

    >>> readable("Negative face layer ionic conductivity [S.m-1]")
    'layer ionic conductivity'
    """
    return bare_name(name).removeprefix("Negative face ")


def own_sources(
    name: str, sources: Mapping[str, Float[np.ndarray, "n parts"]]
) -> dict[str, Float[np.ndarray, "n parts"]]:
    """Those of all unknowns that may act on a quantity, by the name that is printed.

    A part of the spread (:mod:`ssb_model.library.spread`) acts on the numbers of its kind alone.
    """
    own = {name, spread_kind(name)}
    found = {}
    for source, x in sources.items():
        part, of, whose = source.partition(OF)
        if not of or part not in SPREAD:
            found[source] = x
        elif whose in own:
            found[part] = x
    return found
