"""Synthetic measured files, written by hand in each vendor's layout; none is a real measurement.

The spectrum is 10 ohm in series with 100 ohm beside 10 microfarad. The cell rests, is discharged
at 2 mA, rests, and is charged at 1 mA; its voltage is 3.4 V - 0.1 V per mAh taken out - 50 ohm
times the discharge current.
"""

from dataclasses import dataclass, field, replace

import numpy as np

FREQUENCY = np.logspace(5, -1, 13)
IMPEDANCE = 10 + 100 / (1 + 2j * np.pi * FREQUENCY * 1e-3)

TIME = np.arange(0.0, 7200.0, 300.0)
CURRENT = 1e-3 * np.select([TIME < 600, TIME < 3000, TIME < 3600], [0.0, 2.0, 0.0], -1.0)
CAPACITY = np.concatenate([[0.0], np.cumsum(CURRENT[1:] * np.diff(TIME))]) / 3600
VOLTAGE = 3.4 - 100 * CAPACITY - 50 * CURRENT
CYCLE = np.where(TIME < 3300, 1, 2)
STEP = np.cumsum(np.diff(CURRENT, prepend=0.0) != 0) + 1


@dataclass(frozen=True)
class File:
    """Preamble, header, rows of cells and footer of a text file, put together by `text`."""

    header: tuple[str, ...]
    rows: list[list[str]]
    preamble: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    separator: str = "\t"
    prefix: str = ""
    header_line: str = "{}"
    quantities: dict[str, int] = field(default_factory=dict)

    @property
    def first_line(self) -> int:
        """Line number of the first row."""
        return len(self.preamble) + 2 + len(self.below)

    @property
    def text(self) -> str:
        names = self.header_line.format(self.separator.join(self.header))
        rows = [self.prefix + self.separator.join(row) for row in self.rows]
        lines = [*self.preamble, self.prefix + names, *self.below, *rows, *self.footer]
        return "\n".join(lines) + "\n"

    def with_cell(self, row: int, quantity: str, text: str) -> "File":
        """The same file with another text in one cell."""
        rows = [list(cells) for cells in self.rows]
        rows[row][self.quantities[quantity]] = text
        return replace(self, rows=rows)

    def with_header(self, quantity: str, text: str) -> "File":
        """The same file with another name over one column."""
        header = list(self.header)
        header[self.quantities[quantity]] = text
        return replace(self, header=tuple(header))


def table(columns: dict[str, np.ndarray], quantities: dict[str, str], **layout) -> File:
    """A file of numeric columns; `quantities` says which header is which quantity."""
    cells = [[f"{value:.9E}" for value in row] for row in zip(*columns.values(), strict=True)]
    header = tuple(columns)
    places = {quantity: header.index(name) for quantity, name in quantities.items()}
    return File(header, cells, quantities=places, **layout)


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
}

T, CHARGING, V = TIME, -CURRENT, VOLTAGE
REQUIRED = ("time", "current", "voltage")


def _cycling(columns: dict[str, np.ndarray], **layout) -> File:
    """Columns whose first three are time, current and voltage."""
    return table(columns, dict(zip(REQUIRED, columns, strict=False)), **layout)


CYCLING_FILES = {
    "BioLogic text": _cycling(
        {
            "time/s": T,
            "I/mA": 1e3 * CHARGING,
            "Ecell/V": V,
            "(Q-Qo)/mA.h": -1e3 * CAPACITY,
            "Ns": STEP,
            "cycle number": CYCLE,
            "Temperature/°C": np.full_like(T, 25),
        },
        preamble=("BT-Lab ASCII FILE", "Nb header lines : 4", "Galvanostatic cycling (synthetic)"),
    ),
    "Arbin": _cycling(
        {
            "Test_Time(s)": T,
            "Current(A)": CHARGING,
            "Voltage(V)": V,
            "Cycle_Index": CYCLE,
            "Step_Index": STEP,
            "Discharge_Capacity(Ah)": CAPACITY,
        },
        separator=",",
    ),
    "LAND": _cycling(
        {
            "TestTime/Sec.": T,
            "Current/mA": 1e3 * CHARGING,
            "Voltage/V": V,
            "Cycle-Index": CYCLE,
            "Capacity/mAh": abs(1e3 * CAPACITY),
        },
    ),
    "Neware CSV": _cycling(
        {
            "Total Time(s)": T,
            "Current(mA)": 1e3 * CHARGING,
            "Voltage(V)": V,
            "Cycle Index": CYCLE,
            "DChg. Cap.(mAh)": 1e3 * CAPACITY,
        },
        separator=",",
    ),
    "Battery Data Format": _cycling(
        {
            "Test Time / s": T,
            "Current / A": CHARGING,
            "Voltage / V": V,
            "Cycle Count / 1": CYCLE,
            "Ambient Temperature / degC": np.full_like(T, 25),
        },
        separator=",",
    ),
    "plain table": _cycling(
        {"time [h]": T / 3600, "current [mA]": 1e3 * CURRENT, "voltage [mV]": 1e3 * V},
        separator=";",
    ),
}
