"""What further measurements would bring, and what to advise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssb_model.study.analysis import FLAGGED

NO_NEWS = 0.95  # of the width now: an expected width above it tells nothing


@dataclass(frozen=True)
class Expected:
    """What one candidate is expected to bring.

    Attributes
    ----------
    name
        Of the measurement.
    hours
        None if its kind does not say.
    information
        About all that one wants to know together [nat].
    widths
        Expected width of the interval of each thing that one wants to know, by name: over the
        prior's in an :class:`Outlook`, over that now in a ranking.
    """

    name: str
    hours: float | None
    information: float
    widths: Mapping[str, float]


@dataclass(frozen=True)
class Advice:
    """What would determine one open parameter, or comes closest.

    Attributes
    ----------
    parameter
        Its label.
    width, expected
        Over the prior's, now and after the measurements.
    measurements
        Names of one or two candidates.
    hours
        Of them together; None if one of them does not say.
    among
        Number of candidates.
    """

    parameter: str
    width: float
    measurements: tuple[str, ...]
    hours: float | None
    expected: float
    among: int

    @property
    def determined(self) -> bool:
        """Whether the parameter would count as determined."""
        return self.expected < FLAGGED

    def __str__(self) -> str:
        one = self.among == 1
        none = (
            "The one candidate would not" if one else f"None of the {self.among} candidates would"
        )
        if self.expected > NO_NEWS * self.width:
            return f"{none} narrow {self.parameter}."
        names = " and ".join(self.measurements)
        takes = f" ({self.hours:.2g} h)" if self.hours is not None else ""
        before, after = (f"{100 * width:.3g} %" for width in (self.width, self.expected))
        change = f"{names}{takes}, from {before} of its prior's width to {after}."
        if self.determined and len(self.measurements) == 1:
            return f"{self.parameter} would be determined by one more measurement: {change}"
        if self.determined:
            return f"{none} alone determine {self.parameter}, but two together: {change}"
        closest = "" if one else ", nor any two; closest comes"
        return f"{none} determine {self.parameter}{closest or ':'} {change}"


@dataclass(frozen=True)
class Outlook:
    """What further measurements would bring to a fit.

    Attributes
    ----------
    candidates
        The most informative first.
    advice
        For each open parameter.
    left_out
        Names of candidates to which the model has no answer at the optimum.
    """

    candidates: tuple[Expected, ...]
    advice: tuple[Advice, ...]
    left_out: tuple[str, ...] = ()

    def ranked(self, parameter: str) -> list[Expected]:
        """The candidates in the order of a parameter's expected width."""
        return sorted(self.candidates, key=lambda candidate: candidate.widths[parameter])
