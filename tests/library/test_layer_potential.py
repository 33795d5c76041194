"""The table of an alloy layer's potential: where it is 0, and what is refused in one sentence."""

import numpy as np
import pytest

import ssb_model
from ssb_model.errors import InputError
from ssb_model.library import load_parameter_set

GOOD = {"content": "[0, 0.25, 1]", "potential": "[300, 100, -50]", "unit": '"mV"'}


def written(folder, coating="lizn", **changed):
    text = load_parameter_set(coating).path.read_text()
    rows = GOOD | changed
    table = "".join(f"{key} = {value}\n" for key, value in rows.items())
    head, mark, rest = text.partition("\n[parameters.")
    table = f'\n[layer_potential]\n{table}tag = "assumed"\nsource = "a test"\n'
    path = folder / "mine.toml"
    path.write_text(head + table + mark + rest)
    return path


def test_contents_are_counted_in_that_beside_lithium(tmp_path):
    """0 mV lies two thirds of the way from 0.25 to 1."""
    potential = load_parameter_set(written(tmp_path)).layer_potential
    np.testing.assert_allclose(potential.content, np.array([0, 0.25, 1]) / 0.75)
    np.testing.assert_allclose(potential.potential, [0.3, 0.1, -0.05])


@pytest.mark.parametrize(
    ("potential", "beside"),
    [("[300, 100, 0]", 1.0), ("[300, 0, 0]", 0.25), ("[0, 0, 0]", 1.0)],
)
def test_a_potential_that_stays_at_zero(tmp_path, potential, beside):
    """Beside lithium is where it first is 0, and of one that is nowhere else all of it."""
    found = load_parameter_set(written(tmp_path, potential=potential)).layer_potential
    np.testing.assert_allclose(found.content, np.array([0, 0.25, 1]) / beside)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"content": "[0, 1]"}, "content has 2 numbers and potential 3"),
        ({"content": "[0, 0, 1]"}, "content must rise"),
        ({"content": "[-1, 0, 1]"}, "content must rise"),
        ({"content": "[0]", "potential": "[0]"}, "layer_potential.content"),
        ({"content": "[0, nan, 1]"}, "layer_potential.content"),
        ({"potential": "[100, 300, -50]"}, "potential must not rise"),
        ({"potential": "[300, 100, 50]"}, "go on to 0 V"),
        ({"potential": "[0, 0, -1]"}, "0 V at a content of 0 already"),
        ({"potential": "[-1, -2, -3]"}, "begin at 0 V or above"),
        ({"potential": "[300, 100, -50]", "unit": '"V"'}, "within 5 V of lithium"),
        ({"potential": '["a", 1, 0]'}, "layer_potential.potential"),
        ({"unit": '"nm"'}, "nm"),
        ({"unit": '"mVolts"'}, "mVolts"),
        ({"potentials": "[1, 2]"}, "potentials"),
        ({"tag2": '"found"'}, "tag2"),
    ],
)
def test_a_table_that_is_no_potential_is_refused(tmp_path, changed, told):
    with pytest.raises(InputError) as refused:
        load_parameter_set(written(tmp_path, **changed))
    sentence = str(refused.value)
    assert "mine.toml" in sentence and told in sentence and "\n" not in sentence


def test_what_is_no_layer_has_none(tmp_path):
    for other in ("bare", "lithium", "llzto"):
        with pytest.raises(InputError, match="belongs to a coating"):
            load_parameter_set(written(tmp_path, other))


@pytest.mark.parametrize(
    ("options", "coating", "told"),
    [
        ({"buffer layer": "alloy"}, "i2", r"'layer potential plateau'.*or the table"),
        ({"coverage": "pinholes"}, "bare", "'layer thickness variation'"),
        ({"layer dissolution": "into lithium"}, "bare", "'layer dissolution rate'"),
    ],
)
def test_a_coating_that_does_not_say_what_its_cell_needs_is_refused(options, coating, told):
    with pytest.raises(InputError, match=told):
        ssb_model.cell_parameters("symmetric", coating=coating, options=options)
