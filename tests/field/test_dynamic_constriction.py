"""The constriction relaxes with frequency, as gaps carry displacement current."""

import numpy as np
import pytest

from ssb_model.field import contact_field, contact_impedance, face_current, random_contacts, stripe
from ssb_model.field.impedance import VACUUM_PERMITTIVITY

MATERIALS = {"period": 1e-4, "conductivity": 0.07, "thickness": 2e-4, "contact_resistance": 1e-6}
DIELECTRIC = {"relative_permittivity": 50.0, "gap_width": 1e-7}
CONTACTS = {"line": stripe(64, 0.1), "face": random_contacts((24, 24), 0.1, 2, 2)}


def _impedance(contact, omega, **values):
    return contact_impedance(contact, omega, **(MATERIALS | DIELECTRIC | values))


@pytest.mark.parametrize("dimensions", CONTACTS)
def test_at_low_frequency_it_is_the_resistance(dimensions):
    """And departs from it as omega in the imaginary part, omega^2 in the real one."""
    contact = CONTACTS[dimensions]
    rest = contact_field(contact, **MATERIALS)
    z = _impedance(contact, [1.0, 10.0])
    np.testing.assert_allclose(z.total.real, rest.total_resistance, rtol=1e-10)
    np.testing.assert_allclose(z.constriction.real, rest.constriction_resistance, rtol=1e-9)
    assert z.total[1].imag == pytest.approx(10 * z.total[0].imag, rel=1e-6)
    assert z.total[0].imag < 0


@pytest.mark.usefixtures("jax_x64")
@pytest.mark.parametrize("dimensions", CONTACTS)
def test_at_high_frequency_it_is_the_capacitance_of_the_garnet_and_its_gaps(dimensions):
    """j omega Z -> 1/C, the same problem with permittivities for conductivities."""
    contact, omega = CONTACTS[dimensions], 1e14
    z = _impedance(contact, omega, contact_resistance=0.0).total[0]
    elastance = float(
        face_current(
            contact,
            1e-4,
            50 * VACUUM_PERMITTIVITY,
            2e-4,
            0.0,
            VACUUM_PERMITTIVITY / DIELECTRIC["gap_width"],
        ).total
    )
    assert 1j * omega * z == pytest.approx(elastance, rel=1e-4)


def test_vanishing_gaps_short_the_constriction():
    """A gap of nearly no width admits so much that the face is at one potential."""
    z = _impedance(CONTACTS["line"], 1e7, gap_width=1e-18, contact_resistance=0.0)
    assert abs(z.constriction[0]) < 1e-6 * abs(z.total[0])


@pytest.mark.parametrize("dimensions", CONTACTS)
def test_the_real_part_falls_monotonically_and_the_imaginary_is_capacitive(dimensions):
    z = _impedance(CONTACTS[dimensions], np.logspace(2, 12, 41)).total
    assert (np.diff(z.real) < 0).all()
    assert (z.imag < 0).all()


def test_the_spectrum_obeys_kramers_and_kronig():
    """-Im Z(w) = (2 w/pi) int_0^inf [Re Z(x) - Re Z(w)]/(w^2 - x^2) dx, wherever Im Z matters."""
    omega = np.logspace(2, 13, 1101)
    z = _impedance(CONTACTS["line"], omega).total
    chosen = np.arange(400, 800, 40)
    found = []
    for here in chosen:
        others = np.arange(len(omega)) != here
        x, difference = omega[others], (z.real[others] - z.real[here])
        integrand = difference / (omega[here] ** 2 - x**2) * x
        integral = np.trapezoid(integrand, np.log(x))
        integral += difference[0] / omega[here] ** 2 * omega[0]
        found.append(-2 * omega[here] / np.pi * integral)
    np.testing.assert_allclose(found, z.imag[chosen], rtol=0.01)


def test_the_parts_make_the_whole():
    z = _impedance(CONTACTS["line"], np.logspace(3, 10, 8))
    garnet = 2e-4 / (0.07 + 50j * VACUUM_PERMITTIVITY * z.angular_frequency)
    np.testing.assert_allclose(z.constriction + z.contact + garnet, z.total, rtol=1e-10)
