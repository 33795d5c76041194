"""The laws of the critical current, one formula each."""

from typing import TYPE_CHECKING

from ssb_model.critical_current.laws.base import (
    Constant as Constant,
    CriticalCurrentLaw as CriticalCurrentLaw,
    MeasuredCell as MeasuredCell,
)
from ssb_model.critical_current.laws.calibrate import LAWS as LAWS, calibrate as calibrate
from ssb_model.critical_current.laws.cell_voltage import CellVoltageLaw as CellVoltageLaw
from ssb_model.critical_current.laws.contact import (
    SMALLEST_CONTACT as SMALLEST_CONTACT,
    ContactLaw as ContactLaw,
    contact_resistance as contact_resistance,
)
from ssb_model.critical_current.laws.exponential import ExponentialLaw as ExponentialLaw
from ssb_model.critical_current.laws.inputs import law_inputs as law_inputs
from ssb_model.critical_current.laws.interface_voltage import (
    InterfaceVoltageLaw as InterfaceVoltageLaw,
)
from ssb_model.critical_current.laws.power import PowerLaw as PowerLaw
from ssb_model.critical_current.laws.wetting import WettingLaw as WettingLaw

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers as Numbers
