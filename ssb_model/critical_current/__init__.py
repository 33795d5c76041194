"""Critical current: the laws that turn an interface resistance into the current at the short.

>>> from ssb_model.critical_current import LAWS
>>> print(*LAWS)
A0 A B C D
"""

from ssb_model.critical_current.forecast import (
    Forecast,
    LibraryCell,
    learn,
    learned_forecast,
    leave_one_out,
    library_cells,
)
from ssb_model.critical_current.laws.base import Constant, CriticalCurrentLaw, MeasuredCell
from ssb_model.critical_current.laws.calibrate import LAWS, calibrate
from ssb_model.critical_current.laws.cell_voltage import CellVoltageLaw
from ssb_model.critical_current.laws.contact import ContactLaw
from ssb_model.critical_current.laws.exponential import ExponentialLaw
from ssb_model.critical_current.laws.general_form import law_inputs
from ssb_model.critical_current.laws.interface_voltage import InterfaceVoltageLaw
from ssb_model.critical_current.laws.power import PowerLaw
from ssb_model.critical_current.laws.wetting import WettingLaw
from ssb_model.critical_current.leakage import (
    CoatedFace,
    LeakageWindow,
    electron_supply,
    leakage_factor,
    leakage_window,
)
from ssb_model.field.pellet import pellet_constriction
from ssb_model.measurements.cycling import Cycling, Life, contact_loss_for_life, run_cycling
from ssb_model.measurements.ramp import CriticalCurrent, Ramp, run_ramp
from ssb_model.measurements.shorting_cell import FILAMENT, LOSS, ShortingCell

__all__ = [
    "FILAMENT",
    "LAWS",
    "LOSS",
    "CellVoltageLaw",
    "CoatedFace",
    "Constant",
    "ContactLaw",
    "CriticalCurrent",
    "CriticalCurrentLaw",
    "Cycling",
    "ExponentialLaw",
    "Forecast",
    "InterfaceVoltageLaw",
    "LeakageWindow",
    "LibraryCell",
    "Life",
    "MeasuredCell",
    "PowerLaw",
    "Ramp",
    "ShortingCell",
    "WettingLaw",
    "calibrate",
    "contact_loss_for_life",
    "electron_supply",
    "law_inputs",
    "leakage_factor",
    "leakage_window",
    "learn",
    "learned_forecast",
    "leave_one_out",
    "library_cells",
    "pellet_constriction",
    "run_cycling",
    "run_ramp",
]
