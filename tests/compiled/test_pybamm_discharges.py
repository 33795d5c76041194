"""PyBaMM's lithium-ion cells discharged: voltage and cut-off as IDAKLU's at rtol 1e-8.

One cell of each kind on a coarse mesh; ``test_verification.py`` goes through the others.
"""

import numpy as np
import pybamm
import pytest

from .oracle import CURRENT, Pair, compare

POINTS = {"x_n": 8, "x_s": 6, "x_p": 8, "r_n": 8, "r_p": 8}
HALF_CELL = {"x_s": 6, "x_p": 8, "r_p": 8}
CELLS = {
    "single particle": ("SPM", {}, "Chen2020", POINTS),
    "Doyle-Fuller-Newman": ("DFN", {}, "Chen2020", POINTS),
    "half cell": ("DFN", {"working electrode": "positive"}, "Xu2019", HALF_CELL),
}


@pytest.mark.parametrize("name", CELLS)
def test_discharge_at_1c(name):
    kind, options, parameters, points = CELLS[name]
    values = pybamm.ParameterValues(parameters)
    pair = Pair(getattr(pybamm.lithium_ion, kind)(options), values, (), points)
    current = values["Nominal cell capacity [A.h]"]
    rms, cut_off = compare(pair, [{CURRENT: current}], np.linspace(0, [12000.0], 401, axis=1))
    assert rms.max() < 1e-4
    assert np.abs(cut_off).max() < 1e-5
