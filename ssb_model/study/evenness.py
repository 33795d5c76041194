"""What a study's cell has for the hot-spot law of the critical current: how even its face is.

A cell with ``critical_current_law = "hot spot"`` has three quantities beside those of its parameter
sets, all assumed unless the study states or fits them: what the garnet bears at any place of its
face, and how the layer's thickness varies. A bare face is as uneven as its contact; ``picture``
shows it, black where lithium touches, and states contact fraction and spacing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.critical_current import ContactPicture
from ssb_model.errors import InputError
from ssb_model.library import parse_positive, quantity

if TYPE_CHECKING:
    from ssb_model.library import Quantity
    from ssb_model.study.file import CellTable

HOT_SPOT = "hot spot"
LIMIT = "Critical current local limit [A.m-2]"
VARIATION = "Negative face layer thickness variation"
LENGTH = "Negative face layer correlation length [m]"
EVENNESS = (LIMIT, VARIATION, LENGTH)
CONTACT = ("Negative face contact fraction", "Negative face contact spacing [m]")


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
    own = {VARIATION: variation, LENGTH: length} if layered else {}
    return {LIMIT: limit, **own}


def picture_of(table: CellTable, layered: bool, folder: Path, where: str) -> ContactPicture | None:
    """The picture of a cell's contact; None without one.

    Raises
    ------
    InputError
        For a picture without its scale or without the law that asks for it, one of a layer, and a
        file that is no picture.
    """
    if table.picture is None:
        if table.picture_width is not None:
            raise InputError(
                f"{where}.picture_width: there is no picture: add picture, or remove the key."
            )
        return None
    if table.critical_current_law != HOT_SPOT:
        raise InputError(
            f"{where}.picture: only the hot-spot law reads it: set critical_current_law = "
            f'"{HOT_SPOT}", or remove the picture.'
        )
    if layered:
        raise InputError(
            f"{where}.picture: a study reads pictures of bare contact; state how a layer's "
            "thickness varies with values, such as "
            '"Negative face layer thickness variation" = "0.3".'
        )
    width = picture_width(table.picture_width, f"{where}.")
    try:
        return ContactPicture.read(folder / Path(table.picture).expanduser(), width)
    except InputError as error:
        raise InputError(f"{where}.picture: {error}") from None


def picture_width(text: str | None, where: str) -> float:
    """Width [m] of what a picture shows; ``where`` stands before the key in a message."""
    if text is None:
        raise InputError(
            f"{where}picture: a picture without a scale says nothing of lengths: add "
            'picture_width = "100 um", how wide the face in it is.'
        )
    return parse_positive(text, "m", f"{where}picture_width")


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


def refuse_stated_contact(values: Mapping[str, float], where: str) -> None:
    """A picture says the contact's share and spacing: nothing else may."""
    for name in CONTACT:
        if name in values:
            raise InputError(f"{where}.picture: a picture says the contact: remove '{name}'.")
