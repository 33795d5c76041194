"""Arbin exports (.csv, .xlsx): "Test_Time(s)" or "Test Time (s)"; current positive on charge."""

import re

from ssb_model.data.ends import NUMBERED
from ssb_model.data.format import Format

FORMAT = Format(
    name="Arbin",
    signature=re.compile(r"Test[_ ]Time ?\(s\)[^\n]*Current ?\(|Step_Index[^\n]*Current ?\("),
    end=NUMBERED,
    columns={
        "Data_Point": "record",
        "Data Point": "record",
        "Test_Time(*)": "time",
        "Test Time (*)": "time",
        "Current(*)": "current",
        "Current (*)": "current",
        "Voltage(*)": "voltage",
        "Voltage (*)": "voltage",
        "Charge_Capacity(*)": "charge capacity",
        "Charge Capacity (*)": "charge capacity",
        "Discharge_Capacity(*)": "discharge capacity",
        "Discharge Capacity (*)": "discharge capacity",
        "Cycle_Index": "cycle",
        "Cycle Index": "cycle",
        "Step_Index": "step",
        "Step Index": "step",
        "Aux_Temperature_1 (*)": "temperature",
        "Aux_Temperature(*)_1": "temperature",
    },
    current_positive_on="charge",
)
