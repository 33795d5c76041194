"""The hottest spot of a face over its mean: limits, a closed form, and what pixels do to it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.field import (
    contact_field,
    disc,
    hot_spot,
    layer_resistance,
    lognormal_thickness,
    stripe,
    thickness_from_picture,
)

SIGMA = 0.071  # S/m
LENGTH = 3e-6  # m, of correlation
SIDE = 16  # correlation lengths of the face
MEAN, CONDUCTIVITY = 200e-9, 5.9e-4  # m and S/m of a layer


def layer(pixels=4, variation=0.5, seed=0):
    return lognormal_thickness(
        (SIDE * pixels,) * 2,
        mean=MEAN,
        variation=variation,
        correlation_length=LENGTH,
        pixel=LENGTH / pixels,
        seed=seed,
    )


def solved(resistance, conductivity=SIGMA):
    return contact_field(
        np.ones(resistance.shape),
        period=SIDE * LENGTH,
        conductivity=conductivity,
        contact_resistance=resistance,
    )


def test_an_even_layer_has_no_hot_spot():
    field = solved(layer_resistance(layer(variation=0.0), CONDUCTIVITY))
    assert hot_spot(field) == pytest.approx(1, abs=1e-12)


def test_a_layer_that_resists_far_more_than_the_garnet_is_places_in_parallel():
    h = layer()
    field = solved(layer_resistance(h, CONDUCTIVITY), conductivity=1e5 * SIGMA)
    assert hot_spot(field) == pytest.approx((1 / h.min()) / np.mean(1 / h), rel=1e-4)
    assert field.total_resistance == pytest.approx(1 / np.mean(CONDUCTIVITY / h), rel=1e-4)


def test_charge_transfer_that_resists_far_more_than_the_layer_evens_it_out():
    field = solved(layer_resistance(layer(), CONDUCTIVITY, charge_transfer=10.0))
    assert hot_spot(field) == pytest.approx(1, abs=1e-4)


def test_a_garnet_that_resists_far_more_than_the_layer_evens_it_out():
    excess = []
    for conductivity in (1e-4 * SIGMA, 1e-5 * SIGMA):
        field = solved(layer_resistance(layer(), CONDUCTIVITY), conductivity)
        excess.append(hot_spot(field) - 1)
    assert excess[0] < 0.01
    assert excess[1] == pytest.approx(excess[0] / 10, rel=0.05)  # in proportion to A


def test_small_variations_follow_from_one_fourier_mode():
    """z = z0 (1 + e cos qx) passes i = i0 [1 - e z0/(z0 + 1/(sigma q)) cos qx] to first order."""
    n, e, z0, period = 256, 1e-3, 1e-3, 10e-6
    x = (np.arange(n) + 0.5) / n
    field = contact_field(
        np.ones(n),
        period=period,
        conductivity=SIGMA,
        contact_resistance=z0 * (1 + e * np.cos(2 * np.pi * x)),
    )
    spreading = period / (2 * np.pi * SIGMA)
    expected = e * z0 / (z0 + spreading)
    assert hot_spot(field) - 1 == pytest.approx(expected, rel=3e-3)


@pytest.mark.parametrize("spot", [0.05, 0.1, 0.2])
def test_the_spot_at_the_edge_of_a_perfect_stripe_has_a_closed_form(spot):
    """i = cos(pi x/2b)/sqrt(sin^2(pi a/2b) - sin^2(pi x/2b)) over the mean, integrated to x = a."""
    n, fraction, b = 2048, 0.5, 0.5  # in periods
    a = fraction * b
    inner = np.sin(np.pi * (a - spot) / (2 * b)) / np.sin(np.pi * a / (2 * b))
    expected = 2 * b / np.pi * (np.pi / 2 - np.arcsin(inner)) / spot
    field = contact_field(stripe(n, fraction), period=1.0, conductivity=SIGMA)
    assert hot_spot(field, spot) == pytest.approx(expected, rel=5e-3)


def test_current_is_conserved():
    field = solved(layer_resistance(layer(), CONDUCTIVITY, 1e-4))
    assert field.mean_current_density * field.total_resistance == pytest.approx(1, rel=1e-12)


def test_three_pixels_a_correlation_length_suffice():
    """The same smooth map on every third pixel."""
    h = layer(pixels=9, seed=3)
    k = [hot_spot(solved(layer_resistance(h[::m, ::m], CONDUCTIVITY, 1.7e-4))) for m in (3, 1)]
    assert k[0] == pytest.approx(k[1], rel=0.02)


@pytest.mark.parametrize("resistance", [1e-4, 31e-4])
def test_a_contact_with_a_resistance_has_a_limit_for_fine_pixels(resistance):
    k = [_disc(n, resistance).focusing_factor for n in (128, 256)]
    assert k[0] == pytest.approx(k[1], rel=0.01)


def test_a_perfect_contact_has_one_only_on_a_spot_of_stated_size():
    coarse, fine = (_disc(n, 0.0) for n in (128, 256))
    assert fine.focusing_factor > 1.3 * coarse.focusing_factor
    spot = 8 * coarse.period[0] / 128
    assert hot_spot(coarse, spot) == pytest.approx(hot_spot(fine, spot), rel=0.05)
    with pytest.raises(InputError, match="the edge of a perfect contact is unbounded"):
        hot_spot(fine)


def _disc(pixels, resistance):
    return contact_field(
        disc((pixels, pixels), 0.055),
        period=20e-6 * np.sqrt(np.pi) / 2,
        conductivity=SIGMA,
        contact_resistance=resistance,
    )


@pytest.mark.parametrize("variation", [0.2, 0.5, 0.8])
def test_random_maps_have_the_mean_variation_and_correlation_that_were_asked_for(variation):
    maps = np.log([layer(variation=variation, seed=seed) / MEAN for seed in range(30)])
    assert np.mean(np.exp(maps)) == pytest.approx(1, abs=0.06 * variation)
    assert maps.std() == pytest.approx(variation, rel=0.03)
    shifted = np.roll(maps, 4, axis=1) - maps.mean()  # by one correlation length
    assert np.mean((maps - maps.mean()) * shifted) / maps.var() == pytest.approx(1 / np.e, abs=0.03)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"correlation_length": 1e-7}, "is below the width of a pixel"),
        ({"correlation_length": 20e-6}, "fewer than 4 correlation lengths"),
        ({"correlation_length": -1.0}, "correlation length must be positive"),
        ({"variation": -0.5}, "variation must be finite and not negative"),
        ({"variation": np.nan}, "variation must be finite and not negative"),
        ({"mean": 0.0}, "mean thickness must be positive"),
        ({"pixel": 0.0}, "width of a pixel must be positive"),
        ({"seed": -1}, "The seed is -1"),
        ({"shape": 64}, "give 2 whole numbers"),
    ],
)
def test_maps_that_cannot_be_are_refused(change, message):
    given = {
        "shape": (64, 64),
        "mean": MEAN,
        "variation": 0.5,
        "correlation_length": LENGTH,
        "pixel": 1e-6,
    } | change
    with pytest.raises(InputError, match=message):
        lognormal_thickness(given.pop("shape"), **given)


@pytest.mark.parametrize(
    ("spot", "message"),
    [(1e-8, "less than 4 pixels"), (1e-3, "wider than the face"), (-1.0, "must be positive")],
)
def test_a_spot_that_the_pixels_do_not_show_is_refused(spot, message):
    with pytest.raises(InputError, match=message):
        hot_spot(_disc(64, 1e-4), spot)


def test_a_grey_picture_is_a_map_by_its_scale(tmp_path):
    grey = np.tile(np.linspace(0, 1, 5), (4, 1))
    plt.imsave(tmp_path / "map.png", grey, cmap="gray", vmin=0, vmax=1)
    h = thickness_from_picture(tmp_path / "map.png", black=100e-9, white=300e-9)
    assert h == pytest.approx(1e-9 * (100 + 200 * grey), rel=0.01)


def test_pictures_that_are_no_map_are_refused(tmp_path):
    colour, text = tmp_path / "colour.png", tmp_path / "text.png"
    plt.imsave(colour, np.eye(4), cmap="viridis")
    text.write_text("no picture")
    scale = {"black": 0.0, "white": 1e-7}
    with pytest.raises(InputError, match="is not grey: 100 % of its pixels"):
        thickness_from_picture(colour, **scale)
    with pytest.raises(InputError, match="is not a picture that can be read"):
        thickness_from_picture(text, **scale)
    with pytest.raises(InputError, match="No picture at"):
        thickness_from_picture(tmp_path / "none.png", **scale)
    plt.imsave(colour, np.eye(4), cmap="gray")
    with pytest.raises(InputError, match="75 % of the map has no layer at all"):
        thickness_from_picture(colour, **scale)
    with pytest.raises(InputError, match="a map needs its scale"):
        thickness_from_picture(colour, black=1e-7, white=1e-7)
