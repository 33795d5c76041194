"""The founding paper's two cells with known resistance, and its garnet, in SI."""

import pytest

from ssb_model.critical_current import MeasuredCell, calibrate
from ssb_model.library import load_experiment

GARNET = 119.7e-4  # Ohm.m2: 13 mV at 0.1 mA/cm2 less the coated interfaces
THICKNESS = 0.84e-3  # m: at 0.7 mS/cm


@pytest.fixture(scope="session")
def cells():
    """Bare and coated: statements 9, 14 and 10, 15."""
    stated = load_experiment("zhai2024").statements
    return tuple(
        MeasuredCell(stated[r].to_si("Ohm.m2"), stated[j].to_si("A.m-2"))
        for r, j in ((9, 14), (10, 15))
    )


@pytest.fixture(scope="session")
def laws(cells):
    return calibrate(cells, GARNET)
