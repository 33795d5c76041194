"""How even a coating is, as its file states it: a variation of thickness, or a picture.

::

    thickness_variation = ["0.3", "0.7"]  # standard deviation of the logarithm of the thickness
    correlation_length = "3 um"

    picture = "contact.png"  # black where lithium touches
    picture_width = "100 um"

    picture = "profile.png"  # grey: the layer's thickness
    picture_width = "50 um"
    picture_thickness = ["50 nm", "400 nm"]  # of black and of white

With one of them the critical current by the hot-spot law, a hypothesis, is predicted beside the
rest. A picture of contact states the contact fraction too, and the spacing of even contacts that
would constrict the current as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.critical_current import ContactPicture, ThicknessPicture, refuse_bare_spots, rough
from ssb_model.errors import InputError
from ssb_model.library import Quantity, quantity
from ssb_model.prediction.files.ranges import stated_quantity
from ssb_model.study import contact_of_picture, read_picture

if TYPE_CHECKING:
    from ssb_model.prediction.files.coating_file import CoatingTable

VARIATION = quantity(
    "thickness variation",
    "0.3",
    unit="-",
    bounds=["0", "1.4"],
    scale="linear",
    source="standard deviation of the logarithm of the layer's thickness",
)
LENGTH = quantity(
    "correlation length",
    "3 um",
    unit="m",
    bounds=["1 nm", "1 mm"],
    source="distance over which the correlation of the thickness falls to 1/e",
)
#: where lithium touches and the layer's own contact cannot both be stated
CONTACTS = ("contact_fraction", "wetting_angle")


@dataclass(frozen=True, eq=False)
class Evenness:
    """What a file states of how even the current is at the garnet; one of the three.

    Attributes
    ----------
    variation, correlation_length
        Of the layer's thickness.
    contact
        A picture of it.
    thickness
        A picture of it.
    """

    variation: Quantity | None = None
    correlation_length: Quantity | None = None
    contact: ContactPicture | None = None
    thickness: ThicknessPicture | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said beside the numbers."""
        variation = 0.0
        if self.variation is not None:
            prior = self.variation.prior
            variation = self.variation.value if prior is None else prior.upper
        if self.thickness is not None:
            variation = self.thickness.variation
        return rough(variation)


def read_evenness(table: CoatingTable, path: Path) -> Evenness | None:
    """The :class:`Evenness` of a coating file, if it states any.

    Raises
    ------
    InputError
        For a variation without its correlation length, a picture without its scale, and what
        contradicts itself.
    """
    if table.picture is not None:
        return _of_picture(table, path)
    for key in ("picture_width", "picture_thickness"):
        if getattr(table, key) is not None:
            raise InputError(f"{path}: {key}: there is no picture: add picture, or remove the key.")
    if table.thickness_variation is None:
        if table.correlation_length is not None:
            raise InputError(
                f"{path}: correlation_length: say of which variation, with thickness_variation."
            )
        return None
    _refuse_without_layer(table, "thickness_variation", path)
    if table.correlation_length is None:
        raise InputError(
            f"{path}: thickness_variation: say over which length the thickness varies, with "
            'correlation_length = "3 um".'
        )
    return Evenness(
        variation=stated_quantity(
            VARIATION, table.thickness_variation, f"{path}: thickness_variation"
        ),
        correlation_length=stated_quantity(
            LENGTH, table.correlation_length, f"{path}: correlation_length"
        ),
    )


def refuse_holes(evenness: Evenness | None, thickness: float, path: Path) -> None:
    """InputError where a layer of this mean thickness [m] varies so that it has bare spots."""
    if evenness is not None and evenness.variation is not None:
        try:
            refuse_bare_spots(thickness, evenness.variation.value)
        except InputError as error:
            raise InputError(f"{path}: thickness_variation: {error}") from None


def _of_picture(table: CoatingTable, path: Path) -> Evenness:
    if table.thickness_variation is not None or table.correlation_length is not None:
        raise InputError(
            f"{path}: picture: a picture says how the thickness varies: remove "
            "thickness_variation and correlation_length."
        )
    if table.picture_thickness is None:
        for key in CONTACTS:
            if getattr(table, key) is not None:
                raise InputError(
                    f"{path}: picture: a picture of contact says its share: remove {key}."
                )
    else:
        _refuse_without_layer(table, "picture_thickness", path)
    file = path.parent / Path(str(table.picture)).expanduser()
    read = read_picture(file, table.picture_width, table.picture_thickness, f"{path}: ")
    if isinstance(read, ContactPicture):
        return Evenness(contact=read)
    return Evenness(thickness=read)


def _refuse_without_layer(table: CoatingTable, key: str, path: Path) -> None:
    if table.type == "none":
        raise InputError(f'{path}: {key}: type = "none" has no layer: remove the key.')


def contact_texts(picture: ContactPicture) -> dict[str, str]:
    """The quantities of a face that a picture of contact states, with units."""
    share, spacing = contact_of_picture(picture).values()
    return {"contact fraction": f"{share:.12g}", "contact spacing": f"{spacing:.12g} m"}
