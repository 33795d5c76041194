"""Options and names that are refused, each in one sentence that says what to write instead."""

import pybamm
import pytest

from ssb_model import FullCell, InputError, SymmetricCell, cell_parameters
from ssb_model.cells import CELL_OPTIONS


@pytest.mark.parametrize("make", [FullCell, SymmetricCell])
@pytest.mark.parametrize("option", CELL_OPTIONS)
@pytest.mark.parametrize("value", ["nothing of the kind", True, None])
def test_an_option_value_that_is_not_offered_is_refused(make, option, value):
    with pytest.raises(InputError) as refusal:
        make({option: value})
    sentence = str(refusal.value)
    assert f'"{option}"' in sentence
    assert all(repr(offered) in sentence for offered in CELL_OPTIONS[option])
    assert "\n" not in sentence


@pytest.mark.parametrize("make", [FullCell, SymmetricCell])
def test_a_misspelt_option_is_refused(make):
    with pytest.raises(Exception, match="buffer"):
        make({"buffer layers": "none"})


def test_unknown_cell_is_refused():
    with pytest.raises(InputError, match='"symmetric" or "full" or "blocking"'):
        cell_parameters("pouch")


@pytest.mark.parametrize("key", ["garnet", "coating", "cathode"])
def test_unknown_parameter_set_is_refused_by_name(key):
    with pytest.raises(InputError, match="zni3-0"):
        cell_parameters("full", **{key: "zni3-0.5"})


@pytest.mark.parametrize("make", [FullCell, SymmetricCell])
@pytest.mark.parametrize("option", CELL_OPTIONS)
def test_every_option_runs_with_default_parameter_values(make, option):
    """A bare face does not grow unless it is asked to, and its coating file has no growth."""
    for value in CELL_OPTIONS[option]:
        model = make({option: value})
        assert pybamm.Simulation(model).solve([0, 10]).t[-1] == 10
