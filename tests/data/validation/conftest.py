"""The founding coated cell's spectrum."""

import numpy as np
import pytest

import ssb_model

FREQUENCY = np.logspace(7, -3, 101)


@pytest.fixture(scope="session")
def coated_cell():
    """Frequency [Hz], impedance [Ohm] and the parameter values of the compiled symmetric cell."""
    values = ssb_model.cell_parameters("symmetric", coating="zni2-0.5")
    compiled = ssb_model.compile(ssb_model.SymmetricCell(), values)
    return FREQUENCY, np.ravel(compiled.impedance(FREQUENCY)), values


@pytest.fixture
def random():
    return np.random.default_rng(2024)
