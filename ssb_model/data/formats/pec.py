"""PEC (LifeTest) exports (.csv): "Total Time (Seconds)", mV and mA."""

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format, line_with

FORMAT = Format(
    name="PEC",
    signature=line_with(r"Total[ _]Time[ _]\(?Seconds", r"Voltage[ _]\(?m?V\b"),
    end=UNKNOWN,
    columns={
        "Total Time (*)": "time",
        "Total_Time_Seconds": "time [s]",
        "Current (*)": "current",
        "Current_mA": "current [mA]",
        "Voltage (*)": "voltage",
        "Voltage_mV": "voltage [mV]",
        "Charge Capacity (*)": "charge capacity",
        "Charge_Capacity_mAh": "charge capacity [mAh]",
        "Discharge Capacity (*)": "discharge capacity",
        "Discharge_Capacity_mAh": "discharge capacity [mAh]",
        "Cycle": "cycle",
        "Step": "step",
    },
)
