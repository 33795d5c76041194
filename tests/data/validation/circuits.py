"""Impedances [Ohm] in closed form, and what goes wrong when they are measured."""

import numpy as np

FREQUENCY = np.geomspace(1e6, 1e-2, 81)  # Hz, ten a decade, falling as instruments measure
LEADS = 2e-6  # H


def rc(f, resistance, tau):
    """A resistor beside a capacitor; an array of spectra if `resistance` is one."""
    return resistance / (1 + 2j * np.pi * f * tau)


def zarc(f, resistance, tau, exponent):
    """A resistor beside a constant-phase element."""
    return resistance / (1 + (2j * np.pi * f * tau) ** exponent)


def zarc_distribution(tau, resistance, centre, exponent):
    """gamma(ln tau) [Ohm] of a ZARC in closed form."""
    angle = (1 - exponent) * np.pi
    width = np.cosh(exponent * np.log(tau / centre)) - np.cos(angle)
    return resistance / (2 * np.pi) * np.sin(angle) / width


def finite_warburg(f, resistance, tau):
    """Diffusion through a layer to a reservoir."""
    root = np.sqrt(2j * np.pi * f * tau)
    return resistance * np.tanh(root) / root


def cell(f, growth=0.0):
    """Bulk, a depressed arc of grain boundaries, an interface and diffusion.

    `growth` is the share by which interface and diffusion rise with time, point by point; three
    periods are measured at every frequency.
    """
    elapsed = np.cumsum(3 / f)
    ageing = rc(f, 100, 1e-3) + finite_warburg(f, 40, 2.0)
    return 20 + zarc(f, 30, 1e-6, 0.9) + (1 + growth * elapsed / elapsed[-1]) * ageing


def random_network(f, random):
    """Up to six RC elements and ZARCs anywhere, cut by the band's ends or not."""
    z = np.full(len(f), random.uniform(1, 50), dtype=complex)
    for _ in range(random.integers(1, 7)):
        exponent = random.choice([1.0, random.uniform(0.6, 1)])
        z += zarc(f, random.uniform(5, 100), 10 ** random.uniform(-7, 2), exponent)
    return z


def noisy(z, size, random):
    """Independent normal noise of `size` times |Z| in real and in imaginary part."""
    parts = random.standard_normal((2, len(z)))
    return z + size * np.abs(z) * (parts[0] + 1j * parts[1])
