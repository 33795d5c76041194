"""The Battery Data Format's vocabulary, as CSV: labels "Voltage / V" or names "voltage_volt".

Its current is positive on charge.
"""

import re

from ssb_model.data.ends import UNKNOWN
from ssb_model.data.format import Format

COLUMNS = {
    "Test Time / *": "time",
    "test_time_second": "time [s]",
    "Current / *": "current",
    "current_ampere": "current [A]",
    "Voltage / *": "voltage",
    "voltage_volt": "voltage [V]",
    "Net Capacity / *": "capacity",
    "net_capacity_ah": "capacity [A.h]",
    "Charging Capacity / *": "charge capacity",
    "charging_capacity_ah": "charge capacity [A.h]",
    "Discharging Capacity / *": "discharge capacity",
    "discharging_capacity_ah": "discharge capacity [A.h]",
    "Cycle Count / 1": "cycle",
    "cycle_count": "cycle",
    "Step Count / 1": "step",
    "step_count": "step",
    "Ambient Temperature / *": "temperature",
    "ambient_temperature_celsius": "temperature [degC]",
}

FORMAT = Format(
    name="Battery Data Format",
    signature=re.compile(r"\bTest Time / s\b|\btest_time_second\b"),
    end=UNKNOWN,
    columns=COLUMNS,
    current_positive_on="charge",
)
