"""How long a series takes: ``python -m benchmarks.series`` (500 spectra of 60 points)."""

import numpy as np

from benchmarks.command import without_options
from benchmarks.timing import seconds
from ssb_model.circuits import fit_series

SPECTRA, POINTS = 500, 60
F = np.geomspace(7e6, 0.1, POINTS)  # Hz


def spectra():
    """Leads, electrolyte and an interface that grows, with 1 % noise."""
    rng = np.random.default_rng(1)
    jw = 2j * np.pi * F
    for R in np.linspace(500, 1500, SPECTRA):
        z = 1.2 + 0.5e-6 * jw + 200 / (1 + (jw * 2e-8) ** 0.95) + R / (1 + (jw * 1e-6 * R) ** 0.85)
        yield F, z * (1 + 0.01 * (rng.normal(size=POINTS) + 1j * rng.normal(size=POINTS)))


def main():
    without_options("series", __doc__)
    made = list(spectra())
    fit_series(made[:20])  # warm
    for circuit in ("auto", "L-R-(RQ)-(RQ)"):
        taken = seconds(lambda circuit=circuit: fit_series(made, circuit))
        print(f"{circuit}: {SPECTRA} spectra of {POINTS} points in {taken:.1f} s")


if __name__ == "__main__":
    main()
