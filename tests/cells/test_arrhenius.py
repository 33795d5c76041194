"""Temperature: every resistance by its own activation energy."""

import numpy as np
import pytest

from ssb_model import SymmetricCell, cell_parameters

from . import closed_forms as paper

TEMPERATURES = [273.15 + celsius for celsius in (0, 40, 60, 80)]
CELL = SymmetricCell({"interface growth": "none"})


def resistance(spectrum, T, **negligible):
    """The cell's resistance [Ohm.m2] at temperature T and those without some of its parts."""
    values = {
        "layer": {"Negative face layer thickness [m]": 1e-16},
        "charge transfer": {"Negative face exchange-current density [A.m-2]": 1e12},
        "garnet": {"Garnet conductivity [S.m-1]": 1e12},
    }
    parameters = {"Ambient temperature [K]": T, "Negative face contact spacing [m]": 1e-12}
    for part in negligible["without"]:
        parameters |= values[part]
    values = cell_parameters("symmetric", values=parameters)
    return spectrum(CELL, values, [1e-9])[0].real


@pytest.mark.parametrize("T", TEMPERATURES)
@pytest.mark.parametrize(
    ("part", "energy", "power"),
    [
        ("garnet", "Garnet conductivity activation energy [J.mol-1]", 0),
        ("layer", "Negative face layer activation energy [J.mol-1]", 0),
        (
            "charge transfer",
            "Negative face exchange-current density activation energy [J.mol-1]",
            1,
        ),
    ],
)
def test_each_resistance_follows_its_own_activation_energy(spectrum, T, part, energy, power):
    """exp[(Ea/R)(1/T - 1/298.15 K)]; charge transfer RT/(F j0) has a factor T besides."""
    others = [name for name in ("garnet", "layer", "charge transfer") if name != part]
    ratio = resistance(spectrum, T, without=others) / resistance(spectrum, 298.15, without=others)
    Ea = paper.number(cell_parameters("symmetric"), energy)
    expected = np.exp(Ea / paper.R * (1 / T - 1 / 298.15)) * (T / 298.15) ** power
    np.testing.assert_allclose(ratio, expected, rtol=1e-5)


def test_coated_interface_follows_the_papers_energy_but_for_the_factor_T(spectrum):
    """7.1, 4.6 and 3.1 ohm cm2 at 40, 60 and 80 C from 10.3 at 25 C: within that factor of T."""
    temperatures = [298.15, *TEMPERATURES[1:]]
    faces = [resistance(spectrum, T, without=["garnet"]) for T in temperatures]
    by_energy = np.exp(19.2e3 / paper.R * (1 / np.array(temperatures) - 1 / 298.15))
    ratio = np.array(faces) / faces[0] / by_energy
    assert (ratio[1:] > 1).all()
    assert (ratio <= np.array(temperatures) / 298.15).all()
