"""Files that the pages' examples name, put into a folder: synthetic ones, or the pages' own."""

import shutil

import numpy as np

from ssb_model.library import write_template
from tests.data.spectrum_files import IMPEDANCE_FILES
from tests.docs.pages import DOCS, blocks, copy_examples

SMALL_SWEEP = """title = "small"
coating = "coating.toml"
outputs = ["interface resistance", "critical current density", "polarisation at 0.1 mA/cm2"]
[design]
kind = "grid"
[[vary]]
name = "layer thickness"
range = ["50 nm", "900 nm"]
points = 4
[[front]]
x = { output = "interface resistance", best = "low" }
y = { output = "critical current density", best = "high" }
"""
STUDY = blocks(DOCS / "quickstart.md", "toml")[0]
FACTS = 'thickness = "0.9 mm"\ndiameter = "10 mm"\n'


def put_files(folder):
    """Every measured file, study, coating and sweep that an example reads."""
    copy_examples(folder)
    (folder / "study.toml").write_text(STUDY, "utf-8")
    (folder / "other.toml").write_text(STUDY.replace("My pellets", "The other one"), "utf-8")
    for name in ("coating", "a", "b", "c"):
        write_template("coating", folder / f"{name}.toml")
    write_template("protocol", folder / "protocol.toml")
    (folder / "sweep.toml").write_text(SMALL_SWEEP, "utf-8")
    _put_spectra(folder)
    for place in ("my_cells", "docs/examples"):
        (folder / place).mkdir(parents=True)
        copy_examples(folder / place)
    (folder / "my_cells" / "bench.toml").write_text(FACTS, "utf-8")


def _put_spectra(folder):
    """Of other names, headers and units."""
    f, real, imaginary = np.loadtxt(folder / "coated_25C.csv", delimiter=",", skiprows=2).T
    shutil.copy(folder / "coated_25C.csv", folder / "spectrum.csv")
    shutil.copy(folder / "coated_25C.csv", folder / "FILE")
    (folder / "cell.mpt").write_text(IMPEDANCE_FILES["BioLogic text"].text, "utf-8")
    _put(folder / "sweep.csv", "f,Re(Z)/Ohm,B", f / 1e3, real, -imaginary)
    _put(folder / "bare.csv", "", f, real, imaginary)
    time = np.linspace(0, 3600, 61)
    _put(folder / "old.csv", "time/s,current/A,Ecell/V", time, 1e-3 + 0 * time, 3 + time / 1e4)


def _put(path, header, *columns):
    np.savetxt(path, np.column_stack(columns), "%.9g", ",", header=header, comments="")
