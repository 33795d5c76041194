"""Synthetic benches of known truth: circuits for spectra; nothing of ours is used."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

GAS = 8.314462618
CELSIUS = (25.0, 40.0, 60.0, 80.0)
HEADS = {
    "plain": ("Frequency [Hz],Re(Z) [Ohm],-Im(Z) [Ohm]", 1.0),
    "milliohm": ("freq/Hz,Re(Z)/mOhm,-Im(Z)/mOhm", 1e3),
}


@dataclass(frozen=True)
class Face:
    """An interface: ohm cm2, kJ/mol, F/cm2, exponent."""

    resistance: float
    energy: float
    capacitance: float
    n: float
    last_safe: float  # mA/cm2


@dataclass(frozen=True)
class Truth:
    """A pellet between two equal faces; cm, mS/cm, kJ/mol."""

    thickness: float
    diameter: float
    sigma: float
    energy: float
    grain_boundary: float
    faces: dict
    inductance: float
    leads: float
    noise: float
    drift: float
    contact: float

    @property
    def area(self):
        """cm2."""
        return np.pi * self.diameter**2 / 4

    def garnet(self, T):
        """mS/cm at K."""
        return self.sigma * 298.15 / T * np.exp(-1e3 * self.energy / GAS * (1 / T - 1 / 298.15))

    def face(self, name, T):
        """Nominal ohm cm2 a face at K."""
        one = self.faces[name]
        return one.resistance * np.exp(1e3 * one.energy / GAS * (1 / T - 1 / 298.15))


def random_truth(rng):
    """A bench such as groups have."""
    bare = Face(
        rng.uniform(60, 600),
        rng.uniform(28, 38),
        10 ** rng.uniform(-5.5, -4.3),
        rng.uniform(0.78, 0.95),
        0.2,
    )
    coated = Face(
        rng.uniform(3, 30),
        rng.uniform(18, 30),
        10 ** rng.uniform(-4.3, -3.3),
        rng.uniform(0.78, 0.95),
        0.9,
    )
    return Truth(
        rng.uniform(0.06, 0.15),
        rng.choice([0.8, 1.0, 1.2]),
        rng.uniform(0.25, 1.0),
        rng.uniform(30, 42),
        rng.uniform(0.1, 0.35),
        {"bare": bare, "coated": coated},
        rng.uniform(0.1e-6, 1e-6),
        rng.uniform(0.2, 2.0),
        0.01,
        0.03,
        0.015,
    )


def zarc(f, R, C, n):
    """Impedance of a depressed arc of a resistance and an effective capacitance."""
    return R / (1 + (2j * np.pi * f * R * C) ** n)


def spectrum(truth, face, T, rng, top=7e6, points=79):
    """Frequencies, impedance, and the interface resistance when the top of its arc was measured.

    The latter in ohm cm2 a face; the contact drifts evenly with the points of the sweep.
    """
    f = np.geomspace(top, 0.1, points)
    along = np.linspace(-0.5, 0.5, points)
    contact = np.exp(truth.contact * rng.normal())
    drift = 1 + truth.drift * rng.choice([-1, 1]) * rng.uniform(0, 1) * along
    own = truth.face(face, T) * contact
    garnet = truth.thickness / (1e-3 * truth.garnet(T)) / truth.area
    inner = (1 - truth.grain_boundary) * garnet, truth.grain_boundary * garnet
    bulk = 50 * 8.854e-14 * truth.area / truth.thickness
    C_face, n = truth.faces[face].capacitance * truth.area / 2, truth.faces[face].n
    z = (
        truth.leads
        + 2j * np.pi * f * truth.inductance
        + zarc(f, inner[0], bulk, 0.97)
        + zarc(f, inner[1], 20 * bulk, 0.9)
        + zarc(f, 2 * own / truth.area, C_face, n) * drift
    )
    noise = rng.normal(size=points) + 1j * rng.normal(size=points)
    top_of_arc = 1 / (2 * np.pi * 2 * own / truth.area * C_face)
    met = own * np.interp(np.log(top_of_arc), np.log(f[::-1]), drift[::-1])
    return f, z * (1 + truth.noise / np.sqrt(2) * noise), met


def write_bench(folder, truth, rng, top=7e6):
    """Files of a bench; gives the interface resistances as they were when measured."""
    folder = Path(folder)
    met = {}
    for face in truth.faces:
        for celsius in CELSIUS:
            f, z, own = spectrum(truth, face, celsius + 273.15, rng, top)
            met[face, celsius] = own
            head, factor = HEADS["milliohm" if celsius == 40 else "plain"]
            rows = [
                f"{a:.7g},{factor * b.real:.6g},{-factor * b.imag:.6g}"
                for a, b in zip(f, z, strict=True)
            ]
            text = "\n".join(["# synthetic, not measured", head, *rows])
            (folder / f"LLZTO_{face}_{celsius:g}C.csv").write_text(text + "\n")
    (folder / "bench.toml").write_text(
        f'thickness = "{10 * truth.thickness:.6g} mm"\ndiameter = "{10 * truth.diameter:.6g} mm"\n'
    )
    return met
