"""Synthetic spectra in each vendor's layout, written by hand; none is a real measurement."""

import numpy as np

from tests.data.cell import FREQUENCY, IMPEDANCE, table

F, Z = FREQUENCY, IMPEDANCE
DEGREES = np.angle(Z, deg=True)
NOTHING = np.zeros_like(F)

IMPEDANCE_FILES = {
    "BioLogic text": table(
        {
            "freq/Hz": F,
            "Re(Z)/Ohm": Z.real,
            "-Im(Z)/Ohm": -Z.imag,
            "|Z|/Ohm": abs(Z),
            "Phase(Z)/deg": DEGREES,
            "time/s": np.arange(len(F)),
            "<I>/mA": NOTHING,
        },
        {"frequency": "freq/Hz", "real": "Re(Z)/Ohm", "imaginary": "-Im(Z)/Ohm"},
        preamble=(
            "EC-Lab ASCII FILE",
            "Nb header lines : 6",
            "Potentio Electrochemical Impedance Spectroscopy (synthetic)",
            "Electrode surface area : 1,000 cm²",
            "",
        ),
    ),
    "Gamry": table(
        {
            "Pt": np.arange(len(F)),
            "Freq": F,
            "Zreal": Z.real,
            "Zimag": Z.imag,
            "Zmod": abs(Z),
            "Zphz": DEGREES,
        },
        {"frequency": "Freq", "real": "Zreal", "imaginary": "Zimag"},
        preamble=(
            "EXPLAIN",
            "TITLE\tLABEL\tsynthetic\tTest &Identifier",
            "OCVCURVE\tTABLE\t1",
            "\tPt\tT\tVf",
            "\t#\ts\tV",
            "\t0\t0.25\t0.1",
            "ZCURVE\tTABLE",
        ),
        below=("\t#\tHz\tohm\tohm\tohm\t°",),
        footer=("EXPERIMENTABORTED\tTOGGLE\tF\tExperiment Aborted",),
        prefix="\t",
    ),
    "ZPlot": table(
        {"Freq(Hz)": F, "Ampl": NOTHING, "Z'(a)": Z.real, "Z''(b)": Z.imag, "Range": NOTHING},
        {"frequency": "Freq(Hz)", "real": "Z'(a)", "imaginary": "Z''(b)"},
        preamble=("ZPLOT2 ASCII", "  Data Points:              13 (synthetic)"),
        below=("End Comments",),
    ),
    "RelaxIS": table(
        {"Data: Frequency": F, "Data: Z'": Z.real, "Data: Z''": Z.imag, "Data: Theta (Z)": DEGREES},
        {"frequency": "Data: Frequency", "real": "Data: Z'", "imaginary": "Data: Z''"},
        preamble=("synthetic spectrum", "Free text: 25"),
        below=("Hz\tOhm\tOhm\tdeg",),
    ),
    "CH Instruments": table(
        {"Freq/Hz": F, "Z'/ohm": Z.real, 'Z"/ohm': Z.imag, "Z/ohm": abs(Z), "Phase/deg": DEGREES},
        {"frequency": "Freq/Hz", "real": "Z'/ohm", "imaginary": 'Z"/ohm'},
        preamble=("A.C. Impedance", "Instrument Model:  CHI660E (synthetic)", "", "Imp SF", ""),
        below=("",),
        separator=", ",
    ),
    "VersaStudio": table(
        {
            "Segment #": NOTHING,
            "E(V)": NOTHING,
            "Frequency(Hz)": F,
            "Z Real": Z.real,
            "Z Imag": Z.imag,
        },
        {"frequency": "Frequency(Hz)", "real": "Z Real", "imaginary": "Z Imag"},
        preamble=("<Application>", "Name=VersaStudio", "</Application>", "<Segment1>", "Type=2"),
        footer=("</Segment1>", "<Graph1>", "1,2", "</Graph1>"),
        separator=",",
        header_line="Definition={}, 0",
    ),
    "PowerSuite": table(
        {"Frequency": F, "Zre": Z.real, "Zimg": Z.imag},
        {"frequency": "Frequency", "real": "Zre", "imaginary": "Zimg"},
    ),
    "plain table": table(
        {"Frequency (Hz)": F, "Z' (Ω)": Z.real, "-Z'' (Ω)": -Z.imag},
        {"frequency": "Frequency (Hz)", "real": "Z' (Ω)", "imaginary": "-Z'' (Ω)"},
        preamble=("# synthetic",),
        separator=";",
    ),
    "Novocontrol": table(
        {" Freq. [Hz]": F, " Zs' [Ohms]": Z.real, " Zs'' [Ohms]": Z.imag},
        {"frequency": " Freq. [Hz]", "real": " Zs' [Ohms]", "imaginary": " Zs'' [Ohms]"},
        preamble=("synthetic sample, 1.12.2020", "Fixed value(s) :  AC Volt  [Vrms]=7.1000e-03  "),
    ),
    "PalmSens": table(
        {
            "freq / Hz": F,
            "neg. Phase / °": -DEGREES,
            "Idc / uA": NOTHING,
            "Z / Ohm": abs(Z),
            "Z' / Ohm": Z.real,
            "-Z'' / Ohm": -Z.imag,
        },
        {"frequency": "freq / Hz", "real": "Z' / Ohm", "imaginary": "-Z'' / Ohm"},
        preamble=("Date and time:,2025-01-01 (synthetic)", "Measurement:,Impedance Spectroscopy"),
        separator=",",
    ),
    "Ivium": table(
        {"freq. /Hz": F, "Z1 /ohm": Z.real, "Z2 /ohm": Z.imag},
        {"frequency": "freq. /Hz", "real": "Z1 /ohm", "imaginary": "Z2 /ohm"},
    ),
}
