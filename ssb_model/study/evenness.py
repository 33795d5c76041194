"""What a study's cell has for the hot-spot law of the critical current: how even its face is.

A cell with ``critical_current_law = "hot spot"`` has quantities beside those of its parameter sets,
all assumed unless the study states or fits them: what the garnet bears at any place of its face,
how strongly its electrons and grain boundaries change that
(:mod:`ssb_model.critical_current.garnet`), and how the layer's thickness varies. A bare face is as
uneven as its contact. ``picture`` shows the contact, black where lithium touches, and states
contact fraction and spacing; with ``picture_thickness`` it is a grey map of a layer, states its
mean thickness and how it varies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ssb_model.critical_current import (
    ContactPicture,
    ThicknessPicture,
    published_strengths,
    refuse_bare_spots,
    rough,
)
from ssb_model.errors import InputError
from ssb_model.fitting import NORMAL_95
from ssb_model.library import parse_positive, quantity

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
CONTACT = ("Negative face contact fraction", "Negative face contact spacing [m]")
THICKNESS = "Negative face layer thickness [m]"
ENDS = "picture_thickness"

PIXELS = re.compile(r"\b(css_)?(px|pixels?|dots?|dpi)\b", re.IGNORECASE)

Picture: TypeAlias = ContactPicture | ThicknessPicture


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


def picture_of(table: CellTable, layered: bool, folder: Path, where: str) -> Picture | None:
    """The picture of a cell's contact or of its layer; None without one.

    Raises
    ------
    InputError
        For a picture without its scale or without the law that asks for it, a thickness without a
        layer, and a file that is no picture.
    """
    if table.picture is None:
        for key in ("picture_width", ENDS):
            if getattr(table, key) is not None:
                raise InputError(
                    f"{where}.{key}: there is no picture: add picture, or remove the key."
                )
        return None
    if table.critical_current_law != HOT_SPOT:
        raise InputError(
            f"{where}.picture: only the hot-spot law reads it: set critical_current_law = "
            f'"{HOT_SPOT}", or remove the picture.'
        )
    if table.picture_thickness is not None and not layered:
        raise InputError(f"{where}.{ENDS}: the face is bare, without a layer: remove the key.")
    file = folder / Path(table.picture).expanduser()
    return read_picture(file, table.picture_width, table.picture_thickness, f"{where}.")


def read_picture(
    file: Path, width: str | None, thickness: Sequence[str] | None, where: str
) -> Picture:
    """A picture of contact, or of a layer's thickness between that of black and of white.

    Parameters
    ----------
    file
        The picture.
    width
        How wide the face in it is, with its unit.
    thickness
        Of black and of white, with units; None for a picture of contact.
    where
        Stands before the key in a message.
    """
    w = picture_width(width, where)
    ends = [parse_positive(text, "m", f"{where}{ENDS}") for text in thickness or ()]
    try:
        return ThicknessPicture.read(file, w, *ends) if ends else ContactPicture.read(file, w)
    except InputError as error:
        raise InputError(f"{where}picture: {error}") from None


def picture_width(text: str | None, where: str) -> float:
    """Width [m] of what a picture shows; ``where`` stands before the key in a message."""
    if text is None:
        raise InputError(
            f"{where}picture: a picture without a scale says nothing of lengths: add "
            'picture_width = "100 um", how wide the face in it is.'
        )
    if PIXELS.search(text):
        raise InputError(
            f"{where}picture_width: {text} is a number of pixels, not a length: write how wide the "
            'face in the picture is, such as "100 um".'
        )
    return parse_positive(text, "m", f"{where}picture_width")


def stated_by_picture(picture: Picture | None) -> dict[str, float]:
    """What a picture states, by PyBaMM name: contact fraction and spacing, or of a thickness."""
    if picture is None:
        return {}
    if isinstance(picture, ThicknessPicture):
        return {THICKNESS: picture.mean, VARIATION: picture.variation}
    return contact_of_picture(picture)


def contact_of_picture(picture: ContactPicture) -> dict[str, float]:
    """Contact fraction, and spacing [m], of a picture, by PyBaMM name.

    The spacing is that of even discs of the same share that constrict the current as much, where
    the contacts' own resistance limits nothing.
    """
    from ssb_model.cells import constriction_resistance

    share, spacing = picture.contact_fraction, picture.width
    if share < 1:
        finest = picture.width / picture.contact.shape[1]
        constriction = picture.constriction(finest, 1.0)
        spacing = float(constriction / constriction_resistance(share, 1.0, 1.0))
    return dict(zip(CONTACT, (share, spacing), strict=True))


def refuse_stated(names: Iterable[str], picture: Picture, where: str) -> None:
    """What a picture states nothing else may state or fit; ``where`` begins the message."""
    own = stated_by_picture(picture)
    what = "thickness" if THICKNESS in own else "contact"
    for name in names:
        if name in own:
            raise InputError(f"{where}: a picture says the {what}: remove '{name}'.")


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
