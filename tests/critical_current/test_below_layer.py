"""Lithium that plates below a layer: Kirchhoff's laws of its two ways, limits, refused input."""

import numpy as np
import pytest

from ssb_model.critical_current import (
    LayerWays,
    borne_with_plating,
    electron_supply,
    plated_share,
    plating_onset,
)
from ssb_model.errors import InputError

IONIC = LayerWays(69e-4, 2e3)  # 200 nm of LiI at 1e-12 S/cm for electrons
MIXED = LayerWays(5.2e-4, 2e-10)
ELECTRONIC = LayerWays(2e-4, 2e-13)
BARE, NUCLEATION = 1.5, 30e-3


def test_the_onset_is_where_the_ions_way_has_the_nucleation_overpotential():
    for ways in (IONIC, MIXED, ELECTRONIC):
        assert plating_onset(ways, NUCLEATION) * ways.ionic_resistance == pytest.approx(NUCLEATION)


def test_the_current_divides_by_kirchhoffs_laws():
    """w = (J - J_p) r_i - J_p r_e is 0 once lithium is there."""
    ways = LayerWays(5e-4, 3e-4)
    J = 20.0
    J_p = J * plated_share(ways)
    assert (J - J_p) * ways.ionic_resistance == pytest.approx(J_p * ways.electronic_resistance)


def test_a_layer_that_blocks_electrons_keeps_its_law():
    for eta in np.geomspace(1e-4, 1, 9):
        assert borne_with_plating(5.0, IONIC, eta, BARE) == 5.0
    assert plated_share(IONIC) < 1e-5


def test_without_nucleation_every_layer_keeps_its_law():
    J = np.array([0.1, 10.0, 1e3])
    np.testing.assert_array_equal(borne_with_plating(J, MIXED, 1e6, BARE), J)


def test_a_layer_that_lets_electrons_through_bears_the_onset_and_no_less_than_bare_garnet():
    assert borne_with_plating(100.0, MIXED, NUCLEATION, BARE) == pytest.approx(30e-3 / 5.2e-4)
    assert borne_with_plating(100.0, MIXED, 1e-6, BARE) == pytest.approx(BARE)
    half = LayerWays(5e-4, 5e-4)
    assert borne_with_plating(100.0, half, 1e-6, BARE) == pytest.approx(2 * BARE)


def test_no_nucleation_overpotential_puts_a_mixed_layer_before_one_that_resists_ions_less():
    """The founding paper's order is not one of these equations, whatever the overpotential."""
    eta = np.geomspace(1e-5, 1, 50)
    mixed = borne_with_plating(23.0, MIXED, eta, BARE)
    assert np.all(mixed <= borne_with_plating(23.0, ELECTRONIC, eta, BARE) * (1 + 1e-6))


def test_electrons_reach_the_garnet_through_the_layer_or_past_it():
    assert electron_supply(1e-10) == 1e-10
    assert electron_supply(1e-10, 0.9, lithium_conductivity=1e7) == pytest.approx(1e6)
    assert electron_supply(1e-10, 1.0, lithium_conductivity=1e7) == 1e-10


def test_it_differentiates_in_the_nucleation_overpotential(jax_x64):
    _, slope = jax_x64.jvp(lambda eta: borne_with_plating(1e3, MIXED, eta, BARE), (0.03,), (1.0,))
    assert slope == pytest.approx(1 / 5.2e-4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plating_onset(MIXED, 0.0), "nucleation overpotential must be positive"),
        (lambda: plating_onset(MIXED, "much"), "nucleation overpotential"),
        (lambda: plated_share(LayerWays(-1.0, 1.0)), "resistance of ions across the face"),
        (lambda: plated_share(LayerWays(1.0, np.nan)), "resistance of electrons across the layer"),
        (lambda: borne_with_plating(1.0, MIXED, 0.03, 0.0), "of bare garnet must be positive"),
        (lambda: borne_with_plating(-1.0, MIXED, 0.03, 1.0), "critical current density must be"),
        (lambda: electron_supply(-1.0), "not negative"),
        (lambda: electron_supply(1.0, 1.2), "between 0 and 1"),
        (lambda: electron_supply(1.0, 0.9), "give lithium_conductivity"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()
