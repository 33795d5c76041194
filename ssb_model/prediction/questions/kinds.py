"""The kinds of question, each answered by a kind of experiment of a study."""

from __future__ import annotations

from collections.abc import Sequence

from ssb_model.constants import TO_OHM_CM2
from ssb_model.prediction.questions.question import Kind, Question
from ssb_model.study import (
    ActivationEnergyTable,
    GrowthTable,
    ImpedanceTable,
    PolarisationTable,
    RateTable,
    ResistanceTable,
)

RESISTANCE = "interface resistance"
CRITICAL_CURRENT = "critical current density"
SPECTRUM = "spectrum"
ROOM_TEMPERATURE = 25.0  # degC
#: of the Arrhenius line that gives an activation energy
TEMPERATURES = ("25 degC", "40 degC", "60 degC", "80 degC")

_N = r"(\d+(?:\.\d+)?)"


def _mA_cm2(currents: Sequence[float]) -> list[str]:
    return [f"{J:g} mA/cm2" for J in currents]


KINDS = (
    Kind(
        "symmetric",
        rf"{RESISTANCE}(?: at {_N} degC)?",
        f"{RESISTANCE} at 60 degC",
        "ohm cm2",
        "resistance",
        TO_OHM_CM2,
        lambda at: ResistanceTable(
            kind="resistance",
            cell="symmetric",
            temperature=[f"{ROOM_TEMPERATURE if T is None else T:g} degC" for T in at],
        ),
    ),
    Kind(
        "symmetric",
        "cell resistance",
        "cell resistance",
        "ohm cm2",
        "cell resistance",
        TO_OHM_CM2,
        lambda _: ResistanceTable(kind="resistance", cell="symmetric", quantity="cell"),
    ),
    Kind(
        "symmetric",
        "interface activation energy",
        "interface activation energy",
        "kJ/mol",
        "activation energy",
        1e-3,
        lambda _: ActivationEnergyTable(
            kind="activation energy", cell="symmetric", temperatures=list(TEMPERATURES)
        ),
    ),
    Kind(
        "symmetric",
        rf"polarisation at {_N} mA/cm2",
        "polarisation at 0.1 mA/cm2",
        "mV",
        "polarisation",
        1e3,
        lambda J: PolarisationTable(
            kind="polarisation",
            cell="symmetric",
            current_density=_mA_cm2(J),
            duration="1 h",
        ),
    ),
    Kind(
        "symmetric",
        rf"polarisation at {_N} mA/cm2 after {_N} h",
        "polarisation at 0.1 mA/cm2 after 2000 h",
        "mV",
        "polarisation",
        1e3,
        lambda J, hours: PolarisationTable(
            kind="polarisation",
            cell="symmetric",
            current_density=_mA_cm2(J),
            duration=f"{hours:g} h",
        ),
    ),
    Kind(
        "symmetric",
        rf"growth of interface resistance at {_N} mA/cm2 in {_N} h",
        "growth of interface resistance at 0.1 mA/cm2 in 200 h",
        "ohm cm2",
        "growth",
        TO_OHM_CM2,
        lambda J, hours: GrowthTable(
            kind="growth", cell="symmetric", current_density=_mA_cm2(J), duration=f"{hours:g} h"
        ),
    ),
    Kind(
        "full",
        rf"capacity at {_N}C",
        "capacity at 0.5C",
        "mAh/g",
        "capacity",
        1.0,
        lambda rates: RateTable(kind="rate", cell="full", c_rate=rates),
    ),
    Kind(
        "full",
        rf"capacity at {_N}C after {_N} cycles",
        "capacity at 0.5C after 200 cycles",
        "mAh/g",
        "capacity",
        1.0,
        lambda rates, cycles: RateTable(kind="rate", cell="full", c_rate=rates, cycles=cycles),
    ),
)
#: what may be asked, one example a kind
EXAMPLES = tuple(kind.example for kind in KINDS)
IMPEDANCE = Question(
    Kind(
        "symmetric",
        SPECTRUM,
        SPECTRUM,
        "ohm cm2",
        "resistance",
        TO_OHM_CM2,
        lambda _: ImpedanceTable(
            kind="impedance", cell="symmetric", frequencies=["10 mHz", "10 MHz"]
        ),
    ),
    (SPECTRUM,),
)
