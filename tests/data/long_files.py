"""A longer synthetic record with noise, and a spectrum of many points, as instruments write them.

Two cycles at 2 mA, rests between them, a sample a minute, 0.2 mV of noise; and
two arcs from 1 MHz to 10 mHz, ten points a decade, 0.3 % of noise.
"""

import numpy as np

from tests.data.cell import File, table

DRAW = np.random.default_rng(22)
CYCLES, MINUTE, HOUR = 2, 60.0, 3600.0
_CURRENT = np.concatenate([np.zeros(10), np.full(120, -2e-3), np.zeros(20), np.full(110, 2e-3)])
CURRENT = np.tile(_CURRENT, CYCLES)  # positive on discharge
TIME = MINUTE * np.arange(len(CURRENT))
STEP = np.cumsum(np.diff(CURRENT, prepend=CURRENT[0]) != 0) + 1
CYCLE = np.repeat(np.arange(1, CYCLES + 1), len(_CURRENT))
CHARGE = np.concatenate([[0.0], np.cumsum((CURRENT[1:] + CURRENT[:-1]) / 2) * MINUTE / HOUR])
VOLTAGE = 3.1 - 120 * CHARGE - 40 * CURRENT + DRAW.normal(0, 2e-4, len(TIME))
FREQUENCY = np.logspace(6, -2, 81)
_S = 2j * np.pi * FREQUENCY
IMPEDANCE = 5 + 40 / (1 + _S * 4e-5) + 60 / (1 + (_S * 0.2) ** 0.85)
IMPEDANCE = IMPEDANCE + abs(IMPEDANCE) * 3e-3 * (DRAW.normal(size=81) + 1j * DRAW.normal(size=81))


def _record(names: tuple[str, str, str], units: tuple[float, float, float], **others) -> File:
    values = (TIME, -CURRENT, VOLTAGE)
    columns = {n: v * u for n, v, u in zip(names, values, units, strict=True)} | others
    return table(
        columns, dict(zip(("time", "current", "voltage"), names, strict=True)), separator=","
    )


def _spectrum(names: tuple[str, str, str], **layout) -> File:
    columns = dict(zip(names, (FREQUENCY, IMPEDANCE.real, -IMPEDANCE.imag), strict=True))
    return table(
        columns, dict(zip(("frequency", "real", "imaginary"), names, strict=True)), **layout
    )


LONG_FILES = {
    "plain record": _record(("time/s", "I/mA", "U/V"), (1, 1e3, 1)),
    "LAND record": _record(
        ("TestTime/Sec.", "Current/mA", "Voltage/V"), (1, 1e3, 1), **{"Cycle-Index": CYCLE}
    ),
    "Novonix record": _record(
        ("Run Time (h)", "Current (A)", "Potential (V)"), (1 / HOUR, 1, 1), **{"Step Number": STEP}
    ),
    "Arbin record": _record(
        ("Test_Time(s)", "Current(A)", "Voltage(V)"),
        (1, 1, 1),
        **{"Data_Point": np.arange(1.0, len(TIME) + 1), "Cycle_Index": CYCLE},
    ),
    "plain spectrum": _spectrum(("Frequency/Hz", "Re(Z)/ohm", "-Im(Z)/ohm"), separator=","),
    "BioLogic spectrum": _spectrum(
        ("freq/Hz", "Re(Z)/Ohm", "-Im(Z)/Ohm"),
        preamble=("EC-Lab ASCII FILE", "Nb header lines : 3"),
    ),
}
