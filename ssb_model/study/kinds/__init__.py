"""The kinds of experiment, one file each. To add one: a table, a class, a line here."""

from ssb_model.study.kinds.critical_current import CriticalCurrent, CriticalCurrentTable
from ssb_model.study.kinds.dip import (
    CURVE as CURVE,
    SHARE as SHARE,
    THICKNESS as THICKNESS,
    Dip,
    DipTable,
    dipped_resistance as dipped_resistance,
)
from ssb_model.study.kinds.experiment import (
    Experiment,
    ExperimentTable as ExperimentTable,
    Range as Range,
    Text as Text,
    Texts as Texts,
)
from ssb_model.study.kinds.figures import profile_figure as profile_figure
from ssb_model.study.kinds.growth import Growth, GrowthTable
from ssb_model.study.kinds.impedance import ImpedanceTable, Spectrum
from ssb_model.study.kinds.polarisation import Polarisation, PolarisationTable
from ssb_model.study.kinds.rate import (
    CYCLES as CYCLES,
    LONGEST as LONGEST,
    RateTable,
    RateTest,
    one_c_current as one_c_current,
)
from ssb_model.study.kinds.resistance import (
    OUTPUTS as OUTPUTS,
    ActivationEnergy,
    ActivationEnergyTable,
    Resistance,
    ResistanceTable,
)
from ssb_model.study.kinds.source import Source
from ssb_model.study.kinds.voltage import VoltageRecord, VoltageTable

#: every kind's table and class
KINDS = {
    ImpedanceTable: Spectrum,
    ResistanceTable: Resistance,
    ActivationEnergyTable: ActivationEnergy,
    PolarisationTable: Polarisation,
    GrowthTable: Growth,
    DipTable: Dip,
    CriticalCurrentTable: CriticalCurrent,
    VoltageTable: VoltageRecord,
    RateTable: RateTest,
}

__all__ = [
    "KINDS",
    "ActivationEnergy",
    "CriticalCurrent",
    "Dip",
    "Experiment",
    "Growth",
    "Polarisation",
    "RateTest",
    "Resistance",
    "Source",
    "Spectrum",
    "VoltageRecord",
]
