"""Thousands of hours to and fro: charge and lithium are kept, alone and in a batch."""

import numpy as np
import pytest

import ssb_model
from ssb_model.compiled.protocols.protocol import Protocol, Step

OPTIONS = {"contact loss": "voids", "short circuit": "critical current"}
CURRENT, HOUR = 1e-4, 3600.0  # A: 0.1 mA/cm2 on 1 cm2
STORED = "Negative face layer stored lithium [C.m-2]"
OUTPUTS = [
    "Discharge capacity [A.h]",
    "Throughput capacity [A.h]",
    STORED,
    "Positive face layer stored lithium [C.m-2]",
    "Negative face retained contact",
    "Interface resistance [Ohm.m2]",
]
GROWTH = "Negative face reference calendar growth [Ohm.m2]"


@pytest.fixture(scope="module")
def cell():
    values = ssb_model.cell_parameters("symmetric")
    model = ssb_model.SymmetricCell(OPTIONS)
    return ssb_model.compile(model, values, inputs=[GROWTH], outputs=OUTPUTS)


def cycled(cell, hours, inputs=None):
    steps = [Step("current", (-1) ** k * CURRENT, HOUR) for k in range(hours)]
    return cell.solve(inputs or {}, experiment=Protocol(steps))


def test_charge_is_kept_over_2000_hours(cell):
    final = cycled(cell, 2000).final
    throughput = CURRENT * 2000
    assert final["Throughput capacity [A.h]"] == pytest.approx(throughput, rel=1e-5)
    assert abs(final["Discharge capacity [A.h]"]) < 1e-5 * throughput


def test_the_layers_lithium_comes_back_with_every_cycle(cell):
    """What a layer holds after 1000 cycles is what it held after the first few."""
    early, late = cycled(cell, 20).final, cycled(cell, 2000).final
    throughput = CURRENT / 1e-4 * HOUR
    assert abs(late[STORED] - early[STORED]) < 1e-5 * throughput
    both = late[STORED] + late["Positive face layer stored lithium [C.m-2]"]
    assert abs(both) < 1e-5 * throughput


def test_what_a_layer_stores_is_what_enters_less_what_leaves(cell):
    """At a steady current the profile is u = -J h/s_i xi, and its lithium c_ch h u over 2."""
    values = ssb_model.cell_parameters("symmetric")
    h = values["Negative face layer thickness [m]"]
    s_i = values["Negative face layer ionic conductivity [S.m-1]"]
    c = values["Negative face layer lithium concentration [mol.m-3]"]
    gamma = values["Negative face layer thermodynamic factor"]
    c_ch = 96485.33212**2 * c / (8.314462618 * 298.15 * gamma)
    solution = cell.solve({}, experiment=Protocol([Step("current", CURRENT, HOUR)]))
    u_mean = -(CURRENT / 1e-4) * h / s_i / 2
    assert solution.final[STORED] == pytest.approx(c_ch * h * u_mean, rel=2e-3)


def test_a_batch_cycles_as_its_members_do_alone(cell):
    growth = np.array([0.3, 1.0, 3.0]) * 1.37e-4
    together = cycled(cell, 400, {GROWTH: growth}).final["Interface resistance [Ohm.m2]"]
    alone = [
        cycled(cell, 400, {GROWTH: value}).final["Interface resistance [Ohm.m2]"]
        for value in growth
    ]
    np.testing.assert_allclose(together, alone, rtol=1e-8)
    assert (np.diff(together) > 0).all()
