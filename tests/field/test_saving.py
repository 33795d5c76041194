"""A field read back is the field that was saved."""

from dataclasses import fields

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.field import contact_field, load_field, save_field, stripe

CONTACT = stripe(16, 0.25)


@pytest.mark.parametrize("thickness", [None, 1e-3])
@pytest.mark.parametrize("resistance", [1e-4, np.linspace(1e-4, 2e-4, 16)])
def test_a_field_comes_back_whole(tmp_path, thickness, resistance):
    field = contact_field(
        CONTACT,
        period=1e-4,
        conductivity=0.07,
        thickness=thickness,
        contact_resistance=resistance,
    )
    save_field(field, tmp_path / "field.npz")
    again = load_field(tmp_path / "field.npz")
    for item in fields(field):
        np.testing.assert_array_equal(getattr(again, item.name), getattr(field, item.name))
    np.testing.assert_array_equal(again.potential_at(1e-5), field.potential_at(1e-5))
    assert isinstance(again.total_resistance, float)


@pytest.mark.parametrize("content", [None, b"not a field", b""])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "other.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"other\.npz"):
        load_field(path)


def test_arrays_of_another_kind_are_refused(tmp_path):
    np.savez(tmp_path / "other.npz", contact=CONTACT)
    with pytest.raises(InputError, match="solve it again"):
        load_field(tmp_path / "other.npz")
