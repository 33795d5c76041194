"""What a coating is asked, by name: each is answered by a kind of experiment of a study.

>>> [question] = questions(["capacity at 0.5C", "capacity at 2C"])
>>> question.unit, question.table.c_rate
('mAh/g', [0.5, 2.0])
"""

import re
from dataclasses import dataclass
from pathlib import Path

from ssb_model.constants import TO_KJ, TO_MV, TO_OHM_CM2
from ssb_model.errors import InputError, suggestion
from ssb_model.study import (
    ActivationEnergyTable,
    GrowthTable,
    ImpedanceTable,
    PolarisationTable,
    RateTable,
    ResistanceTable,
    Source,
)

RESISTANCE = "interface resistance"
CRITICAL_CURRENT = "critical current density"
SPECTRUM = "spectrum"
USUAL_TEMPERATURE = 25.0  # degC
#: of the Arrhenius line that gives an activation energy
TEMPERATURES = ("25 degC", "40 degC", "60 degC", "80 degC")


@dataclass(frozen=True)
class Question:
    """One experiment without measured values.

    Attributes
    ----------
    cell : str
        "symmetric" or "full".
    table : ExperimentTable
    names : tuple of str
        Of its numbers; a spectrum has one.
    unit : str
    factor : float
        From SI to that unit; of a spectrum after its impedance is multiplied by the cell's area.
    """

    cell: str
    table: object
    names: tuple
    unit: str
    factor: float

    def experiments(self, cell):
        """The experiments, for the kind's own simulators."""
        return self.table.read(Source("prediction", 0, Path(), cell, predicted=True))


@dataclass(frozen=True)
class _Kind:
    """How the names of one kind of question are written and asked.

    ``table`` makes the experiment's table of the numbers found in the names: the first group of
    each, a list, and the other groups, the same in all names of one experiment.
    """

    cell: str
    pattern: str
    example: str
    unit: str
    factor: float
    table: object


_N = r"(\d+(?:\.\d+)?)"


def _mA_cm2(currents):
    return [f"{J:g} mA/cm2" for J in currents]


_KINDS = (
    _Kind(
        "symmetric",
        rf"{RESISTANCE}(?: at {_N} degC)?",
        f"{RESISTANCE} at 60 degC",
        "ohm cm2",
        TO_OHM_CM2,
        lambda at: ResistanceTable(
            kind="resistance",
            cell="symmetric",
            temperature=[f"{USUAL_TEMPERATURE if T is None else T:g} degC" for T in at],
        ),
    ),
    _Kind(
        "symmetric",
        "cell resistance",
        "cell resistance",
        "ohm cm2",
        TO_OHM_CM2,
        lambda _: ResistanceTable(kind="resistance", cell="symmetric", quantity="cell"),
    ),
    _Kind(
        "symmetric",
        "interface activation energy",
        "interface activation energy",
        "kJ/mol",
        TO_KJ,
        lambda _: ActivationEnergyTable(
            kind="activation energy", cell="symmetric", temperatures=list(TEMPERATURES)
        ),
    ),
    _Kind(
        "symmetric",
        rf"polarisation at {_N} mA/cm2",
        "polarisation at 0.1 mA/cm2",
        "mV",
        TO_MV,
        lambda J: PolarisationTable(
            kind="polarisation",
            cell="symmetric",
            current_density=_mA_cm2(J),
            duration="1 h",
        ),
    ),
    _Kind(
        "symmetric",
        rf"polarisation at {_N} mA/cm2 after {_N} h",
        "polarisation at 0.1 mA/cm2 after 2000 h",
        "mV",
        TO_MV,
        lambda J, hours: PolarisationTable(
            kind="polarisation",
            cell="symmetric",
            current_density=_mA_cm2(J),
            duration=f"{hours:g} h",
        ),
    ),
    _Kind(
        "symmetric",
        rf"growth of interface resistance at {_N} mA/cm2 in {_N} h",
        "growth of interface resistance at 0.1 mA/cm2 in 200 h",
        "ohm cm2",
        TO_OHM_CM2,
        lambda J, hours: GrowthTable(
            kind="growth", cell="symmetric", current_density=_mA_cm2(J), duration=f"{hours:g} h"
        ),
    ),
    _Kind(
        "full",
        rf"capacity at {_N}C",
        "capacity at 0.5C",
        "mAh/g",
        1.0,
        lambda rates: RateTable(kind="rate", cell="full", c_rate=rates),
    ),
    _Kind(
        "full",
        rf"capacity at {_N}C after {_N} cycles",
        "capacity at 0.5C after 200 cycles",
        "mAh/g",
        1.0,
        lambda rates, cycles: RateTable(kind="rate", cell="full", c_rate=rates, cycles=cycles),
    ),
)
#: what may be asked, one example a kind
EXAMPLES = tuple(kind.example for kind in _KINDS)
IMPEDANCE = Question(
    "symmetric",
    ImpedanceTable(kind="impedance", cell="symmetric", frequencies=["10 mHz", "10 MHz"]),
    (SPECTRUM,),
    "ohm cm2",
    TO_OHM_CM2,
)


def questions(names):
    """The fewest questions that answer all ``names``.

    Raises
    ------
    InputError
        For a name that is none, with the nearest.
    """
    groups = {}
    for name in dict.fromkeys(names):
        kind, (first, *rest) = _read(name)
        groups.setdefault((kind, tuple(rest)), []).append((name, first))
    return [
        Question(
            kind.cell,
            kind.table([first for _, first in asked], *rest),
            tuple(name for name, _ in asked),
            kind.unit,
            kind.factor,
        )
        for (kind, rest), asked in groups.items()
    ]


def unit_of_question(name):
    """The unit of the answer to one name.

    >>> unit_of_question("polarisation at 0.3 mA/cm2")
    'mV'
    """
    return _read(name)[0].unit


def _read(name):
    """The kind of a name, and the numbers in it."""
    for kind in _KINDS:
        found = re.fullmatch(kind.pattern, name)
        if found:
            numbers = [None if text is None else float(text) for text in found.groups()]
            return kind, numbers or [None]
    raise InputError(f'nothing answers "{name}". {suggestion(name, EXAMPLES)}')
