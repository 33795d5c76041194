"""The whole check of a spectrum: as measured, point by point, and without what deviates."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool

from ssb_model.data.validation.findings import Finding, find
from ssb_model.data.validation.kramers_kronig import KramersKronig, kramers_kronig
from ssb_model.data.validation.spectrum import COARSE, FEWEST, points_a_decade

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class Validation:
    """What a spectrum can be trusted for.

    Attributes
    ----------
    measured
        The test of all points.
    findings
        What its user should know.
    proposed
        The test of the points that the findings would keep.
    """

    measured: KramersKronig
    findings: tuple[Finding, ...]
    proposed: KramersKronig

    @property
    def kept(self) -> Bool[np.ndarray, " frequencies"]:
        """Mask (F,) of the points that no finding proposes to exclude."""
        return self.proposed.kept

    @property
    def passes(self) -> bool:
        """Whether the kept points obey the Kramers-Kronig relations and no finding stands in."""
        return self.proposed.passes and not any(not one.mask.any() for one in self.findings)

    def summary(self) -> str:
        """The verdict, the test and every finding, a line each."""
        lines = [self._verdict(), self.measured.summary()]
        lines += [f"- {one.sentence}{_proposal(one)}" for one in self.findings]
        if not self.kept.all():
            lines.append(f"Without them: {self.proposed.summary()}")
        return "\n".join([*lines, *self._coarse()])

    def figure(self) -> "Figure":
        """Residuals against frequency with the excluded points marked."""
        from ssb_model.data.validation.figures import draw_validation

        return draw_validation(self)

    def _verdict(self) -> str:
        left_out = int((~self.kept).sum())
        if not self.passes:
            return "Do not fit this spectrum as it is."
        if left_out:
            return f"Valid once {left_out} of {len(self.kept)} points are left out."
        return "Valid as measured."

    def _coarse(self) -> list[str]:
        a_decade = points_a_decade(self.proposed.frequency[self.kept])
        if a_decade >= COARSE:
            return []
        return [
            f"With {a_decade:.2g} points a decade the test is weak and cannot say which points "
            f"are wrong: measure at least {COARSE}, better 10."
        ]


def validate(
    frequency: "ArrayLike",
    impedance: "ArrayLike",
    *,
    inductance: bool = True,
    capacitance: bool = True,
) -> Validation:
    """Test a spectrum, look for what the cell did not cause, and test what is left.

    Parameters
    ----------
    frequency
        Hz, in any order.
    impedance
        Ohm, Z' + jZ''.
    inductance, capacitance
        Whether a series inductance or capacitance may be part of the cell and its leads.

    Returns
    -------
    Nothing is dropped: pass ``frequency[v.kept]`` on if you agree with the findings.

    Raises
    ------
    InputError
        For unequal lengths, fewer than five points, frequencies that are not positive or occur
        twice, and impedances that are zero or not finite.

    Examples
    --------
    >>> import numpy as np
    >>> f = np.geomspace(1e5, 1e-1, 61)
    >>> z = 20 + 100 / (1 + (2j * np.pi * f * 1e-3) ** 0.85)
    >>> validate(f, z).summary().splitlines()[0]
    'Valid as measured.'
    """
    options = {"inductance": inductance, "capacitance": capacitance}
    measured = kramers_kronig(frequency, impedance, **options)
    findings = find(frequency, impedance, **options)
    kept = np.full(len(measured.frequency), True)
    for one in findings:
        kept &= ~one.mask
    if kept.sum() < FEWEST:
        kept[:] = True
    proposed = (
        measured if kept.all() else kramers_kronig(frequency, impedance, kept=kept, **options)
    )
    return Validation(measured, findings, proposed)


def _proposal(finding: Finding) -> str:
    points = int(finding.mask.sum())
    return f" Proposed for exclusion: {points} point{'s' * (points > 1)}." if points else ""
