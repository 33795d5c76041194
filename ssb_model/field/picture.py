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
    brightness = _brightness(Path(path))
    grey = ((brightness != 0) & (brightness != 1)).mean()
    if grey:
        raise InputError(
            f"{path} is not black and white: {100 * grey:.3g} % of its pixels are grey, coloured "
            "or transparent; save it with a threshold, black where lithium touches."
        )
    return check_contact(brightness == 0)


def _brightness(path: Path) -> Float[np.ndarray, "rows columns"]:
    """0 for black, 1 for white, in between for all else."""
    from matplotlib.image import imread

    try:
        picture = imread(path)
    except FileNotFoundError:
        raise InputError(f"No picture at {path}; check the path.") from None
    except (OSError, SyntaxError, ValueError):
        raise InputError(f"{path} is not a picture that can be read; save it as PNG.") from None
    return _grey(picture / 255 if picture.dtype == np.uint8 else picture)


def _grey(
    picture: Shaped[np.ndarray, "rows columns *colours"],
) -> Float[np.ndarray, "rows columns"]:
    """One brightness a pixel; what is coloured or transparent counts as half."""
    if picture.ndim == 2:
        return picture
    red, others, opacity = picture[..., 0], picture[..., 1:3], picture[..., 3:]
    plain = (others == red[..., None]).all(axis=-1) & (opacity == 1).all(axis=-1)
    return np.where(plain, red, 0.5)
