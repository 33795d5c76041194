"""A full cell charged above its critical current: the closed form is the simulated filament's."""

import numpy as np
import pytest

from ssb_model.critical_current import filament_share

MAH_CM2, MA_CM2 = 36.0, 10.0


def test_below_its_critical_current_no_cell_shorts_however_long():
    assert filament_share(1e9, 1.0, 1.0, 1e-3) == 0


def test_the_charge_above_counts():
    """3 mAh/cm2 at 1 mA/cm2, of which half is above 0.5: 1.5 mAh/cm2."""
    charge, J, J_c = 3 * MAH_CM2, 1 * MA_CM2, 0.5 * MA_CM2
    assert filament_share(charge, J, J_c, 3 * MAH_CM2) == 0.5


@pytest.mark.parametrize("excess", [1.2, 3.0])
def test_it_is_what_the_filaments_of_a_cell_need(excess):
    """q_f df/dt = J - J_c from 0 to 1 takes the charge J t."""
    q_f, J_c = 0.05 * MAH_CM2, 2.0
    J = excess * J_c
    until = q_f / (J - J_c)
    for share in (0.999, 1.001):
        assert (filament_share(share * J * until, J, J_c, q_f) >= 1) == (share > 1)


def test_cells_are_judged_one_by_one():
    found = filament_share([36.0, 360.0], 10.0, [5.0, 20.0], 10.0)
    np.testing.assert_allclose(found, [1.8, 0.0])
