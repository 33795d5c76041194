"""Bare and coated faces are drawn alike, and what is assumed is said."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from ssb_model.errors import InputError
from ssb_model.field import contact_field, disc, stripe
from ssb_model.reproduction.figures.contact_field import contact_field as draw

MATERIALS = {"period": 50e-6, "conductivity": 0.071, "thickness": 0.85e-3}


def _pair(contact, coated=None, **bare):
    coated = np.ones_like(contact) if coated is None else coated
    return (
        contact_field(contact, contact_resistance=1e-5, **(MATERIALS | bare)),
        contact_field(coated, contact_resistance=5e-4, **MATERIALS),
    )


@pytest.fixture(scope="module")
def figure():
    return draw(*_pair(disc((32, 32), 0.05)), mean_current_density=2.0)


def _images(figure, row):
    """What carries the colours of the two panels of one row."""
    panels = [axes for axes in figure.axes if axes.get_label() != "<colorbar>"]
    pick = (lambda axes: axes.collections[0]) if row == 0 else (lambda axes: axes.images[0])
    return [pick(axes) for axes in panels[2 * row : 2 * row + 2]]


@pytest.mark.parametrize("row", [0, 1])
def test_both_cells_share_their_colours(figure, row):
    bare, coated = _images(figure, row)
    assert bare.get_cmap().name == coated.get_cmap().name
    assert bare.get_clim() == coated.get_clim()


def test_the_scales_hold_every_value(figure):
    for row in (0, 1):
        for image in _images(figure, row):
            low, high = image.get_clim()
            values = np.ma.masked_invalid(image.get_array()).compressed()
            assert low * (1 - 1e-9) <= values.min()
            assert values.max() <= high * (1 + 1e-9)


def test_the_coated_face_passes_its_mean_everywhere(figure):
    np.testing.assert_allclose(_images(figure, 1)[1].get_array(), 1.0, rtol=1e-8)


def test_the_footer_says_that_geometry_is_assumed_and_which(figure):
    text = " ".join(figure.get_supxlabel().split())
    for words in (
        "neither geometry",
        "Assumed: faces repeat every 50 µm",
        "0.1 Ω cm² bare",
        "0.2 mA",
    ):
        assert words in text


def test_a_geometry_that_was_fitted_is_not_called_assumed():
    text = draw(*_pair(disc((32, 32), 0.05)), geometry="Fitted").get_supxlabel()
    assert "Fitted: faces repeat" in text and "Assumed" not in text


def test_axes_carry_units(figure):
    labels = " ".join(axes.get_xlabel() + axes.get_ylabel() for axes in figure.axes)
    assert "[µm]" in labels
    assert "[mV]" in labels


def test_lines_of_pixels_are_drawn_too(tmp_path):
    figure = draw(*_pair(stripe(64, 0.1)))
    assert isinstance(figure, Figure)
    figure.savefig(tmp_path / "lines.png")


def test_faces_of_different_width_are_refused():
    with pytest.raises(InputError, match="one period"):
        draw(*_pair(stripe(32, 0.1), period=40e-6))


def test_a_face_is_drawn_where_it_lies():
    """Contact near the origin of both directions is drawn near the origin of both axes."""
    contact = np.zeros((32, 32), bool)
    contact[4:12, 2:6] = True
    face = draw(*_pair(contact)).axes[2].images[0]
    rows, columns = np.nonzero(~np.ma.getmaskarray(face.get_array()))
    lower = face.origin == "lower"
    assert lower and (rows.min(), rows.max()) == (2, 5)
    assert (columns.min(), columns.max()) == (4, 11)


def test_fields_are_called_what_they_are():
    figure = draw(*_pair(disc((32, 32), 0.05)), titles=("5 % in contact", "all in contact"))
    assert [axes.get_title("left").splitlines()[0] for axes in figure.axes[:2]] == [
        "5 % in contact",
        "all in contact",
    ]


def test_two_fields_of_one_name_are_refused():
    with pytest.raises(InputError, match="two that differ"):
        draw(*_pair(disc((32, 32), 0.05)), titles=("a face", "a face"))
