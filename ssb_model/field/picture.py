"""The contact from a black-and-white picture: black where lithium touches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float, Shaped

from ssb_model.errors import InputError
from ssb_model.field.checks import check_contact


def contact_from_picture(path: str | Path) -> Bool[np.ndarray, "n m"]:
    """Read a picture of the face, black = contact, white = gap.

    Rows of the picture run along the first axis, from its top. Any format that matplotlib
    reads; each picture element is one pixel of the face.

    Raises
    ------
    InputError
        If the file cannot be read or holds anything but pure black and pure white: a threshold
        is a judgement about the sample, so it is left to whoever made the picture.
    """
    picture = _read(Path(path))
    brightness = picture if picture.ndim == 2 else picture[..., 0]
    grey = (~_plain(picture) | ((brightness != 0) & (brightness != 1))).mean()
    if grey:
        raise InputError(
            f"{path} is not black and white: {100 * grey:.3g} % of its pixels are grey, coloured "
            "or transparent; save it with a threshold, black where lithium touches."
        )
    return check_contact(brightness == 0)


def grey_levels(path: Path) -> Float[np.ndarray, "rows columns"]:
    """0 for black, 1 for white, in between in proportion; a coloured picture is refused."""
    picture = _read(path)
    plain = _plain(picture)
    if not plain.all():
        raise InputError(
            f"{path} is not grey: {100 * (1 - plain.mean()):.3g} % of its pixels are coloured or "
            "transparent; save it as a grey picture, brightness in proportion to what it shows."
        )
    return picture if picture.ndim == 2 else picture[..., 0]


def _read(path: Path) -> Shaped[np.ndarray, "rows columns *colours"]:
    """The picture, 0 to 1 in each colour."""
    from matplotlib.image import imread

    try:
        picture = imread(path)
    except FileNotFoundError:
        raise InputError(f"No picture at {path}; check the path.") from None
    except (OSError, SyntaxError, ValueError):
        raise InputError(f"{path} is not a picture that can be read; save it as PNG.") from None
    return picture / 255 if picture.dtype == np.uint8 else picture


def _plain(
    picture: Shaped[np.ndarray, "rows columns *colours"],
) -> Bool[np.ndarray, "rows columns"]:
    """Where a pixel is neither coloured nor transparent."""
    if picture.ndim == 2:
        return np.ones(picture.shape, bool)
    red, others, opacity = picture[..., 0], picture[..., 1:3], picture[..., 3:]
    return (others == red[..., None]).all(axis=-1) & (opacity == 1).all(axis=-1)
