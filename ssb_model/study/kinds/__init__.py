"""The kinds of experiment, one file each. To add one: a table, a class, a line here; or, from
another package, an entry point (:mod:`.registry`).
"""

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
    Drawn,
    Experiment,
    ExperimentTable,
    MeasuredTable,
    Range as Range,
    Text as Text,
    Texts as Texts,
    figure_of_numbers as figure_of_numbers,
)
from ssb_model.study.kinds.growth import Growth, GrowthTable
from ssb_model.study.kinds.impedance import ImpedanceTable, Spectrum
from ssb_model.study.kinds.noise import NoiseTable, differing as differing
from ssb_model.study.kinds.polarisation import Polarisation, PolarisationTable
from ssb_model.study.kinds.rate import (
    RateTable,
    RateTest,
)
from ssb_model.study.kinds.registry import registered_tables as registered_tables
from ssb_model.study.kinds.resistance import (
    ActivationEnergy,
    ActivationEnergyTable,
    Resistance,
    ResistanceTable,
)
from ssb_model.study.kinds.source import Source
from ssb_model.study.kinds.spectral import Spectral as Spectral
from ssb_model.study.kinds.stripping import Stripping, StrippingTable
from ssb_model.study.kinds.under_current import (
    ImpedanceUnderCurrent,
    ImpedanceUnderCurrentTable,
)
from ssb_model.study.kinds.voltage import VoltageRecord, VoltageTable

#: the tables of every kind of ours
TABLES = (
    ImpedanceTable,
    ImpedanceUnderCurrentTable,
    ResistanceTable,
    ActivationEnergyTable,
    PolarisationTable,
    GrowthTable,
    StrippingTable,
    DipTable,
    CriticalCurrentTable,
    VoltageTable,
    RateTable,
)

__all__ = [
    "TABLES",
    "ActivationEnergy",
    "ActivationEnergyTable",
    "CriticalCurrent",
    "CriticalCurrentTable",
    "Dip",
    "DipTable",
    "Drawn",
    "Experiment",
    "ExperimentTable",
    "Growth",
    "GrowthTable",
    "ImpedanceTable",
    "ImpedanceUnderCurrent",
    "ImpedanceUnderCurrentTable",
    "MeasuredTable",
    "NoiseTable",
    "Polarisation",
    "PolarisationTable",
    "RateTable",
    "RateTest",
    "Resistance",
    "ResistanceTable",
    "Source",
    "Spectrum",
    "Stripping",
    "StrippingTable",
    "VoltageRecord",
    "VoltageTable",
]
