"""What cannot be solved is refused in one sentence that says what to do."""

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.field import (
    FieldError,
    conjugate_gradients,
    contact_field,
    contact_fields,
    contact_from_picture,
    contact_impedance,
    disc,
    edge_current_density,
    random_contacts,
    stripe,
)

STRIPE = stripe(16, 0.25)
GOOD = {"contact": STRIPE, "period": 1e-4, "conductivity": 0.07, "thickness": 1e-3}
PER_PIXEL = np.full(16, 1e-4)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"contact": np.zeros(16)}, "touches the face nowhere"),
        ({"contact": np.full(16, 0.5)}, "True or False"),
        ({"contact": ["yes", "no"]}, "True or False"),
        ({"contact": np.ones((4, 4, 4))}, "shape"),
        ({"contact": True}, "shape"),
        ({"contact": [[1, 0], [1]]}, "differ in length"),
        ({"period": 0.0}, "period must be positive and finite, not 0: give it in m"),
        ({"period": [1e-4, 1e-4]}, "one length in m"),
        (
            {"period": "100 um"},
            "period must be positive and finite, not '100 um': give a number",
        ),
        ({"conductivity": -0.07}, "conductivity must be positive and finite, not .* in S/m"),
        ({"conductivity": np.nan}, "conductivity must be positive and finite, not .* in S/m"),
        (
            {"conductivity": 0.07 + 1j},
            "conductivity must be positive .*: give a number",
        ),
        ({"conductivity": [0.07, 0.08]}, "give one number"),
        ({"thickness": 0}, "thickness must be positive and finite, not 0: give it in m"),
        ({"thickness": np.inf}, "thickness must be positive and finite, not inf"),
        ({"contact_resistance": -1e-4}, "not negative"),
        ({"contact_resistance": np.inf}, "finite"),
        ({"contact_resistance": PER_PIXEL[:5]}, "one a pixel"),
        ({"contact_resistance": -PER_PIXEL}, "not negative"),
        ({"contact": np.ones(16), "thickness": None}, "no resistance at all"),
    ],
)
def test_a_wrong_input_is_refused(wrong, words):
    with pytest.raises(InputError, match=words):
        contact_field(**(GOOD | wrong))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"angular_frequency": [1.0, 0.0]}, "angular frequency must be positive and finite, not 0"),
        ({"relative_permittivity": -50}, "permittivity must be positive and finite, not -50"),
        ({"gap_width": 0.0}, "gap width must be positive and finite, not 0: give it in m"),
    ],
)
def test_a_wrong_frequency_or_gap_is_refused(wrong, words):
    good = {"angular_frequency": [1.0], "relative_permittivity": 50, "gap_width": 1e-7}
    with pytest.raises(InputError, match=words):
        contact_impedance(**(GOOD | good | wrong))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: stripe(16, 1.5), "between 0 and 1"),
        (lambda: stripe(16, -0.1), "between 0 and 1"),
        (lambda: stripe(16, np.nan), "between 0 and 1"),
        (lambda: stripe(16, 0.01), "touches none of 16 pixels"),
        (lambda: stripe(16.5, 0.5), "whole number"),
        (lambda: disc((16, 1), 0.5), "at least 2"),
        (lambda: disc(16, 0.5), "2 whole numbers"),
        (lambda: random_contacts((16, 16), 0.5, 0, seed=1), "radius"),
        (lambda: random_contacts((16, 16), 0.5, 8, seed=1), "wider than the face"),
        (lambda: random_contacts((16, 16), 0.5, 1, seed=-1), "seed"),
        (lambda: random_contacts((16, 16), 0, 1, seed=1), "touches none"),
    ],
)
def test_a_wrong_pattern_is_refused(make, words):
    with pytest.raises(InputError, match=words):
        make()


def test_batches_of_different_lengths_are_refused():
    with pytest.raises(InputError, match="one length"):
        contact_fields(**(GOOD | {"conductivity": [0.1, 0.2], "contact_resistance": [0, 1, 2]}))


@pytest.mark.parametrize("mean", [0.0, -1.0, np.nan])
def test_a_mean_current_that_is_not_positive_is_refused(mean):
    with pytest.raises(InputError, match="must be positive"):
        contact_field(**GOOD).at_current_density(mean)


@pytest.mark.parametrize("depth", [-1e-6, 2e-3, np.nan])
def test_a_depth_outside_the_garnet_is_refused(depth):
    with pytest.raises(InputError, match="inside the garnet"):
        contact_field(**GOOD).potential_at(depth)


def test_a_line_outside_the_face_is_refused():
    field = contact_field(**(GOOD | {"contact": disc((16, 16), 0.2)}))
    with pytest.raises(InputError, match="lines 0 to 15"):
        field.cut([0.0], line=16)


def test_the_edge_value_of_a_perfect_contact_is_refused():
    with pytest.raises(InputError, match="unbounded"):
        edge_current_density(contact_field(**GOOD))


def test_a_solve_that_does_not_converge_is_an_error(monkeypatch):
    monkeypatch.setattr(conjugate_gradients, "MOST_ITERATIONS", 1)
    with pytest.raises(FieldError, match="residual"):
        contact_field(**(GOOD | {"contact": random_contacts((17, 19), 0.3, 1, seed=1)}))


def test_results_cannot_be_written_to():
    field = contact_field(**GOOD)
    with pytest.raises(ValueError, match="read-only"):
        field.current_density[0] = 1.0


def _save(path, picture):
    from matplotlib.image import imsave

    imsave(path, picture, cmap="gray", vmin=0, vmax=1)
    return path


def test_black_is_contact_and_rows_come_first(tmp_path):
    contact = random_contacts((12, 20), 0.3, 2, seed=4)
    path = _save(tmp_path / "face.png", np.where(contact, 0.0, 1.0))
    np.testing.assert_array_equal(contact_from_picture(path), contact)


def test_a_grey_picture_is_refused_with_its_share_of_grey(tmp_path):
    picture = np.ones((10, 10))
    picture[:2, :5] = 0.6
    picture[5:] = 0.0
    with pytest.raises(InputError, match=r"10 % of its pixels are grey"):
        contact_from_picture(_save(tmp_path / "grey.png", picture))


def test_a_coloured_picture_is_refused(tmp_path):
    picture = np.zeros((4, 4, 3))
    picture[0, 0] = (1.0, 0.0, 0.0)
    with pytest.raises(InputError, match=r"6\.25 % of its pixels are grey, coloured"):
        contact_from_picture(_save(tmp_path / "red.png", picture))


def test_a_white_picture_has_no_contact(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        contact_from_picture(_save(tmp_path / "white.png", np.ones((4, 4))))


@pytest.mark.parametrize("name", ["absent.png", "text.png"])
def test_a_file_that_is_no_picture_is_refused(tmp_path, name):
    (tmp_path / "text.png").write_text("not a picture")
    with pytest.raises(InputError, match="picture"):
        contact_from_picture(tmp_path / name)
