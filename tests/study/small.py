"""A small study of synthetic spectra with noise, quick to fit in a few iterations."""

import numpy as np

from ssb_model.study import load_study

FREQUENCIES = np.logspace(0, 6.5, 30)
TEMPERATURES = (25, 60)
TRUTH = {
    "Garnet conductivity": 0.06,
    "Negative face exchange-current density": 180.0,
    "Negative face double-layer capacity": 0.014,
}


def text(noise="estimate"):
    """The study file."""
    written = 'title = "small"\n[cells.coated]\ntype = "symmetric"\ncoating = "zni2-0.5"\n'
    for T in TEMPERATURES:
        written += (
            f'[[experiments]]\nkind = "impedance"\ncell = "coated"\nfile = "{T}.csv"\n'
            f'temperature = "{T} degC"\nnoise = "{noise}"\n'
        )
    return written + "".join(f'[[free]]\nname = "{name}"\n' for name in TRUTH)


def write_small_study(folder, noise="estimate"):
    """Write study.toml and its spectra, of the truth with 0.5 % noise, to a folder."""
    path = folder / "study.toml"
    path.write_text(text(noise))
    for T in TEMPERATURES:
        _write(folder / f"{T}.csv", np.ones(len(FREQUENCIES)) + 0j)
    blank, rng = load_study(path), np.random.default_rng(5)
    mapping = blank.free.mapping("coated")
    inputs = {mapping[label][0]: value for label, value in TRUTH.items()}
    for T in TEMPERATURES:
        at = inputs | {"Ambient temperature [K]": T + 273.15}
        z = blank.cells["coated"].compiled.impedance(FREQUENCIES, at)
        noise = 0.005 * np.abs(z) * rng.normal(size=(2, len(z)))
        _write(folder / f"{T}.csv", z + noise[0] + 1j * noise[1])
    return path


def _write(path, z):
    rows = zip(FREQUENCIES, z.real, z.imag, strict=True)
    lines = [
        "frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm",
        *(f"{f:.17g},{a:.17g},{b:.17g}" for f, a, b in rows),
    ]
    path.write_text("\n".join(lines) + "\n")
