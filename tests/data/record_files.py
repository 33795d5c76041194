"""Synthetic records of cycling in each cycler's layout, written by hand; none was measured."""

import numpy as np

from tests.data.cell import CAPACITY, CURRENT, CYCLE, STEP, TIME, VOLTAGE, File, table

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
    "Basytec": _cycling(
        {"~Time[h]": T / 3600, "I[A]": CHARGING, "U[V]": V, "Line": STEP, "Cyc-Count": CYCLE},
        preamble=("~Resultfile from Basytec Battery Test System", "~Name of Test: synthetic", "~"),
    ),
    "Maccor": _cycling(
        {"Test Time (sec)": T, "Current": CHARGING, "Voltage": V, "Rec": STEP, "Cycle C": CYCLE},
        preamble=("Today's Date", "Date of Test (synthetic)"),
        separator=",",
    ),
    "Novonix": _cycling(
        {"Run Time (h)": T / 3600, "Current (A)": CHARGING, "Potential (V)": V},
        preamble=("[Summary]", "Novonix (synthetic)", "[End Summary]", "[Data]"),
        separator=",",
    ),
    "PEC": _cycling(
        {"Total Time (Seconds)": T, "Current (mA)": 1e3 * CHARGING, "Voltage (mV)": 1e3 * V},
        separator=",",
    ),
    "Arbin database": _cycling(
        {"Test_Time": T, "Current": CHARGING, "Voltage": V, "Step_Index": STEP},
        separator=",",
    ),
}
