"""The numbers of an experiment's protocols that its simulation needs, in SI."""

from dataclasses import dataclass

from ssb_model.constants import HOUR
from ssb_model.errors import InputError

CYCLING = "symmetric cycling at {} mA/cm2"
RAMP = "critical-current ramp"
RAMP_SETTINGS = (
    ("first current density", "A.m-2"),
    ("current density step", "A.m-2"),
    ("half cycle duration", "s"),
)
TESTED, OPTIMUM = 4, 11  # statements: concentrations of the dip
BARE_LIFE = 21  # statement: time until the bare cell's voltage falls


@dataclass(frozen=True)
class CellProtocol:
    """What is done to the cells.

    Attributes
    ----------
    temperatures : tuple of float
        Of the impedance against temperature [K].
    currents : tuple of float
        Of the symmetric cycling [A.m-2], lowest first.
    hours : tuple of float
        Duration of the cycling at each of these currents [h].
    half_cycle : float
        Duration of a half cycle [s].
    growth_hours : float
        When the growth of the resistance was read [h].
    rates : tuple of float
        C-rates of the rate test on the way up.
    cycling_rate, cycles : float
        C-rate and number of cycles of the long full-cell cycling.
    window : tuple of float
        Lower and upper voltage of the full cell [V].
    interfaces_counted : int
        Whether resistances count one interface or the sum of two.
    concentrations, reference_concentration : tuple of float, float
        Of ZnI2 in the dips tested, and the one of lowest resistance [mol.m-3].
    ramp : tuple of float
        First current density, its step [A.m-2] and the half cycle [s] of the critical-current ramp.
    bare_hold : tuple of float
        Current density [A.m-2] of the bare cell's cycling and the hours until it fails.
    """

    temperatures: tuple
    currents: tuple
    hours: tuple
    half_cycle: float
    growth_hours: float
    rates: tuple
    cycling_rate: float
    cycles: float
    window: tuple
    interfaces_counted: int
    concentrations: tuple
    reference_concentration: float
    ramp: tuple
    bare_hold: tuple


def read_protocol(experiment):
    """The :class:`CellProtocol` of an :class:`ssb_model.library.Experiment`."""
    cycling = [name for name in experiment.protocols if name.startswith(CYCLING.split("{")[0])]
    currents = [_value(experiment, name, "current density", "A.m-2") for name in cycling]
    hours = [_value(experiment, name, "cycles", "-") * 2 for name in cycling]
    first = cycling[0]
    return CellProtocol(
        temperatures=_value(experiment, "variable-temperature impedance", "temperatures", "K"),
        currents=tuple(currents),
        hours=tuple(
            h * _value(experiment, name, "half cycle duration", "s") / HOUR
            for h, name in zip(hours, cycling, strict=True)
        ),
        half_cycle=_value(experiment, first, "half cycle duration", "s"),
        growth_hours=_value(experiment, first, "time of resistance", "s") / HOUR,
        rates=_rising(_value(experiment, "full-cell rate test", "discharge C-rates", "-")),
        cycling_rate=_value(experiment, "full-cell cycling", "discharge C-rate", "-"),
        cycles=_value(experiment, "full-cell cycling", "cycles", "-"),
        window=tuple(
            _value(experiment, "full-cell rate test", f"{end} voltage", "V")
            for end in ("lower", "upper")
        ),
        interfaces_counted=experiment.interfaces_counted,
        concentrations=experiment.statements[TESTED].to_si("mol.m-3"),
        reference_concentration=experiment.statements[OPTIMUM].to_si("mol.m-3"),
        ramp=tuple(_value(experiment, RAMP, *setting) for setting in RAMP_SETTINGS),
        bare_hold=(
            _value(experiment, first, "bare cell current density", "A.m-2"),
            experiment.statements[BARE_LIFE].to_si("s") / HOUR,
        ),
    )


def _value(experiment, protocol, setting, unit):
    try:
        return experiment.protocols[protocol].settings[setting].to_si(unit)
    except KeyError:
        raise InputError(
            f"{experiment.path} has no setting '{setting}' in the protocol '{protocol}', "
            "which the simulation needs; add it."
        ) from None


def _rising(rates):
    """The rates on the way up: up to the highest."""
    return tuple(rates[: rates.index(max(rates)) + 1])
