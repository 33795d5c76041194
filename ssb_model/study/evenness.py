"""What a study's cell has for the hot-spot law of the critical current: how even its face is.

A cell with ``critical_current_law = "hot spot"`` has quantities beside those of its parameter sets,
all assumed unless the study states or fits them: what the garnet bears at any place of its face,
how strongly its electrons and grain boundaries change that
(:mod:`ssb_model.critical_current.garnet`), and how the layer's thickness varies. A bare face is as
uneven as its contact. Either may be shown by a picture (:mod:`ssb_model.study.pictures`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ssb_model.critical_current import (
    ThicknessPicture,
    published_strengths,
    refuse_bare_spots,
    rough,
)
from ssb_model.errors import InputError
from ssb_model.fitting import NORMAL_95
from ssb_model.library import CONDITION_PARAMETERS, quantity

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.study.file import CellTable, StudyCell

HOT_SPOT = "hot spot"
LIMIT = "Critical current local limit [A.m-2]"
VARIATION = "Negative face layer thickness variation"
LENGTH = "Negative face layer correlation length [m]"
#: strengths of the garnet's electrons and of its grain boundaries, and what they act on
STRENGTHS = ("Critical current electronic exponent", "Critical current grain boundary exponent")
GARNET = ("Garnet electronic conductivity [S.m-1]", "Garnet grain boundary share")
EVENNESS = (LIMIT, *STRENGTHS, VARIATION, LENGTH)
THICKNESS = "Negative face layer thickness [m]"


def hot_spot_quantities(table: CellTable, layered: bool) -> dict[str, Quantity]:
    """Those of a cell by PyBaMM name; none without the law."""
    if table.critical_current_law != HOT_SPOT:
        return {}
    limit = quantity(
        "local limit",
        "3 mA/cm2",
        "A.m-2",
        ["0.001 mA/cm2", "1000 mA/cm2"],
        "current density that garnet bears at any place; 2.7 fits Zhai et al. 2024",
        range=["0.5 mA/cm2", "30 mA/cm2"],
    )
    variation = quantity(
        "layer thickness variation",
        "0.3",
        "-",
        ["0.001", "1"],
        "standard deviation of the logarithm of the thickness; no published cell states it",
        range=["0.03", "1"],
    )
    length = quantity(
        "layer correlation length",
        "3 um",
        "m",
        ["10 nm", "1 mm"],
        "over which the thickness varies; no published cell states it",
        range=["1 um", "10 um"],
    )
    varies = layered and table.picture is None
    own = {VARIATION: variation, LENGTH: length} if varies else {}
    return {LIMIT: limit, **_strengths(), **own}


def refuse_without_conditions(table: CellTable, names: Iterable[str], where: str) -> None:
    """The hot-spot law needs what temperature and pressure make of the garnet's current."""
    missing = [name for name in CONDITION_PARAMETERS if name not in names]
    if table.critical_current_law == HOT_SPOT and missing:
        first = missing[0].split(" [")[0].lower()
        raise InputError(
            f"{where}.critical_current_law: the electrolyte '{table.garnet}' has no '{first}', "
            "which the hot-spot law needs: add it to a file of your own, or leave the key out."
        )


def _strengths() -> dict[str, Quantity]:
    """Of the garnet's covariates, with what published series leave of them."""
    quantities = {}
    for name, (key, found) in zip(STRENGTHS, published_strengths().items(), strict=True):
        low, high = (found.mean + side * NORMAL_95 * found.sd for side in (-1, 1))
        quantities[name] = quantity(
            f"{key} exponent",
            f"{found.mean:.3g}",
            "-",
            ["-3", "3"],
            "published series of one lab each, ssb_model/critical_current/garnet_series.toml",
            range=[f"{low:.3g}", f"{high:.3g}"],
            scale="linear",
        )
    return quantities


def said_of_layer(cell: StudyCell, own: Mapping[str, float]) -> tuple[str, ...]:
    """Sentences on a layer's evenness, with the cell's ``own`` values where they were fitted."""
    if isinstance(cell.picture, ThicknessPicture):
        return rough(cell.picture.variation)
    if cell.picture is not None or LENGTH not in cell.quantities:
        return ()
    at = {name: own.get(name, float(cell.values[name])) for name in (THICKNESS, VARIATION)}
    try:
        refuse_bare_spots(at[THICKNESS], at[VARIATION])
    except InputError as error:
        return (*rough(at[VARIATION]), str(error))
    return rough(at[VARIATION])


def refuse_holes(values: Mapping[str, float], where: str) -> None:
    """A layer's variation must leave it whole: bare spots are said as such."""
    if VARIATION in values:
        try:
            refuse_bare_spots(values[THICKNESS], values[VARIATION])
        except InputError as error:
            raise InputError(f"{where}.values: {error}") from None
