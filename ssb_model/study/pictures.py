"""A picture in a cell of a study: of the contact, or of a layer's thickness, with its scale.

``picture`` shows the contact, black where lithium touches, and states contact fraction and spacing;
with ``picture_thickness`` it is a grey map of a layer, states its mean thickness and how it varies.
What a picture states nothing else may state or fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ssb_model.critical_current import ContactPicture, ThicknessPicture
from ssb_model.errors import InputError
from ssb_model.library import parse_positive
from ssb_model.study.evenness import HOT_SPOT, THICKNESS, VARIATION

if TYPE_CHECKING:
    from ssb_model.study.file import CellTable

CONTACT = ("Negative face contact fraction", "Negative face contact spacing [m]")
ENDS = "picture_thickness"
PIXELS = re.compile(r"\b(css_)?(px|pixels?|dots?|dpi)\b", re.IGNORECASE)

Picture: TypeAlias = ContactPicture | ThicknessPicture


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
