"""What an experiment on a compiled cell yields.

Each is a pure JAX function of a compiled model and its inputs, with the batch last: it can be
jitted, differentiated and fitted. :func:`measure` runs one on arrays.

>>> import numpy as np
>>> import ssb_model
>>> from ssb_model.measurements import OUTPUTS, measure, resistances_at_rest
>>> values = ssb_model.cell_parameters("symmetric", coating="bare")
>>> model = ssb_model.SymmetricCell({"buffer layer": "none"})
>>> temperature = "Ambient temperature [K]"
>>> cell = ssb_model.compile(model, values, inputs=[temperature], outputs=OUTPUTS["symmetric"])
>>> R = measure(resistances_at_rest, cell, {temperature: np.array([298.15, 333.15])})
>>> (R["interface"] * 1e4).round(1).tolist()  # ohm cm2
[1084.6, 315.8]
"""

from ssb_model.measurements.at_rest import at_rest, resistances_at_rest
from ssb_model.measurements.batch import measure
from ssb_model.measurements.charging import (
    FULL as FULL,
    UNKNOWN as UNKNOWN,
    Charge,
    charge_of as charge_of,
    charging as charging,
    cycled_discharge,
    read_charge,
)
from ssb_model.measurements.constant_current import constant_current, growth, polarisation
from ssb_model.measurements.cycled import Charging, Cycled, discharges_in_order
from ssb_model.measurements.cycling import Cycling, Life, contact_loss_for_life, run_cycling
from ssb_model.measurements.discharge import (
    LONGEST as LONGEST,
    VoltageCurve,
    discharge_capacity,
    one_c_current,
    voltage_curve,
)
from ssb_model.measurements.members import (
    InputsByLabel as InputsByLabel,
    ValuesByLabel as ValuesByLabel,
    by_member as by_member,
    chunk_for as chunk_for,
    member_inputs as member_inputs,
)
from ssb_model.measurements.names import (
    COMPLETENESS as COMPLETENESS,
    CRITICAL as CRITICAL,
    CYCLES as CYCLES,
    INTERFACE as INTERFACE,
    LEAD_INDUCTANCE as LEAD_INDUCTANCE,
    OUTPUTS,
    POLARISATION as POLARISATION,
    TEMPERATURE as TEMPERATURE,
    WINDOW as WINDOW,
)
from ssb_model.measurements.outcome import Measured
from ssb_model.measurements.periodic import periodic_discharge
from ssb_model.measurements.ramp import SOFT as SOFT, CriticalCurrent, Ramp, run_ramp
from ssb_model.measurements.record import voltage_record
from ssb_model.measurements.resisting import power_of as power_of, scaled as scaled
from ssb_model.measurements.shorting_cell import FILAMENT, LOSS, ShortingCell
from ssb_model.measurements.spectrum import spectrum
from ssb_model.measurements.stripping import stripping_capacity
from ssb_model.measurements.under_current import UnderCurrent, spectrum_under_current

__all__ = [
    "FILAMENT",
    "LOSS",
    "OUTPUTS",
    "Charge",
    "Charging",
    "CriticalCurrent",
    "Cycled",
    "Cycling",
    "Life",
    "Measured",
    "Ramp",
    "ShortingCell",
    "UnderCurrent",
    "VoltageCurve",
    "at_rest",
    "constant_current",
    "contact_loss_for_life",
    "cycled_discharge",
    "discharge_capacity",
    "discharges_in_order",
    "growth",
    "measure",
    "one_c_current",
    "periodic_discharge",
    "polarisation",
    "read_charge",
    "resistances_at_rest",
    "run_cycling",
    "run_ramp",
    "spectrum",
    "spectrum_under_current",
    "stripping_capacity",
    "voltage_curve",
    "voltage_record",
]
