"""What a coating is asked: quantities of its symmetric and its full cell, by the names they have in
a prediction, each answered by one kind of experiment of :mod:`ssb_model.study`."""

from dataclasses import dataclass
from pathlib import Path

from ssb_model.study.kinds import Source
from ssb_model.study.kinds.growth import GrowthTable
from ssb_model.study.kinds.impedance import ImpedanceTable
from ssb_model.study.kinds.polarisation import PolarisationTable
from ssb_model.study.kinds.rate import RateTable
from ssb_model.study.kinds.resistance import ActivationEnergyTable, ResistanceTable

TEMPERATURES = (25, 40, 60, 80)  # degC
CURRENTS = (0.1, 0.2, 0.5, 1.0, 2.0)  # mA/cm2
RATES = (0.1, 0.2, 0.3, 0.5, 0.8, 1.0)
GROWTH_CURRENTS = (0.1, 1.0)  # mA/cm2
LONG = 2000  # h
CYCLES = 200
RESISTANCE = "interface resistance"
SPECTRUM = "spectrum"
FREQUENCIES = ("10 mHz", "10 MHz")

OHM_CM2 = 1e4  # of one Ohm.m2


@dataclass(frozen=True)
class Question:
    """One experiment without measured values.

    Attributes
    ----------
    cell : str
        "symmetric" or "full".
    table : ExperimentTable
    names : tuple of str
        Of its numbers in a prediction; one name of a spectrum.
    unit : str
    factor : float
        From SI to that unit.
    """

    cell: str
    table: object
    names: tuple
    unit: str
    factor: float

    def experiments(self, cell):
        """The experiments, for the kind's own simulators."""
        return self.table.read(Source("prediction", 0, Path(), cell, predicted=True))


def _currents(values):
    return [f"{J:g} mA/cm2" for J in values]


def _symmetric(table_type, names, unit, factor, **keys):
    table = table_type(cell="symmetric", **keys)
    return Question("symmetric", table, tuple(names), unit, factor)


def _rates(rates, names, **keys):
    table = RateTable(kind="rate", cell="full", c_rate=list(rates), **keys)
    return Question("full", table, tuple(names), "mAh/g", 1.0)


AT_REST = (
    _symmetric(
        ResistanceTable,
        [RESISTANCE, *(f"{RESISTANCE} at {T} degC" for T in TEMPERATURES[1:])],
        "ohm cm2",
        OHM_CM2,
        kind="resistance",
        temperature=[f"{T} degC" for T in TEMPERATURES],
    ),
    _symmetric(
        ResistanceTable,
        ["cell resistance"],
        "ohm cm2",
        OHM_CM2,
        kind="resistance",
        quantity="cell",
    ),
    _symmetric(
        ActivationEnergyTable,
        ["interface activation energy"],
        "kJ/mol",
        1e-3,
        kind="activation energy",
        temperatures=[f"{T} degC" for T in TEMPERATURES],
    ),
)
ROOM = _symmetric(ResistanceTable, [RESISTANCE], "ohm cm2", OHM_CM2, kind="resistance")
CYCLED = (
    _symmetric(
        PolarisationTable,
        [f"polarisation at {J:g} mA/cm2" for J in CURRENTS],
        "mV",
        1e3,
        kind="polarisation",
        current_density=_currents(CURRENTS),
        duration="1 h",
    ),
    _symmetric(
        PolarisationTable,
        [f"polarisation after {LONG} h at {CURRENTS[0]:g} mA/cm2"],
        "mV",
        1e3,
        kind="polarisation",
        current_density=_currents(CURRENTS[:1]),
        duration=f"{LONG} h",
    ),
    _symmetric(
        GrowthTable,
        [f"growth of interface resistance in 200 h at {J:g} mA/cm2" for J in GROWTH_CURRENTS],
        "ohm cm2",
        OHM_CM2,
        kind="growth",
        current_density=_currents(GROWTH_CURRENTS),
        duration="200 h",
    ),
)
DISCHARGED = (
    _rates(RATES, [f"capacity at {rate:g}C" for rate in RATES]),
    _rates([0.5], [f"capacity at 0.5C after {CYCLES} cycles"], cycles=CYCLES),
)
IMPEDANCE = _symmetric(
    ImpedanceTable, [SPECTRUM], "ohm cm2", OHM_CM2, kind="impedance", frequencies=list(FREQUENCIES)
)
QUESTIONS = (*AT_REST, *CYCLED, *DISCHARGED, IMPEDANCE)


def asked():
    """Names and units of all that can be asked for as one number.

    >>> asked()["capacity at 1C"]
    'mAh/g'
    """
    return {name: q.unit for q in QUESTIONS if q is not IMPEDANCE for name in q.names}
