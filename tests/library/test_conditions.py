"""Temperatures and pressures that no cell has: one sentence, that says what was meant."""

import jax
import numpy as np
import pytest

from ssb_model import InputError, cell_parameters
from ssb_model.library import LITHIUM_MELTS, refuse_pressure, refuse_temperature

STACK, ASSEMBLY, T = "Stack pressure [Pa]", "Assembly pressure [Pa]", "Ambient temperature [K]"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (STACK, 2.0, "2 Pa, less than 10 g on 1 cm2: write 2e\\+06 Pa if 2 MPa is meant"),
        (ASSEMBLY, 400, "assembly pressure is 400 Pa.* write 4e\\+08 Pa"),
        (STACK, 0.2, "write 200000 Pa if 0.2 MPa is meant"),
        (STACK, -1e5, "must not be negative"),
        (ASSEMBLY, -1.0, "must not be negative"),
        (STACK, 2e12, "more than 1e\\+09 Pa: check its unit"),
        (STACK, np.inf, "must be finite"),
        (T, 25.0, "write 298.15 K if 25 °C is meant"),
        (T, -15.0, "write 258.15 K if -15 °C is meant"),
        (T, 0.0, "write 273.15 K"),
        (T, -200.0, "-200 K, and no law here holds below 173 K[.]"),
        (T, 453.7, "lithium melts at 453.7 K"),
        (T, 600.0, "326.9 °C, and lithium melts"),
        (T, np.nan, "must be finite"),
    ],
)
def test_a_condition_that_no_cell_has_is_refused(name, value, told):
    for cell in ("symmetric", "full"):
        with pytest.raises(InputError, match=told) as refusal:
            cell_parameters(cell, values={name: value})
        assert "\n" not in str(refusal.value)


def test_between_blocking_electrodes_no_lithium_melts():
    assert cell_parameters("blocking", values={T: 600.0})[T] == 600.0


@pytest.mark.parametrize("pressure", [0, 0.0, 1e3, 2e5, [0.0, 1e9]])
def test_pressures_of_cells_are_taken(pressure):
    refuse_pressure(pressure, "stack pressure")


def test_one_wrong_number_among_many_is_named():
    with pytest.raises(InputError, match="is 60 K"):
        refuse_temperature(np.array([298.15, 60.0, 333.2]), "temperature")
    refuse_temperature(np.array([298.15, np.nextafter(LITHIUM_MELTS, 0)]), "temperature")


def test_what_is_traced_is_believed():
    def doubled(T):
        refuse_temperature(T, "temperature")
        return 2 * T

    assert jax.jit(doubled)(10.0) == 20.0


def test_what_is_no_number_is_refused():
    with pytest.raises(InputError, match="'60 degC': give it as a number in K"):
        refuse_temperature("60 degC", "temperature")
