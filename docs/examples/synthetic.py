"""Write the measured files of the quick start and the how-to pages: synthetic, and they say so.

Run ``python docs/examples/synthetic.py``. The coated symmetric cell is that of ``ssb new study``;
the full cell has the same coating. Noise: 0.5 % of the modulus, 1 mV.
"""

from pathlib import Path

import numpy as np
import pybamm

import ssb_model

FOLDER = Path(__file__).parent
NOTE = "# synthetic: made by docs/examples/synthetic.py from the model, with noise; not measured\n"
SPECTRUM = "frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm"
RECORD = "time/s,current/A,voltage/V"
FREQUENCIES = np.logspace(6.5, 0, 53)  # Hz
CELL = {"Cell area [m2]": 0.785e-4, "Garnet thickness [m]": 0.9e-3}
TRUTH = {"Garnet conductivity [S.m-1]": 0.0752}
T = "Ambient temperature [K]"


def parameters(cell):
    """The coated cell's values with this pellet's own."""
    return ssb_model.cell_parameters(cell, coating="zni2-0.5", values=CELL | TRUTH)


def spectra(rng):
    """The symmetric cell at 25 and 60 degC."""
    options = {"double layer": "constant phase"}
    cell = ssb_model.SymmetricCell(options)
    values = parameters("symmetric")
    compiled = ssb_model.compile(cell, values, inputs=[T])
    for celsius in (25, 60):
        z = compiled.impedance(FREQUENCIES, {T: celsius + 273.15})
        z = z * (1 + 0.005 * (rng.normal(size=z.shape) + 1j * rng.normal(size=z.shape)))
        write(f"coated_{celsius}C.csv", SPECTRUM, FREQUENCIES, z.real, z.imag)


def pulses(rng):
    """Three pulses of 20 min at 0.2 mA, each followed by 20 min of rest, from the charged cell."""
    values = parameters("full")
    outputs = ["Voltage [V]", "Current [A]"]
    compiled = ssb_model.compile(ssb_model.FullCell(), values, outputs=outputs)
    steps = [("Discharge at 0.2 mA for 20 minutes", "Rest for 20 minutes")] * 3
    found = compiled.solve(experiment=pybamm.Experiment(steps, period="1 minute"))
    voltage = found["Voltage [V]"] + 1e-3 * rng.normal(size=len(found.t))
    write("pulses_25C.csv", RECORD, found.t, found["Current [A]"], voltage)


def write(name, header, *columns):
    """A table with six digits."""
    path = FOLDER / name
    np.savetxt(path, np.column_stack(columns), "%.6g", ",", header=NOTE + header, comments="")
    print(path)


if __name__ == "__main__":
    rng = np.random.default_rng(2026)
    spectra(rng)
    pulses(rng)
