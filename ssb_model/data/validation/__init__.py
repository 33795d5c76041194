"""Can a measured spectrum be trusted, and what does it show at first sight?

>>> import numpy as np
>>> from ssb_model.data.validation import relaxation_times, validate
>>> f = np.geomspace(1e6, 1e-1, 71)  # Hz
>>> z = 120 + 10 / (1 + 2j * np.pi * f * 5e-6)  # Ohm
>>> check = validate(f, z)
>>> check.passes, round(relaxation_times(f, z, kept=check.kept).processes[0].resistance, 3)
(True, 10.0)
"""

from ssb_model.data.validation.capacitance import CLASSES, CapacitanceClass, capacitance_classes
from ssb_model.data.validation.distribution import relaxation_times
from ssb_model.data.validation.findings import Finding, find
from ssb_model.data.validation.first_look import FirstLook, first_look
from ssb_model.data.validation.kramers_kronig import KramersKronig, kramers_kronig
from ssb_model.data.validation.marks import Comparison, Mark, mark_processes
from ssb_model.data.validation.peaks import Peak
from ssb_model.data.validation.process import Process
from ssb_model.data.validation.relaxation import Relaxation
from ssb_model.data.validation.resolved import Resolved
from ssb_model.data.validation.validate import Validation, validate

__all__ = [
    "CLASSES",
    "CapacitanceClass",
    "Comparison",
    "Finding",
    "FirstLook",
    "KramersKronig",
    "Mark",
    "Peak",
    "Process",
    "Relaxation",
    "Resolved",
    "Validation",
    "capacitance_classes",
    "find",
    "first_look",
    "kramers_kronig",
    "mark_processes",
    "relaxation_times",
    "validate",
]
