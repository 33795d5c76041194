"""The circuits of a folder against the right one by SciPy: as narrow, and they hold the truth."""

import numpy as np
import pytest

from ssb_model.bench.spectra.separated import noise_of, separated
from ssb_model.circuits import fit_circuits
from tests.bench.benches import CELSIUS, random_truth, spectrum
from tests.bench.right_circuit import by_scipy, logistic

QUANTITIES = ("electrolyte", "interface")


def made(seed):
    """A random spectrum, area [m2], the right circuit's coordinates and resistances [ohm]."""
    rng = np.random.default_rng(seed)
    truth = random_truth(rng)
    face, T = rng.choice(["bare", "coated"]), 273.15 + rng.choice(CELSIUS)
    f, z, own = spectrum(truth, face, T, rng)
    garnet = truth.thickness / (1e-3 * truth.garnet(T)) / truth.area
    bulk, boundary = (1 - truth.grain_boundary) * garnet, truth.grain_boundary * garnet
    C = 50 * 8.854e-14 * truth.area / truth.thickness
    faces = 2 * own / truth.area
    tau = faces * truth.faces[face].capacitance * truth.area / 2
    sizes = [truth.inductance, truth.leads, bulk, bulk * C, boundary, 20 * boundary * C, faces, tau]
    exponents = logistic(np.array([0.97, 0.9, truth.faces[face].n]))
    coordinates = np.array([*np.log(sizes), *exponents, 0.0])
    noise = truth.noise / np.sqrt(2)
    return f, z, noise, 1e-4 * truth.area, coordinates, np.array([truth.leads + garnet, faces])


def compared(seeds):
    """Deviations in standard errors and widths over the right circuit's (spectra, quantities)."""
    spectra = [made(seed) for seed in seeds]
    fits = fit_circuits([(f, z) for f, z, *_ in spectra])
    off, ratio, warned = [], [], []
    for fit, (f, z, noise, area, start, truth) in zip(fits, spectra, strict=True):
        found = separated(fit, area, noise_of(f, z))
        value = np.array([found.electrolyte, found.interface or np.nan])
        error = np.array([found.electrolyte_error, found.interface_error or np.nan])
        right, least = by_scipy(f, z, noise, start)
        off.append(np.abs(value - truth) / error)
        ratio.append((error / value) / (least / right))
        warned.append(bool(found.warnings))
    return np.array(off), np.array(ratio), np.array(warned)


@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.verify)])
def test_intervals_are_hardly_wider_than_the_right_circuits_and_hold_the_truth(count):
    off, ratio, warned = compared(range(5000, 5000 + count))
    for k, quantity in enumerate(QUANTITIES):
        wide = np.quantile(ratio[:, k], 0.9)
        share = np.mean(off[:, k] < 1.96)
        print(f"{quantity}: {share:.3f} held, widths {np.median(ratio[:, k]):.2f}, 90 % {wide:.2f}")
        assert share >= 0.9
        assert np.median(ratio[:, k]) <= 1.5
        assert np.all((off[:, k] < 3) | warned)
