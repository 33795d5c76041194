r"""What a cell's fitted physics says, as the quantities that papers report.

At a temperature :math:`T` with its own deviations :math:`\delta`,

.. math::

    R_\mathrm{face}(T) = \sum_\mathrm{arcs} R \, \mathrm{e}^{E/R_g (1/T - 1/T_\mathrm{ref})
    + \delta}, \qquad \sigma(T) = L/(R_\mathrm{bulk} + R_\mathrm{gb}),

and as activation energies the slopes of :math:`\ln(1/R)` and of :math:`\ln(\sigma T)` over the
measured range of the law, without deviations. Intervals follow the joint posterior linearly in the
logarithm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.bench.arrhenius import Interval
from ssb_model.constants import GAS_CONSTANT, ROOM_TEMPERATURE

if TYPE_CHECKING:
    from ssb_model.study import Spectrum, StudyFit

STEP = 0.05  # of a posterior standard deviation, for derivatives
NORMAL_95 = 1.959964
FACE = "Negative face {}"

Numbers = Mapping[str, float]


class Physical:
    """Numbers of one cell's fit.

    Parameters
    ----------
    fit
        Of a study of one cell, with one face of arcs.
    """

    def __init__(self, fit: StudyFit) -> None:
        self.fit = fit
        [self.cell] = fit.study.cells.values()
        self.spectra: tuple[Spectrum, ...] = tuple(fit.study.fitted)  # pyright: ignore[reportAttributeAccessIssue]
        self._labels = {
            names[0]: label for label, names in fit.study.free.mapping(self.cell.name).items()
        }

    def interface(self, spectrum: Spectrum) -> Interval:
        """Resistance of one face [Ohm.m2] as it was in a spectrum."""
        return self._interval(lambda x: self._face(x, spectrum.temperature, spectrum))

    def conductivity(self, spectrum: Spectrum) -> Interval:
        """Of the electrolyte [S.m-1] as it was in a spectrum."""
        return self._interval(lambda x: self._sigma(x, spectrum.temperature, spectrum))

    def interface_energy(self) -> Interval:
        """Slope of ln(1/R) [J.mol-1]."""
        return self._slope(lambda x, T: 1 / self._face(x, T))

    def electrolyte_energy(self) -> Interval:
        """Slope of ln(sigma T) [J.mol-1]."""
        return self._slope(lambda x, T: T * self._sigma(x, T))

    def leads(self, name: str) -> Interval | None:
        """Resistance [Ohm] or inductance [H]; None where the spectra do not determine it."""
        rows = {row["parameter"]: row for row in self.fit.parameters()}
        row = rows[self._labels[f"Lead {name}"]]
        if not row["determined"]:
            return None
        return Interval(row["value"], row["lower95"], row["upper95"])

    def _of(self, x: Numbers, name: str, spectrum: Spectrum | None = None) -> float:
        """A parameter by PyBaMM name: fitted, with its deviation in a spectrum, or as it is."""
        label = self._labels.get(name)
        if label is None:
            return float(self.cell.values[name])
        by = spectrum.deviations.get(label) if spectrum else None
        return x[label] * (x[by] if by else 1.0)

    def _face(self, x: Numbers, T: float, spectrum: Spectrum | None = None) -> float:
        arcs = ("", "slow ") if self.cell.options.get("interface") == "two arcs" else ("",)
        return sum(
            self._of(x, FACE.format(f"{arc}interface resistance [Ohm.m2]"), spectrum)
            / _arrhenius(self._of(x, FACE.format(f"{arc}interface activation energy [J.mol-1]")), T)
            for arc in arcs
        )

    def _sigma(self, x: Numbers, T: float, spectrum: Spectrum | None = None) -> float:
        sigma = self._of(x, "Garnet conductivity [S.m-1]", spectrum)
        bulk = self._of(x, "Garnet conductivity activation energy [J.mol-1]")
        share, boundary = 0.0, bulk
        if self.cell.options.get("garnet activation") != "common":
            share = self._of(x, "Garnet grain boundary share")
            boundary = self._of(x, "Garnet grain boundary activation energy [J.mol-1]")
        return sigma / ((1 - share) / _arrhenius(bulk, T) + share / _arrhenius(boundary, T))

    def _slope(self, law: Callable[[Numbers, float], float]) -> Interval:
        T = np.array([e.temperature for e in self.spectra])
        cold, hot = float(T.min()), float(T.max())
        span = (1 / cold - 1 / hot) / GAS_CONSTANT
        return self._interval(
            lambda x: float(np.log(law(x, hot) / law(x, cold))) / span, logarithmic=False
        )

    def _interval(self, of: Callable[[Numbers], float], logarithmic: bool = True) -> Interval:
        fit = self.fit.fit
        covariance = fit.covariance
        steps = STEP * np.sqrt(np.diag(covariance))

        def at(u: np.ndarray) -> float:
            value = of(fit.problem.space.numbers(u))
            return float(np.log(value)) if logarithmic else value

        middle = at(fit.u)
        gradient = np.array(
            [(at(fit.u + step) - at(fit.u - step)) / 2 for step in np.diag(steps)]
        )
        half = NORMAL_95 * float(np.sqrt((gradient / steps) @ covariance @ (gradient / steps)))
        ends = middle, middle - half, middle + half
        return Interval(*(float(np.exp(end)) if logarithmic else end for end in ends))


def _arrhenius(energy: float, T: float) -> float:
    return float(np.exp(-energy / GAS_CONSTANT * (1 / T - 1 / ROOM_TEMPERATURE)))
