"""The numbers of an experiment's protocols that its simulation needs, in SI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from jaxtyping import Float

from ssb_model.constants import HOUR
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.library import Experiment, Measure

CYCLING = "symmetric cycling at {} mA/cm2"
RAMP = "critical-current ramp"
SPECTRUM = "symmetric-cell impedance"
TESTED, OPTIMUM = 4, 11  # statements: concentrations of the dip
BARE_LIFE = 21  # statement: time until the bare cell's voltage falls


@dataclass(frozen=True)
class CellProtocol:
    """What is done to the cells.

    Attributes
    ----------
    temperatures
        Of the impedance against temperature [K].
    currents
        Of the symmetric cycling [A.m-2], lowest first.
    hours
        Duration of the cycling at each of these currents [h].
    half_cycle
        Duration of a half cycle [s].
    growth_hours
        When the growth of the resistance was read [h].
    rates
        C-rates of the rate test on the way up.
    cycling_rate, cycles
        C-rate and number of cycles of the long full-cell cycling.
    window
        Lower and upper voltage of the full cell [V].
    interfaces_counted
        Whether resistances count one interface or the sum of two.
    concentrations, reference_concentration
        Of ZnI2 in the dips tested, and the one of lowest resistance [mol.m-3].
    ramp
        First current density, its step [A.m-2] and the half cycle [s] of the critical-current ramp.
    bare_hold
        Current density [A.m-2] of the bare cell's cycling and the hours until it fails.
    band
        Frequencies of the impedance [Hz], highest first.
    """

    temperatures: tuple[float, ...]
    currents: tuple[float, ...]
    hours: tuple[float, ...]
    half_cycle: float
    growth_hours: float
    rates: tuple[float, ...]
    cycling_rate: float
    cycles: float
    window: tuple[float, float]
    interfaces_counted: int
    concentrations: tuple[float, ...]
    reference_concentration: float
    ramp: tuple[float, float, float]
    bare_hold: tuple[float, float]
    band: Float[np.ndarray, " frequencies"]


def read_protocol(experiment: Experiment) -> CellProtocol:
    """The protocol of an experiment."""
    cycling = [name for name in experiment.protocols if name.startswith(CYCLING.split("{")[0])]
    currents = [_value(experiment, name, "current density", "A.m-2") for name in cycling]
    hours = [_value(experiment, name, "cycles", "-") * 2 for name in cycling]
    first = cycling[0]
    return CellProtocol(
        temperatures=_values(experiment, "variable-temperature impedance", "temperatures", "K"),
        currents=tuple(currents),
        hours=tuple(
            h * _value(experiment, name, "half cycle duration", "s") / HOUR
            for h, name in zip(hours, cycling, strict=True)
        ),
        half_cycle=_value(experiment, first, "half cycle duration", "s"),
        growth_hours=_value(experiment, first, "time of resistance", "s") / HOUR,
        rates=_rising(_values(experiment, "full-cell rate test", "discharge C-rates", "-")),
        cycling_rate=_value(experiment, "full-cell cycling", "discharge C-rate", "-"),
        cycles=_value(experiment, "full-cell cycling", "cycles", "-"),
        window=(
            _value(experiment, "full-cell rate test", "lower voltage", "V"),
            _value(experiment, "full-cell rate test", "upper voltage", "V"),
        ),
        interfaces_counted=experiment.interfaces_counted,
        concentrations=numbers(experiment.statements[TESTED], "mol.m-3"),
        reference_concentration=number(experiment.statements[OPTIMUM], "mol.m-3"),
        ramp=(
            _value(experiment, RAMP, "first current density", "A.m-2"),
            _value(experiment, RAMP, "current density step", "A.m-2"),
            _value(experiment, RAMP, "half cycle duration", "s"),
        ),
        bare_hold=(
            _value(experiment, first, "bare cell current density", "A.m-2"),
            number(experiment.statements[BARE_LIFE], "s") / HOUR,
        ),
        band=_band(experiment),
    )


def number(measure: Measure, unit: str) -> float:
    """The one number of a statement or setting."""
    return cast("float", measure.to_si(unit))


def numbers(measure: Measure, unit: str) -> tuple[float, ...]:
    """The numbers of a statement or setting."""
    return cast("tuple[float, ...]", measure.to_si(unit))


def _value(experiment: Experiment, protocol: str, setting: str, unit: str) -> float:
    return number(_setting(experiment, protocol, setting), unit)


def _values(experiment: Experiment, protocol: str, setting: str, unit: str) -> tuple[float, ...]:
    return numbers(_setting(experiment, protocol, setting), unit)


def _setting(experiment: Experiment, protocol: str, setting: str) -> Measure:
    try:
        return experiment.protocols[protocol].settings[setting]
    except KeyError:
        raise InputError(
            f"{experiment.path} has no setting '{setting}' in the protocol '{protocol}', "
            "which the simulation needs; add it."
        ) from None


def _band(experiment: Experiment) -> Float[np.ndarray, " frequencies"]:
    """Frequencies of a spectrum [Hz], highest first."""
    ends = ("highest frequency", "lowest frequency")
    high, low = (_value(experiment, SPECTRUM, end, "Hz") for end in ends)
    each = _value(experiment, SPECTRUM, "points per decade", "-")
    return np.geomspace(high, low, round(np.log10(high / low) * each) + 1)


def _rising(rates: Sequence[float]) -> tuple[float, ...]:
    """The rates on the way up: up to the highest."""
    return tuple(rates[: rates.index(max(rates)) + 1])
