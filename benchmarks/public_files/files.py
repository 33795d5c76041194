"""The files: where each is from, its circuit, and what its authors fitted or made it from."""

from typing import Any, NamedTuple

HSU_MANSFELD = "C{} (Hsu-Mansfeld)"
BARE = {
    "columns": ("frequency", "real", "imaginary"),
    "units": {"frequency": "Hz", "real": "ohm", "imaginary": "ohm"},
}
NAMED = {"units": BARE["units"]}
EISFIT = ("EISFitpython (Adediwura et al.)", "MIT")
PYIMPSPEC = ("pyimpspec", "GPL-3.0-or-later")
HYBRID = ("hybrid-drt (Huang)", "BSD-3-Clause")
IMPEDANCE_PY = ("impedance.py", "MIT")


class File(NamedTuple):
    """A file in one of the folders, where it is from, and the circuit that it is fitted with.

    ``known`` are numbers of the file's authors, by our names of them.
    """

    what: str
    paths: tuple[str, ...]
    origin: tuple[str, str]
    circuit: str
    shown: tuple[str, ...]
    known: dict[str, float] = {}
    declared: dict[str, Any] = {}


TWO_ARCS = ("R1", "R2", "n1", "n2")
CERAMIC = ("R1", HSU_MANSFELD.format(1), "R2", HSU_MANSFELD.format(2))
CERAMICS = {  # by EISFitpython: resistances of its Batch_EISfit_Report.txt, its capacitances
    140: (1.462e5, 6.996e-12, 2.012e6, 1.741e-11),
    150: (1.123e5, 6.847e-12, 1.139e6, 1.778e-11),
    160: (7.949e4, 6.640e-12, 6.673e5, 1.777e-11),
    170: (5.605e4, 6.397e-12, 3.980e5, 1.775e-11),
    180: (3.984e4, 6.062e-12, 2.430e5, 1.788e-11),
    190: (2.743e4, 5.787e-12, 1.526e5, 1.780e-11),
    200: (2.246e4, 5.756e-12, 9.502e4, 1.877e-11),
}
FILES = [
    File(
        "LAGP, blocked",
        ("cases/files/novocontrol_lagp.txt", "EISFitpython/EIS_Data/Example-2/Example2b.txt"),
        EISFIT,
        "(RQ)-(RQ)-Q",
        (*TWO_ARCS, "nQ"),
        {"R1": 44712, "R2": 47122, "n1": 0.850, "n2": 0.819, "nQ": 0.882},
    ),
    *(
        File(
            f"ceramic s04147, {T} °C",
            (
                *(("cases/files/nz_140.csv",) if T == 140 else ()),
                f"EISFitpython/EIS_Data/Example-3-4/s04147-{T}deg.txt",
            ),
            EISFIT,
            "(RQ)-(RQ)-Q",
            CERAMIC,
            dict(zip(CERAMIC, known, strict=True)),
        )
        for T, known in CERAMICS.items()
    ),
    File(
        "ceramic without header",
        ("cases/files/headerless.txt",),
        EISFIT,
        "(RQ)-(RQ)-Q",
        TWO_ARCS,
        declared=BARE,
    ),
    File(
        "Li6PS5Cl, blocked, -25 °C",
        ("data/eis/PEIS_LPSCl_IonBlocking_-25C.txt",),
        HYBRID,
        "R-(RQ)-Q",
        ("R0", "R1", "n1", "nQ"),
    ),
    File(
        "circuit, made",
        ("cases/files/imported_zero_modulus.mpt",),
        PYIMPSPEC,
        "R-(RC)-(RQ)",
        ("R0", "R1", "tau1", "R2", "n2"),
        {"R0": 100, "R1": 200, "tau1": 1.6e-4, "R2": 500, "n2": 0.5},
    ),
    File(
        "arc, made",
        ("cases/files/freq_Zreal_Zimag_no_units.csv",),
        ("GP-DRT (Liu, Ciucci)", "not stated"),
        "R-(RQ)",
        ("R0", "R1", "tau1", "n1"),
        declared=NAMED,
    ),
    File(
        "arc and slow loop, made",
        ("cases/files/lf_loop.csv",),
        ("as in pyDRTtools, issue 12", "made"),
        "R-(RQ)-loop",
        ("R1", "loop"),
        {"R1": 20, "loop": 6},
    ),
    File(
        "BioLogic example",
        ("data/eis/exampleDataBioLogic.mpt",),
        IMPEDANCE_PY,
        "R-(RQ)",
        ("R0", "R1", "n1"),
    ),
    File(
        "ZPlot example",
        ("data/eis/exampleDataZPlot.z",),
        IMPEDANCE_PY,
        "L-R-(RQ)",
        ("R0", "R1", "n1"),
    ),
    File(
        "battery example",
        ("data/eis/exampleData.csv",),
        IMPEDANCE_PY,
        "L-R-(RQ)-(RQ)-Q",
        ("R0", "R1", "R2"),
        declared=BARE,
    ),
    File(
        "Gamry example",
        ("data/eis/exampleDataGamry.DTA",),
        IMPEDANCE_PY,
        "R-(RQ)-(RQ)",
        ("R1", "R2"),
    ),
    File(
        "file without its frequencies",
        ("data/eis/exampleDataBioLogic_MissingFreq.mpt",),
        IMPEDANCE_PY,
        "",
        (),
    ),
]
