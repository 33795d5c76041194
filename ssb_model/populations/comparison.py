"""One group beside another: by what factor and by how much their medians differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ssb_model.errors import InputError
from ssb_model.populations.group import Group
from ssb_model.populations.measurement import SAME, degC
from ssb_model.populations.mixture import Interval, Mixture, interval_of


@dataclass(frozen=True)
class Comparison:
    """The medians of two groups, a beside b.

    Attributes
    ----------
    a, b
        Names of the groups.
    temperature
        At which [K]; None where the measurements have none.
    ratio
        Of the medians, a over b.
    difference
        Of the medians, a less b, in the unit of the values.
    below
        Probability that the ratio is below 1.
    unit
        Of the difference.
    """

    a: str
    b: str
    temperature: float | None
    ratio: Interval
    difference: Interval
    below: float
    unit: str = ""

    def __str__(self) -> str:
        where = f" at {degC(self.temperature)}" if self.temperature else ""
        r, d = self.ratio, self.difference
        unit = f" {self.unit}" if self.unit else ""
        return (
            f"{self.a} / {self.b}{where}: {r.value:.3g} ({r.lower:.3g} to {r.upper:.3g}), "
            f"{self.a} - {self.b}: {d.value:.3g} ({d.lower:.3g} to {d.upper:.3g}){unit}, "
            f"{percent(self.below)} likely to be smaller"
        )


def compare(
    names: tuple[str, str],
    logarithms: tuple[Mixture, Mixture],
    temperature: float | None = None,
    unit: str = "",
) -> Comparison:
    """The medians of two independent groups, given as distributions of their logarithms.

    Each is taken as points of equal probability; all pairs of points are the joint distribution.
    """
    a, b = (one.points() for one in logarithms)
    log_ratio = np.subtract.outer(a, b).ravel()
    difference = np.subtract.outer(np.exp(a), np.exp(b)).ravel()
    log = interval_of(log_ratio)
    ratio = Interval(*(float(np.exp(x)) for x in (log.value, log.lower, log.upper)))
    below = float(np.mean(log_ratio < 0))
    return Comparison(*names, temperature, ratio, interval_of(difference), below, unit)


def shared_temperatures(a: Group, b: Group) -> list[float | None]:
    """Temperatures that both were measured at [K]; else the one at which both are given."""
    shared = [T for T in a.temperatures if any(abs(T - u) <= SAME for u in b.temperatures)]
    return [*shared] or [common_temperature(a, b)]


def common_temperature(a: Group, b: Group) -> float | None:
    """The temperature at which both are given [K].

    Raises
    ------
    InputError
        If there is none.
    """
    fixed = [one.temperature for one in (a, b) if not one.sloped]
    if not fixed:
        return a.temperature
    if len(fixed) == 1:
        return fixed[0]
    known = [T for T in fixed if T is not None]
    if len(known) == 1 or (len(known) == 2 and abs(known[0] - known[1]) > SAME):
        places = (f"'{one.name}' {_where(one)}" for one in (a, b))
        raise InputError(
            f"{' and '.join(places)} cannot be compared: measure both at one temperature."
        )
    return known[0] if known else None


def _where(group: Group) -> str:
    return f"at {degC(group.temperature)}" if group.temperature else "without a temperature"


def percent(probability: float) -> str:
    """A probability as it is written: never nought or all."""
    if probability < 1e-3:
        return "< 0.1 %"
    return "> 99.9 %" if probability > 1 - 1e-3 else f"{100 * probability:.3g} %"
