"""What further measurements would bring to a fit, and what to advise."""

from dataclasses import dataclass

from ssb_model.study.analysis import FLAGGED

TELLING = 0.95  # of the width now: an expected width above it is no news


@dataclass(frozen=True)
class Expected:
    """What one candidate is expected to bring.

    name, hours (None if its kind does not say), information [nat], and the width over the
    prior's that each parameter would have, by label.
    """

    name: str
    hours: float | None
    information: float
    widths: dict


@dataclass(frozen=True)
class Advice:
    """What would determine one open parameter, or comes closest.

    width and expected are those over the prior's now and after ``measurements``: one or two names
    of candidates. ``among`` is the number of candidates.
    """

    parameter: str
    width: float
    measurements: tuple
    hours: float | None
    expected: float
    among: int

    @property
    def determined(self):
        """Whether the parameter would count as determined."""
        return self.expected < FLAGGED

    def __str__(self):
        one = self.among == 1
        none = (
            "The one candidate would not" if one else f"None of the {self.among} candidates would"
        )
        if self.expected > TELLING * self.width:
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
    """Candidates, the most informative first; advice for each open parameter; and the candidates
    left out because the model has no answer to them at the optimum."""

    candidates: tuple
    advice: tuple
    left_out: tuple = ()

    def ranked(self, parameter):
        """The candidates in the order of a parameter's expected width."""
        return sorted(self.candidates, key=lambda candidate: candidate.widths[parameter])
