"""The constriction relaxes with frequency, as gaps carry displacement current."""

import jax
import numpy as np
import pytest

from ssb_model.field import (
    contact_field,
    contact_impedance,
    disc,
    face_current,
    random_contacts,
    stripe,
)
from ssb_model.field.impedance import VACUUM_PERMITTIVITY

MATERIALS = {"period": 1e-4, "conductivity": 0.07, "thickness": 2e-4, "contact_resistance": 1e-6}
DIELECTRIC = {"relative_permittivity": 50.0, "gap_width": 1e-7}
CONTACTS = {"line": stripe(64, 0.1), "face": random_contacts((24, 24), 0.1, 2, 2)}


OMEGA = np.logspace(0, 14, 57)  # one length, so that each contact is compiled once


def _impedance(contact, omega=OMEGA, **values):
    return contact_impedance(contact, omega, **(MATERIALS | DIELECTRIC | values))


@pytest.mark.parametrize("dimensions", CONTACTS)
def test_at_low_frequency_it_is_the_resistance(dimensions):
    """And departs from it as omega in the imaginary part, omega^2 in the real one."""
    contact = CONTACTS[dimensions]
    rest = contact_field(contact, **MATERIALS)
    z = _impedance(contact)
    assert OMEGA[4] == 10 * OMEGA[0]
    assert z.total[0].real == pytest.approx(rest.total_resistance, rel=1e-10)
    assert z.constriction[0].real == pytest.approx(rest.constriction_resistance, rel=1e-9)
    assert z.total[4].imag == pytest.approx(10 * z.total[0].imag, rel=1e-6)
    assert z.total[0].imag < 0


@pytest.mark.usefixtures("jax_x64")
@pytest.mark.parametrize("dimensions", CONTACTS)
def test_at_high_frequency_it_is_the_capacitance_of_the_garnet_and_its_gaps(dimensions):
    """j omega Z -> 1/C, the same problem with permittivities for conductivities."""
    contact = CONTACTS[dimensions]
    z = _impedance(contact, contact_resistance=0.0).total[-1]
    gaps = VACUUM_PERMITTIVITY / DIELECTRIC["gap_width"]
    permittivity = 50 * VACUUM_PERMITTIVITY
    elastance = jax.jit(face_current)(contact, 1e-4, permittivity, 2e-4, 0.0, gaps).total
    assert 1j * OMEGA[-1] * z == pytest.approx(float(elastance), rel=1e-4)


def test_vanishing_gaps_short_the_constriction():
    """A gap of nearly no width admits so much that the face is at one potential."""
    z = _impedance(CONTACTS["line"], gap_width=1e-18, contact_resistance=0.0)
    fast = OMEGA > 1e6
    assert (abs(z.constriction) < 1e-6 * abs(z.total))[fast].all()


@pytest.mark.parametrize("dimensions", CONTACTS)
def test_the_real_part_falls_monotonically_and_the_imaginary_is_capacitive(dimensions):
    z = _impedance(CONTACTS[dimensions]).total
    relaxing = (OMEGA > 1e3) & (OMEGA < 1e12)  # outside, Re Z changes by less than rounding
    assert (np.diff(z.real[relaxing]) < 0).all()
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
    z = _impedance(CONTACTS["line"])
    garnet = 2e-4 / (0.07 + 50j * VACUUM_PERMITTIVITY * z.angular_frequency)
    np.testing.assert_allclose(z.constriction + z.contact + garnet, z.total, rtol=1e-10)


@pytest.mark.verify
def test_a_point_contacts_arc_peaks_where_its_gap_charges_through_it():
    """At 1/(2 pi R C) with C = eps0/gap, for a disc of 1.9 um in a cell of radius 100 um.

    For gaps wide enough that the garnet's own relaxation, some 25 MHz, is far above.
    """
    side = 100e-6 * np.sqrt(np.pi)  # the square cell of a circular one of radius 100 um
    contact, omega = disc((512, 512), (1.9e-6 / 100e-6) ** 2), 2 * np.pi * np.logspace(2, 7, 41)
    print("\ngap [nm]   R [ohm cm2]   peak [kHz]   1/(2 pi R C) [kHz]")
    for width in (10e-9, 100e-9, 1e-6):
        z = contact_impedance(
            contact,
            omega,
            period=side,
            conductivity=0.07,
            relative_permittivity=50.0,
            gap_width=width,
        ).total
        peak = omega[np.argmin(z.imag)] / (2 * np.pi)
        expected = width / (2 * np.pi * z[0].real * VACUUM_PERMITTIVITY)
        print(
            f"{1e9 * width:8.0f} {1e4 * z[0].real:13.1f} {peak / 1e3:12.1f} {expected / 1e3:20.1f}"
        )
        assert peak == pytest.approx(expected, rel=0.35)
