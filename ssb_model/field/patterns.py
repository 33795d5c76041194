"""Where lithium touches the garnet: stripes, discs and random spots as boolean pixels."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Int

from ssb_model.errors import InputError
from ssb_model.field.checks import check_fraction, check_shape
from ssb_model.library import one_positive


def stripe(pixels: int, fraction: float) -> Bool[np.ndarray, " n"]:
    """A stripe on a line of ``pixels``, touching ``fraction`` of it to the nearest pixel.

    >>> stripe(8, 0.25).astype(int)
    array([0, 0, 0, 1, 1, 0, 0, 0])
    """
    (n,) = check_shape(pixels, 1)
    width = _touching(n, fraction)
    start = (n - width) // 2
    position = np.arange(n)
    return (position >= start) & (position < start + width)


def disc(shape: tuple[int, int], fraction: float) -> Bool[np.ndarray, "n m"]:
    """A disc in the middle of a face of ``shape`` pixels, touching ``fraction`` of it.

    Whole shells of pixels at equal distance from the centre, as many as come nearest to the
    disc's area. Pixels are taken as square.

    >>> disc((4, 4), 0.25).astype(int)
    array([[0, 0, 0, 0],
           [0, 1, 1, 0],
           [0, 1, 1, 0],
           [0, 0, 0, 0]])
    """
    pixels = check_shape(shape, 2)
    touching = _touching(pixels[0] * pixels[1], fraction)
    x, y = (np.arange(n) - (n - 1) / 2 for n in pixels)
    distance = x[:, None] ** 2 + y[None, :] ** 2
    shells, members = np.unique(distance, return_counts=True)
    nearest = np.argmin(np.abs(np.cumsum(members) - touching))
    return distance <= shells[nearest]


def random_contacts(
    shape: tuple[int, int], fraction: float, radius: float, seed: int
) -> Bool[np.ndarray, "n m"]:
    """Discs of one radius at random places, overlapping freely, until ``fraction`` is touched.

    Parameters
    ----------
    shape
        Pixels of the face, taken as square.
    fraction
        Share of the face to be touched, met to within half a disc.
    radius
        Of a disc, in pixels; below 1 a disc is a single pixel.
    seed
        The same seed gives the same contacts.
    """
    pixels = check_shape(shape, 2)
    target = _touching(pixels[0] * pixels[1], fraction)
    spot = _spot(radius, pixels)
    places = generator(seed)
    arrival = np.zeros(pixels, int)  # number of the disc that first covers a pixel, 0 for none
    before, count, number = 0, 0, 0
    while count < target:
        number += 1
        covered = tuple(((spot + places.integers(pixels)) % pixels).T)
        bare = arrival[covered] == 0
        arrival[covered] = np.where(bare, number, arrival[covered])
        before, count = count, count + np.count_nonzero(bare)
    last = number - 1 if before > 0 and target - before < count - target else number
    return (arrival > 0) & (arrival <= last)


def _spot(radius: float, shape: tuple[int, ...]) -> Int[np.ndarray, "p 2"]:
    """Pixels within ``radius`` of the one in the middle, as offsets."""
    reach = int(one_positive(radius, "radius of a contact", "pixels"))
    if 2 * reach >= min(shape):
        raise InputError(
            f"A contact of radius {radius} pixels is wider than the face of {shape}; "
            "give a smaller radius or more pixels."
        )
    offsets = np.mgrid[-reach : reach + 1, -reach : reach + 1].reshape(2, -1).T
    return offsets[(offsets**2).sum(axis=1) <= radius**2]


def generator(seed: int) -> np.random.Generator:
    """Random numbers of a seed, which is refused unless it is a whole number."""
    try:
        return np.random.default_rng(seed)
    except (TypeError, ValueError):
        raise InputError(f"The seed is {seed!r}; give a whole number, not negative.") from None


def _touching(pixels: int, fraction: float) -> int:
    """Number of pixels in contact; no contact at all is refused."""
    touching = round(check_fraction(fraction) * pixels)
    if touching == 0:
        raise InputError(
            f"A contact fraction of {fraction} touches none of {pixels} pixels; "
            "give a larger fraction or more pixels."
        )
    return touching
