"""How even a coating is, as its file states it, and the hot-spot law's critical current of it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.cells import constriction_resistance
from ssb_model.critical_current import (
    ContactPicture,
    GarnetNumbers,
    ThicknessPicture,
    contact_focus,
    founding_garnet,
    layer_focus,
    published_strengths,
)
from ssb_model.field import disc, lognormal_thickness
from ssb_model.prediction.coated_cells import coated_cells, face_name
from ssb_model.prediction.files import load_cell, load_coating
from ssb_model.prediction.hot_spot import garnet_of, hot_spot_currents

N, SIGMA = 2000, 0.071
HEAD = 'name = "mine"\ntype = "{}"\n'
VARYING = 'thickness_variation = "0.5"\ncorrelation_length = "3 um"\n'


@pytest.fixture
def coating(tmp_path):
    """Load a coating file of these lines, with pictures beside it."""
    touching = disc((64, 64), 0.055)
    plt.imsave(tmp_path / "contact.png", ~touching, cmap="gray")
    plt.imsave(tmp_path / "grey.png", np.linspace(0, 1, 4096).reshape(64, 64), cmap="gray")
    (tmp_path / "text.png").write_text("no picture")

    def load(lines, type="mixed"):
        path = tmp_path / "mine.toml"
        path.write_text(HEAD.format(type) + lines)
        return load_coating(path)

    return load


def columns(thickness=200e-9, exchange=149.0):
    values = {
        face_name("layer thickness", "m"): thickness,
        face_name("layer ionic conductivity", "S.m-1"): 5.88e-4,
        face_name("exchange-current density", "A.m-2"): exchange,
        "Garnet conductivity [S.m-1]": SIGMA,
    }
    return {name: np.full(N, value) for name, value in values.items()}


def predicted(coating, **given):
    J, sources = hot_spot_currents(coating, columns(**given), load_coating("lii-znlix"))
    assert np.isfinite(J).all() and (J > 0).all()
    assert all(len(rows) == N for rows in sources.values())
    return J / 10


def test_another_garnet_counts_and_the_founding_one_changes_nothing(coating):
    found, given = coating(VARYING), (columns(), load_coating("lii-znlix"))
    as_it_was, before = hot_spot_currents(found, *given)
    same, _ = hot_spot_currents(found, *given, garnet=founding_garnet())
    np.testing.assert_allclose(same, as_it_was, rtol=1e-10)
    leaky, sources = hot_spot_currents(found, *given, garnet=GarnetNumbers(1e-4, 0.15))
    m = published_strengths()["electronic"]
    assert np.median(leaky / as_it_was) == pytest.approx(100**-m.mean, rel=0.05)
    assert np.log(leaky).std() > np.log(as_it_was).std()
    assert len(sources) == len(before) + 2


@pytest.mark.parametrize(
    ("lines", "sigma", "w"),
    [
        ("", 1e-6, 0.15),
        ('"Garnet electronic conductivity" = "1e-7 S/cm"', 1e-5, 0.15),
        ('"Garnet electronic conductivity" = ["1e-8 S/cm", "1e-7 S/cm"]', "drawn", 0.15),
        ('"Garnet grain boundary share" = ["5 %", "20 %"]', 1e-6, "drawn"),
    ],
)
def test_a_garnet_counts_as_far_as_its_cell_states_it(coating, tmp_path, lines, sigma, w):
    path = tmp_path / "cell.toml"
    path.write_text(f"[values]\n{lines}\n")
    around = load_cell(path)
    cell = coated_cells(coating(VARYING), around).cells["symmetric"]
    drawn = around.columns(np.random.default_rng(0).normal(size=(50, len(around.space))))
    for found, expected in zip(garnet_of(cell, around, drawn), (sigma, w), strict=True):
        if expected == "drawn":
            assert np.shape(found) == (50,)
        else:
            assert found == pytest.approx(expected)


def test_a_thick_uneven_layer_bears_about_what_the_first_look_gave(coating):
    J = predicted(coating(VARYING), thickness=600e-9)
    assert np.median(J) == pytest.approx(0.98, rel=0.1)
    low, high = np.percentile(J, [2.5, 97.5])
    assert low < 0.83 and high > 1.2


def test_unevenness_costs_critical_current_and_its_range_costs_certainty(coating):
    even = predicted(coating(VARYING.replace("0.5", "0.1")))
    known = predicted(coating(VARYING))
    vague = predicted(coating(VARYING.replace('"0.5"', '["0.2", "0.8"]')))
    assert np.median(even) > np.median(known)
    assert np.log(vague).std() > np.log(known).std()


def test_a_picture_of_contact_states_the_share_and_an_equal_constriction(coating):
    found = coating('picture = "contact.png"\npicture_width = "17.7 um"', "none")
    share = found.quantities["contact fraction"].value
    spacing = found.quantities["contact spacing"].value
    assert share == pytest.approx(0.055, abs=0.002)
    assert spacing == pytest.approx(20e-6, rel=0.05)  # of a disc in a cell of that area
    assert "contact fraction" in found.stated
    assert np.median(predicted(found, exchange=8.29)) == pytest.approx(0.155, rel=0.05)


def test_a_grey_picture_states_the_mean_thickness(coating):
    found = coating(
        'picture = "grey.png"\npicture_width = "50 um"\npicture_thickness = ["100 nm", "300 nm"]'
    )
    assert found.quantities["layer thickness"].value == pytest.approx(200e-9, rel=0.01)
    assert predicted(found).max() > 0


def test_without_a_key_nothing_is_said(coating):
    assert coating("").evenness is None
    assert load_coating("lii-znlix").evenness is None


def test_a_layer_thinner_than_its_roughness_is_said(coating):
    [warning] = coating(VARYING.replace("0.5", "1.1")).evenness.warnings
    assert "thinner than its roughness" in warning
    assert coating(VARYING).evenness.warnings == ()


def test_a_variation_that_leaves_bare_spots_is_refused(coating):
    with pytest.raises(InputError, match="leaves bare spots"):
        predicted(coating(VARYING.replace("0.5", "1.3")), thickness=60e-9)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('thickness_variation = "0.5"', "say over which length the thickness varies"),
        ('correlation_length = "3 um"', "say of which variation"),
        (VARYING.replace("0.5", "2"), "outside what is physical"),
        (VARYING.replace("0.5", "-0.1"), "outside what is physical"),
        (VARYING.replace("3 um", "3 s"), "correlation_length"),
        (VARYING.replace("3 um", "3"), "correlation_length"),
        ('picture = "contact.png"', "a picture without a scale says nothing of lengths"),
        ('picture = "contact.png"\npicture_width = "-1 um"', "picture_width must be positive"),
        ('picture = "none.png"\npicture_width = "1 um"', "No picture at"),
        ('picture = "text.png"\npicture_width = "1 um"', "is not a picture that can be read"),
        ('picture = "grey.png"\npicture_width = "1 um"', "is not black and white"),
        ('picture_width = "1 um"', "there is no picture"),
        ('picture = "grey.png"\npicture_width = "512 px"', "a number of pixels, not a length"),
        ('thickness = "20 nm"\n' + VARYING.replace("0.5", "1.2"), "thickness_variation: This var"),
        (VARYING + 'picture = "contact.png"\npicture_width = "1 um"', "a picture says how"),
        (
            'picture = "contact.png"\npicture_width = "1 um"\ncontact_fraction = "0.1"',
            "remove contact_fraction",
        ),
        (
            'picture = "grey.png"\npicture_width = "1 um"\nthickness = "90 nm"\n'
            'picture_thickness = ["1 nm", "9 nm"]',
            "stated already: write it once",
        ),
        (
            'picture = "grey.png"\npicture_width = "1 um"\npicture_thickness = ["1 nm", "1 nm"]',
            "a map needs its scale",
        ),
    ],
)
def test_bad_input_is_one_sentence_that_names_the_file(coating, tmp_path, lines, message):
    with pytest.raises(InputError, match=message) as error:
        coating(lines)
    assert str(tmp_path / "mine.toml") in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("key", ["thickness_variation", "picture_thickness"])
def test_bare_garnet_has_no_layer_to_vary(coating, key):
    lines = {
        "thickness_variation": VARYING,
        "picture_thickness": 'picture = "grey.png"\npicture_width = "1 um"\n'
        'picture_thickness = ["1 nm", "9 nm"]',
    }
    with pytest.raises(InputError, match="has no layer: remove the key"):
        coating(lines[key], "none")


# Pictures as faces


def test_a_picture_of_discs_is_the_face_of_discs():
    width = 20e-6 * np.sqrt(np.pi) / 2
    picture = ContactPicture(disc((128, 128), 0.055), width)
    for r in (1e-4, 31e-4):
        k = contact_focus(picture.contact_fraction, 20e-6, r, SIGMA)
        assert picture.focus(r, SIGMA) == pytest.approx(k, rel=0.02)
    constriction = constriction_resistance(picture.contact_fraction, 20e-6, SIGMA)
    assert picture.constriction(1e-7, SIGMA) == pytest.approx(constriction, rel=0.05)


def test_a_face_in_contact_everywhere_is_even():
    picture = ContactPicture(np.ones((8, 8), bool), 1e-5)
    assert picture.focus(1e-3, SIGMA) == pytest.approx(1)
    assert picture.constriction(1e-3, SIGMA) == pytest.approx(0)


def test_a_picture_of_thickness_is_within_the_scatter_of_the_table():
    side, pixels, length = 32, 4, 3e-6
    h = lognormal_thickness(
        (side * pixels,) * 2,
        mean=200e-9,
        variation=0.4,
        correlation_length=length,
        pixel=length / pixels,
        seed=5,
    )
    picture = ThicknessPicture(h, side * length)
    assert picture.variation == pytest.approx(0.4, rel=0.05)
    for layer, transfer in ((3.4e-4, 1.7e-4), (60e-4, 2e-4)):
        k = layer_focus(0.4, layer, transfer, length, SIGMA)
        assert picture.focus(layer, transfer, SIGMA) == pytest.approx(k, rel=0.25)


def test_a_picture_of_too_many_pixels_is_refused():
    with pytest.raises(InputError, match="give at most 1024 along a side"):
        ContactPicture(np.ones((2, 2000), bool), 1e-5)
