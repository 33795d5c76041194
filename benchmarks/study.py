"""The command ``python -m benchmarks.study``: four synthetic spectra and a polarisation fitted.

Then the profile likelihoods of the ten parameters, a thousand held sets of the other nine.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.command import without_options
from ssb_model.fitting import fit, profiles
from ssb_model.study import load_study

TEMPERATURES = (25, 40, 60, 80)
FREQUENCIES = np.logspace(-1, 6.8, 60)
NOISE, REPEATS = 0.005, 5
HELD = 100  # values of each parameter
FREE = (
    "Garnet conductivity",
    "Garnet conductivity activation energy",
    "Garnet grain boundary effective permittivity",
    "Negative face exchange-current density",
    "Negative face exchange-current density activation energy",
    "Negative face double-layer capacity",
    "Negative face layer ionic conductivity",
    "Negative face layer electronic conductivity",
    "Negative face layer activation energy",
    "Negative face layer thermodynamic factor",
)


def blank(folder):
    """The study with spectra to be replaced."""
    text = 'title = "synthetic"\n[cells.coated]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
    rows = "".join(f"{f:.17g},1,-1\n" for f in FREQUENCIES)
    for T in TEMPERATURES:
        (folder / f"{T}.csv").write_text("frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + rows)
        text += f'[[experiments]]\nkind = "impedance"\ncell = "coated"\nfile = "{T}.csv"\n'
        text += f'temperature = "{T} degC"\nnoise = "{100 * NOISE} %"\n'
    text += '[[experiments]]\nkind = "polarisation"\ncell = "coated"\nduration = "1 h"\n'
    text += 'current_density = ["0.1 mA/cm2"]\nvoltage = ["13 mV"]\nnoise = "0.5 mV"\n'
    text += "".join(f'[[free]]\nname = "{name}"\n' for name in FREE)
    (folder / "study.toml").write_text(text)
    return load_study(folder / "study.toml")


def with_noise(study):
    """The study with spectra of the priors' centre and noise."""
    rng, experiments = np.random.default_rng(0), []
    for e in study.experiments:
        if hasattr(e, "impedance"):
            at = {"Ambient temperature [K]": e.temperature}
            z = study.cells[e.cell].compiled.impedance(e.frequency, at)
            noise = NOISE * np.abs(z) * rng.normal(size=(2, len(z)))
            e = replace(e, impedance=z + noise[0] + 1j * noise[1])
        experiments.append(e)
    return replace(study, experiments=tuple(experiments))


def profiled(problem):
    """Print the time that the profile likelihoods of all parameters take."""
    fitted = fit(problem)
    begin = perf_counter()
    sets = sum(len(profile.values) for profile in profiles(fitted, points=HELD))
    print(f"profile likelihood: {sets} sets in {perf_counter() - begin:.1f} s")


def main():
    """Print the first fit's time and the median of later ones, for one start and eight."""
    without_options("study", __doc__)
    with tempfile.TemporaryDirectory() as folder:
        problem = with_noise(blank(Path(folder))).problem()
        for starts in (1, 8):
            times = []
            for _ in range(1 + REPEATS):
                begin = perf_counter()
                fit(problem, starts)
                times.append(perf_counter() - begin)
            later = np.median(times[1:])
            print(f"{starts} starts: first {times[0]:.2f} s, then {1e3 * later:.0f} ms")
        profiled(problem)


if __name__ == "__main__":
    main()
