"""The hot-spot law: its tables against the field, their limits, and the first look at one paper."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cells import constriction_resistance
from ssb_model.critical_current import (
    HotSpotLaw,
    MeasuredFace,
    PartialContact,
    UnevenLayer,
    contact_focus,
    layer_focus,
    layer_scatter,
    uneven_resistance,
)
from ssb_model.critical_current.hot_spot.disc import rim_factor
from ssb_model.critical_current.hot_spot.smooth import Axis, interpolate
from ssb_model.field import (
    contact_field,
    disc,
    hot_spot,
    layer_resistance,
    lognormal_thickness,
)

SIGMA, LENGTH = 0.071, 3e-6
#: the coating of Zhai et al. 2024 as `ssb reproduce` fits it, and what it is with LiI alone
FITTED = {"ionic_conductivity": 5.88e-4, "charge_transfer": 1.72e-4}
IONIC = {"ionic_conductivity": 3e-5, "charge_transfer": 2e-4}
GARNET = {"conductivity": SIGMA, "correlation_length": LENGTH}


def uneven(**given):
    return UnevenLayer(**({"thickness": 201e-9, "variation": 0.5} | FITTED | GARNET | given))


def bare(**given):
    known = {"contact_fraction": 0.055, "spacing": 20e-6, "local_resistance": 31e-4}
    return PartialContact(**(known | {"conductivity": SIGMA} | given))


# The tables


@pytest.mark.parametrize(
    ("layer", "transfer", "s"), [(3.4e-4, 1.7e-4, 0.3), (1e-3, 1.7e-4, 0.5), (66e-4, 2e-4, 0.7)]
)
def test_the_table_of_layers_agrees_with_random_fields(layer, transfer, s):
    side, pixels, faces = 32, 4, 6
    logarithms, resistances = [], []
    for seed in range(100, 100 + faces):
        h = lognormal_thickness(
            (side * pixels,) * 2,
            mean=1.0,
            variation=s,
            correlation_length=LENGTH,
            pixel=LENGTH / pixels,
            seed=seed,
        )
        field = contact_field(
            np.ones(h.shape),
            period=side * LENGTH,
            conductivity=SIGMA,
            contact_resistance=layer_resistance(h, 1 / layer, transfer),
        )
        logarithms.append(np.log(hot_spot(field)))
        resistances.append(field.total_resistance)
    expected = np.log(layer_focus(s, layer, transfer, LENGTH, SIGMA))
    error = np.std(logarithms) / np.sqrt(faces)
    assert np.mean(logarithms) == pytest.approx(expected, abs=3 * error + 0.01)
    R = uneven_resistance(s, layer, transfer, LENGTH, SIGMA)
    assert np.mean(resistances) == pytest.approx(R, rel=0.04)  # of six faces


def test_faces_that_are_alike_scatter_as_their_maps_do():
    """Where a layer limits alone the current is 1/h; of maps that the table was not made of."""
    side, pixels, variation = 16, 4, 0.45
    hottest = []
    for seed in range(200, 220):
        h = lognormal_thickness(
            (64 * pixels,) * 2,
            mean=1.0,
            variation=variation,
            correlation_length=1.0,
            pixel=1 / pixels,
            seed=seed,
        )
        n = 64 // side
        squares = (1 / h).reshape(n, side * pixels, n, side * pixels)
        hottest.append(np.log(squares.max(axis=(1, 3)) / squares.mean(axis=(1, 3))))
    found = layer_scatter(variation, 500.0, 1e-9, 1e-9, 1.0, side)
    assert found == pytest.approx(np.std(hottest), rel=0.15)


def test_more_even_faces_scatter_less_and_larger_ones_too():
    """Of a layer that limits; where charge transfer does, thin places are all alike."""
    scatter = [float(uneven(variation=s, **IONIC).scatter) for s in (1e-6, 0.1, 0.3, 0.7)]
    assert scatter[0] < 1e-6 and np.all(np.diff(scatter) > 0)
    small, large = (float(uneven(side=side, **IONIC).scatter) for side in (8, 32))
    assert large < small


@pytest.mark.parametrize("resistance", [1e-4, 3e-4, 31e-4])
@pytest.mark.parametrize("theta", [0.02, 0.055, 0.3])
def test_the_table_of_contacts_agrees_with_pixels(theta, resistance):
    spacing = 20e-6
    field = contact_field(
        disc((192, 192), theta),
        period=spacing * np.sqrt(np.pi) / 2,  # a square of the circular cell's area
        conductivity=SIGMA,
        contact_resistance=resistance,
    )
    k = contact_focus(field.contact_fraction, spacing, resistance, SIGMA)
    assert hot_spot(field) == pytest.approx(k, rel=0.02)


@pytest.mark.parametrize("theta", [0.003, 0.2, 0.6])
@pytest.mark.parametrize("t", [0.004, 0.3, 7.0])
def test_the_table_of_contacts_agrees_with_what_it_was_made_of(theta, t):
    spacing = 1e-5
    r = spacing * np.sqrt(theta) / (2 * SIGMA * t)
    expected = rim_factor(theta, 1 / t) / theta
    assert contact_focus(theta, spacing, r, SIGMA) == pytest.approx(expected, rel=2e-3)


def test_a_rim_is_hotter_by_what_a_uniform_current_makes_of_it():
    t, theta = 1e-2, 1e-3
    excess = rim_factor(theta, 1 / t) - 1
    assert excess == pytest.approx((8 / (3 * np.pi) - 2 / np.pi) * t, rel=0.01)


def test_even_faces_have_no_hot_spot():
    assert layer_focus(0.0, 1e-3, 1e-4, LENGTH, SIGMA) == pytest.approx(1)
    assert uneven_resistance(0.0, 1e-3, 1e-4, LENGTH, SIGMA) == pytest.approx(1.1e-3)
    assert contact_focus(1.0, 1e-5, 1e-3, SIGMA) == pytest.approx(1)


def test_what_limits_alone_decides():
    """The garnet or charge transfer even the current out, the layer alone does not."""
    even_garnet = layer_focus(0.5, 1e-8, 0.0, LENGTH, SIGMA)
    even_transfer = layer_focus(0.5, 1e-8, 1e-2, LENGTH, SIGMA)
    assert 1 < even_transfer < even_garnet < 1.02
    alone = layer_focus(0.5, 1.0, 0.0, LENGTH, SIGMA)
    assert alone > 3
    assert layer_focus(0.5, 10.0, 0.0, LENGTH, SIGMA) == pytest.approx(alone, rel=1e-3)
    assert uneven_resistance(0.5, 1.0, 0.0, LENGTH, SIGMA) == pytest.approx(
        np.exp(-(0.5**2)), rel=0.02
    )
    assert contact_focus(0.01, 1e-6, 1.0, SIGMA) == pytest.approx(100, rel=1e-5)


def test_a_larger_face_has_a_hotter_spot():
    k = [layer_focus(0.5, 1e-3, 1e-4, LENGTH, SIGMA, side) for side in (8, 16, 32, 64)]
    assert k == sorted(k)
    assert k[-1] / k[0] > 1.2


def test_unevenness_raises_the_hot_spot_steadily():
    s, r = np.linspace(0, 0.5, 21), np.geomspace(1e-6, 1e-2, 61)
    k = layer_focus(s[:, None], r, 1e-4, LENGTH, SIGMA)
    assert (np.diff(k, axis=0) > -1e-12).all()
    assert (np.diff(k, axis=1) > -1e-12).all()


@pytest.mark.parametrize("which", [0, 1, 2, 3, 4])
def test_the_table_of_layers_has_its_derivatives(which):
    at = np.array([0.43, 9e-4, 1.3e-4, 2.7e-6, 0.063])
    slope = jax.jit(jax.grad(lambda x: layer_focus(*x)))(jnp.asarray(at))[which]
    step = 1e-5 * at[which] * np.eye(5)[which]
    difference = (layer_focus(*(at + step)) - layer_focus(*(at - step))) / (2 * step.sum())
    assert slope == pytest.approx(difference, rel=1e-5)


@pytest.mark.parametrize("which", [0, 1, 2, 3])
def test_the_table_of_contacts_has_its_derivatives(which):
    at = np.array([0.043, 17e-6, 1.3e-4, 0.063])
    slope = jax.jit(jax.grad(lambda x: contact_focus(*x)))(jnp.asarray(at))[which]
    step = 1e-5 * at[which] * np.eye(4)[which]
    difference = (contact_focus(*(at + step)) - contact_focus(*(at - step))) / (2 * step.sum())
    assert slope == pytest.approx(difference, rel=1e-5)


def test_a_batch_is_its_members():
    s = np.array([0.1, 0.5, 0.8])
    together = jax.jit(lambda s: layer_focus(s, 1e-3, 1e-4, LENGTH, SIGMA))(jnp.asarray(s))
    alone = [layer_focus(x, 1e-3, 1e-4, LENGTH, SIGMA) for x in s]
    assert np.asarray(together) == pytest.approx(alone, rel=1e-12)


def test_interpolation_is_exact_for_quadratics_and_has_its_edge_beyond():
    axes = Axis(0.0, 3.0, 4), Axis(-1.0, 1.0, 5)
    x, y = np.meshgrid(*(axis.nodes for axis in axes), indexing="ij")
    values = x**2 - x * y + 3
    assert interpolate(values, axes, 1.3, 0.2) == pytest.approx(1.3**2 - 1.3 * 0.2 + 3)
    assert interpolate(values, axes, 0.1, -0.9) == pytest.approx(0.1**2 + 0.1 * 0.9 + 3)
    assert interpolate(values, axes, 9.0, 1.0) == pytest.approx(3**2 - 3 + 3)


def test_contacts_constrict_as_discs_on_a_half_space_do():
    """psi(s) as the cells have it."""
    theta = np.array([0.0011, 0.01, 0.055, 0.3, 0.7, 1.0])
    face = bare(contact_fraction=theta, local_resistance=1e-3)
    constriction = face.resistance - 1e-3 / theta
    expected = constriction_resistance(theta, 20e-6, SIGMA)
    assert constriction == pytest.approx(expected, rel=5e-3, abs=6e-8)


# The law


def test_the_first_look_at_one_paper():
    """J* from an all but even layer at 0.5 mol/L; the rest from evenness and contact.

    Stated: at most 1.0 at 1.5 mol/L, 0.5 with LiI alone, 0.15 and 1173 ohm cm2 bare.
    """
    law = HotSpotLaw.calibrate([MeasuredFace(uneven(variation=0.1), 23.0)])
    assert law.local_limit / 10 == pytest.approx(2.84, rel=0.05)
    thick = [law.current_density(uneven(thickness=604e-9, variation=s)) / 10 for s in (0.5, 0.8)]
    assert thick == pytest.approx([0.98, 0.83], rel=0.08)
    ionic = [law.current_density(uneven(variation=s, **IONIC)) / 10 for s in (0.5, 0.8)]
    assert ionic == pytest.approx([0.65, 0.40], rel=0.15)
    assert 2e4 * bare().resistance == pytest.approx(1137, rel=0.005)
    assert law.current_density(bare()) / 10 == pytest.approx(0.156, rel=0.05)


def test_a_cell_that_calibrated_the_law_has_its_own_critical_current():
    law = HotSpotLaw.calibrate([MeasuredFace(bare(), 1.5)])
    assert law.current_density(bare()) == pytest.approx(1.5)
    assert law.local_limit == pytest.approx(1.5 * bare().focus)


def test_two_cells_share_the_limit_in_the_logarithm():
    one, two = (HotSpotLaw.calibrate([MeasuredFace(bare(), J)]).local_limit for J in (1.0, 4.0))
    both = HotSpotLaw.calibrate([MeasuredFace(bare(), 1.0), MeasuredFace(bare(), 4.0)])
    assert both.local_limit == pytest.approx(np.sqrt(one * two))


def test_a_layer_thinner_than_its_roughness_is_allowed_and_said():
    assert uneven(variation=0.8).warnings == ()
    [warning] = uneven(variation=0.9).warnings
    assert "thinner than its roughness" in warning


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"variation": 1.5}, "above 1.4"),
        ({"variation": -0.1}, "thickness variation must be finite and not negative"),
        ({"variation": float("nan")}, "thickness variation must be finite and not negative"),
        ({"variation": 1.3, "thickness": 50e-9}, "leaves bare spots"),
        ({"thickness": 0.0}, "thickness must be positive"),
        ({"ionic_conductivity": -1.0}, "ionic conductivity must be positive"),
        ({"charge_transfer": -1.0}, "charge transfer must be finite and not negative"),
        ({"correlation_length": 0.0}, "correlation length must be positive"),
        ({"conductivity": "high"}, "conductivity must be positive"),
        ({"side": 4}, "not tabulated: give 8 to 64"),
    ],
)
def test_layers_that_cannot_be_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        uneven(**change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"contact_fraction": 1.2}, "contact fraction must lie between 0 and 1"),
        ({"contact_fraction": 0.0}, "contact fraction must be positive"),
        ({"contact_fraction": 1e-4}, "below 0.001 is not tabulated"),
        ({"spacing": 0.0}, "spacing must be positive"),
        ({"local_resistance": 0.0}, "local resistance must be positive"),
        ({"local_resistance": 1e-8}, "all but singular"),
    ],
)
def test_contacts_that_cannot_be_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        bare(**change)


def test_a_law_without_a_cell_is_refused():
    with pytest.raises(InputError, match="give a cell"):
        HotSpotLaw.calibrate([])
    with pytest.raises(InputError, match="must be positive"):
        HotSpotLaw.calibrate([MeasuredFace(bare(), -1.0)])
